use super::goal::LineKind;
use crate::compile::{Runs, Trigger};
use crate::simulate::{Bar, JobState, Seconds, WorkflowState};
use serde::{Deserialize, Serialize};

/// What is so about a config: all that goals are judged by. Crosses from the engine to the lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// CircleCI runs nothing of a config with errors.
    pub errors: u32,
    /// How many of the findings are errors or warnings.
    pub problems: usize,
    /// The ids of the checks behind each finding, hints too.
    pub found: Vec<String>,
    /// The ids of the checks behind each finding that a comment asks to ignore.
    pub ignored: Vec<String>,
    /// Blank ones and comments left out.
    pub lines: usize,
    /// By index the workflows.
    pub graphs: Vec<GraphFacts>,
    /// What is in the jobs of all workflows, whether or not they run.
    pub contents: Vec<Content>,
    /// The first run.
    pub cold: RunFacts,
    /// The run after it, with its caches.
    pub warm: RunFacts,
    /// For each push of the trial the jobs of all workflows, and whether it runs them.
    pub pushes: Vec<(Trigger, Vec<(String, Runs)>)>,
    /// Targets of the trial that no job or step of the config is called by.
    pub unmatched: Vec<String>,
}

/// The lines between the jobs of a workflow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphFacts {
    pub jobs: Vec<String>,
    pub edges: Vec<EdgeFacts>,
}

/// A line between two jobs, which are indices. A cache that only an earlier run is sure to have saved draws none:
/// the job that restores it need not wait for the one that saves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EdgeFacts {
    pub kind: LineKind,
    pub from: u32,
    pub to: u32,
}

/// A simulated run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunFacts {
    /// The pipeline has a workflow.
    pub runs: bool,
    pub wall: Seconds,
    /// All containers together.
    pub compute: Seconds,
    /// The longest chain of jobs.
    pub critical: Seconds,
    /// How each workflow ends.
    pub states: Vec<WorkflowState>,
    /// Those of all workflows.
    pub jobs: Vec<JobFacts>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobFacts {
    pub name: String,
    /// It waits for somebody's approval.
    pub asks: bool,
    /// How it ends.
    pub state: JobState,
    pub bars: Vec<Bar>,
    pub cache: Restored,
}

/// What is in a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its name.
    pub job: String,
    pub steps: Vec<StepFacts>,
    /// The commands and the executor that it calls, as it calls them.
    pub calls: Vec<String>,
    /// The files whose checksums are in the keys under which it saves caches.
    pub checksums: Vec<String>,
    /// What workspaces unpack: below the working directory relative to it, `.` for all of that, and absolute.
    pub unpacked: Vec<String>,
}

/// A step as its job has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepFacts {
    pub name: String,
    /// Of a `run` the command, else what the step is: `checkout`.
    pub does: String,
}

/// What came of restoring caches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Restored {
    /// The job looks for none.
    Nothing,
    Missed,
    Found,
}
