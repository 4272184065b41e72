//! Which jobs would run, and what a run of them would look like.
//!
//! Comes in: compiled workflows, their graphs and data flow, what was pushed, and [`RunInputs`] (durations,
//! failures, approvals, limits). Goes out: a [`Run`]: for each workflow and job whether it runs and why, down
//! to the deciding filter or value, and an event log from which the state at any second can be folded
//! ([`Progress`]). Everything is owned and can be sent. Same input, same log: there is no chance and no clock.
//! Must not know: who shows it. All seconds are assumptions, and listed as such.

mod cache;
mod describe;
mod duration;
mod engine;
mod filter;
mod inputs;
mod measure;
mod model;
mod plan;
mod progress;
mod queue;
mod run;
mod settings;
mod steps;
mod why;

pub use describe::{clock, describe, length};
pub use duration::Assumption;
pub use inputs::{Decision, Duration, Failure, Moment, RunInputs};
pub use plan::{JobPlan, WorkflowPlan, plan};
pub use progress::{JobProgress, Progress};
pub use run::{Bar, Event, EventKind, JobRun, JobState, Run, StepRun, WorkflowRun, WorkflowState};
pub use why::Why;

use crate::compile::{Compiled, Trigger};
use crate::flow::Flow;
use crate::text::Span;

/// Seconds since the pipeline started, or a length of time. Assumptions are not worth fractions.
pub type Seconds = u64;

/// Plans and simulates the pipeline that `trigger` starts. `flows` are those of the workflows, by index.
#[must_use]
pub fn simulate(compiled: &Compiled, flows: &[Flow], trigger: &Trigger, inputs: &RunInputs) -> Run<Span> {
    let plans = plan(compiled, trigger, inputs.schedule.as_deref());
    let model = model::build(compiled, flows, &plans, inputs);
    let first = engine::run(&model, flows, cache::Stock::empty(flows));
    let log = if inputs.warm { engine::run(&model, flows, first.stock.aged()) } else { first };
    measure::report(compiled, plans, &model, log)
}
