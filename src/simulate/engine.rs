//! Runs a [`Model`]: what ends when, and what starts because of it. Time only moves from one thing that was
//! foreseen to the next, so the length of a wait costs nothing.

mod data;
mod tally;

use super::Seconds;
use super::cache::Stock;
use super::duration::Work;
use super::inputs::Decision;
use super::model::{Job, Model};
use super::queue::{Containers, Serial};
use super::run::{Event, EventKind, JobState, WorkflowState};
use super::steps::{Fails, Step, When};
use crate::compile::JobKind;
use crate::flow::{Flow, StepId};
use crate::sort::Set;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use tally::Tally;

/// What happened.
#[derive(Debug)]
pub(super) struct Log {
    /// By workflow.
    pub(super) events: Vec<Vec<Event>>,
    /// The caches afterwards.
    pub(super) stock: Stock,
}

/// Runs `model` with the caches of `stock`.
pub(super) fn run(model: &Model, flows: &[Flow], stock: Stock) -> Log {
    let mut engine = Engine::new(model, flows, stock);
    engine.start();
    while let Some(Reverse(foreseen)) = engine.foreseen.pop() {
        engine.now = foreseen.at;
        engine.happen(&foreseen);
        let more = engine.foreseen.peek().is_some_and(|Reverse(next)| next.at == engine.now);
        if !more {
            engine.settle();
        }
    }
    Log { events: engine.events, stock: engine.stock }
}

/// Something that will happen. In this order where several happen in one second: what ends on its own has
/// ended before anybody cancels it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Foreseen {
    at: Seconds,
    what: What,
    /// In the order in which it was foreseen.
    number: u64,
    job: usize,
    /// Of a job that was canceled or starts over, what was foreseen no longer counts.
    ticket: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    StepEnds,
    Approved,
    Denied,
    Canceled,
}

/// What follows in the same second.
#[derive(Clone, Copy, Debug)]
enum Consequence {
    /// All that it requires has come to pass.
    Ready(usize),
    /// Something that it requires can no longer come to pass.
    Blocked(usize),
    /// It holds its serial group.
    Admitted(usize),
    /// Containers are free.
    Room,
}

/// How far a job is.
#[derive(Clone, Debug)]
struct Progress {
    state: JobState,
    step: usize,
    /// Requirements that have not come to pass.
    unmet: usize,
    /// A step failed: only steps for that case still run.
    failing: bool,
    /// Reruns of the current step.
    tries: u32,
    /// How often each step failed, reruns of the workflow included.
    failures: Vec<u32>,
    /// Restores that found a cache.
    hits: Vec<usize>,
    ticket: u32,
}

struct Engine<'m> {
    model: &'m Model,
    flows: &'m [Flow],
    now: Seconds,
    foreseen: BinaryHeap<Reverse<Foreseen>>,
    number: u64,
    consequences: VecDeque<Consequence>,
    jobs: Vec<Progress>,
    containers: Containers,
    serial_groups: Vec<Serial>,
    stock: Stock,
    /// Layers of the workspaces: the workflow and the step that persisted each.
    layers: Set<(usize, StepId)>,
    workflows: Vec<Tally>,
    events: Vec<Vec<Event>>,
}

impl<'m> Engine<'m> {
    fn new(model: &'m Model, flows: &'m [Flow], stock: Stock) -> Self {
        let progress = |job: &Job| Progress {
            state: JobState::Skipped,
            step: 0,
            unmet: job.needs.len(),
            failing: false,
            tries: 0,
            failures: vec![0; job.steps.len()],
            hits: Vec::new(),
            ticket: 0,
        };
        Self {
            model,
            flows,
            now: 0,
            foreseen: BinaryHeap::new(),
            number: 0,
            consequences: VecDeque::new(),
            jobs: model.jobs.iter().map(progress).collect(),
            containers: Containers::new(model.concurrency),
            serial_groups: model.serial_groups.iter().map(|_| Serial::default()).collect(),
            stock,
            layers: Set::new(),
            workflows: vec![Tally::new(); model.workflows.len()],
            events: vec![Vec::new(); model.workflows.len()],
        }
    }

    fn start(&mut self) {
        for (index, job) in self.model.jobs.iter().enumerate().filter(|(_, job)| job.runs) {
            self.jobs[index].state = JobState::Waiting;
            self.workflows[job.workflow].add();
            if job.needs.is_empty() {
                self.consequences.push_back(Consequence::Ready(index));
            }
        }
        for (index, workflow) in self.model.workflows.iter().enumerate() {
            if workflow.runs && !workflow.jobs.is_empty() {
                self.workflows[index].touched = true;
                self.enter(index, WorkflowState::Running);
            }
        }
        for (at, job) in &self.model.cancels {
            self.foresee(*at, What::Canceled, *job);
        }
        self.follow();
        self.settle();
    }

