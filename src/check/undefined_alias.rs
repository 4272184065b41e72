use super::suggestion::closest;
use super::yaml_fault::{document, report};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};

declare_check! {
    /// ## What it does
    ///
    /// Finds `*name` without an anchor `&name` in front of it.
    ///
    /// ## Why it matters
    ///
    /// CircleCI cannot read the config: an alias stands for what the anchor named earlier in the text. An anchor
    /// further down does not count.
    ///
    /// ## How to fix
    ///
    /// Correct the name, or move the anchor above its first alias. A text that begins with `*` is to be quoted:
    ///
    /// ```yaml
    /// only: "*-stable"
    /// ```
    UNDEFINED_ALIAS = "undefined-alias", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let first = found.len();
    report(UNDEFINED_ALIAS.id, context, found);
    for diagnostic in &mut found[first..] {
        suggest(context, diagnostic);
    }
}

/// Names the anchor that was meant, where one before the alias is called much the same.
fn suggest(context: &Context<'_>, diagnostic: &mut Diagnostic) {
    let span = diagnostic.span;
    let before = document(context, span).anchors.iter().filter(|anchor| anchor.name.span.start < span.start);
    let names = before.map(|anchor| anchor.name.value.as_str());
    let Some(best) = closest(context.sources.slice(span).trim_start_matches('*'), names) else { return };
    diagnostic.help = Some(format!("Did you mean `*{best}`?"));
    diagnostic.fix = Some(Fix::replace(span, format!("*{best}"), format!("change to `*{best}`")));
}
