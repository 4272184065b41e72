use super::reach::Wanted;
use super::unused::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds executors that no job uses, neither by `executor` nor through a parameter or a matrix. Where the
    /// name of an executor is put together from values (`linux-<< parameters.size >>`), any may be meant, and
    /// nothing is said. Executors of inline orbs are looked at too.
    ///
    /// ## Why it matters
    ///
    /// A change to it changes nothing: the jobs that were to follow run elsewhere.
    ///
    /// ## How to fix
    ///
    /// Name the executor in the jobs that are to run there, or take it out of the config.
    ///
    /// ```yaml
    /// executors:
    ///   node:
    ///     docker: [{image: cimg/node:20.11}]
    /// jobs:
    ///   test:
    ///     executor: node
    ///     steps: [checkout]
    /// ```
    UNUSED_EXECUTOR = "unused-executor", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(context, found, UNUSED_EXECUTOR.id, Wanted::Executor, |name| {
        format!("no job uses executor {name}")
    });
}
