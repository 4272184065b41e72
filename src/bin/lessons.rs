//! The lessons' wasm: reads a lesson and judges attempts, for `www/lesson/`. Fetched when a lesson is opened. It
//! links the whole core once more, so that the worker stays small for everybody else. See `src/lesson`.

use dryrun::analysis::attempt;
use dryrun::lesson::{Lesson, Step, read};
use dryrun::simulate::{JobState, Run};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// Longer texts are no answers to a lesson, and would hold up the page.
const LONGEST_ANSWER: usize = 100 * 1024;

/// Nothing happens until a [`Course`] is made.
fn main() {}

/// A lesson that was read.
#[wasm_bindgen]
pub struct Course(Lesson);

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

    /// All there is to show, as JSON; texts are HTML.
    pub fn shown(&self) -> String {
        let Self(lesson) = self;
        let steps = lesson.steps.iter().enumerate();
        let steps: Vec<Value> = steps.map(|(index, step)| shown_step(lesson, index, step)).collect();
        json!({ "title": lesson.title, "intro": to_html(&lesson.intro), "steps": steps }).to_string()
    }

    /// For each goal of step `index` nothing where `config` reaches it, else what is so instead, and the two runs
    /// of it, as JSON; nothing for a step that there is not and for a text that is too long.
    pub fn attempt(&self, index: usize, config: &str) -> Option<String> {
        let step = self.0.steps.get(index).filter(|_| config.len() <= LONGEST_ANSWER)?;
        let attempt = attempt(config, step);
        let runs = [run(&attempt.cold), run(&attempt.warm)];
        let goals: Vec<Option<String>> =
            attempt.goals.iter().map(|goal| goal.as_ref().err().map(|why| line_html(why))).collect();
        Some(json!({ "goals": goals, "errors": attempt.errors, "runs": runs }).to_string())
    }
}

fn shown_step(lesson: &Lesson, index: usize, step: &Step) -> Value {
    json!({
        "title": line_html(&step.title),
        "task": to_html(&step.task),
        "hints": step.hints.iter().map(|hint| line_html(hint)).collect::<Vec<_>>(),
        "goals": step.goals.iter().map(|goal| line_html(&goal.text)).collect::<Vec<_>>(),
        "start": lesson.start_of(index),
        "goesOn": step.start.is_none(),
        "solution": step.solution,
    })
}

/// What a timeline needs of a run.
fn run<P>(run: &Run<P>) -> Value {
    let jobs = run.workflows.iter().flat_map(|workflow| &workflow.jobs);
    let jobs = jobs.filter(|job| job.state != JobState::Skipped).map(|job| {
        let bars = job.bars.iter();
        let bars = bars.map(|bar| json!({ "state": bar.state.name(), "start": bar.start, "end": bar.end }));
        json!({ "name": job.name, "state": job.state.name(), "bars": bars.collect::<Vec<_>>() })
    });
    let states: Vec<&str> = run.workflows.iter().map(|workflow| workflow.state.name()).collect();
    json!({ "wall": run.wall, "compute": run.compute, "states": states, "jobs": jobs.collect::<Vec<_>>() })
}

/// Markdown without HTML, images and links of unknown kinds: their text stays.
fn to_html(markdown: &str) -> String {
    let mut links = Vec::new();
    let events = Parser::new_ext(markdown, Options::empty()).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            links.push(dest_url.starts_with("https://") || dest_url.starts_with("checks/"));
            links.last().copied().unwrap_or_default().then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().unwrap_or_default().then_some(event),
        event => Some(event),
    });
    let mut html = String::new();
    html::push_html(&mut html, events);
    html
}

/// One line: without the paragraph around it.
fn line_html(markdown: &str) -> String {
    let html = to_html(markdown);
    let line = html.trim();
    line.strip_prefix("<p>").and_then(|line| line.strip_suffix("</p>")).unwrap_or(line).to_owned()
}
