//! What flows between jobs: workspaces and caches.
//!
//! Comes in: [`Compiled`]. Goes out: a [`Flow`] for each workflow (every job's steps with the paths and keys
//! that they name, the layers that each attach unpacks, the saves that can serve each restore) and the edges
//! that follow from it. What stands in an orb that is not at hand is *unknown*, never guessed.
//! Must not know: how findings are worded, which jobs really run, how long anything takes.

mod cache;
mod edges;
mod image;
mod key;
mod pattern;
mod place;
mod read;
mod surroundings;
mod tool;
mod upstream;
mod workspace;

pub use edges::edges;
pub use image::{Hindrance, go_directory, hindrance};
pub use key::{Key, Match, Part, Symbol};
pub use pattern::{Overlap, overlap};
pub use place::Place;
pub use surroundings::{Arch, ExecutorKind, Surroundings};
pub use tool::{TOOLS, Tool, tool_of};

use crate::compile::{Compiled, Origin};
use crate::text::Span;
use upstream::Upstream;

/// The data flow of one workflow.
#[derive(Clone, Debug)]
pub struct Flow {
    /// By index the entries of the workflow, and the first nodes of its graph.
    pub jobs: Vec<Job>,
    upstream: Upstream,
}

/// What a job does with data.
#[derive(Clone, Debug)]
pub struct Job {
    pub surroundings: Surroundings,
    /// By index the steps of the compiled job.
    pub steps: Vec<Step>,
    /// Every step of it is known. False for a job of an orb that is not at hand, and for one that is missing.
    pub known: bool,
    /// Every job that ends before it starts is known: it sees the layers of its attaches and no others.
    pub upstream_known: bool,
}

/// A step of a compiled job.
#[derive(Clone, Debug)]
pub struct Step {
    pub kind: StepKind,
    /// Of its name.
    pub origin: Origin,
}

/// What a step does with data.
#[derive(Clone, Debug)]
pub enum StepKind {
    Checkout,
    Run(Run),
    Persist(Persist),
    Attach(Attach),
    Save(Save),
    Restore(Restore),
    /// A built-in step that moves no data between jobs.
    Other,
    /// A command of an orb that is not at hand: may do anything.
    Unknown,
}

/// A text of the config with its place.
#[derive(Clone, Debug)]
pub struct Written {
    pub text: String,
    pub origin: Origin,
}

impl Written {
    pub fn span(&self) -> Option<Span> {
        self.origin.span()
    }
}

/// A path of a step, and where it is on the disk of the job; nothing where that hangs on what is only known in
/// the run.
#[derive(Clone, Debug)]
pub struct Path {
    pub written: Written,
    pub place: Option<Place>,
}

/// `run`
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// Whose dependencies it installs.
    pub installs: Option<&'static Tool>,
    /// The step, before it in this job, that restores what it would download.
    pub cached_by: Option<usize>,
}

/// `persist_to_workspace`
#[derive(Clone, Debug)]
pub struct Persist {
    pub root: Path,
    /// Below the root, with their wildcards.
    pub paths: Vec<Path>,
}

/// `attach_workspace`
#[derive(Clone, Debug)]
pub struct Attach {
    pub at: Path,
    /// What it unpacks, in order: layers of jobs that wait for each other in the order of the jobs, others in
    /// the order of the source.
    pub layers: Vec<StepId>,
}

/// A step of a workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepId {
    /// Index into [`Flow::jobs`].
    pub job: usize,
    /// Index into [`Job::steps`].
    pub step: usize,
}

/// `save_cache`
#[derive(Clone, Debug)]
pub struct Save {
    pub key: Key,
    pub paths: Vec<Path>,
    /// Whether some restore may find it.
    pub restored: bool,
}

/// `restore_cache`
#[derive(Clone, Debug)]
pub struct Restore {
    /// In the order in which they are tried.
    pub keys: Vec<Key>,
    /// The saves that can serve it, first by the key that finds them.
    pub served: Vec<Service>,
    /// Whether some save may serve it that is not known, or not known to.
    pub perhaps_served: bool,
}

/// A save that can serve a restore. Caches outlive a run and belong to the project: it may be in another
/// workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// Index into the flows.
    pub workflow: usize,
    pub save: StepId,
    /// Index into [`Restore::keys`].
    pub key: usize,
    /// The whole key is the one under which it is saved, and not only the beginning of it.
    pub exact: bool,
    /// The save ends before the job of the restore starts, or stands before it in the same job. Otherwise only
    /// an earlier run can have saved it.
    pub this_run: bool,
}

/// More jobs than this in a workflow are not followed: nothing is known about them.
const MAX_JOBS: usize = 5_000;

/// Follows the data of every workflow; by index [`Compiled::workflows`].
#[must_use]
pub fn trace(compiled: &Compiled) -> Vec<Flow> {
    let mut flows: Vec<Flow> =
        compiled.workflows.iter().map(|workflow| read::jobs(compiled, workflow)).collect();
    for (flow, workflow) in flows.iter_mut().zip(&compiled.workflows) {
        flow.upstream = upstream::find(flow, workflow);
        workspace::attach(flow);
    }
    cache::serve(&mut flows);
    tool::find_caches(&mut flows);
    flows
}

impl Job {
    pub fn attaches(&self) -> bool {
        self.steps.iter().any(|step| matches!(step.kind, StepKind::Attach(_)))
    }
}

impl Flow {
    /// Whether every job was followed. Not where some wait for each other, nor where there are too many.
    pub fn is_complete(&self) -> bool {
        self.upstream.len() == self.jobs.len()
    }

    /// Whether job `other` ends before job `job` starts, however it ends. False for jobs that never run because
    /// they wait for each other.
    pub fn before(&self, other: usize, job: usize) -> bool {
        self.upstream.before(other, job)
    }

    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.jobs.get(id.job)?.steps.get(id.step)
    }

    /// The step, if it is a `persist_to_workspace`.
    pub fn persist(&self, id: StepId) -> Option<&Persist> {
        match &self.step(id)?.kind {
            StepKind::Persist(persist) => Some(persist),
            _ => None,
        }
    }

    /// The step, if it is a `save_cache`.
    pub fn save(&self, id: StepId) -> Option<&Save> {
        match &self.step(id)?.kind {
            StepKind::Save(save) => Some(save),
            _ => None,
        }
    }

    /// Every step, with its place.
    pub fn steps(&self) -> impl Iterator<Item = (StepId, &Step)> {
        self.jobs.iter().enumerate().flat_map(|(job, all)| {
            all.steps.iter().enumerate().map(move |(step, found)| (StepId { job, step }, found))
        })
    }
}
