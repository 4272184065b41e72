use super::call::with_calls;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds calls of jobs, commands and executors that leave out an argument for a parameter without a default.
    ///
    /// ## Why it matters
    ///
    /// CircleCI cannot compile the config and runs nothing.
    ///
    /// ## How to fix
    ///
    /// Give the argument, or the parameter a default. The arguments of a job stand in its entry in the workflow:
    ///
    /// ```yaml
    /// - test:
    ///     go: "1.22"
    /// ```
    MISSING_ARGUMENT = "missing-argument", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::MissingArgument { parameter, declared, callee, callee_kind } = &fault.kind else {
            continue;
        };
        let message = format!("{callee_kind} {} needs an argument for {}", shown(callee), shown(parameter));
        let diagnostic = Diagnostic::error(MISSING_ARGUMENT.id, fault.span, message)
            .with_related(*declared, "declared here, without a default")
            .with_help(format!("Add {} below the call, or give the parameter a `default`", shown(parameter)));
        found.push(with_calls(diagnostic, fault));
    }
}
