use super::body::Once;
use super::data_steps::{DataStep, OfJob, data_steps, span_of};
use super::suggestion::{listed, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flow::{Path, Save, StepId, StepKind, tool_of};
use crate::sort::Map;
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds dependencies that a job both keeps in a cache and hands on in the workspace.
    ///
    /// ## Why it matters
    ///
    /// The workspace packs and uploads them in every run, also when nothing has changed, and each job that
    /// attaches it downloads them. `restore_cache` in each of these jobs brings the same files from the cache
    /// that is there already, and the step that persists is saved. A workspace is for what this run has made.
    ///
    /// ## How to fix
    ///
    /// Take the path out of `persist_to_workspace`, and restore the cache in the jobs that need it:
    ///
    /// ```yaml
    /// - restore_cache:
    ///     key: v1-go-{{ checksum "go.sum" }}
    /// ```
    DEPENDENCIES_IN_WORKSPACE = "dependencies-in-workspace", Hint, since "0.1.0"; run
}

/// At most this many jobs are named.
const MAX_NAMED: usize = 4;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    let mut saves = OfJob::default();
    let mut readers: Option<Map<(usize, StepId), Vec<&str>>> = None;
    for step in data_steps(context) {
        let StepKind::Persist(persist) = &step.step.kind else { continue };
        let saves = saves.of(&step, dependencies);
        for path in &persist.paths {
            let Some((save, place)) = cached(saves, path) else { continue };
            let readers = readers.get_or_insert_with(|| readers_of_layers(context));
            let Some(jobs) = readers.get(&(step.workflow, step.id)) else { continue };
            if !once.first(span_of(path)) {
                continue;
            }
            let named = listed(jobs.iter().take(MAX_NAMED).copied(), "and");
            let tool = tool_of(&save.key).map(|tool| tool.name).unwrap_or_default();
            let message = format!(
                "{} holds dependencies of {tool} that are in a cache already",
                shown(&path.written.text)
            );
            let key = shown(&save.key.written.text);
            let help = format!(
                "Restore {key} in {named} in place of attaching it: the workspace is packed and uploaded in every \
                 run, the cache only when it changes"
            );
            let hint = Diagnostic::new(DEPENDENCIES_IN_WORKSPACE.id, Severity::Hint, span_of(path), message);
            found.push(hint.with_related(place, "cached here").with_help(help));
        }
    }
}

/// So many caches of a job are looked at.
const MOST_SAVES: usize = 200;

/// The saves of the step's job for caches of dependencies.
fn dependencies<'a>(step: &DataStep<'a>) -> Vec<&'a Save> {
    let saves = step.job.steps.iter().filter_map(|step| match &step.kind {
        StepKind::Save(save) if tool_of(&save.key).is_some() => Some(save),
        _ => None,
    });
    saves.take(MOST_SAVES).collect()
}

/// The one of `saves` that holds all that is persisted under `path`.
fn cached<'a>(saves: &[&'a Save], path: &Path) -> Option<(&'a Save, Span)> {
    let place = path.place.as_ref()?;
    saves.iter().find_map(|save| {
        let holds = |saved: &&Path| saved.place.as_ref().is_some_and(|saved| saved.contains(place));
        save.paths.iter().find(holds).map(|saved| (*save, span_of(saved)))
    })
}

/// For each layer the names of the jobs that unpack it.
fn readers_of_layers<'a>(context: &Context<'a>) -> Map<(usize, StepId), Vec<&'a str>> {
    let mut readers: Map<_, Vec<&str>> = Map::new();
    for step in data_steps(context) {
        if let StepKind::Attach(attach) = &step.step.kind {
            for layer in &attach.layers {
                let names = readers.get_or_default((step.workflow, *layer));
                if names.len() < MAX_NAMED && names.last() != Some(&step.entry.name.as_str()) {
                    names.push(&step.entry.name);
                }
            }
        }
    }
    readers
}
