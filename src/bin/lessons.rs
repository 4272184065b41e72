//! The lessons' wasm: reads a lesson and judges configs, for `www/lesson/`. Fetched when a lesson is opened. What
//! is so about a config it asks the engine, through the page: no part of the core is linked here. See `src/lesson`.

use dryrun::lesson::{Facts, JobFacts, LONGEST_CONFIG, Lesson, RunFacts, judge, read};
use dryrun::simulate::{JobState, Seconds};
use dryrun::worker::Asked;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// Nothing happens until a [`Course`] is made.
fn main() {}

/// A lesson that was read.
#[wasm_bindgen]
pub struct Course(Lesson);

/// All there is to show of a lesson; texts are Markdown.
#[derive(Serialize)]
struct Shown<'l> {
    title: &'l str,
    intro: &'l str,
    steps: Vec<ShownStep<'l>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownStep<'l> {
    title: &'l str,
    task: &'l str,
    hints: &'l [String],
    goals: Vec<&'l str>,
    start: Option<&'l str>,
    goes_on: bool,
    solution: &'l str,
}

/// What a config comes to.
#[derive(Serialize)]
struct Judged<'f> {
    /// For each goal nothing where it is reached, else what is so instead, as Markdown.
    goals: Vec<Option<String>>,
    errors: u32,
    runs: [ShownRun<'f>; 2],
}

/// What a timeline needs of a run.
#[derive(Serialize)]
struct ShownRun<'f> {
    wall: Seconds,
    compute: Seconds,
    states: Vec<&'static str>,
    jobs: Vec<ShownJob<'f>>,
}

#[derive(Serialize)]
struct ShownJob<'f> {
    name: &'f str,
    state: &'static str,
    bars: Vec<ShownBar>,
}

#[derive(Serialize)]
struct ShownBar {
    state: &'static str,
    start: Seconds,
    end: Option<Seconds>,
}

#[wasm_bindgen]
impl Course {
    /// Reads a lesson from its two files.
    ///
    /// # Errors
    ///
    /// What is wrong with it, thrown as a string.
    #[wasm_bindgen(constructor)]
    pub fn new(steps: &str, text: &str) -> Result<Self, String> {
        read(steps, text).map(Self).map_err(|fault| fault.to_string())
    }

    /// All there is to show, as JSON.
    pub fn shown(&self) -> String {
        let Self(lesson) = self;
        let steps = lesson.steps.iter().enumerate().map(|(index, step)| ShownStep {
            title: &step.title,
            task: &step.task,
            hints: &step.hints,
            goals: step.goals.iter().map(|goal| goal.text.as_str()).collect(),
            start: lesson.start_of(index),
            goes_on: step.start.is_none(),
            solution: &step.solution,
        });
        let steps = steps.collect();
        json(&Shown { title: &lesson.title, intro: &lesson.intro, steps })
    }

    /// What the engine is to be asked about `config` as an answer to step `index`; nothing for a step that there is
    /// not and for a text that is too long.
    pub fn question(&self, index: usize, config: String) -> Option<Vec<u8>> {
        let step = self.0.steps.get(index).filter(|_| config.len() <= LONGEST_CONFIG)?;
        postcard::to_allocvec(&Asked::<(), _>::Lesson(config, &step.trial)).ok()
    }

    /// What the engine's `answer` comes to for step `index`, as JSON; nothing for bytes that are no such answer.
    pub fn judged(&self, index: usize, answer: &[u8]) -> Option<String> {
        let step = self.0.steps.get(index)?;
        let facts: Facts = postcard::from_bytes(answer).ok()?;
        Some(json(&Judged {
            goals: step.goals.iter().map(|goal| judge(&goal.wanted, &facts).err()).collect(),
            errors: facts.errors,
            runs: [shown_run(&facts.cold), shown_run(&facts.warm)],
        }))
    }
}

/// None of our types can fail to be written.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn shown_run(run: &RunFacts) -> ShownRun<'_> {
    let jobs = run.jobs.iter().filter(|job| job.state != JobState::Skipped);
    ShownRun {
        wall: run.wall,
        compute: run.compute,
        states: run.states.iter().map(|state| state.name()).collect(),
        jobs: jobs.map(shown_job).collect(),
    }
}

fn shown_job(job: &JobFacts) -> ShownJob<'_> {
    let bars =
        job.bars.iter().map(|bar| ShownBar { state: bar.state.name(), start: bar.start, end: bar.end });
    ShownJob { name: &job.name, state: job.state.name(), bars: bars.collect() }
}
