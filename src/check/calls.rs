//! Calls of commands and uses of executors as they are written, whether the compiler comes to them or not.

use super::Context;
use super::elements::{Element, elements};
use crate::config::{Argument, Command, Executor, ExecutorUse, Parameter, StepKind, Table};
use crate::orb::Lookup;
use crate::text::{Span, Spanned};

/// A call of a command, or a use of an executor, that is defined where it is looked up.
pub(super) struct Written<'a> {
    /// As the caller wrote it.
    pub(super) callee: Spanned<String>,
    /// `command` or `executor`.
    pub(super) kind: &'static str,
    pub(super) parameters: &'a Table<Parameter>,
    pub(super) arguments: Vec<Argument>,
    /// Where the orb is imported of which only the signature is known.
    pub(super) import: Option<Span>,
    /// Whether a workflow comes to it.
    pub(super) reached: bool,
}

/// Every call in the steps of every job and command, in conditional steps too, and every executor that a job
/// names.
pub(super) fn written<'a>(context: &Context<'a>) -> Vec<Written<'a>> {
    let mut all = Vec::new();
    for element in elements(context) {
        if let Some(steps) = element.steps {
            steps.walk(&mut |step| {
                if let StepKind::Call { value } = &step.kind {
                    let given =
                        value.as_ref().map(|value| Argument::read_all(value, &[])).unwrap_or_default();
                    all.extend(command_call(&element, &step.name, given));
                }
            });
        }
        if let Some(ExecutorUse::Named { name, arguments }) = element.executor
            && let Lookup::Found(executor, scope) = element.scope.lookup::<Executor>(name)
        {
            all.push(Written {
                callee: name.clone(),
                kind: "executor",
                parameters: &executor.parameters,
                arguments: arguments.clone(),
                import: scope.listing.map(|listing| listing.asked.span),
                reached: element.reached,
            });
        }
    }
    all
}

fn command_call<'a>(
    element: &Element<'a>,
    name: &Spanned<String>,
    arguments: Vec<Argument>,
) -> Option<Written<'a>> {
    let Lookup::Found(command, scope) = element.scope.lookup::<Command>(name) else { return None };
    let parameters = &command.parameters;
    let import = scope.listing.map(|listing| listing.asked.span);
    Some(Written {
        callee: name.clone(),
        kind: "command",
        parameters,
        arguments,
        import,
        reached: element.reached,
    })
}
