//! What a simulation answers. Everything is owned and can be sent.

use super::Seconds;
use super::duration::Assumption;
use super::why::Why;
use crate::compile::{JobKind, Runs};
use serde::{Deserialize, Serialize};

/// A pipeline: which of it runs, and how. `P` is a place in a text: see [`Why`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run<P> {
    pub workflows: Vec<WorkflowRun<P>>,
    /// What the seconds are made of, as far as they matter here.
    pub assumptions: Vec<Assumption>,
    /// From the start of the pipeline to the end of its last job.
    pub wall: Seconds,
    /// All containers' time together.
    pub compute: Seconds,
    /// What the jobs would take one after the other.
    pub sequence: Seconds,
    /// Names in the inputs that no job and no workflow bears.
    pub unmatched: Vec<String>,
    /// Errors in the config: CircleCI would run none of it before they are mended.
    pub errors: u32,
    /// The run of the config that continues a setup config.
    pub continuation: Option<Box<Run<P>>>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkflowRun<P> {
    pub name: String,
    pub runs: Runs,
    pub why: Vec<Why<P>>,
    /// At the end.
    pub state: WorkflowState,
    /// By index the entries of the workflow, and the first nodes of its graph.
    pub jobs: Vec<JobRun<P>>,
    /// In order of time; of one second, in the order in which one follows from the other.
    pub events: Vec<Event>,
    pub wall: Seconds,
    pub compute: Seconds,
    pub sequence: Seconds,
    /// The longest chain of jobs that ran, by index, and how long it took.
    pub critical_path: Vec<u32>,
    pub critical: Seconds,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRun<P> {
    pub name: String,
    pub kind: JobKind,
    pub runs: Runs,
    pub why: Vec<Why<P>>,
    /// At the end.
    pub state: JobState,
    /// When it started to run or to be on hold, and when it ended for good.
    pub start: Option<Seconds>,
    pub end: Option<Seconds>,
    /// Running and on hold, over all reruns.
    pub active: Seconds,
    /// The jobs it waits for, by index: what it requires, without what is left out.
    pub needs: Vec<u32>,
    /// Containers it runs in.
    pub containers: u32,
    pub steps: Vec<StepRun>,
    /// What it did when, for a timeline: queued, on hold, running.
    pub bars: Vec<Bar>,
}

/// A step, and how long it is assumed to take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRun {
    pub name: String,
    pub seconds: Seconds,
}

/// A stretch of time that a job spends in one state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    pub state: JobState,
    pub start: Seconds,
    /// Nothing where it never ends.
    pub end: Option<Seconds>,
    /// In which attempt of the workflow, from 0.
    pub attempt: u32,
}

/// The statuses of jobs that CircleCI shows, and what comes before them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// A filter leaves it out: it is not part of this pipeline.
    Skipped,
    /// For the jobs it requires.
    Waiting,
    /// For its serial group, or for a container.
    Queued,
    Running,
    OnHold,
    Success,
    Failed,
    Canceled,
    Unauthorized,
    /// What it requires can no longer come to pass.
    NotRun,
}

/// The statuses of workflows that CircleCI shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkflowState {
    /// It is not part of this pipeline, or nothing of it has started.
    NotRun,
    Running,
    /// A job failed, and others are still running or on hold.
    Failing,
    OnHold,
    /// All that is left of it waits for a serial group or a container.
    Queued,
    Success,
    Failed,
    Canceled,
    Unauthorized,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub t: Seconds,
    /// Index of the job; nothing for what happens to the workflow.
    pub job: Option<u32>,
    pub kind: EventKind,
}

/// What happens. Steps are indices into [`JobRun::steps`], jobs into [`WorkflowRun::jobs`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EventKind {
    /// The workflow enters a state.
    Workflow(WorkflowState),
    /// The workflow starts over from where it failed, for the so many-th time.
    Rerun(u32),
    /// The job enters a state.
    Job(JobState),
    /// The job waits for the one that holds its serial group: its name.
    Locked(String),
    /// A step begins.
    Step(u32),
    StepFailed(u32),
    /// A failed step begins again, for the so many-th time.
    StepRerun {
        step: u32,
        attempt: u32,
    },
    /// A cache is found. `from` is the job that saved it; nothing where an earlier run did, or another
    /// workflow.
    CacheHit {
        step: u32,
        key: String,
        from: Option<u32>,
    },
    CacheMiss {
        step: u32,
        key: String,
    },
    /// Whether there is one hangs on what is not known: taken as a miss.
    CacheUnknown {
        step: u32,
        key: String,
    },
    CacheSaved {
        step: u32,
        key: String,
    },
    /// There is one of that key already, and it stays.
    CacheKept {
        step: u32,
        key: String,
    },
    /// A layer is added to the workspace.
    Persisted {
        step: u32,
        paths: Vec<String>,
    },
    /// Layers are unpacked: the jobs that persisted them.
    Attached {
        step: u32,
        from: Vec<u32>,
    },
}

