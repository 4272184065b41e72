//! Fixes that take a `key: value` out, with the lines it stands on.

use super::Context;
use crate::diagnostic::Fix;
use crate::text::Span;
use crate::yaml::{Entry, Kind, Mapping, Node};

/// A fix that takes the entry whose key is at `key` out of the mapping `node`. Nothing where that is the only
/// entry, where the entry shares a line with anything else, or where an anchor in it is needed elsewhere.
pub(super) fn without_entry(
    context: &Context<'_>,
    node: &Node,
    key: Span,
    title: impl Into<String>,
) -> Option<Fix> {
    let Kind::Mapping(mapping) = node.kind() else { return None };
    let entry = mapping.entries.iter().find(|entry| entry.key.span() == key)?;
    without(context, mapping, entry, title)
}

/// The same for an entry that is at hand.
pub(super) fn without(
    context: &Context<'_>,
    mapping: &Mapping,
    entry: &Entry,
    title: impl Into<String>,
) -> Option<Fix> {
    if mapping.flow || mapping.entries.len() < 2 {
        return None;
    }
    let key = entry.key.span();
    let source = context.sources.get(key.source);
    let lines = source.lines();
    let value = entry.value.span();
    let end = if value.is_empty() { key.end } else { value.end.max(key.end) } as usize;
    let first = lines.line_range(&source.text, lines.line_at(key.start as usize));
    let last_line = lines.line_at(end.saturating_sub(1));
    let last = lines.line_range(&source.text, last_line);
    let before = source.text.get(first.start..key.start as usize)?;
    let after = source.text.get(end..last.end.max(end))?.trim_start_matches([':', ' ', '\t']);
    if !before.trim().is_empty() || !(after.is_empty() || after.starts_with('#')) {
        return None;
    }
    let next = if last_line + 1 < lines.count() {
        lines.line_range(&source.text, last_line + 1).start
    } else {
        source.text.len()
    };
    let range = Span::new(key.source, first.start..next);
    (!holds_anchor(context, range)).then(|| Fix::replace(range, "", title))
}

/// Whether an alias elsewhere means something in `range`.
fn holds_anchor(context: &Context<'_>, range: Span) -> bool {
    let anchors = &context.document.anchors;
    let from = anchors.partition_point(|anchor| anchor.name.span.start < range.start);
    let within = anchors[from..].iter().take_while(|anchor| anchor.name.span.start < range.end);
    within.flat_map(|anchor| &anchor.aliases).any(|alias| !range.contains(*alias))
}
