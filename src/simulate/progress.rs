//! The state of a workflow at any second, folded from its events: playing to a second and jumping to it come to
//! the same.

use super::Seconds;
use super::run::{Bar, Event, EventKind, JobState, WorkflowRun, WorkflowState};
use crate::compile::Runs;

/// A workflow at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub state: WorkflowState,
    /// By index the jobs of the workflow.
    pub jobs: Vec<JobProgress>,
    /// How often it started over.
    pub reruns: u32,
}

/// A job at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobProgress {
    pub state: JobState,
    /// Since when it is in this state.
    pub since: Seconds,
    /// The step it is at, while it runs.
    pub step: Option<u32>,
}

impl Progress {
    /// Before anything happened.
    #[must_use]
    pub fn start<P>(run: &WorkflowRun<P>) -> Self {
        let job = |runs: Runs| {
            if run.runs == Runs::No || runs == Runs::No { JobState::Skipped } else { JobState::Waiting }
        };
        let jobs = run.jobs.iter().map(|own| JobProgress { state: job(own.runs), since: 0, step: None });
        Self { state: WorkflowState::NotRun, jobs: jobs.collect(), reruns: 0 }
    }

    /// After everything that happens up to and in second `t`.
    #[must_use]
    pub fn at<P>(run: &WorkflowRun<P>, t: Seconds) -> Self {
        let mut progress = Self::start(run);
        run.events.iter().take_while(|event| event.t <= t).for_each(|event| progress.apply(event));
        progress
    }

    /// After `event`, which must be the next one.
    pub fn apply(&mut self, event: &Event) {
        let Some(index) = event.job else {
            match event.kind {
                EventKind::Workflow(state) => self.state = state,
                EventKind::Rerun(times) => self.reruns = times,
                _ => {}
            }
            return;
        };
        let Some(job) = self.jobs.get_mut(index as usize) else { return };
        match event.kind {
            EventKind::Job(state) => *job = JobProgress { state, since: event.t, step: None },
            EventKind::Step(step) => job.step = Some(step),
            _ => {}
        }
    }
}

/// What each of `jobs` jobs did when: the stretches that a timeline shows.
pub(super) fn bars(jobs: usize, events: &[Event]) -> Vec<Vec<Bar>> {
    let mut bars: Vec<Vec<Bar>> = vec![Vec::new(); jobs];
    let mut attempt = 0;
    for event in events {
        if let EventKind::Rerun(times) = event.kind {
            attempt = times;
        }
        let (Some(index), EventKind::Job(state)) = (event.job, &event.kind) else { continue };
        let Some(own) = bars.get_mut(index as usize) else { continue };
        if let Some(open) = own.last_mut().filter(|bar| bar.end.is_none()) {
            open.end = Some(event.t);
        }
        if matches!(state, JobState::Queued | JobState::OnHold | JobState::Running) {
            own.push(Bar { state: *state, start: event.t, end: None, attempt });
        }
    }
    bars
}
