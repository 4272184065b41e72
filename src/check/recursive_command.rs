use super::call_chain::with_calls;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds commands that call themselves: directly, through other commands, or in the default of a parameter
    /// of type `steps`.
    ///
    /// ## Why it matters
    ///
    /// Commands are expanded in place while the config is compiled. One that calls itself would never end, not
    /// even inside a `when`, unless the condition turns false on the way.
    ///
    /// ## How to fix
    ///
    /// Take the call out, or repeat the steps. A loop belongs into the script of a `run` step.
    RECURSIVE_COMMAND = "recursive-command", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::Recursion { command } = &fault.kind else { continue };
        let message = format!("command {} calls itself", shown(command));
        let help = "Its expansion would never end; the call is left out";
        let diagnostic = Diagnostic::error(RECURSIVE_COMMAND.id, fault.span, message).with_help(help);
        found.push(with_calls(diagnostic, fault));
    }
}
