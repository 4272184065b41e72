use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::sort::Map;

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs whose names differ in nothing but case.
    ///
    /// ## Why it matters
    ///
    /// CircleCI documents that the names of jobs are unique without regard to case. Which of the two an entry
    /// of a workflow means is a matter of one letter.
    ///
    /// ## How to fix
    ///
    /// Rename one of them.
    ///
    /// ```yaml
    /// jobs:
    ///   test: {type: no-op}
    ///   test-windows: {type: no-op}
    /// ```
    SIMILAR_JOB_NAMES = "similar-job-names", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut first = Map::new();
    for job in &*context.config.own.jobs {
        let Some(other) = first.insert(job.name.to_lowercase(), &job.name) else { continue };
        if other.value != job.name.value {
            let message = format!("jobs {} and {} differ only in case", shown(other), shown(&job.name));
            found.push(
                Diagnostic::warning(SIMILAR_JOB_NAMES.id, job.name.span, message)
                    .with_related(other.span, "the other one")
                    .with_help(
                        "CircleCI takes the names of jobs to be unique without regard to case: rename one",
                    ),
            );
        }
    }
}
