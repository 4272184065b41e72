use super::patterns::{Place, patterns};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::expression::pattern_fault;

declare_check! {
    /// ## What it does
    ///
    /// Finds regular expressions in filters and conditions that CircleCI refuses: unclosed groups and classes, a
    /// `*` with nothing to repeat, groups and escapes of other languages (`(?P<name>…)`), lookarounds (`(?!…)`)
    /// and back references (`\1`). Its documentation says that they are Java's; its compiler reads them as RE2
    /// does, which has neither of the last two.
    ///
    /// ## Why it matters
    ///
    /// A pattern that does not compile matches nothing: the job or workflow does not run, or CircleCI refuses the
    /// config.
    ///
    /// ## How to fix
    ///
    /// Write what Java reads. `.*` stands for anything; a name itself needs no slashes. For "all but this" use
    /// `ignore`, or `not` around the condition.
    ///
    /// ```yaml
    /// filters:
    ///   branches:
    ///     only: /feature\/.*/
    /// ```
    INVALID_PATTERN = "invalid-pattern", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for pattern in patterns(context) {
        let fault = (pattern.place != Place::Name).then(|| pattern_fault(&pattern.text)).flatten();
        let Some(fault) = fault else { continue };
        let part = pattern.text.get(fault.range.clone()).unwrap_or_default();
        let message = format!("{} {}", shown(part), fault.message);
        let written = context.sources.slice(pattern.span);
        let place = written
            .find(pattern.text.as_str())
            .map(|at| pattern.span.part(at + fault.range.start..at + fault.range.end));
        let help = format!("CircleCI does not read {} as a regular expression", shown(&pattern.text));
        found.push(
            Diagnostic::warning(INVALID_PATTERN.id, place.unwrap_or(pattern.span), message).with_help(help),
        );
    }
}
