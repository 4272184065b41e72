use super::refs::{Refs, refs};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::compile::{Entry, Workflow};
use crate::config::{FilterItems, Invocation};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::sort::{Map, Set};
use crate::text::Span;
use crate::yaml::{Kind, Node};

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs with a filter for tags of which the requirements have none.
    ///
    /// ## Why it matters
    ///
    /// A job without a filter for tags does not run when a tag is pushed. Nor does a job that waits for such jobs
    /// only: the release that was to start with the tag does not start, and CircleCI says nothing.
    ///
    /// ## How to fix
    ///
    /// Give every job that it requires, directly or not, a filter for the same tags:
    ///
    /// ```yaml
    /// jobs:
    ///   - build:
    ///       filters:
    ///         tags:
    ///           only: /^v.*/
    ///   - release:
    ///       requires:
    ///         - build
    ///       filters:
    ///         branches:
    ///           ignore: /.*/
    ///         tags:
    ///           only: /^v.*/
    /// ```
    MISSING_TAG_FILTER = "missing-tag-filter", Warning, since "0.1.0"; run
}

/// More jobs than this are not changed at once.
const MOST_CHANGED: usize = 20;
/// Nor looked at.
const MOST_REQUIRED: usize = 500;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let groups = context.config.job_groups.iter().flat_map(|group| &group.jobs);
    let invocations = workflows.flat_map(|workflow| &workflow.jobs).chain(groups);
    let invocations = invocations.map(|job| (job.node.span(), job)).collect::<Map<_, _>>();
    for workflow in &context.compiled.workflows {
        let Some(refs) = refs(workflow) else { continue };
        // One requirement without a filter can stop many jobs: it is told of once.
        let mut told = Set::new();
        for (index, entry) in workflow.entries.iter().enumerate() {
            let stopped = refs.own[index].on_tags() && !refs.real[index].on_tags();
            let tags = entry.filters.as_ref().and_then(|filters| filters.tags.as_ref());
            let (Some(tags), Some(item), true) = (tags, entry.item, stopped) else { continue };
            let direct = required(entry);
            // Where a requirement has a filter for tags itself, the finding is that one's.
            let passed_on = direct.iter().any(|index| refs.own[*index].on_tags());
            let known = direct.iter().filter(|index| !told.insert(**index)).count() > 0;
            if passed_on || known {
                continue;
            }
            let place =
                invocations.get(&item).map_or(tags.key, |invocation| tags_place(invocation, tags.key));
            let message =
                format!("job {} is not run on any tag: what it requires is not", shown(&entry.name));
            let mut finding = Diagnostic::warning(MISSING_TAG_FILTER.id, place, message)
                .with_help("Give the jobs that it requires the same filter for tags");
            for index in direct.iter().take(3) {
                let other = &workflow.entries[*index];
                let message = format!("{} has no filter for tags", shown(&other.name));
                finding = finding.with_related(other.name_span.unwrap_or(other.job.span), message);
            }
            let lists = [tags.only.as_ref(), tags.ignore.as_ref()];
            found.push(finding.with_fix(fix(context, workflow, index, &refs, &invocations, lists)));
        }
    }
}

fn required(entry: &Entry) -> Vec<usize> {
    entry.requires.iter().flat_map(|requirement| requirement.matched.entries()).copied().collect()
}

/// The key `tags`; the alias of the filters where they are written elsewhere.
fn tags_place(invocation: &Invocation, key: Span) -> Span {
    if invocation.node.span().contains(key) {
        return key;
    }
    let alias = invocation.filters.as_ref().filter(|node| matches!(node.kind(), Kind::Alias(_)));
    alias.map_or(invocation.job.span, Node::span)
}

