use super::elements::elements;
use super::reach::Wanted;
use super::suggestion::shown;
use super::usage::usage;
use super::{Context, declare_check};
use crate::compile::JobKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs that no workflow and no job group invokes, those of inline orbs too.
    ///
    /// ## Why it matters
    ///
    /// Such a job never runs, and CircleCI says nothing about it: its compiler does not even look inside. Mostly
    /// its entry in the workflow was forgotten, as with a linter that everybody believes to be running.
    ///
    /// ## How to fix
    ///
    /// Add the job to a workflow, or take it out of the config.
    ///
    /// ```yaml
    /// workflows:
    ///   main:
    ///     jobs:
    ///       - test
    ///       - lint
    /// ```
    UNUSED_JOB = "unused-job", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // Without a workflow there is a graver fault, or the implicit one, for which a job is named `build`.
    let Some(workflows) = context.config.workflows.as_ref().filter(|workflows| !workflows.all.is_empty())
    else {
        return;
    };
    // A name that is not defined may be meant for any of them: one fault, one finding.
    let entries = || context.compiled.workflows.iter().flat_map(|workflow| &workflow.entries);
    if entries().any(|entry| entry.kind == JobKind::Missing) {
        return;
    }
    let Some(usage) = usage(context) else { return };
    let all = elements(context);
    let jobs = all.iter().filter(|job| job.kind == "job" && usage.enters(&job.scope));
    for job in jobs.filter(|job| !usage.has(Wanted::Job, job.name)) {
        let message = format!("no workflow runs job {}", shown(&job.full_name()));
        found.push(
            Diagnostic::warning(UNUSED_JOB.id, job.name.span, message)
                .with_related(workflows.key, "none of these workflows invokes it")
                .with_help("Add it to a workflow, or take it out: CircleCI never looks inside"),
        );
    }
}
