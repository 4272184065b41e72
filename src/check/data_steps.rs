//! The steps that move data between jobs, with the jobs they are in.

use super::Context;
use crate::compile::Entry;
use crate::flow::{Flow, Job, Path, Step, StepId};
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

/// Where a path is written.
pub(super) fn span_of(path: &Path) -> Span {
    path.written.span().unwrap_or_default()
}
