use super::idle_group;
use super::suggestion::{closest, rename, shown};
use super::{Context, declare_check};
use crate::compile::{Entry, Matched, Requirement, Workflow};
use crate::diagnostic::Diagnostic;
use crate::sort;
use crate::text::Span;
use std::collections::BTreeSet;

declare_check! {
    /// ## What it does
    ///
    /// Finds names in `requires` that no other entry of the workflow bears, or that several bear. A name is
    /// that of the entry: its `name` if it has one, else its job; for a matrix, the `alias`, the job, or the
    /// name of one row.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Job 'test' requires 'biuld', which is the name of 0 other jobs in
    /// workflow 'main'`. A job that the config defines is not enough: the workflow has to have it.
    ///
    /// ## How to fix
    ///
    /// Correct the name, or add the missing entry to the workflow. Entries that share a name each need one of
    /// their own:
    ///
    /// ```yaml
    /// - test:
    ///     name: test-again
    /// ```
    UNDEFINED_REQUIREMENT = "undefined-requirement", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for workflow in &context.compiled.workflows {
        let mut seen: BTreeSet<Span> = BTreeSet::new();
        let mut shared: BTreeSet<&str> = BTreeSet::new();
        for entry in &workflow.entries {
            for requirement in &entry.requires {
                let diagnostic = match &requirement.matched {
                    Matched::None => missing(context, workflow, entry, requirement),
                    Matched::Ambiguous(entries) => {
                        if shared.insert(&requirement.name.value) {
                            found.extend(same_names(workflow, requirement, entries));
                        }
                        Some(ambiguous(workflow, entry, requirement, entries))
                    }
                    Matched::One(_) | Matched::Matrix(_) => None,
                };
                // The rows of a matrix share their `requires`.
                if let Some(diagnostic) = diagnostic
                    && seen.insert(diagnostic.span)
                {
                    found.push(diagnostic);
                }
            }
        }
    }
    for group in idle_group::idle(context) {
        for requirement in idle_group::missing(group) {
            let (name, place) = (shown(&requirement.name), shown(&group.name));
            let message = format!("job group {place} has no job called {name}");
            found.push(
                Diagnostic::error(UNDEFINED_REQUIREMENT.id, requirement.name.span, message)
                    .with_help("The jobs of a group require each other, and nothing outside of it"),
            );
        }
    }
}

fn compiler(workflow: &Workflow, entry: &Entry, requirement: &Requirement, others: usize) -> String {
    let name = |name: &str| shown(name).trim_matches('`').to_owned();
    format!(
        "CircleCI: `Job '{}' requires '{}', which is the name of {others} other jobs in workflow '{}'`",
        name(&entry.name),
        name(&requirement.name),
        name(&workflow.name),
    )
}

fn missing(
    context: &Context<'_>,
    workflow: &Workflow,
    entry: &Entry,
    requirement: &Requirement,
) -> Option<Diagnostic> {
    let name = requirement.name.as_str();
    if name.contains("<<") || workflow.entries.iter().any(|entry| may_be_called(context, entry, name)) {
        return None;
    }
    let names = sort::set(workflow.entries.iter().map(|entry| entry.name.as_str()));
    let itself = entry.name == name;
    let mut renamed = workflow.entries.iter().filter(|other| other.job.value == name && other.name != name);
    let best = match (renamed.next(), renamed.next()) {
        (Some(only), None) if only.row.is_empty() => Some(only.name.as_str()),
        (Some(_), _) => None,
        (None, _) => closest(name, names.iter().copied().filter(|other| *other != entry.name)),
    };
    let best = best.filter(|best| *best != entry.name);
    let help = if itself {
        "A job cannot wait for itself".to_owned()
    } else if let Some(best) = best {
        let own_name = if workflow.entries.iter().any(|entry| entry.job.value == name) {
            format!(" The entry of job {} has a `name` of its own", shown(name))
        } else {
            String::new()
        };
        format!("Did you mean {}?{own_name}", shown(best))
    } else if context.config.own.job(name).is_some() || context.config.job_group(name).is_some() {
        format!("{} is defined, but workflow {} has no such entry", shown(name), shown(&workflow.name))
    } else if workflow.entries.iter().any(|entry| entry.job.value == name) {
        format!("The entry of job {} has a `name` of its own: require that", shown(name))
    } else {
        "The workflow has no such entry".to_owned()
    };
    let message = if itself {
        format!("{} requires itself", shown(name))
    } else {
        format!("workflow {} has no job called {}", shown(&workflow.name), shown(name))
    };
    let stop = if help.ends_with('?') { "" } else { "." };
    Some(
        Diagnostic::error(UNDEFINED_REQUIREMENT.id, requirement.name.span, message)
            .with_help(format!("{help}{stop} {}", compiler(workflow, entry, requirement, 0)))
            .with_fix(best.and_then(|best| rename(context.sources, requirement.name.span, name, best))),
    )
}

/// Whether the entry's name hangs on values that are not known here and could come out as `name`.
fn may_be_called(context: &Context<'_>, entry: &Entry, name: &str) -> bool {
    if let Some((fixed, _)) = entry.name.split_once("<<") {
        return name.starts_with(fixed);
    }
    // A matrix of which the rows are not known: they bear the job's name and their values.
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let mut invocations = workflows.flat_map(|workflow| &workflow.jobs);
    entry.row.is_empty()
        && name.starts_with(entry.job.as_str())
        && invocations
            .any(|invocation| invocation.matrix.is_some() && Some(invocation.node.span()) == entry.item)
}

/// The entries that cannot be told apart: that is where names are to be written. Rows of a matrix have one place.
fn same_names(workflow: &Workflow, requirement: &Requirement, others: &[usize]) -> Vec<Diagnostic> {
    let name = shown(&requirement.name);
    let places = places(workflow, others);
    if places.len() < 2 {
        return Vec::new();
    }
    let again = places.iter().map(|place| {
        let message = format!("another entry of workflow {} is called {name} too", shown(&workflow.name));
        Diagnostic::error(UNDEFINED_REQUIREMENT.id, *place, message)
            .with_related(requirement.name.span, format!("{name} is required here"))
            .with_help("Give this entry a `name` of its own, and require that")
    });
    again.collect()
}

/// Where entries get their names from.
fn places(workflow: &Workflow, entries: &[usize]) -> BTreeSet<Span> {
    let entries = entries.iter().map(|entry| &workflow.entries[*entry]);
    sort::set(entries.map(|entry| entry.name_span.unwrap_or(entry.job.span)))
}

fn ambiguous(workflow: &Workflow, entry: &Entry, requirement: &Requirement, others: &[usize]) -> Diagnostic {
    let name = shown(&requirement.name);
    let message =
        format!("{name} is the name of {} jobs in workflow {}", others.len(), shown(&workflow.name));
    let help = format!(
        "{}. Give each of them a `name` of its own and require that",
        compiler(workflow, entry, requirement, others.len())
    );
    let mut diagnostic =
        Diagnostic::error(UNDEFINED_REQUIREMENT.id, requirement.name.span, message).with_help(help);
    for place in places(workflow, others) {
        diagnostic = diagnostic.with_related(place, format!("called {name}"));
    }
    diagnostic
}
