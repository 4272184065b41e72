//! Steps and entries with several keys, and what their author meant.
//!
//! ```yaml
//! - run:              - checkout:
//!   command: make       run: make
//! # `command` was     # `run` was to be
//! # to stand further  # a step of its own
//! # in
//! ```
//!
//! The keys of the first one may stand further in already: then the others belong there.

use super::Context;
use super::form::mapping_with_key;
use crate::config::schema::{BUILTIN_STEPS, CHOICES};
use crate::diagnostic::{Edit, Fix, Safety};
use crate::text::Span;
use crate::yaml::{Entry, Mapping};

/// How to mend the item whose second key is at `key`: what to say, and the fix. Nothing where the layout
/// leaves more than one reading.
pub(super) fn mended(context: &Context<'_>, key: Span) -> Option<(&'static str, Fix)> {
    let (node, mapping) = mapping_with_key(context, key)?;
    let (first, rest) = mapping.entries.split_first()?;
    if mapping.flow || !one_a_line(context, mapping) {
        return None;
    }
    let names_step = |entry: &Entry| entry.key.text().is_some_and(is_step);
    if first.value.is_null() && first.value.span().is_empty() && !rest.iter().any(names_step) {
        let range = Span { end: node.span().end, ..rest.first()?.key.span() };
        let edits = indented(context, range, 2)?;
        let title = "indent what belongs to it".to_owned();
        return Some((
            "It belongs below the first key, further in",
            Fix { title, safety: Safety::Safe, edits },
        ));
    }
    if let Some(columns) = deeper(context, first, rest).filter(|_| !rest.iter().any(names_step)) {
        let range = Span { end: node.span().end, ..rest.first()?.key.span() };
        let edits = indented(context, range, columns)?;
        let title = "line it up with the keys above".to_owned();
        return Some((
            "It belongs to the keys above it, as far in as they are",
            Fix { title, safety: Safety::Safe, edits },
        ));
    }
    if rest.iter().all(names_step) && names_step(first) {
        let edits = rest.iter().map(|entry| dashed(context, entry)).collect::<Option<Vec<Edit>>>()?;
        let title = "make it a step of its own".to_owned();
        return Some(("Each step starts with its own `- `", Fix { title, safety: Safety::Safe, edits }));
    }
    None
}

/// How much further in the keys below the first one stand than those beside it, which are others.
fn deeper(context: &Context<'_>, first: &Entry, rest: &[Entry]) -> Option<usize> {
    let inner = first.value.as_mapping().filter(|inner| !inner.flow)?;
    let is_new = |entry: &Entry| {
        entry.key.text().is_some_and(|name| inner.entries.iter().all(|other| other.key.text() != Some(name)))
    };
    let column = |entry: &Entry| blanks_before(context, entry.key.span());
    let columns = column(inner.entries.first()?)?.checked_sub(column(rest.first()?)?)?;
    (columns > 0 && rest.iter().all(is_new)).then_some(columns)
}

fn is_step(name: &str) -> bool {
    let choices = CHOICES.iter().filter(|choice| choice.name != "steps");
    // `name`, `shell` and others are keys of `run`; none of them is a step as well, except `when`.
    BUILTIN_STEPS.iter().chain(choices).any(|step| step.name == name && name != "when") || name.contains('/')
}

/// Whether each key after the first stands at the start of its line, all equally far in.
fn one_a_line(context: &Context<'_>, mapping: &Mapping) -> bool {
    let rest = mapping.entries.iter().skip(1);
    let mut columns = rest.map(|entry| blanks_before(context, entry.key.span()));
    let Some(Some(first)) = columns.next() else { return false };
    first >= 2 && columns.all(|column| column == Some(first))
}

/// How many spaces stand before `span` on its line; nothing if anything else does.
fn blanks_before(context: &Context<'_>, span: Span) -> Option<usize> {
    let source = context.sources.get(span.source);
    let start = line_start(context, span);
    let before = source.text.get(start..span.start as usize)?;
    before.bytes().all(|byte| byte == b' ').then_some(before.len())
}

fn line_start(context: &Context<'_>, span: Span) -> usize {
    let source = context.sources.get(span.source);
    let line = source.lines().line_at(span.start as usize);
    source.lines().line_range(&source.text, line).start
}

/// So many more spaces in front of every line of `range` that is not blank.
fn indented(context: &Context<'_>, range: Span, columns: usize) -> Option<Vec<Edit>> {
    let source = context.sources.get(range.source);
    let lines = source.lines();
    let length = source.slice(range).trim_end().len();
    let last = lines.line_at((range.start as usize + length).checked_sub(1)?);
    let edits = (lines.line_at(range.start as usize)..=last).filter_map(|line| {
        let bytes = lines.line_range(&source.text, line);
        let blank = source.text[bytes.clone()].trim().is_empty();
        let at = Span::new(range.source, bytes.start..bytes.start);
        (!blank).then(|| Edit { span: at, text: " ".repeat(columns) })
    });
    Some(edits.collect())
}

/// A dash in the two columns before the key.
fn dashed(context: &Context<'_>, entry: &Entry) -> Option<Edit> {
    let key = entry.key.span();
    blanks_before(context, key).filter(|blanks| *blanks >= 2)?;
    let start = key.start as usize;
    Some(Edit { span: Span::new(key.source, start - 2..start), text: "- ".to_owned() })
}
