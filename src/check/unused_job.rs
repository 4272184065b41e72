use super::suggestion::shown;
use super::{Context, declare_check};
use crate::compile::JobKind;
use crate::config::{Invocation, JobBody};
use crate::diagnostic::Diagnostic;
use std::collections::BTreeSet;

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs that no workflow and no job group invokes.
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
    let groups = context.config.job_groups.iter().flat_map(|group| &group.jobs);
    let invocations = workflows.all.iter().flat_map(|workflow| &workflow.jobs).chain(groups);
    let mut used: BTreeSet<&str> = invocations.filter_map(invoked).collect();
    let jobs = &context.config.own.jobs;
    // A job may be another name for one.
    used.extend(jobs.iter().filter_map(|job| match &job.body {
        JobBody::Reference(name) => Some(name.as_str()),
        JobBody::Keys { .. } | JobBody::Unreadable => None,
    }));
    for job in jobs.iter().filter(|job| !used.contains(job.name.as_str())) {
        let message = format!("no workflow runs job {}", shown(&job.name));
        found.push(
            Diagnostic::warning(UNUSED_JOB.id, job.name.span, message)
                .with_related(workflows.key, "none of these workflows invokes it")
                .with_help("Add it to a workflow, or take it out: CircleCI never looks inside"),
        );
    }
}

/// The job that an entry invokes; none for an approval, whose name is its own.
fn invoked(invocation: &Invocation) -> Option<&str> {
    let approval = invocation.kind.as_ref().is_some_and(|kind| kind.as_str() == "approval");
    (!approval).then_some(invocation.job.as_str())
}
