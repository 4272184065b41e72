use super::reach::{Gap, Wanted};
use super::undefined::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds entries of workflows, and of job groups, that name a job which the config does not define.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Cannot find a definition for job named …`. No workflow runs, not
    /// even those that are in order. In a job group that no workflow invokes CircleCI does not look, and the
    /// finding is a warning.
    ///
    /// ## How to fix
    ///
    /// Write the name as it stands under `jobs`, define the job, or take the entry out. A step that waits for
    /// a person needs no job, but it needs `type: approval`. A job of an orb is written `alias/job`.
    UNDEFINED_JOB = "undefined-job", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(context, found, UNDEFINED_JOB.id, |dangling| {
        dangling.wanted == Wanted::Job && matches!(dangling.gap, Gap::Undefined)
    });
}
