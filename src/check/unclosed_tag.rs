use super::call_chain::with_calls;
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::{Diagnostic, Fix};
use crate::expression::starts_with_namespace;
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds `<<` that no `>>` closes, or that have no name of CircleCI's behind them: here-documents (`cat <<EOF`),
    /// here-strings (`<<<`) and shifts in scripts, names of which the end is missing (`<< parameters.version`), and
    /// files that were to be put in (`<<include(script.sh)>>`).
    ///
    /// ## Why it matters
    ///
    /// In a config of version 2.1 `<<` begins a parameter wherever it stands, in scripts too. CircleCI refuses
    /// the config: `Unclosed '<<' tag`, `('<<' must be escaped as '\<<' in config v2.1+)`.
    ///
    /// ## How to fix
    ///
    /// Write `\<<` for a `<<` that the shell is to see; in double quotes of YAML `\\<<`.
    ///
    /// ```yaml
    /// - run: |
    ///     cat \<<EOF > notes.txt
    ///     a line
    ///     EOF
    /// ```
    UNCLOSED_TAG = "unclosed-tag", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::UnclosedTag { closed, in_double_quotes } = fault.kind else { continue };
        let after = behind(context, fault.span);
        let (help, fix) = if closed && after.starts_with("include(") {
            ("Only `circleci orb pack` puts the file in its place", None)
        } else if !closed && starts_with_namespace(after) {
            ("Close it with `>>`", None)
        } else {
            let escaped = if in_double_quotes { r"\\<<" } else { r"\<<" };
            let as_written = context.sources.slice(fault.span) == "<<";
            let fix = as_written.then(|| Fix::replace(fault.span, escaped, format!("change to `{escaped}`")));
            ("`<<` must be escaped as `\\<<` in a config of version 2.1", fix)
        };
        let message =
            if closed { "`<<` begins no name of CircleCI's" } else { "`<<` is never closed by `>>`" };
        let diagnostic = Diagnostic::error(UNCLOSED_TAG.id, fault.span, message)
            .with_help(format!("{help} (CircleCI: `Unclosed '<<' tag`)"))
            .with_fix(fix);
        found.push(with_calls(diagnostic, fault));
    }
}

/// What stands behind the `<<` at `span`.
fn behind<'c>(context: &Context<'c>, span: Span) -> &'c str {
    let text = &context.sources.get(span.source).text;
    text[span.end as usize..].trim_start_matches(['#', '^', '/', ' '])
}
