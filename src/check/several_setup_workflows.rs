use super::suggestion::shown;
use super::{Context, declare_check};
use crate::config::Workflow;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds setup configs (`setup: true`) in which more than one workflow runs on every push: none has a
    /// condition, and each has a job that waits for nothing and has no filters.
    ///
    /// ## Why it matters
    ///
    /// In a setup config exactly one workflow may run in a pipeline: the one that continues it. With two
    /// CircleCI stops the pipeline.
    ///
    /// ## How to fix
    ///
    /// Keep one workflow, or give each a `when` so that one of them runs at a time.
    ///
    /// ```yaml
    /// workflows:
    ///   setup:
    ///     when: {not: << pipeline.parameters.nightly >>}
    ///     jobs: [generate]
    /// ```
    SEVERAL_SETUP_WORKFLOWS = "several-setup-workflows", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(workflows) = context.config.workflows.as_ref().filter(|_| context.config.is_setup()) else {
        return;
    };
    let mut running = workflows.all.iter().filter(|workflow| always_runs(workflow));
    let Some(first) = running.next() else { return };
    for workflow in running {
        let message = format!(
            "workflow {} runs together with {}, and a setup config may run only one",
            shown(&workflow.name),
            shown(&first.name)
        );
        found.push(
            Diagnostic::warning(SEVERAL_SETUP_WORKFLOWS.id, workflow.name.span, message)
                .with_related(first.name.span, "this one runs on every push too")
                .with_help("Give each a `when`, so that exactly one runs, or move one to the continuation"),
        );
    }
}

/// Whether it runs on every push, as far as it says itself.
fn always_runs(workflow: &Workflow) -> bool {
    let starts = |entry: &crate::config::Invocation| entry.filters.is_none() && entry.requires.is_empty();
    workflow.condition.is_none() && workflow.triggers.is_empty() && workflow.jobs.iter().any(starts)
}
