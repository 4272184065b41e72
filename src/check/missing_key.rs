use super::elements::elements;
use super::form::{faults, quoted, verb};
use super::suggestion::{listed, shown};
use super::{Context, declare_check};
use crate::config::{Fault, FaultKind, Home};
use crate::diagnostic::Diagnostic;
use crate::sort::Set;
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds mappings without a key that they must have: a job without `steps` or without anything to run in,
    /// an image without `image`, a pipeline parameter without `default`, a cache without `key`, and so on. A
    /// key that is there but misspelled is left to `unknown-key`.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `required key [steps] not found`.
    ///
    /// ## How to fix
    ///
    /// Add the key under the place that is marked. A job runs in `docker`, `machine` or `macos`, or in what
    /// `executor` names:
    ///
    /// ```yaml
    /// jobs:
    ///   build:
    ///     docker:
    ///       - image: cimg/base:2024.01
    ///     steps:
    ///       - checkout
    /// ```
    MISSING_KEY = "missing-key", Error, since "0.1.0"; run
}

/// What to write, where that can be said in a line.
const EXAMPLES: &[(&str, &str, &str)] = &[
    ("a job", "steps", "steps: [checkout]"),
    ("a job", "docker", "docker: [{image: cimg/base:2024.01}]"),
    ("an executor", "docker", "docker: [{image: cimg/base:2024.01}]"),
    ("a parameter", "type", "type: string"),
    ("a pipeline parameter", "type", "type: string"),
    ("a `run` step", "command", "run: make test"),
    ("a workflow", "jobs", "jobs: [build]"),
    ("a schedule", "filters", "filters: {branches: {only: main}}"),
    ("a schedule", "cron", "cron: \"0 3 * * *\""),
    ("a macOS executor", "xcode", "xcode: 16.4.0"),
    ("a matrix", "parameters", "parameters: {version: [\"1.21\", \"1.22\"]}"),
    ("a conditional step", "condition", "condition: << parameters.deploy >>"),
    ("registry credentials", "username", "username: $DOCKER_USER"),
    ("registry credentials", "password", "password: $DOCKER_PASSWORD"),
    ("a `save_cache` step", "paths", "paths: [node_modules]"),
    ("a `persist_to_workspace` step", "paths", "paths: [dist]"),
    ("a `persist_to_workspace` step", "root", "root: ."),
    ("an `attach_workspace` step", "at", "at: ."),
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // What one mapping lacks is one finding.
    let mut before: Option<(Span, &str, usize)> = None;
    for fault in faults(context) {
        let FaultKind::MissingKey { keys, what, .. } = &fault.kind else { continue };
        let Some(first) = keys.first() else { continue };
        let example = EXAMPLES.iter().find(|(mapping, key, _)| mapping == what && key == first);
        let example =
            example.map(|(_, _, example)| format!("For instance `{example}`. ")).unwrap_or_default();
        let help = format!("{example}{}", quoted(fault, &format!("required key [{first}] not found")));
        let keys = listed(keys.iter().copied(), "or");
        if let Some((_, _, index)) = before.filter(|(span, other, _)| *span == fault.span && other == what)
            && let Some(told) = found.get_mut(index)
        {
            told.message = format!("{}, and {keys}", told.message);
            continue;
        }
        before = Some((fault.span, *what, found.len()));
        let message = format!("{what} {} {keys}", verb(what, "needs", "need"));
        found.push(Diagnostic::error(MISSING_KEY.id, fault.span, message).with_help(help));
    }
    let slipped = |fault: &Fault| match &fault.kind {
        FaultKind::Stray { home: Home::Element { name, .. }, .. } => Some(name.span),
        _ => None,
    };
    let told: Set<Span> = faults(context).filter_map(slipped).collect();
    for element in elements(context) {
        let empty = element.kind == "job" && element.reached && element.node.is_null();
        if empty && !told.contains(&element.name.span) {
            let message = format!("job {} has nothing below it", shown(element.name));
            let help = "It needs `docker`, `machine`, `macos` or `executor`, and `steps`, further in than its name. \
                        CircleCI: `required key [steps] not found`";
            found.push(Diagnostic::error(MISSING_KEY.id, element.name.span, message).with_help(help));
        }
    }
}
