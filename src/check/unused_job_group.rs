use super::suggestion::shown;
use super::usage::invocations;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::sort::Set;

declare_check! {
    /// ## What it does
    ///
    /// Finds job groups that no workflow invokes, and names the jobs that are invoked only there.
    ///
    /// ## Why it matters
    ///
    /// None of its jobs runs, and CircleCI says nothing about it.
    ///
    /// ## How to fix
    ///
    /// Invoke the group in a workflow like a job, or take it out of the config.
    ///
    /// ```yaml
    /// workflows:
    ///   main:
    ///     jobs:
    ///       - test
    ///       - ship: {requires: [test]}   # a job group
    /// ```
    UNUSED_JOB_GROUP = "unused-job-group", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let config = context.config;
    let Some(workflows) = config.workflows.as_ref().filter(|workflows| !workflows.all.is_empty()) else {
        return;
    };
    let in_workflows = || workflows.all.iter().flat_map(|workflow| &workflow.jobs);
    // A group inside a group is an error of its own, and certainly meant to run.
    let invoked = invocations(context).map(|entry| entry.job.as_str()).collect::<Set<_>>();
    let used = config.job_groups.iter().filter(|group| invoked.contains(group.name.as_str()));
    let run: Set<&str> =
        in_workflows().chain(used.flat_map(|group| &group.jobs)).map(|entry| entry.job.as_str()).collect();
    for group in config.job_groups.iter().filter(|group| !invoked.contains(group.name.as_str())) {
        let message = format!("no workflow invokes job group {}", shown(&group.name));
        let mut diagnostic = Diagnostic::warning(UNUSED_JOB_GROUP.id, group.name.span, message)
            .with_help("Invoke it in a workflow, or take it out: none of its jobs runs");
        let mut told = Set::new();
        for entry in &group.jobs {
            let name = entry.job.as_str();
            let job = config.own.job(name).filter(|_| !run.contains(name) && told.insert(name));
            if let Some(job) = job {
                let message = format!("job {} is invoked only there, and never runs", shown(name));
                diagnostic = diagnostic.with_related(job.name.span, message);
            }
        }
        found.push(diagnostic);
    }
}
