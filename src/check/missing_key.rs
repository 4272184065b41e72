use super::form::{faults, quoted};
use super::suggestion::listed;
use super::{Context, declare_check};
use crate::config::FaultKind;
use crate::diagnostic::Diagnostic;

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
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in faults(context) {
        let FaultKind::MissingKey { keys, what, .. } = &fault.kind else { continue };
        let Some(first) = keys.first() else { continue };
        let example = EXAMPLES.iter().find(|(mapping, key, _)| mapping == what && key == first);
        let example =
            example.map(|(_, _, example)| format!("For instance `{example}`. ")).unwrap_or_default();
        let sentence = format!("required key [{first}] not found");
        found.push(
            Diagnostic::error(
                MISSING_KEY.id,
                fault.span,
                format!("{what} needs {}", listed(keys.iter().copied(), "or")),
            )
            .with_help(format!("{example}{}", quoted(fault, &sentence))),
        );
    }
}
