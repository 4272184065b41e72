use super::call_chain::with_commands;
use super::data_steps::{data_steps, span_of};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::compile::{FrameKind, Workflow};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flow::{Flow, Path, StepId, StepKind};
use crate::sort::{Map, Set};
use crate::text::{SourceId, Span};

declare_check! {
    /// ## What it does
    ///
    /// Finds paths that two jobs persist without one of them waiting for the other, or that each container of a
    /// parallel job persists, and that a later job attaches.
    ///
    /// ## Why it matters
    ///
    /// Layers of jobs that run at the same time have no order. Where two of them hold the same file, attaching
    /// fails: `Concurrent upstream jobs persisted the same file(s)`. It works as long as the files below the path
    /// have different names, which is what Dryrun takes for granted where jobs share a command, or a path with
    /// a wildcard.
    ///
    /// ## How to fix
    ///
    /// Persist under a path of its own in each job, or let one job require the other:
    ///
    /// ```yaml
    /// - persist_to_workspace:
    ///     root: .
    ///     paths: [reports/unit]
    /// ```
    CONFLICTING_LAYERS = "conflicting-layers", Warning, since "0.1.0"; run
}

/// A path below a root, in one of the layers that a job unpacks.
struct Persisted<'a> {
    layer: StepId,
    path: &'a Path,
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told: Set<Span> = Set::new();
    let mut looked: Set<(usize, &[StepId])> = Set::new();
    for step in data_steps(context) {
        let StepKind::Attach(attach) = &step.step.kind else { continue };
        // Jobs that see the same layers see the same conflicts.
        if !looked.insert((step.workflow, &attach.layers)) {
            continue;
        }
        let workflow = &context.compiled.workflows[step.workflow];
        for group in groups(step.flow, &attach.layers) {
            if let Some((one, other)) = conflict(step.flow, workflow, &group)
                && span_of(one.path).source == SourceId(0)
                && told.insert(span_of(one.path))
            {
                found.push(diagnostic(workflow, step.flow, one, other, step.span()));
            }
        }
    }
}

/// What the layers hold, each group under the same path, in the order of the layers. Paths with a wildcard are
/// left out: each job and each container may well have files of its own names below them.
fn groups<'a>(flow: &'a Flow, layers: &[StepId]) -> Vec<Vec<Persisted<'a>>> {
    let mut groups: Map<String, Vec<Persisted<'a>>> = Map::new();
    for layer in layers {
        let paths = flow.persist(*layer).map(|persist| persist.paths.as_slice()).unwrap_or_default();
        for path in paths.iter().filter(|path| !path.written.text.contains(['*', '?', '['])) {
            let parts = path.written.text.split('/').filter(|part| !part.is_empty() && *part != ".");
            let name = parts.collect::<Vec<_>>().join("/");
            groups.get_or_default(name).push(Persisted { layer: *layer, path });
        }
    }
    groups.into_values().collect()
}

/// Two jobs of a group of which none waits for the other, or twice a job with several containers. The jobs are in
/// an order in which they can run: where each waits for the one before it, all are ordered.
fn conflict<'a, 'g>(
    flow: &Flow,
    workflow: &Workflow,
    group: &'g [Persisted<'a>],
) -> Option<(&'g Persisted<'a>, &'g Persisted<'a>)> {
    let parallel = |one: &&Persisted<'_>| {
        workflow.entries[one.layer.job].parallelism.is_some_and(|containers| containers > 1)
    };
    let unordered = |pair: &&[Persisted<'_>]| {
        let (one, other) = (pair[0].layer.job, pair[1].layer.job);
        one != other && !flow.before(one, other) && may_be_same_file(flow, &pair[0], &pair[1])
    };
    let pair = group.windows(2).find(unordered).map(|pair| (&pair[1], &pair[0]));
    pair.or_else(|| group.iter().find(parallel).map(|one| (one, one)))
}

/// Whether two jobs may well persist the same file. From one command for different jobs they mostly do not.
fn may_be_same_file(flow: &Flow, one: &Persisted<'_>, other: &Persisted<'_>) -> bool {
    let one_text = span_of(one.path) == span_of(other.path);
    let frames = flow.step(one.layer).into_iter().flat_map(|step| step.origin.frames());
    let in_command = frames.into_iter().any(|frame| frame.kind == FrameKind::Command);
    !(one_text && in_command)
}

fn diagnostic(
    workflow: &Workflow,
    flow: &Flow,
    one: &Persisted<'_>,
    other: &Persisted<'_>,
    attach: Span,
) -> Diagnostic {
    let name = |persisted: &Persisted<'_>| shown(&workflow.entries[persisted.layer.job].name);
    let (path, span) = (shown(&one.path.written.text), span_of(one.path));
    let entry = &workflow.entries[one.layer.job];
    let (message, help) = match entry.parallelism {
        Some(containers) if one.layer == other.layer => (
            format!("each of the {containers} containers of {} persists {path}", name(one)),
            "Put `$CIRCLE_NODE_INDEX` into the names of the files: attaching fails where two containers persist the \
             same one",
        ),
        _ => (
            format!("{} and {} persist {path} at the same time", name(other), name(one)),
            "Persist different paths, or let one job require the other: attaching fails where both persist the same \
             file",
        ),
    };
    // Of a directory nobody knows which files are in it.
    let last = one.path.written.text.rsplit('/').next().unwrap_or_default().trim_start_matches('.');
    let severity = if last.contains('.') { Severity::Warning } else { Severity::Info };
    let mut diagnostic = Diagnostic::new(CONFLICTING_LAYERS.id, severity, span, message);
    if span_of(other.path) != span {
        diagnostic =
            diagnostic.with_related(span_of(other.path), format!("persisted by {} here", name(other)));
    }
    diagnostic = diagnostic.with_related(attach, "attached here").with_help(help);
    match flow.step(one.layer) {
        Some(step) => with_commands(diagnostic, &step.origin, span),
        None => diagnostic,
    }
}
