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
use crate::config::schema::{BUILTIN_STEPS, CHOICES, RUN};
use crate::diagnostic::{Edit, Fix, Safety};
use crate::text::Span;
use crate::yaml::{Entry, Mapping, Node};

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
    beside_run(context, node, mapping)
}

/// Keys of `run` beside it, as other systems have them:
///
/// ```yaml
/// - name: Test
///   run: make test
/// ```
fn beside_run(context: &Context<'_>, node: &Node, mapping: &Mapping) -> Option<(&'static str, Fix)> {
    let is_key = |entry: &Entry| {
        let known = |name: &str| RUN.keys.iter().any(|key| key.name == name && name != "command");
        entry.key.text() == Some("run") || entry.key.text().is_some_and(known)
    };
    let run = mapping.entries.iter().find(|entry| entry.key.text() == Some("run"))?;
    if !mapping.entries.iter().all(is_key) || run.value.as_scalar().is_none() || run.value.is_null() {
        return None;
    }
    let first = mapping.entries.first()?.key.span();
    let second = mapping.entries.get(1)?.key.span();
    let columns = blanks_before(context, second)? + 2;
    let mut edits = indented(context, Span { end: node.span().end, ..second }, 2)?;
    let start = Span { end: first.start, ..first };
    let name = run.key.span();
    if name == first {
        edits.push(Edit { span: name, text: format!("run:\n{}command", " ".repeat(columns)) });
        // A text in several lines stands further in than its key, and so do its lines.
        let value = Span { end: second.start, ..run.value.span() };
        edits.extend(following_lines(context, value));
    } else {
        edits.push(Edit { span: start, text: format!("run:\n{}", " ".repeat(columns)) });
        edits.push(Edit { span: name, text: "command".to_owned() });
    }
    let title = "put its keys below `run`".to_owned();
    Some((
        "They are keys of `run`, which has the script as `command`",
        Fix { title, safety: Safety::Safe, edits },
    ))
}

/// Two more spaces in front of every line that begins inside `span`.
fn following_lines(context: &Context<'_>, span: Span) -> Vec<Edit> {
    let source = context.sources.get(span.source);
    let lines = source.lines();
    let first = lines.line_at(span.start as usize) + 1;
    let last = lines.line_at(span.end as usize);
    let edits = (first..last).filter_map(|line| {
        let bytes = lines.line_range(&source.text, line);
        let blank = source.text[bytes.clone()].trim().is_empty();
        let at = Span::new(span.source, bytes.start..bytes.start);
        (!blank).then(|| Edit { span: at, text: "  ".to_owned() })
    });
    edits.collect()
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

/// The mapping at `span` as a list: each of its keys an item, or all of them together.
pub(super) fn as_items(context: &Context<'_>, span: Span, each: bool) -> Option<Fix> {
    let source = context.sources.get(span.source);
    let lines = source.lines();
    let columns = blanks_before(context, span)?;
    let length = source.slice(span).trim_end().len();
    let first = lines.line_at(span.start as usize);
    let last = lines.line_at((span.start as usize + length).checked_sub(1)?);
    let mut edits = Vec::new();
    for line in first..=last {
        let bytes = lines.line_range(&source.text, line);
        let text = &source.text[bytes.clone()];
        let blanks = text.len() - text.trim_start_matches(' ').len();
        if text.trim().is_empty() {
            continue;
        }
        // A comment may stand further left than what it is about.
        if blanks < columns && !text.trim_start().starts_with('#') {
            return None;
        }
        let begins = blanks == columns && !text.trim_start().starts_with('#') && (each || line == first);
        let at = bytes.start + blanks.min(columns);
        let text = if begins { "- " } else { "  " }.to_owned();
        edits.push(Edit { span: Span::new(span.source, at..at), text });
    }
    Some(Fix { title: "make it a list".to_owned(), safety: Safety::Safe, edits })
}

/// The block at `span` under a key of its own, as far in as the block stood.
pub(super) fn under_key(context: &Context<'_>, span: Span, key: &str) -> Option<Fix> {
    let columns = blanks_before(context, span)?;
    let at = Span::new(span.source, span.start as usize..span.start as usize);
    let mut edits = indented(context, span, 2)?;
    // The first line has its blanks behind the key's.
    edits.remove(0);
    edits.push(Edit { span: at, text: format!("{key}:\n{}", " ".repeat(columns + 2)) });
    Some(Fix { title: format!("put it under `{key}`"), safety: Safety::Safe, edits })
}

/// What slipped out of an element goes as far in as that one's keys; as two spaces more where it has none.
pub(super) fn into_element(context: &Context<'_>, slipped: Span, value: Span, name: Span) -> Option<Fix> {
    let own = blanks_before(context, slipped)?;
    let inner = if value.is_empty() { own + 2 } else { blanks_before(context, value)? };
    let columns = inner.checked_sub(own).filter(|columns| *columns > 0)?;
    // Behind a value on the name's own line no key can stand.
    let source = context.sources.get(name.source);
    let line = |at: u32| source.lines().line_at(at as usize);
    if !value.is_empty() && line(value.start) == line(name.start) {
        return None;
    }
    let edits = indented(context, slipped, columns)?;
    Some(Fix { title: format!("indent by {columns} more"), safety: Safety::Safe, edits })
}

/// What slipped into another section goes to the left edge.
pub(super) fn to_the_top(context: &Context<'_>, slipped: Span) -> Option<Fix> {
    let columns = blanks_before(context, slipped).filter(|columns| *columns > 0)?;
    let source = context.sources.get(slipped.source);
    let lines = source.lines();
    let length = source.slice(slipped).trim_end().len();
    let last = lines.line_at((slipped.start as usize + length).checked_sub(1)?);
    let mut edits = Vec::new();
    for line in lines.line_at(slipped.start as usize)..=last {
        let bytes = lines.line_range(&source.text, line);
        let text = &source.text[bytes.clone()];
        if text.trim().is_empty() {
            continue;
        }
        text.get(..columns).filter(|blanks| blanks.bytes().all(|byte| byte == b' '))?;
        edits.push(Edit {
            span: Span::new(slipped.source, bytes.start..bytes.start + columns),
            text: String::new(),
        });
    }
    Some(Fix { title: "move it to the left edge".to_owned(), safety: Safety::Safe, edits })
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
