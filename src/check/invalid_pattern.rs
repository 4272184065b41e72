use super::patterns::{Place, patterns};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::expression::pattern_fault;

declare_check! {
    /// ## What it does
    ///
    /// Finds regular expressions in filters and conditions that CircleCI refuses: unclosed groups and classes, a
    /// `*` with nothing to repeat, groups and escapes of other languages (`(?P<name>…)`). Its documentation says
    /// that they are Java's; since September 2026 its compiler takes no lookarounds (`(?!…)`), back references
    /// (`\1`) and possessive quantifiers (`.*+`), and no pattern of more than 128 characters.
    ///
    /// ## Why it matters
    ///
    /// A pattern that does not compile matches nothing: the job or workflow does not run, or CircleCI refuses the
    /// config.
    ///
    /// ## How to fix
    ///
    /// Write what Java reads. `.*` stands for anything; a name itself needs no slashes. For "all but this" use
    /// `ignore`, or `not` around the condition. Make several items of a long pattern: one that fits is enough.
    ///
    /// ```yaml
    /// filters:
    ///   branches:
    ///     only: /feature\/.*/
    /// ```
    INVALID_PATTERN = "invalid-pattern", Warning, since "0.1.0"; run
}

/// In characters, without slashes. CircleCI does not publish the number; people found it (2026).
const LONGEST: usize = 128;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for pattern in patterns(context).into_iter().filter(|pattern| pattern.place != Place::Name) {
        let Some(fault) = pattern_fault(&pattern.text) else {
            let length = pattern.text.chars().count();
            if length > LONGEST {
                let message = format!("a pattern of {length} characters is too long: there may be {LONGEST}");
                found.push(
                    Diagnostic::warning(INVALID_PATTERN.id, pattern.span, message)
                        .with_help("CircleCI: `Pattern too long`. Make several shorter ones of it"),
                );
            }
            continue;
        };
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
