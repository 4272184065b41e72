use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::text::Span;
use crate::yaml::{Fault, FaultKind};

declare_check! {
    /// ## What it does
    ///
    /// Finds anchors (`&name`) that no alias (`*name`) and no merge key uses.
    ///
    /// ## Why it matters
    ///
    /// An anchor says: this text counts in other places too. Where there are none, the next change is made more
    /// carefully than it needs, or the other place was to follow and does not.
    ///
    /// ## How to fix
    ///
    /// Take the anchor out, or use it.
    ///
    /// ```yaml
    /// defaults: &defaults
    ///   docker: [{image: cimg/go:1.22}]
    /// jobs:
    ///   test:
    ///     <<: *defaults
    ///     steps: [checkout]
    /// ```
    UNUSED_ANCHOR = "unused-anchor", Hint, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // One slip, one finding: what was to be an alias may be meant for any of them.
    let slip = |fault: &Fault| matches!(fault.kind, FaultKind::UndefinedAlias | FaultKind::MergeValue);
    if context.yaml_faults.iter().any(slip) {
        return;
    }
    for anchor in context.document.anchors.iter().filter(|anchor| anchor.aliases.is_empty()) {
        let message = format!("nothing uses anchor {}", shown(&format!("&{}", anchor.name.value)));
        found.push(
            Diagnostic::new(UNUSED_ANCHOR.id, Severity::Hint, anchor.name.span, message)
                .with_help("No alias means it")
                .with_fix(Some(removal(context, anchor.name.span))),
        );
    }
}

/// The anchor goes with the blanks behind it; at the end of a line with those in front.
fn removal(context: &Context<'_>, span: Span) -> Fix {
    let text = &context.sources.get(span.source).text;
    let blank = [' ', '\t'];
    let (before, after) = (&text[..span.start as usize], &text[span.end as usize..]);
    let behind = after.len() - after.trim_start_matches(blank).len();
    let last = after[behind..].is_empty() || after[behind..].starts_with(['\n', '\r']);
    let range = if last {
        before.trim_end_matches(blank).len()..span.end as usize
    } else {
        span.start as usize..span.end as usize + behind
    };
    Fix::replace(Span::new(span.source, range), "", "take the anchor out")
}