    fn foresee(&mut self, at: Seconds, what: What, job: usize) {
        let ticket = self.jobs[job].ticket;
        self.number += 1;
        self.foreseen.push(Reverse(Foreseen { at, what, number: self.number, job, ticket }));
    }

    fn happen(&mut self, foreseen: &Foreseen) {
        let job = foreseen.job;
        let state = self.jobs[job].state;
        let current = foreseen.ticket == self.jobs[job].ticket;
        match foreseen.what {
            What::StepEnds if current => self.end_step(job),
            What::Approved if current && state == JobState::OnHold => self.end(job, JobState::Success),
            What::Denied if current && state == JobState::OnHold => self.end(job, JobState::Canceled),
            What::Canceled if !state.is_final() => {
                self.containers.leave(job);
                self.end(job, JobState::Canceled);
            }
            _ => {}
        }
        self.follow();
    }

    fn follow(&mut self) {
        while let Some(consequence) = self.consequences.pop_front() {
            match consequence {
                Consequence::Ready(job) if self.jobs[job].state == JobState::Waiting => self.ready(job),
                Consequence::Blocked(job) if self.jobs[job].state == JobState::Waiting => {
                    self.end(job, JobState::NotRun);
                }
                Consequence::Admitted(job) => self.admitted(job),
                Consequence::Room => {
                    while let Some(job) = self.containers.next(|job| self.model.jobs[job].containers) {
                        self.run_job(job);
                    }
                }
                Consequence::Ready(_) | Consequence::Blocked(_) => {}
            }
        }
    }

    fn ready(&mut self, job: usize) {
        let model = &self.model.jobs[job];
        if model.unauthorized {
            return self.end(job, JobState::Unauthorized);
        }
        match (model.kind, model.serial_group) {
            (JobKind::Approval, _) => {
                self.change(job, JobState::OnHold);
                match model.decision {
                    Decision::Approved(at) => self.foresee(at.max(self.now), What::Approved, job),
                    Decision::Denied(at) => self.foresee(at.max(self.now), What::Denied, job),
                    Decision::Held => {}
                }
            }
            (JobKind::Unlock, Some(group)) => {
                if let Some(lock) = model.lock {
                    self.leave_group(lock, group);
                }
                self.end(job, JobState::Success);
            }
            (_, Some(group)) => {
                if self.serial_groups[group].enter(job) {
                    self.admitted(job);
                } else {
                    self.change(job, JobState::Queued);
                    self.log(job, EventKind::Locked(self.model.serial_groups[group].clone()));
                }
            }
            (_, None) => self.admitted(job),
        }
    }

    /// Nothing but a container is lacking.
    fn admitted(&mut self, job: usize) {
        let model = &self.model.jobs[job];
        if model.steps.is_empty() {
            self.end(job, JobState::Success);
        } else if self.containers.take(job, model.containers) {
            self.run_job(job);
        } else if self.jobs[job].state != JobState::Queued {
            self.change(job, JobState::Queued);
        }
    }

    fn run_job(&mut self, job: usize) {
        self.change(job, JobState::Running);
        self.begin_step(job, 0);
    }

    /// Begins the next step from `from` on that runs.
    fn begin_step(&mut self, job: usize, from: usize) {
        let failing = self.jobs[job].failing;
        let model = &self.model.jobs[job];
        let runs = |step: &Step| match step.when {
            When::Success => !failing,
            When::Failure => failing,
            When::Always => true,
        };
        let Some(index) = (from..model.steps.len()).find(|index| runs(&model.steps[*index])) else {
            return self.end(job, if failing { JobState::Failed } else { JobState::Success });
        };
        (self.jobs[job].step, self.jobs[job].tries) = (index, 0);
        self.log(job, EventKind::Step(number(index)));
        self.begin_data(job, index);
        let seconds = self.seconds(job, index);
        self.foresee(self.now + seconds, What::StepEnds, job);
    }

    fn seconds(&self, job: usize, index: usize) -> Seconds {
        let step = &self.model.jobs[job].steps[index];
        let cached = step.cached_by.is_some_and(|restore| self.jobs[job].hits.contains(&restore));
        let seconds = match step.work {
            Work::Install if cached && !step.given => Work::CachedInstall.seconds(),
            _ => step.seconds,
        };
        seconds.saturating_mul(self.model.rounds(job))
    }

