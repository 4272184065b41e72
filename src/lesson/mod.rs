//! Lessons: a text, configs to start from, and goals that a config has to reach.
//!
//! Comes in: the two files of a lesson (`lesson.yml`, `lesson.md`) as texts; then what an analysis and its runs
//! say about a config. Goes out: a [`Lesson`], or one readable [`Fault`]; then which goals hold.
//! Must not know: where lessons are kept, who shows them, how a config is analysed.

mod fault;
mod goal;
mod judge;
mod lines;
mod prose;
mod read;

pub use fault::Fault;
pub use goal::{Goal, Line, LineKind, Push, Wanted};
pub use judge::{Evidence, judge};
pub use read::read;

use crate::simulate::{Duration, Failure, Moment, RunInputs, Seconds};

/// The name of the file with the steps of a lesson, and of that with their text.
pub const STEPS_FILE: &str = "lesson.yml";
pub const TEXT_FILE: &str = "lesson.md";

/// A lesson as its two files give it; the configs are files of their own.
#[derive(Clone, Debug)]
pub struct Lesson {
    pub title: String,
    /// Markdown: what stands above the first step.
    pub intro: String,
    /// At least one.
    pub steps: Vec<Step>,
}

/// A task, and how to tell that it is done.
#[derive(Clone, Debug)]
pub struct Step {
    pub title: String,
    /// Markdown.
    pub task: String,
    /// Markdown, from a nudge to nearly all of it.
    pub hints: Vec<String>,
    /// The file of the config to start from; nothing where the step goes on with what the one before came to.
    pub start: Option<String>,
    /// The file of a config that reaches all goals.
    pub solution: String,
    /// At least one.
    pub goals: Vec<Goal>,
    /// How long the project's steps take, `JOB/STEP` with seconds.
    pub durations: Vec<(String, Seconds)>,
    /// What fails, `JOB` or `JOB/STEP`, for as long as a check finds something: its id. No config tells the
    /// simulation that a step will fail.
    pub fails: Vec<(String, Vec<String>)>,
    /// Approvals that somebody gives, with the second of the run.
    pub approvals: Vec<(String, Seconds)>,
}

impl Lesson {
    /// The file that holds the config with which step `index` starts.
    pub fn start_of(&self, index: usize) -> Option<&str> {
        match self.steps.get(index)?.start.as_deref() {
            Some(start) => Some(start),
            None => self.steps.get(index.checked_sub(1)?).map(|before| before.solution.as_str()),
        }
    }
}

impl Step {
    /// With what its runs are simulated, where these checks find something; in a warm one the caches are there.
    pub fn run_inputs(&self, found: &[&str], warm: bool) -> RunInputs {
        let duration =
            |(target, seconds): &(String, Seconds)| Duration { target: target.clone(), seconds: *seconds };
        let failing = self.fails.iter().filter(|(check, _)| found.contains(&check.as_str()));
        let failure = |target: &String| Failure { target: target.clone(), times: None };
        let approval = |(job, at): &(String, Seconds)| Moment { job: job.clone(), at: *at };
        RunInputs {
            durations: self.durations.iter().map(duration).collect(),
            failures: failing.flat_map(|(_, targets)| targets).map(failure).collect(),
            approvals: self.approvals.iter().map(approval).collect(),
            warm,
            ..RunInputs::default()
        }
    }
}
