use super::suggestion::shown;
use super::usage::{every_step, invocations};
use super::{Context, declare_check};
use crate::config::{Argument, Command, Job, StepKind};
use crate::diagnostic::Diagnostic;
use crate::orb::Lookup;
use crate::text::Spanned;

declare_check! {
    /// ## What it does
    ///
    /// Finds arguments without a value: of commands, of jobs in workflows, and of the elements of orbs.
    ///
    /// ## Why it matters
    ///
    /// It gives nothing, and hides that nothing is given: whether the default counts or not is not documented.
    /// Often the value stands a line below, with too little indentation.
    ///
    /// ## How to fix
    ///
    /// Write the value, `""` for an empty text, or take the line out to get the default.
    ///
    /// ```yaml
    /// - node/install:
    ///     node-version: "20.11"
    /// ```
    EMPTY_ARGUMENT = "empty-argument", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    every_step(context, &mut |step, scope, _| {
        let StepKind::Call { value: Some(value) } = &step.kind else { return };
        if !matches!(scope.lookup::<Command>(&step.name), Lookup::Undefined) {
            empty(&step.name, "command", &Argument::read_all(value, &[]), found);
        }
    });
    let scope = crate::orb::Scope::config(&context.config.own, context.library);
    for invocation in invocations(context) {
        if matches!(scope.lookup::<Job>(&invocation.job), Lookup::Found(..) | Lookup::Opaque(_)) {
            empty(&invocation.job, "job", &invocation.arguments, found);
        }
    }
}

fn empty(callee: &Spanned<String>, kind: &str, arguments: &[Argument], found: &mut Vec<Diagnostic>) {
    for argument in arguments.iter().filter(|argument| argument.value.is_null()) {
        let message = format!("argument {} of {kind} {} has no value", shown(&argument.name), shown(callee));
        found.push(Diagnostic::warning(EMPTY_ARGUMENT.id, argument.name.span, message).with_help(
            "Write its value (`\"\"` for an empty text), or take the line out to get the default",
        ));
    }
}
