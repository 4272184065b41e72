//! One more name in the `requires` of a job, as a fix.

use super::Context;
use super::suggestion::shown;
use crate::compile::Entry;
use crate::config::Invocation;
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::text::{SourceId, Sources, Span};
use crate::yaml::{Kind, Node};

/// `diagnostic` with the advice to let `entry` require `other`, and with a fix where the text allows it.
pub(super) fn with_requirement(
    context: &Context<'_>,
    diagnostic: Diagnostic,
    entry: &Entry,
    other: &Entry,
) -> Diagnostic {
    let advice = format!("Add {} to the `requires` of {}", shown(&other.name), shown(&entry.name));
    diagnostic.with_help(advice).with_fix(fix(context, entry, other))
}

fn fix(context: &Context<'_>, entry: &Entry, other: &Entry) -> Option<Fix> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let usable = other.name.chars().all(plain) && other.name.starts_with(|c: char| c.is_ascii_alphabetic());
    // The name of a row may be too long a list to write; a group's job cannot be required from outside.
    if !usable || !other.row.is_empty() || entry.item?.source != SourceId(0) {
        return None;
    }
    let workflows = &context.config.workflows.as_ref()?.all;
    let in_list = |invocation: &&Invocation| Some(invocation.node.span()) == entry.item;
    let invocation = workflows.iter().flat_map(|workflow| &workflow.jobs).find(in_list)?;
    // A job that is invoked twice under one name has a number behind it that nobody can require.
    let names = workflows.iter().flat_map(|workflow| &workflow.jobs);
    names.clone().find(|one| one.name.as_ref().unwrap_or(&one.job).value == other.name)?;
    let edit = edit(context.sources, invocation, &other.name)?;
    let title = format!("let {} require {}: it starts later", shown(&entry.name), shown(&other.name));
    Some(Fix { title, safety: Safety::Unsafe, edits: vec![edit] })
}

fn edit(sources: &Sources, invocation: &Invocation, name: &str) -> Option<Edit> {
    let insert =
        |at: usize, text: String| Some(Edit { span: Span::new(invocation.node.span().source, at..at), text });
    let Some(options) = &invocation.options else {
        let span = invocation.node.span();
        let column = item_column(sources, span)?;
        let scalar = matches!(invocation.node.kind(), Kind::Scalar(_));
        let indent = " ".repeat(column + 4);
        return scalar.then(|| insert(span.range().end, format!(":\n{indent}requires: [{name}]")))?;
    };
    let Kind::Mapping(mapping) = options.kind() else { return None };
    let Some(requires) = mapping.entries.iter().find(|entry| entry.key.text() == Some("requires")) else {
        let first = mapping.entries.first()?.key.span();
        let start = first.range().start;
        let text = if mapping.flow {
            format!("requires: [{name}], ")
        } else {
            format!("requires: [{name}]\n{}", " ".repeat(indentation(sources, first)?))
        };
        return insert(start, text);
    };
    let Kind::Sequence(sequence) = requires.value.kind() else { return None };
    let last: &Node = sequence.items.last()?;
    let end = last.span().range().end;
    if sequence.flow {
        return insert(end, format!(", {name}"));
    }
    let column = item_column(sources, last.span())?;
    insert(end, format!("\n{}- {name}", " ".repeat(column)))
}

/// The column of the dash before an item that begins its line.
fn item_column(sources: &Sources, span: Span) -> Option<usize> {
    let before = before(sources, span)?;
    let dash = before.trim_end().strip_suffix('-')?;
    dash.chars().all(|c| c == ' ').then_some(dash.len())
}

/// The column of what begins its line.
fn indentation(sources: &Sources, span: Span) -> Option<usize> {
    let before = before(sources, span)?;
    before.chars().all(|c| c == ' ').then_some(before.len())
}

/// The text of the line before a place.
pub(super) fn before(sources: &Sources, span: Span) -> Option<&str> {
    let source = sources.get(span.source);
    let line = source.lines().line_at(span.range().start);
    let start = source.lines().line_range(&source.text, line).start;
    source.text.get(start..span.range().start)
}
