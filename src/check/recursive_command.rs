use super::call::with_calls;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds commands that call themselves, directly or through others, and calls that are nested more than a hundred
    /// deep.
    ///
    /// ## Why it matters
    ///
    /// The steps of such a job would have no end: it cannot be compiled.
    ///
    /// ## How to fix
    ///
    /// Take the call out that leads back.
    RECURSIVE_COMMAND = "recursive-command", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::Recursion { command } = &fault.kind else { continue };
        let message = format!("this call of {} does not come to an end", shown(command));
        let diagnostic = Diagnostic::error(RECURSIVE_COMMAND.id, fault.span, message)
            .with_help("A command cannot call itself, nor what calls it");
        found.push(with_calls(diagnostic, fault));
    }
}
