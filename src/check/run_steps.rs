//! What compiled jobs run: the commands of their `run` steps, where they are written.

use super::Context;
use crate::compile::{Entry, FrameKind, Value};
use crate::text::Span;
use crate::yaml::Data;

/// The command of a `run` step.
pub(super) struct RunStep<'a> {
    pub(super) text: &'a str,
    /// Where it is written; nothing where it is put together.
    pub(super) span: Option<Span>,
}

/// Every `run` step of every job that a workflow runs, job by job.
pub(super) fn run_steps<'a>(context: &Context<'a>) -> Vec<(&'a Entry, RunStep<'a>)> {
    let mut all = Vec::new();
    for (entry, job) in jobs(context) {
        let steps = job.get("steps").map(Value::items).unwrap_or_default();
        all.extend(steps.iter().filter_map(|step| Some((entry, run_step(step)?))));
    }
    all
}

/// The compiled jobs with their entries; a job that several entries come to is there for each.
pub(super) fn jobs<'a>(context: &Context<'a>) -> impl Iterator<Item = (&'a Entry, &'a Value)> {
    let compiled = context.compiled;
    let entries = compiled.workflows.iter().flat_map(|workflow| &workflow.entries);
    entries.filter_map(|entry| Some((entry, compiled.job(entry)?)))
}

/// The command of a step, if that is a `run`.
pub(super) fn run_step(step: &Value) -> Option<RunStep<'_>> {
    let body = step.get("run")?;
    let command = body.get("command").unwrap_or(body);
    let Data::String(text) = &command.data else { return None };
    let written = command.mark.frames().find(|frame| frame.kind == FrameKind::Text);
    Some(RunStep { text, span: written.map(|frame| frame.span) })
}

/// Where `words` first stand in the text at `span`; all of it where they are written otherwise.
pub(super) fn part(context: &Context<'_>, span: Span, words: &str) -> Span {
    let found = context.sources.get(span.source).slice(span).find(words);
    found.map_or(span, |at| span.part(at..at + words.len()))
}