/// Adds the filter to everything that entry `index` requires, directly or not, and that has none for tags.
fn fix(
    context: &Context<'_>,
    workflow: &Workflow,
    index: usize,
    refs: &Refs,
    invocations: &Map<Span, &Invocation>,
    lists: [Option<&FilterItems>; 2],
) -> Option<Fix> {
    let mut wanted = Vec::new();
    for (name, list) in ["only", "ignore"].into_iter().zip(lists) {
        let Some(list) = list else { continue };
        let items = list.items.iter().map(|item| context.sources.slice(item.span));
        wanted.push((name, items.collect::<Vec<_>>()));
    }
    // An alias or a block of text cannot be repeated just so.
    let repeatable =
        |item: &&str| !item.is_empty() && !item.starts_with(['*', '|', '>', '&']) && !item.contains('\n');
    if wanted.is_empty() || !wanted.iter().all(|(_, items)| !items.is_empty() && items.iter().all(repeatable))
    {
        return None;
    }
    let (mut edits, mut changed) = (Vec::new(), Set::new());
    let mut pending = required(&workflow.entries[index]);
    let mut seen: Set<usize> = pending.iter().copied().collect();
    while let Some(next) = pending.pop() {
        let entry = &workflow.entries[next];
        if seen.len() > MOST_REQUIRED || edits.len() > MOST_CHANGED {
            return None;
        }
        if !refs.own[next].on_tags() && changed.insert(entry.item?) {
            edits.push(edit(context, invocations.get(&entry.item?)?, &wanted)?);
        }
        pending.extend(required(entry).into_iter().filter(|index| seen.insert(*index)));
    }
    let title = format!("add this filter to {} required jobs: they run on these tags then", edits.len());
    let title = if edits.len() == 1 {
        title.replace("1 required jobs: they run", "the required job: it runs")
    } else {
        title
    };
    Some(Fix { title, safety: Safety::Unsafe, edits })
}

/// Adds `tags` to the filters of one invocation; nothing where that is not a matter of a few lines.
fn edit(context: &Context<'_>, invocation: &Invocation, wanted: &[(&str, Vec<&str>)]) -> Option<Edit> {
    let first_key = |node: &Node| match node.kind() {
        Kind::Mapping(mapping) if !mapping.flow => mapping.entries.first().map(|entry| entry.key.span()),
        _ => None,
    };
    let Some(options) = &invocation.options else {
        // `- build` alone, not `build` in `[build, test]`.
        let span = invocation.node.span();
        let (column, before) = place(context, span)?;
        if before.trim_start() != "- " || !matches!(invocation.node.kind(), Kind::Scalar(_)) {
            return None;
        }
        let (name, inner) = (context.sources.slice(span), column + 2);
        let filter = lines(wanted, inner + 2);
        let text = format!("{name}:\n{}filters:\n{}{filter}", blanks(inner), blanks(inner + 2));
        return Some(Edit { span, text });
    };
    let (key, opening) = match &invocation.filters {
        None => (first_key(options)?, "filters:\n"),
        Some(filters) => (first_key(filters)?, ""),
    };
    if !invocation.node.span().contains(key) {
        return None;
    }
    let (column, before) = place(context, key)?;
    if !before.trim_start().is_empty() {
        return None;
    }
    let inner = if opening.is_empty() { column } else { column + 2 };
    let filter = lines(wanted, inner);
    let start = if opening.is_empty() { String::new() } else { format!("{opening}{}", blanks(inner)) };
    let text = format!("{start}{filter}\n{}", blanks(column));
    Some(Edit { span: key.part(0..0), text })
}

/// `tags` with what it holds; the first line without its indentation.
fn lines(wanted: &[(&str, Vec<&str>)], indentation: usize) -> String {
    let mut text = "tags:".to_owned();
    let mut line = |indentation: usize, content: &[&str]| {
        text.push('\n');
        text.push_str(&blanks(indentation));
        text.extend(content.iter().copied());
    };
    for (name, items) in wanted {
        match items.as_slice() {
            [one] => line(indentation + 2, &[name, ": ", one]),
            many => {
                line(indentation + 2, &[name, ":"]);
                for item in many {
                    line(indentation + 4, &["- ", item]);
                }
            }
        }
    }
    text
}

fn blanks(count: usize) -> String {
    " ".repeat(count)
}

/// The column at which `span` begins, and what stands before it on its line.
fn place<'a>(context: &Context<'a>, span: Span) -> Option<(usize, &'a str)> {
    let text = context.sources.get(span.source).text.get(..span.start as usize)?;
    let before = &text[text.rfind('\n').map_or(0, |end| end + 1)..];
    before.is_ascii().then_some((before.len(), before))
}
