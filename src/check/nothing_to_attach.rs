use super::call_chain::with_commands;
use super::data_steps::{DataStep, data_steps};
use super::requirement::with_requirement;
use super::suggestion::{listed, shown};
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::flow::StepKind;
use crate::sort::Map;
use crate::text::{SourceId, Span};

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs that attach a workspace to which no job before them has added anything.
    ///
    /// ## Why it matters
    ///
    /// A job sees what the jobs persisted that it requires, directly or through others, and nothing else. A job
    /// that runs at the same time may or may not have persisted already: its files are never there. A step that
    /// several jobs share is told of only if none of them has anything to attach.
    ///
    /// ## How to fix
    ///
    /// Require the job that persists, or take `attach_workspace` out:
    ///
    /// ```yaml
    /// workflows:
    ///   main:
    ///     jobs:
    ///       - build
    ///       - deploy:
    ///           requires: [build]
    /// ```
    NOTHING_TO_ATTACH = "nothing-to-attach", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // A step that many jobs share is there for those that have something to attach.
    let mut idle: Map<Span, Option<DataStep<'_>>> = Map::new();
    for step in data_steps(context) {
        let StepKind::Attach(attach) = &step.step.kind else { continue };
        let first = idle.get_or_insert(step.span(), Some(step));
        if !attach.layers.is_empty() || !step.job.upstream_known {
            *first = None;
        }
    }
    let own = idle.into_iter().filter(|(span, _)| span.source == SourceId(0));
    found.extend(own.filter_map(|(_, step)| Some(diagnostic(context, &step?))));
}

fn diagnostic(context: &Context<'_>, step: &DataStep<'_>) -> Diagnostic {
    let name = shown(&step.entry.name);
    let workflow = &context.compiled.workflows[step.workflow];
    // Whoever persists and does not wait for this job could be waited for.
    let persists = |job: &usize| {
        let steps = &step.flow.jobs[*job].steps;
        *job != step.id.job && steps.iter().any(|step| matches!(step.kind, StepKind::Persist(_)))
    };
    let could = |job: &usize| persists(job) && !step.flow.before(step.id.job, *job);
    let others: Vec<usize> = (0..step.flow.jobs.len()).filter(could).collect();
    let message = format!("nothing is persisted before {name} attaches the workspace");
    let diagnostic = Diagnostic::warning(NOTHING_TO_ATTACH.id, step.span(), message)
        .with_related(step.entry.job.span, format!("{name} requires no job that persists"));
    let diagnostic = with_commands(diagnostic, &step.step.origin, step.span());
    let names: Vec<&str> = others.iter().take(3).map(|job| workflow.entries[*job].name.as_str()).collect();
    match others.as_slice() {
        [] => diagnostic.with_help("No other job of the workflow persists: take `attach_workspace` out"),
        [only] => with_requirement(context, diagnostic, step.entry, &workflow.entries[*only]),
        _ => diagnostic
            .with_help(format!("Add the job that it needs to its `requires`: {}", listed(names, "or"))),
    }
}
