use super::call_chain::with_commands;
use super::data_steps::{DataStep, OfJob, data_steps};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::flow::{Flow, Job, StepId, StepKind};
use crate::sort::{Map, Set};
use crate::text::{SourceId, Span};

declare_check! {
    /// ## What it does
    ///
    /// Finds `persist_to_workspace` steps of which no job attaches the result, in any workflow that runs them.
    ///
    /// ## Why it matters
    ///
    /// What is persisted is packed and uploaded each time, and stored. A workspace ends with its workflow:
    /// nobody else ever sees it. Often the job that should attach it does not require this one.
    ///
    /// ## How to fix
    ///
    /// Take the step out, or attach the workspace in a job that requires this one. To look at files after the
    /// run, use `store_artifacts`:
    ///
    /// ```yaml
    /// - store_artifacts:
    ///     path: dist
    /// ```
    UNATTACHED_WORKSPACE = "unattached-workspace", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let attached = attached(context);
    let unknown: Vec<Vec<usize>> = context.flows.iter().map(may_attach_anything).collect();
    let mut behind = OfJob::default();
    let mut wasted: Map<Span, Option<DataStep<'_>>> = Map::new();
    for step in data_steps(context) {
        if matches!(step.step.kind, StepKind::Persist(_)) {
            let used = attached.contains(&(step.workflow, step.id))
                || *behind.of(&step, |step| may_be_attached(step, &unknown[step.workflow]));
            let first = wasted.get_or_insert(step.span(), Some(step));
            if used {
                *first = None;
            }
        }
    }
    for (span, step) in wasted {
        let Some(step) = step.filter(|_| span.source == SourceId(0)) else { continue };
        let message = format!("no job attaches what {} persists", shown(&step.entry.name));
        let diagnostic = Diagnostic::warning(UNATTACHED_WORKSPACE.id, span, message)
            .with_help("Take the step out, or attach the workspace in a job that requires this one");
        found.push(with_commands(diagnostic, &step.step.origin, span));
    }
}

/// Every layer that some job unpacks.
fn attached(context: &Context<'_>) -> Set<(usize, StepId)> {
    let mut all = Set::new();
    for step in data_steps(context) {
        if let StepKind::Attach(attach) = &step.step.kind {
            all.extend(attach.layers.iter().map(|layer| (step.workflow, *layer)));
        }
    }
    all
}

/// The jobs of which nobody knows what they attach.
fn may_attach_anything(flow: &Flow) -> Vec<usize> {
    let unknown = |job: &Job| !job.known || (!job.upstream_known && job.attaches());
    let jobs = flow.jobs.iter().enumerate();
    jobs.filter(|(_, job)| unknown(job)).map(|(index, _)| index).collect()
}

/// Whether one of the jobs `unknown` comes after the step, or nobody knows what comes after what.
fn may_be_attached(step: &DataStep<'_>, unknown: &[usize]) -> bool {
    !step.flow.is_complete() || unknown.iter().any(|job| step.flow.before(step.id.job, *job))
}
