//! The document of `run --format json`. Its keys are a contract: they only ever become more.

use super::Problem;
use crate::report::run::{
    Assumption, Event, EventKind, JobRun, RunReport, Seconds, StepRun, Why, WorkflowRun, describe,
};
use crate::report::{JobKind, Location, Runs};
use serde::Serialize;

/// The document, on one line.
pub(super) fn document(report: &RunReport) -> Result<String, Problem> {
    let text = serde_json::to_string(&Document::of(report)).map_err(|error| Problem(error.to_string()))?;
    Ok(text + "\n")
}

#[derive(Serialize)]
struct Document<'a> {
    workflows: Vec<Workflow<'a>>,
    wall: Seconds,
    compute: Seconds,
    sequence: Seconds,
    errors: u32,
    assumptions: &'a [Assumption],
    #[serde(skip_serializing_if = "Option::is_none")]
    continuation: Option<Box<Document<'a>>>,
}

#[derive(Serialize)]
struct Workflow<'a> {
    name: &'a str,
    runs: Runs,
    state: &'static str,
    why: &'a [Why<Location>],
    jobs: Vec<Job<'a>>,
    events: Vec<Happened<'a>>,
    wall: Seconds,
    compute: Seconds,
    sequence: Seconds,
    critical_path: Vec<&'a str>,
}

#[derive(Serialize)]
struct Job<'a> {
    name: &'a str,
    kind: JobKind,
    runs: Runs,
    state: &'static str,
    start: Option<Seconds>,
    end: Option<Seconds>,
    why: &'a [Why<Location>],
    needs: Vec<&'a str>,
    containers: u32,
    steps: &'a [StepRun],
}

#[derive(Serialize)]
struct Happened<'a> {
    t: Seconds,
    job: Option<&'a str>,
    kind: &'static str,
    /// Index into the steps of the job.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<u32>,
    text: String,
}

impl<'a> Document<'a> {
    fn of(report: &'a RunReport) -> Self {
        Self {
            workflows: report.workflows.iter().map(Workflow::of).collect(),
            wall: report.wall,
            compute: report.compute,
            sequence: report.sequence,
            errors: report.errors,
            assumptions: &report.assumptions,
            continuation: report.continuation.as_deref().map(|run| Box::new(Self::of(run))),
        }
    }
}

impl<'a> Workflow<'a> {
    fn of(run: &'a WorkflowRun<Location>) -> Self {
        Self {
            name: &run.name,
            runs: run.runs,
            state: run.state.name(),
            why: &run.why,
            jobs: run.jobs.iter().map(|job| Job::of(job, run)).collect(),
            events: run.events.iter().map(|event| Happened::of(event, run)).collect(),
            wall: run.wall,
            compute: run.compute,
            sequence: run.sequence,
            critical_path: names(&run.critical_path, run),
        }
    }
}

impl<'a> Job<'a> {
    fn of(job: &'a JobRun<Location>, run: &'a WorkflowRun<Location>) -> Self {
        Self {
            name: &job.name,
            kind: job.kind,
            runs: job.runs,
            state: job.state.name(),
            start: job.start,
            end: job.end,
            why: &job.why,
            needs: names(&job.needs, run),
            containers: job.containers,
            steps: &job.steps,
        }
    }
}

impl<'a> Happened<'a> {
    fn of(event: &Event, run: &'a WorkflowRun<Location>) -> Self {
        let job = event.job.and_then(|job| run.jobs.get(job as usize));
        let step = match &event.kind {
            EventKind::Step(step)
            | EventKind::StepFailed(step)
            | EventKind::StepRerun { step, .. }
            | EventKind::CacheHit { step, .. }
            | EventKind::CacheMiss { step, .. }
            | EventKind::CacheUnknown { step, .. }
            | EventKind::CacheSaved { step, .. }
            | EventKind::CacheKept { step, .. }
            | EventKind::Persisted { step, .. }
            | EventKind::Attached { step, .. } => Some(*step),
            EventKind::Workflow(_) | EventKind::Rerun(_) | EventKind::Job(_) | EventKind::Locked(_) => None,
        };
        Self {
            t: event.t,
            job: job.map(|job| job.name.as_str()),
            kind: event.kind.name(),
            step,
            text: describe(event, run),
        }
    }
}

/// The names of jobs by index.
fn names<'a>(jobs: &[u32], run: &'a WorkflowRun<Location>) -> Vec<&'a str> {
    jobs.iter().filter_map(|job| run.jobs.get(*job as usize)).map(|job| job.name.as_str()).collect()
}