impl JobState {
    /// Every state, in order.
    pub const ALL: [Self; 10] = [
        Self::Skipped,
        Self::Waiting,
        Self::Queued,
        Self::Running,
        Self::OnHold,
        Self::Success,
        Self::Failed,
        Self::Canceled,
        Self::Unauthorized,
        Self::NotRun,
    ];

    /// The word of the JSON contract and of the page's `data-state`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Waiting => "waiting",
            Self::Queued => "queued",
            Self::Running => "running",
            Self::OnHold => "on_hold",
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Unauthorized => "unauthorized",
            Self::NotRun => "not_run",
        }
    }

    /// As a person reads it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::OnHold => "on hold",
            Self::NotRun => "not run",
            other => other.name(),
        }
    }

    /// Whether nothing more happens to it, reruns aside.
    #[must_use]
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Waiting | Self::Queued | Self::Running | Self::OnHold)
    }
}

impl WorkflowState {
    /// The word of the JSON contract and of the page's `data-state`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotRun => "not_run",
            Self::Running => "running",
            Self::Failing => "failing",
            Self::OnHold => "on_hold",
            Self::Queued => "queued",
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Unauthorized => "unauthorized",
        }
    }
}

impl EventKind {
    /// The word of the JSON contract.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Workflow(state) => state.name(),
            Self::Rerun(_) => "rerun",
            Self::Job(state) => state.name(),
            Self::Locked(_) => "locked",
            Self::Step(_) => "step",
            Self::StepFailed(_) => "step_failed",
            Self::StepRerun { .. } => "step_rerun",
            Self::CacheHit { .. } => "cache_hit",
            Self::CacheMiss { .. } => "cache_miss",
            Self::CacheUnknown { .. } => "cache_unknown",
            Self::CacheSaved { .. } => "cache_saved",
            Self::CacheKept { .. } => "cache_kept",
            Self::Persisted { .. } => "persisted",
            Self::Attached { .. } => "attached",
        }
    }
}

impl<P> Run<P> {
    /// The same with its places as `change` makes them.
    pub fn map<Q>(self, change: &mut dyn FnMut(P) -> Q) -> Run<Q> {
        Run {
            workflows: self.workflows.into_iter().map(|workflow| workflow.map(change)).collect(),
            assumptions: self.assumptions,
            wall: self.wall,
            compute: self.compute,
            sequence: self.sequence,
            unmatched: self.unmatched,
            errors: self.errors,
            continuation: self.continuation.map(|run| Box::new(run.map(change))),
        }
    }
}

impl<P> WorkflowRun<P> {
    fn map<Q>(self, change: &mut dyn FnMut(P) -> Q) -> WorkflowRun<Q> {
        WorkflowRun {
            name: self.name,
            runs: self.runs,
            why: self.why.into_iter().map(|why| why.map(change)).collect(),
            state: self.state,
            jobs: self.jobs.into_iter().map(|job| job.map(change)).collect(),
            events: self.events,
            wall: self.wall,
            compute: self.compute,
            sequence: self.sequence,
            critical_path: self.critical_path,
            critical: self.critical,
        }
    }
}

impl<P> JobRun<P> {
    fn map<Q>(self, change: &mut dyn FnMut(P) -> Q) -> JobRun<Q> {
        JobRun {
            name: self.name,
            kind: self.kind,
            runs: self.runs,
            why: self.why.into_iter().map(|why| why.map(change)).collect(),
            state: self.state,
            start: self.start,
            end: self.end,
            active: self.active,
            needs: self.needs,
            containers: self.containers,
            steps: self.steps,
            bars: self.bars,
        }
    }
}
