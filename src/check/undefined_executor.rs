use super::call_chain::with_calls;
use super::reach::{Gap, Wanted};
use super::suggestion::shown;
use super::undefined::report;
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds `executor:` in a job, and arguments and defaults of parameters of type `executor`, that name an
    /// executor which is not defined where the name is written.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Cannot find a definition for executor named …`. In a job that no
    /// workflow invokes CircleCI does not look, and the finding is a warning.
    ///
    /// ## How to fix
    ///
    /// Write the name as it stands under `executors`, or define the executor. An executor of an orb is written
    /// `alias/executor`; inside an orb the executors of the config cannot be seen.
    UNDEFINED_EXECUTOR = "undefined-executor", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(context, found, UNDEFINED_EXECUTOR.id, |dangling| {
        dangling.wanted == Wanted::Executor && matches!(dangling.gap, Gap::Undefined)
    });
    for fault in &context.compiled.faults {
        let FaultKind::UndefinedExecutor { name } = &fault.kind else { continue };
        let message = format!("this comes to {}, and no executor is called so", shown(name));
        let diagnostic = Diagnostic::error(UNDEFINED_EXECUTOR.id, fault.span, message)
            .with_help(format!("CircleCI: `Cannot find a definition for executor named {name}`"));
        found.push(with_calls(diagnostic, fault));
    }
}
