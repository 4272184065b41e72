use super::call_chain::going_on;
use super::form::faults;
use super::suggestion::{closest, rename};
use super::{Context, declare_check};
use crate::config::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds conditions of steps and workflows that are no logic statement: a list, a mapping with several
    /// keys, an operator that does not exist or has nothing to work on, `matches` without its `pattern` or
    /// `value`.
    ///
    /// ## Why it matters
    ///
    /// CircleCI evaluates conditions while it compiles the config, and refuses the whole config if one makes no
    /// sense.
    ///
    /// ## How to fix
    ///
    /// A condition is one value or one statement. `and`, `or` and `equal` take a list, `not` takes one
    /// statement, `matches` takes a `pattern` and a `value`; several statements are joined by `and` or `or`:
    ///
    /// ```yaml
    /// - when:
    ///     condition:
    ///       and:
    ///         - << pipeline.parameters.deploy >>
    ///         - equal: [main, << pipeline.git.branch >>]
    ///     steps: [run: ./deploy]
    /// ```
    INVALID_CONDITION = "invalid-condition", Error, since "0.1.0"; run
}

const OPERATORS: [&str; 5] = ["and", "or", "not", "equal", "matches"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in faults(context) {
        let FaultKind::Condition { message } = &fault.kind else { continue };
        let written = context.sources.slice(fault.span);
        let best = closest(written, OPERATORS);
        let fix = best.and_then(|best| rename(context.sources, fault.span, written, best));
        let mut diagnostic =
            Diagnostic::error(INVALID_CONDITION.id, fault.span, going_on(message)).with_fix(fix);
        if let Some(best) = best {
            diagnostic = diagnostic.with_help(format!("Did you mean `{best}`?"));
        }
        found.push(diagnostic);
    }
}
