//! Lessons: a text, configs to start from, and goals that a config has to reach.
//!
//! Comes in: the two files of a lesson (`lesson.yml`, `lesson.md`) as texts; then the [`Facts`] about a config.
//! Goes out: a [`Lesson`], or one readable [`Fault`], with the [`Trial`] by which each step wants a config tried;
//! then which goals hold. Must not know: where lessons are kept, who shows them, how a config is analysed: it is
//! linked without the core for the page, where the engine finds the facts.

mod contents;
mod facts;
mod fault;
mod goal;
mod judge;
mod lines;
mod prose;
mod read;
mod trial;

pub use facts::{Content, EdgeFacts, Facts, GraphFacts, JobFacts, Restored, RunFacts, StepFacts};
pub use fault::Fault;
pub use goal::{Goal, Line, LineKind, Push, Wanted};
pub use judge::judge;
pub use read::read;
pub use trial::Trial;

/// The name of the file with the steps of a lesson, and of that with their text.
pub const STEPS_FILE: &str = "lesson.yml";
pub const TEXT_FILE: &str = "lesson.md";

/// Longer texts are no answers to a lesson, and no configs of one: in bytes.
pub const LONGEST_CONFIG: usize = 100 * 1024;

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
    pub trial: Trial,
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
