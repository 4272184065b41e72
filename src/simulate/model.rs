//! What the engine runs: the jobs of all workflows in one list, with their steps and what they wait for.

use super::Seconds;
use super::duration::{Assumption, Work};
use super::inputs::{Decision, RunInputs};
use super::plan::WorkflowPlan;
use super::run::JobState;
use super::settings;
use super::steps::{self, Step};
use crate::compile::{Compiled, Entry, JobKind, Runs, Workflow};
use crate::config::Status;
use crate::flow::Flow;
use crate::sort::{Map, Set};
use crate::text::Span;
use std::ops::Range;

/// A pipeline to run.
#[derive(Debug, Default)]
pub(super) struct Model {
    /// Of all workflows, one after the other.
    pub(super) jobs: Vec<Job>,
    pub(super) workflows: Vec<Shift>,
    /// Names of the serial groups.
    pub(super) serial_groups: Vec<String>,
    /// Containers that run at once, at most.
    pub(super) concurrency: Option<u32>,
    /// Jobs to cancel, with the time.
    pub(super) cancels: Vec<(Seconds, usize)>,
    pub(super) unmatched: Vec<String>,
}

/// A workflow to run.
#[derive(Debug)]
pub(super) struct Shift {
    /// Its jobs.
    pub(super) jobs: Range<usize>,
    pub(super) runs: bool,
    pub(super) max_reruns: u32,
}

/// A job to run. Jobs are meant by their index in [`Model::jobs`].
#[derive(Debug)]
pub(super) struct Job {
    pub(super) workflow: usize,
    pub(super) kind: JobKind,
    /// It is part of the pipeline. Where that is not known it is taken to be.
    pub(super) runs: bool,
    /// Jobs it waits for, each with the states that let it start. Left-out jobs are not among them.
    pub(super) needs: Vec<(usize, States)>,
    /// Who waits for it, with the same states.
    pub(super) dependents: Vec<(usize, States)>,
    pub(super) steps: Vec<Step>,
    pub(super) containers: u32,
    /// Index into [`Model::serial_groups`].
    pub(super) serial_group: Option<usize>,
    /// For an unlock, the lock that it opens.
    pub(super) lock: Option<usize>,
    pub(super) decision: Decision,
    pub(super) unauthorized: bool,
}

/// A set of final states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct States(u8);

impl States {
    fn of(statuses: impl IntoIterator<Item = Status>) -> Self {
        let bit = |status| match status {
            Status::Success => 1,
            Status::Failed => 2,
            Status::Canceled => 4,
            Status::Unauthorized => 8,
            Status::NotRun => 16,
            // Documented as any of the others.
            Status::Terminal => 31,
        };
        Self(statuses.into_iter().fold(0, |states, status| states | bit(status)))
    }

    pub(super) fn contain(self, state: JobState) -> bool {
        let status = match state {
            JobState::Success => Status::Success,
            JobState::Failed => Status::Failed,
            JobState::Canceled => Status::Canceled,
            JobState::Unauthorized => Status::Unauthorized,
            JobState::NotRun => Status::NotRun,
            _ => return false,
        };
        self.0 & Self::of([status]).0 != 0
    }
}

pub(super) fn build(
    compiled: &Compiled,
    flows: &[Flow],
    plans: &[WorkflowPlan],
    inputs: &RunInputs,
) -> Model {
    let mut model = Model { concurrency: inputs.concurrency.map(|limit| limit.max(1)), ..Model::default() };
    let mut groups: Map<&str, usize> = Map::new();
    for (index, (workflow, plan)) in compiled.workflows.iter().zip(plans).enumerate() {
        let first = model.jobs.len();
        let runs = plan.runs != Runs::No;
        for (at, entry) in workflow.entries.iter().enumerate() {
            let flow = flows.get(index).and_then(|flow| flow.jobs.get(at));
            let mut job = job(compiled, entry, flow);
            job.workflow = index;
            job.runs = runs && plan.jobs.get(at).is_some_and(|job| job.runs != Runs::No);
            job.serial_group = entry.serial_group.as_deref().map(|name| {
                *groups.get_or_insert_with(name, || {
                    model.serial_groups.push(name.to_owned());
                    model.serial_groups.len() - 1
                })
            });
            model.jobs.push(job);
        }
        connect(&mut model.jobs[first..], workflow, first);
        let jobs = first..model.jobs.len();
        model.workflows.push(Shift { jobs, runs, max_reruns: workflow.max_auto_reruns });
    }
    settings::apply(&mut model, compiled, inputs);
    model
}

