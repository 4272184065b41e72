use super::call::with_calls;
use super::suggestion::{closest, listed, rename, shown};
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds arguments for which the job, command or executor declares no parameter.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the config: `Unexpected argument(s)`. In an entry of a workflow every key that is no option of
    /// the entry, such as `requires` or `filters`, is an argument.
    ///
    /// ## How to fix
    ///
    /// Correct the name, declare the parameter, or take the argument out.
    UNEXPECTED_ARGUMENT = "unexpected-argument", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::UnexpectedArgument { argument, callee, callee_kind, declared } = &fault.kind else {
            continue;
        };
        let options: &[&str] = if *callee_kind == "job" { OPTIONS } else { &[] };
        let known = declared.iter().map(String::as_str).chain(options.iter().copied());
        let best = closest(argument, known);
        let help = match best {
            Some(best) => format!("Did you mean {}?", shown(best)),
            None if declared.is_empty() => format!("The {callee_kind} takes no arguments"),
            None => format!("It has {}", listed(declared.iter().map(String::as_str), "and")),
        };
        let message = format!("{callee_kind} {} has no parameter {}", shown(callee), shown(argument));
        let diagnostic = Diagnostic::error(UNEXPECTED_ARGUMENT.id, fault.span, message)
            .with_help(help)
            .with_fix(best.and_then(|best| rename(context.sources, fault.span, argument, best)));
        found.push(with_calls(diagnostic, fault));
    }
}

/// Keys of an entry that are no arguments.
const OPTIONS: &[&str] = &[
    "requires",
    "name",
    "context",
    "filters",
    "type",
    "matrix",
    "pre-steps",
    "post-steps",
    "serial-group",
    "override-with",
];
