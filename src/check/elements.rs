//! Every job, command and executor of a config and of its inline orbs, and the names in its text, whether a
//! workflow comes to it or not.
//!
//! CircleCI's compiler looks only at what a workflow comes to. What it never looks at can be as wrong, and starts
//! to matter with the next entry. In what it comes to it fills in the arguments before it decides the conditions,
//! so that steps which are dropped have to be right too.

use super::Context;
use crate::compile::FaultKind;
use crate::config::{ExecutorUse, Parameter, Steps, Table};
use crate::expression::{Reference, Template};
use crate::orb::Scope;
use crate::sort::Set;
use crate::text::{Span, Spanned};
use crate::yaml::{Kind, Node};
use std::rc::Rc;

/// Said of findings where the compiler did not come.
pub(super) const NOT_COMPILED: &str = "No workflow comes here, and CircleCI's compiler looks no further";

/// A job, command or executor.
pub(super) struct Element<'a> {
    /// `job`, `command` or `executor`.
    pub(super) kind: &'static str,
    pub(super) name: &'a Spanned<String>,
    pub(super) node: &'a Node,
    pub(super) parameters: &'a Table<Parameter>,
    pub(super) steps: Option<&'a Steps>,
    pub(super) executor: Option<&'a ExecutorUse>,
    /// Where its names are looked up.
    pub(super) scope: Rc<Scope<'a>>,
    /// Whether a workflow comes to it.
    pub(super) reached: bool,
}

impl Element<'_> {
    /// Its name as the config calls it: `orb/name` in an inline orb.
    pub(super) fn full_name(&self) -> String {
        self.scope.path.iter().copied().chain([self.name.as_str()]).collect::<Vec<_>>().join("/")
    }
}

/// The elements of the config, then those of its inline orbs. None where the compiler gave up half-way: what
/// it did not come to then says nothing.
pub(super) fn elements<'a>(context: &Context<'a>) -> Vec<Element<'a>> {
    if gave_up(context) {
        return Vec::new();
    }
    let reached = &context.reach.reached;
    let mut all = Vec::new();
    let mut scopes = vec![Scope::config(&context.config.own, context.library)];
    while let Some(scope) = scopes.pop() {
        add_elements(&scope, reached, &mut all);
        let inline = scope.elements.orbs.iter().filter(|import| import.inline.is_some());
        scopes.extend(inline.filter_map(|import| scope.enter(import)));
    }
    all
}

/// Whether the compiler stopped at one of its limits.
pub(super) fn gave_up(context: &Context<'_>) -> bool {
    let limit = |kind: &FaultKind| {
        matches!(
            kind,
            FaultKind::TooManyValues { .. }
                | FaultKind::TooMuchText { .. }
                | FaultKind::TooMuchRead { .. }
                | FaultKind::TooManyEntries { .. }
        )
    };
    context.compiled.faults.iter().any(|fault| limit(&fault.kind))
}

fn add_elements<'a>(scope: &Rc<Scope<'a>>, reached: &Set<Span>, all: &mut Vec<Element<'a>>) {
    let own = scope.elements;
    let reached = |name: &Spanned<String>| reached.contains(&name.span);
    all.extend(own.jobs.iter().map(|job| Element {
        kind: "job",
        name: &job.name,
        node: &job.node,
        parameters: job.parameters(),
        steps: job.steps(),
        executor: job.executor(),
        scope: Rc::clone(scope),
        reached: reached(&job.name),
    }));
    all.extend(own.commands.iter().map(|command| Element {
        kind: "command",
        name: &command.name,
        node: &command.node,
        parameters: &command.parameters,
        steps: command.steps.as_ref(),
        executor: None,
        scope: Rc::clone(scope),
        reached: reached(&command.name),
    }));
    all.extend(own.executors.iter().map(|executor| Element {
        kind: "executor",
        name: &executor.name,
        node: &executor.node,
        parameters: &executor.parameters,
        steps: None,
        executor: None,
        scope: Rc::clone(scope),
        reached: reached(&executor.name),
    }));
}

/// Keys of an element in which nothing is filled in.
const TEXT_ONLY: &[&str] = &["description", "parameters"];

/// Calls `visit` with every name in a `<< >>` that is written in the element itself, and its place. What comes
/// through an alias is written elsewhere.
pub(super) fn names(context: &Context<'_>, element: &Element<'_>, visit: &mut dyn FnMut(&Reference, Span)) {
    let Kind::Mapping(mapping) = element.node.kind() else { return };
    for entry in &mapping.entries {
        if !entry.key.text().is_some_and(|key| TEXT_ONLY.contains(&key)) {
            names_in(context, &entry.value, visit);
        }
    }
}

/// The same for the text of one node.
pub(super) fn names_in(context: &Context<'_>, node: &Node, visit: &mut dyn FnMut(&Reference, Span)) {
    match node.kind() {
        Kind::Scalar(scalar) if scalar.text.contains("<<") => {
            let (template, _) = Template::parse(&scalar.text);
            let source = &context.sources.get(node.span().source).text;
            let place = node.locator(source);
            for reference in template.references() {
                visit(reference, place(reference.range.clone()));
            }
        }
        Kind::Scalar(_) | Kind::Alias(_) => {}
        Kind::Sequence(sequence) => sequence.items.iter().for_each(|item| names_in(context, item, visit)),
        Kind::Mapping(mapping) => {
            mapping.entries.iter().for_each(|entry| names_in(context, &entry.value, visit));
        }
    }
}
