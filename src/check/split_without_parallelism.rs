use super::run_steps::{part, run_steps};
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::sort::Map;
use crate::text::{Span, Spanned};
use crate::yaml::Resolved;

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs that split their tests (`circleci tests split`, `circleci tests run --split-by`) and run in one
    /// container only: `parallelism` is missing, 1 or 0. Steps that some other job runs in parallel are left
    /// alone, and so is a `parallelism` that hangs on a parameter.
    ///
    /// ## Why it matters
    ///
    /// Everything is split into one part: all tests run one after the other, and the job takes as long as it
    /// would without.
    ///
    /// ## How to fix
    ///
    /// Say into how many parts, or take the splitting out.
    ///
    /// ```yaml
    /// jobs:
    ///   test:
    ///     parallelism: 4
    ///     docker: [{image: cimg/go:1.22}]
    ///     steps:
    ///       - checkout
    ///       - run: go test $(go list ./... | circleci tests split)
    /// ```
    SPLIT_WITHOUT_PARALLELISM = "split-without-parallelism", Warning, since "0.1.0"; run
}

/// A command that splits, and how the jobs that run it say in how many containers.
struct Split {
    /// Some job runs it in parallel, or may.
    parallel: bool,
    /// `parallelism: 1`, where it is written.
    written: Option<Span>,
    jobs: Vec<Spanned<String>>,
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut splits: Map<Span, Split> = Map::new();
    for (entry, step) in run_steps(context) {
        let Some(span) = step.span.filter(|_| divides(step.text)) else { continue };
        let job = context.config.own.jobs.iter().find(|job| Some(job.name.span) == entry.definition);
        let written = job.and_then(|job| job.node.get("parallelism"));
        let literal = written.as_ref().is_none_or(|node| matches!(node.meaning(), Some(Resolved::Int(_))));
        let split = splits.get_or_insert(span, Split { parallel: false, written: None, jobs: Vec::new() });
        split.parallel |= job.is_none() || !literal || entry.parallelism.is_some_and(|count| count > 1);
        split.written = split.written.or(written.map(|node| node.span()));
        split.jobs.extend(job.map(|job| job.name.clone()).filter(|job| !split.jobs.contains(job)));
    }
    for (span, split) in splits.into_iter().filter(|(_, split)| !split.parallel) {
        let span = part(context, span, "circleci tests");
        let message = "the tests are split for one container only";
        let mut diagnostic = Diagnostic::warning(SPLIT_WITHOUT_PARALLELISM.id, span, message);
        diagnostic = match (split.written, split.jobs.first()) {
            (Some(written), _) => diagnostic.with_related(written, "`parallelism` says one"),
            (None, Some(job)) => diagnostic.with_related(job.span, "this job has no `parallelism`"),
            (None, None) => diagnostic,
        };
        found.push(
            diagnostic.with_help("Say into how many parts with `parallelism`, or take the splitting out"),
        );
    }
}

/// Whether a command asks CircleCI for its part of the tests.
fn divides(command: &str) -> bool {
    command.contains("circleci tests split")
        || (command.contains("circleci tests run") && command.contains("--split-by"))
}