    fn end_step(&mut self, job: usize) {
        let index = self.jobs[job].step;
        let step = &self.model.jobs[job].steps[index];
        let fails = match step.fails {
            Fails::Always => true,
            Fails::Times(times) => self.jobs[job].failures[index] < times,
        };
        if !fails {
            self.end_data(job, index);
            return self.begin_step(job, index + 1);
        }
        self.jobs[job].failures[index] += 1;
        self.log(job, EventKind::StepFailed(number(index)));
        if self.jobs[job].tries < step.reruns {
            self.jobs[job].tries += 1;
            let attempt = self.jobs[job].tries;
            self.log(job, EventKind::StepRerun { step: number(index), attempt });
            let seconds = self.seconds(job, index);
            return self.foresee(self.now + step.delay + seconds, What::StepEnds, job);
        }
        self.jobs[job].failing = true;
        self.begin_step(job, index + 1);
    }

    /// The job's final state for now, and what follows from it.
    fn end(&mut self, job: usize, state: JobState) {
        let model = &self.model.jobs[job];
        if self.jobs[job].state == JobState::Running {
            self.containers.give_back(model.containers);
            self.consequences.push_back(Consequence::Room);
        }
        self.jobs[job].ticket += 1;
        self.change(job, state);
        // A lock stays where it is until its unlock, unless it never got there.
        let keeps = matches!(model.kind, JobKind::Lock) && state == JobState::Success;
        if let Some(group) = model.serial_group.filter(|_| !keeps && model.kind != JobKind::Unlock) {
            self.leave_group(job, group);
        }
        for (dependent, states) in &model.dependents {
            if self.jobs[*dependent].state != JobState::Waiting {
                continue;
            }
            if states.contain(state) {
                self.jobs[*dependent].unmet -= 1;
                if self.jobs[*dependent].unmet == 0 {
                    self.consequences.push_back(Consequence::Ready(*dependent));
                }
            } else {
                self.consequences.push_back(Consequence::Blocked(*dependent));
            }
        }
    }

    fn leave_group(&mut self, job: usize, group: usize) {
        if let Some(next) = self.serial_groups[group].leave(job) {
            self.consequences.push_back(Consequence::Admitted(next));
        }
    }

    fn change(&mut self, job: usize, state: JobState) {
        let before = std::mem::replace(&mut self.jobs[job].state, state);
        self.workflows[self.model.jobs[job].workflow].change(before, state);
        self.log(job, EventKind::Job(state));
    }

    fn log(&mut self, job: usize, kind: EventKind) {
        let workflow = self.model.jobs[job].workflow;
        let index = number(job - self.model.workflows[workflow].jobs.start);
        self.events[workflow].push(Event { t: self.now, job: Some(index), kind });
    }

    fn enter(&mut self, workflow: usize, state: WorkflowState) {
        if std::mem::replace(&mut self.workflows[workflow].state, state) != state {
            self.events[workflow].push(Event { t: self.now, job: None, kind: EventKind::Workflow(state) });
        }
    }

    /// At the end of a second: what the workflows come to, and whether one starts over.
    fn settle(&mut self) {
        loop {
            let Some(index) = self.workflows.iter().position(|workflow| workflow.touched) else { return };
            self.workflows[index].touched = false;
            let state = self.workflows[index].verdict();
            self.enter(index, state);
            if state == WorkflowState::Failed
                && self.workflows[index].reruns < self.model.workflows[index].max_reruns
            {
                self.rerun(index);
                self.follow();
            }
        }
    }

    /// What failed, and what that kept from running, runs again; the rest stays as it is (documentation,
    /// automatic reruns).
    fn rerun(&mut self, workflow: usize) {
        self.workflows[workflow].reruns += 1;
        let kind = EventKind::Rerun(self.workflows[workflow].reruns);
        self.events[workflow].push(Event { t: self.now, job: None, kind });
        self.enter(workflow, WorkflowState::Running);
        let range = self.model.workflows[workflow].jobs.clone();
        let again = |state| matches!(state, JobState::Failed | JobState::NotRun);
        let again: Vec<usize> = range.filter(|job| again(self.jobs[*job].state)).collect();
        for job in &again {
            self.change(*job, JobState::Waiting);
            let progress = &mut self.jobs[*job];
            (progress.failing, progress.step) = (false, 0);
            progress.hits.clear();
        }
        for job in again {
            let needs = &self.model.jobs[job].needs;
            let met = |(need, states): &&(usize, _)| {
                let states: &super::model::States = states;
                states.contain(self.jobs[*need].state)
            };
            let unmet = needs.len() - needs.iter().filter(met).count();
            let blocked = needs.iter().any(|(need, states)| {
                self.jobs[*need].state.is_final() && !states.contain(self.jobs[*need].state)
            });
            self.jobs[job].unmet = unmet;
            match (blocked, unmet) {
                (true, _) => self.consequences.push_back(Consequence::Blocked(job)),
                (false, 0) => self.consequences.push_back(Consequence::Ready(job)),
                _ => {}
            }
        }
    }
}

/// An index as reports have it.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
