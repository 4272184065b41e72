use super::refs::refs;
use super::suggestion::{listed, shown};
use super::{Context, declare_check};
use crate::compile::{Entry, Workflow};
use crate::diagnostic::Diagnostic;
use crate::sort::Set;
use crate::text::Span;
use crate::yaml::Node;

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs that run on no branch and no tag: their filters let none through, or never one on which the jobs
    /// that they require run.
    ///
    /// ## Why it matters
    ///
    /// Such a job never runs, and CircleCI says nothing about it. Without a filter for tags a job runs on no tag, so
    /// `branches: {ignore: /.*/}` alone leaves nothing. A job of which every requirement is filtered out does not
    /// run either.
    ///
    /// ## How to fix
    ///
    /// Let the filters of a job and of what it requires agree; for tags only, filter both:
    ///
    /// ```yaml
    /// filters:
    ///   branches:
    ///     ignore: /.*/
    ///   tags:
    ///     only: /^v.*/
    /// ```
    IMPOSSIBLE_FILTER = "impossible-filter", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told = Set::new();
    for workflow in &context.compiled.workflows {
        let Some(refs) = refs(workflow) else { continue };
        for (index, entry) in workflow.entries.iter().enumerate() {
            if refs.real[index].anywhere() || entry.item.is_none() || !told.insert(entry.item) {
                continue;
            }
            if !refs.own[index].anywhere() {
                let message = format!("job {} runs on no branch and no tag", shown(&entry.name));
                let help =
                    "Without a filter for tags it runs on none: add `tags`, or let some branches through";
                let span = filters_place(entry).unwrap_or(entry.job.span);
                found.push(Diagnostic::warning(IMPOSSIBLE_FILTER.id, span, message).with_help(help));
                continue;
            }
            let required = entry.requires.iter().flat_map(|requirement| requirement.matched.entries());
            let required: Vec<usize> = required.copied().collect();
            // Where these do not run anywhere, the finding is theirs; a tag filter that is missing is another's.
            let alive = required.iter().all(|index| refs.real[*index].anywhere());
            let for_tags =
                refs.own[index].on_tags() && required.iter().all(|index| !refs.real[*index].on_tags());
            if alive && !for_tags {
                found.push(apart(workflow, entry, &required));
            }
        }
    }
    add_empty_lists(context, found);
}

/// A job that runs only where nothing that it requires does.
fn apart(workflow: &Workflow, entry: &Entry, required: &[usize]) -> Diagnostic {
    let names: Vec<&str> =
        required.iter().take(3).map(|index| workflow.entries[*index].name.as_str()).collect();
    let message = format!("job {} never runs where {} runs", shown(&entry.name), listed(names, "or"));
    let span = entry.requires.first().map_or(entry.job.span, |requirement| requirement.name.span);
    let mut finding = Diagnostic::warning(IMPOSSIBLE_FILTER.id, span, message)
        .with_help("A job of which every requirement is filtered out does not run: let their filters agree");
    if let Some(place) = filters_place(entry) {
        finding = finding.with_related(place, "it runs only here");
    }
    for index in required.iter().take(3) {
        let other = &workflow.entries[*index];
        if let Some(place) = filters_place(other) {
            finding = finding.with_related(place, format!("{} runs only here", shown(&other.name)));
        }
    }
    finding
}

/// The key of the filter that says most.
fn filters_place(entry: &Entry) -> Option<Span> {
    let filters = entry.filters.as_ref()?;
    filters.branches.as_ref().or(filters.tags.as_ref()).map(|filter| filter.key)
}

/// `only: []` lets nothing through.
fn add_empty_lists(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let groups = context.config.job_groups.iter().flat_map(|group| &group.jobs);
    let mut told = Set::new();
    for filters in
        workflows.flat_map(|workflow| &workflow.jobs).chain(groups).filter_map(|job| job.filters.as_ref())
    {
        for side in ["branches", "tags"] {
            let only = filters.get(side).and_then(|side| side.get("only"));
            let empty = |only: &Node| only.as_sequence().is_some_and(|list| list.items.is_empty());
            let Some(only) = only.filter(empty) else { continue };
            let span = only.resolved().span();
            if told.insert(span) {
                let message = format!("an empty `only` lets none of the {side} through");
                let help = "List what the job is to run on, or take `only` out";
                found.push(Diagnostic::warning(IMPOSSIBLE_FILTER.id, span, message).with_help(help));
            }
        }
    }
}
