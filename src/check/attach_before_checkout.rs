use super::body::{Body, Once, Part, StepPart, bodies};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::compile::JobKind;
use crate::diagnostic::Diagnostic;
use std::borrow::Cow;

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs that attach a workspace into the directory into which they check out afterwards.
    ///
    /// ## Why it matters
    ///
    /// `checkout` clones into an empty directory or updates a clone. In a directory that has files and is no
    /// repository it fails, and so does the job. Dryrun is silent where the workspace may hold a repository, or
    /// where an earlier step may have made one.
    ///
    /// ## How to fix
    ///
    /// Check out first, or attach the workspace elsewhere:
    ///
    /// ```yaml
    /// steps:
    ///   - checkout
    ///   - attach_workspace:
    ///       at: .
    /// ```
    ATTACH_BEFORE_CHECKOUT = "attach-before-checkout", Warning, since "0.1.0"; run
}

/// Steps before which nobody has made a repository.
const HARMLESS: &[&str] = &["attach_workspace", "add_ssh_keys", "setup_remote_docker"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let bodies = bodies(context);
    let mut once = Once::default();
    let repository = may_hold_repository(context, &bodies);
    for body in &bodies {
        found.extend(finding(body, repository, &mut once));
    }
}

fn finding(body: &Body<'_>, repository: bool, once: &mut Once) -> Option<Diagnostic> {
    let steps = body.steps();
    let checkout = steps.iter().position(|step| step.name == "checkout" && !step.conditional)?;
    let earlier = &steps[..checkout];
    if !earlier.iter().all(makes_no_repository) {
        return None;
    }
    let home = body
        .part
        .get("working_directory")
        .map_or(Some("~/project".into()), |directory| directory.text().map(Cow::into_owned))?;
    let path = steps[checkout].value.as_ref().and_then(|value| value.get("path"));
    let target = match path {
        Some(path) => directory(&home, &path.text()?),
        None => directory(&home, "."),
    };
    for step in earlier.iter().filter(|step| step.name == "attach_workspace") {
        let at = step.value.as_ref().and_then(|value| value.get("at"))?;
        let text = at.text()?;
        let place = directory(&home, &text);
        let below = place.strip_prefix(&target).is_some_and(|rest| rest.starts_with('/'));
        if (below || (place == target && !repository)) && once.first(at.span()) {
            let message = format!("a workspace is attached at {} before `checkout` goes there", shown(&text));
            return Some(
                Diagnostic::warning(ATTACH_BEFORE_CHECKOUT.id, at.span(), message)
                    .with_related(
                        steps[checkout].span,
                        "this fails: the directory has files and is no repository",
                    )
                    .with_help("Check out first"),
            );
        }
    }
    None
}

fn makes_no_repository(step: &StepPart<'_>) -> bool {
    if step.name != "run" {
        return HARMLESS.contains(&step.name.as_str());
    }
    let command = step.value.as_ref().and_then(|value| value.get("command").or_else(|| Some(value.clone())));
    let text = command.as_ref().and_then(Part::text);
    text.is_some_and(|text| !["git", "hub", "rm ", "mv "].iter().any(|word| text.contains(word)))
}

/// Whether some job persists what may be a repository: everything, or `.git` by name.
fn may_hold_repository(context: &Context<'_>, bodies: &[Body<'_>]) -> bool {
    let entries = context.compiled.workflows.iter().flat_map(|workflow| &workflow.entries);
    if entries.into_iter().any(|entry| matches!(entry.kind, JobKind::Opaque | JobKind::Missing)) {
        return true;
    }
    let steps = bodies.iter().flat_map(Body::steps);
    // A step of an orb that is not at hand may persist anything.
    steps.into_iter().any(|step| {
        step.name.contains('/')
            || step.name == "persist_to_workspace"
                && step.value.and_then(|value| value.get("paths")).is_none_or(|paths| {
                    let all = |path: &Part<'_>| {
                        path.text().is_none_or(|path| {
                            let path = path.trim_start_matches("./");
                            path.is_empty() || path.starts_with(['.', '*', '/', '$', '~'])
                        })
                    };
                    paths.items().is_empty() || paths.items().iter().any(all)
                })
    })
}

/// `path` as seen from `home`, without the ways to write the same.
fn directory(home: &str, path: &str) -> String {
    let whole = if path.starts_with(['/', '~', '$']) { path.to_owned() } else { format!("{home}/{path}") };
    let root = if whole.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/').filter(|part| !part.is_empty() && *part != ".") {
        // Above `~` and the root there is nothing that could be named.
        if part == ".." && parts.last().is_some_and(|last| !matches!(*last, "~" | "..")) {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    root.to_owned() + &parts.join("/")
}