fn job(compiled: &Compiled, entry: &Entry, flow: Option<&crate::flow::Job>) -> Job {
    let body = compiled.job(entry);
    let known = body.zip(flow).map(|(body, flow)| steps::read(body, flow)).unwrap_or_default();
    let steps = match entry.kind {
        JobKind::Build if !known.is_empty() => known,
        JobKind::Build => vec![steps::whole(Work::Run, "all of its steps")],
        JobKind::Opaque => vec![steps::whole(Work::OpaqueJob, "all of its steps, which are not known")],
        JobKind::Release => vec![steps::whole(Work::Release, "release")],
        _ => Vec::new(),
    };
    Job {
        workflow: 0,
        kind: entry.kind,
        runs: true,
        needs: Vec::new(),
        dependents: Vec::new(),
        containers: if steps.is_empty() { 0 } else { entry.parallelism.unwrap_or(1).max(1) },
        steps,
        serial_group: None,
        lock: None,
        decision: Decision::Held,
        unauthorized: false,
    }
}

/// Fills in who waits for whom in a workflow, the first of whose jobs is `first`.
fn connect(jobs: &mut [Job], workflow: &Workflow, first: usize) {
    let mut locks: Map<Span, usize> = Map::new();
    for (at, entry) in workflow.entries.iter().enumerate() {
        if !jobs[at].runs {
            continue;
        }
        for requirement in &entry.requires {
            let written = requirement.statuses.iter().map(|status| status.value);
            // Documented: without a status, success.
            let states = if requirement.statuses.is_empty() {
                States::of([Status::Success])
            } else {
                States::of(written)
            };
            for required in requirement.matched.entries() {
                if jobs[*required].runs {
                    jobs[at].needs.push((first + required, states));
                    jobs[*required].dependents.push((first + at, states));
                }
            }
        }
        match (entry.kind, entry.item) {
            (JobKind::Lock, Some(item)) => {
                locks.insert(item, first + at);
            }
            (JobKind::Unlock, Some(item)) => jobs[at].lock = locks.get(&item).copied(),
            _ => {}
        }
    }
}

impl Model {
    /// How often the containers that run at once go through a job: more than once where it is wider than the
    /// limit.
    pub(super) fn rounds(&self, job: usize) -> Seconds {
        let containers = self.jobs[job].containers;
        self.concurrency.map_or(1, |limit| containers.div_ceil(limit).max(1)).into()
    }

    /// What the run of these jobs assumes.
    pub(super) fn assumptions(&self, plans: &[WorkflowPlan]) -> Vec<Assumption> {
        let running = || self.jobs.iter().filter(|job| job.runs);
        let assumed = running().flat_map(|job| &job.steps).filter(|step| !step.given);
        let mut works: Set<Work> = Set::new();
        for step in assumed {
            works.insert(step.work);
            if step.work == Work::Install && step.cached_by.is_some() {
                works.insert(Work::CachedInstall);
            }
        }
        let note = |what: &str| Assumption { what: what.to_owned(), seconds: None };
        let mut all: Vec<Assumption> = works.into_iter().filter_map(Work::assumption).collect();
        if running().any(|job| job.containers > 1) {
            all.push(note("each container of a parallel job goes through all of its steps"));
        }
        if self.concurrency.is_none() && running().any(|job| job.containers > 0) {
            all.push(note("there are as many containers as the jobs ask for, and they start at once"));
        }
        if running().any(|job| matches!(job.decision, Decision::Denied(_))) {
            all.push(note("an approval that is denied counts as canceled"));
        }
        if running().any(|job| job.serial_group.is_some()) {
            all.push(note("no other pipeline holds a serial group"));
        }
        let unknown = |plan: &WorkflowPlan| {
            plan.runs == Runs::Unknown
                || plan.runs == Runs::Yes && plan.jobs.iter().any(|job| job.runs == Runs::Unknown)
        };
        if plans.iter().any(unknown) {
            all.push(note("what is not known to be left out runs"));
        }
        all
    }
}
