use super::suggestion::{closest, rename, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};
use crate::yaml::{Node, Resolved};

declare_check! {
    /// ## What it does
    ///
    /// Finds keys at the top of the config that are a slip of a known one, such as `executor` or `parameter`,
    /// and have below them what the known one would have. Other keys of your own, such as homes of anchors, are
    /// fine.
    ///
    /// ## Why it matters
    ///
    /// CircleCI passes over keys that it does not know at the top: all that is defined there is not there.
    ///
    /// ## How to fix
    ///
    /// Correct the spelling; if both keys are there, put what they hold under one.
    ///
    /// ```yaml
    /// executors:
    ///   node:
    ///     docker: [{image: cimg/node:20.11}]
    /// ```
    MISSPELLED_KEY = "misspelled-key", Warning, since "0.1.0"; run
}

const KNOWN: &[&str] =
    &["commands", "executors", "job-groups", "jobs", "orbs", "parameters", "setup", "workflows"];

/// At home at the top of a config all the same.
const OTHERS: &[&str] = &["version", "description", "display", "examples", "experimental", "build_agent"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(root) = &context.config.root else { return };
    let without_workflows = context.config.workflows.is_none();
    let implicit = context.config.own.job("build").is_some();
    for field in root.fields() {
        let Some(key) = field.key.text().filter(|key| !KNOWN.contains(key) && !OTHERS.contains(key)) else {
            continue;
        };
        let Some(best) = closest(key, KNOWN.iter().copied()).filter(|best| has_shape(&field.value, best))
        else {
            continue;
        };
        // Without workflows there is nothing to run, and the slip is told there.
        if best == "workflows" && without_workflows && !implicit {
            continue;
        }
        let span = field.key.span();
        let there = root.field(best);
        let mut diagnostic =
            Diagnostic::warning(MISSPELLED_KEY.id, span, format!("{} means nothing at the top", shown(key)))
                .with_help(format!("Did you mean `{best}`? CircleCI passes over keys that it does not know"));
        if let Some(there) = there {
            diagnostic = diagnostic.with_related(there.key.span(), format!("`{best}` is here"));
        } else {
            let fix = rename(context.sources, span, key, best);
            diagnostic = diagnostic.with_fix(fix.map(Fix::behaviour_changing));
        }
        found.push(diagnostic);
    }
}

/// Whether `node` looks like what stands under `key`. A home of anchors with a name like a known key mostly
/// holds one element, not a table of them.
fn has_shape(node: &Node, key: &str) -> bool {
    if key == "setup" {
        return matches!(node.meaning(), Some(Resolved::Bool(_)));
    }
    let table = node.fields();
    let each =
        |keys: &[&str]| table.iter().all(|field| keys.iter().any(|key| field.value.get(key).is_some()));
    let fits = match key {
        "jobs" => each(&["steps", "type"]),
        "commands" => each(&["steps"]),
        "executors" => each(&["docker", "machine", "macos"]),
        "parameters" => each(&["type"]),
        "orbs" => table.iter().all(|field| field.value.text().is_some_and(|orb| orb.contains('@'))),
        _ => {
            let mut entries = table.iter().filter(|field| field.key.text() != Some("version")).peekable();
            entries.peek().is_some() && entries.all(|field| field.value.get("jobs").is_some())
        }
    };
    !table.is_empty() && fits
}
