use super::body::Once;
use super::data_steps::{data_steps, span_of};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::flow::{Path, Persist, StepKind};

declare_check! {
    /// ## What it does
    ///
    /// Finds paths of `persist_to_workspace` that lead out of its `root`.
    ///
    /// ## Why it matters
    ///
    /// Paths are relative to the root, and a layer holds them as seen from there. What lies outside cannot be
    /// put into it, and the step fails.
    ///
    /// ## How to fix
    ///
    /// Name a root that all paths are below, and write the paths as seen from it:
    ///
    /// ```yaml
    /// - persist_to_workspace:
    ///     root: /tmp
    ///     paths: [coverage, reports]
    /// ```
    PATH_OUTSIDE_ROOT = "path-outside-root", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for step in data_steps(context) {
        let StepKind::Persist(persist) = &step.step.kind else { continue };
        for path in persist.paths.iter().filter(|path| leads_out(persist, path)) {
            if once.first(span_of(path)) {
                let (path_name, root) = (shown(&path.written.text), shown(&persist.root.written.text));
                let message = format!("{path_name} is outside of the root {root}");
                found.push(
                    Diagnostic::warning(PATH_OUTSIDE_ROOT.id, span_of(path), message)
                        .with_related(span_of(&persist.root), "paths are relative to this root")
                        .with_help("Choose a `root` above all paths, and write them as seen from there"),
                );
            }
        }
    }
}

/// Whether a path is known to end outside of the root: by `..`, or because it is absolute.
fn leads_out(persist: &Persist, path: &Path) -> bool {
    match (&persist.root.place, &path.place) {
        (Some(root), Some(place)) => !root.contains(place),
        _ => false,
    }
}
