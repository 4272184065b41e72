//! The steps that move data between jobs, with the jobs they are in.

use super::Context;
use crate::compile::Entry;
use crate::flow::{Flow, Job, Path, Run, Step, StepId, StepKind, Tool};
use crate::text::Span;

/// A step of a job in a workflow.
#[derive(Clone, Copy)]
pub(super) struct DataStep<'a> {
    pub(super) workflow: usize,
    pub(super) id: StepId,
    pub(super) flow: &'a Flow,
    pub(super) job: &'a Job,
    pub(super) entry: &'a Entry,
    pub(super) step: &'a Step,
}

/// Every step of every job that a workflow has, in order.
pub(super) fn data_steps<'a>(context: &Context<'a>) -> impl Iterator<Item = DataStep<'a>> + use<'a> {
    let workflows = context.flows.iter().zip(&context.compiled.workflows).enumerate();
    workflows.flat_map(|(workflow, (flow, compiled))| {
        flow.steps().filter_map(move |(id, step)| {
            let (job, entry) = (&flow.jobs[id.job], compiled.entries.get(id.job)?);
            Some(DataStep { workflow, id, flow, job, entry, step })
        })
    })
}

impl DataStep<'_> {
    /// Where the step's name stands.
    pub(super) fn span(&self) -> Span {
        self.step.origin.span().unwrap_or_default()
    }
}

/// What was found out about the job of the last step that was asked about: a job has many steps.
pub(super) struct OfJob<T>(Option<((usize, usize), T)>);

impl<T> Default for OfJob<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> OfJob<T> {
    /// What `find` says of the job of `step`, asked once for each job as long as steps come in order.
    pub(super) fn of<'a>(&mut self, step: &DataStep<'a>, find: impl FnOnce(&DataStep<'a>) -> T) -> &T {
        let job = (step.workflow, step.id.job);
        if self.0.as_ref().is_none_or(|(known, _)| *known != job) {
            self.0 = None;
        }
        &self.0.get_or_insert_with(|| (job, find(step))).1
    }
}

/// A tool of which a job installs dependencies.
#[derive(Clone, Copy)]
pub(super) struct Installed {
    pub(super) tool: &'static Tool,
    /// The first step that installs them and has nothing restored for it.
    pub(super) uncached: Option<usize>,
    /// The last step that installs them.
    pub(super) last: usize,
}

/// The tools of which a job installs dependencies, in the order of the steps.
pub(super) fn installed(step: &DataStep<'_>) -> Vec<Installed> {
    let mut all: Vec<Installed> = Vec::new();
    for (index, step) in step.job.steps.iter().enumerate() {
        let StepKind::Run(Run { installs: Some(tool), cached_by }) = &step.kind else { continue };
        let uncached = cached_by.is_none().then_some(index);
        match all.iter_mut().find(|known| known.tool.name == tool.name) {
            Some(known) => *known = Installed { tool, uncached: known.uncached.or(uncached), last: index },
            None => all.push(Installed { tool, uncached, last: index }),
        }
    }
    all
}

/// Where a path is written.
pub(super) fn span_of(path: &Path) -> Span {
    path.written.span().unwrap_or_default()
}
