//! Edits that plant one fault in a text, and where it then is.

use dryrun::yaml::{Kind, Node};
use std::ops::Range;

/// One fault, not planted yet.
#[derive(Clone, Debug)]
pub(super) struct Seed {
    pub(super) kind: String,
    /// The bytes that are taken out, and what is put in.
    pub(super) out: Range<usize>,
    pub(super) put: String,
    /// Bytes of the planted text whose lines an error has to touch.
    pub(super) place: Range<usize>,
}

impl Seed {
    pub(super) fn planted(&self, text: &str) -> String {
        format!("{}{}{}", &text[..self.out.start], self.put, &text[self.out.end..])
    }
}

/// A config and the seeds for it.
pub(super) struct Bed<'t> {
    pub(super) text: &'t str,
    pub(super) seeds: Vec<Seed>,
}

/// A key of a mapping that is written where it stands.
pub(super) struct Own {
    pub(super) name: String,
    pub(super) key: Node,
    pub(super) value: Node,
}

/// The keys that a mapping has itself: none through an alias or a merge key.
pub(super) fn own(node: &Node) -> Vec<Own> {
    let Kind::Mapping(mapping) = node.kind() else { return Vec::new() };
    let entries = mapping.entries.iter().filter(|entry| !entry.is_merge());
    let named = entries.filter_map(|entry| {
        let name = entry.key.text()?.to_owned();
        Some(Own { name, key: entry.key.clone(), value: entry.value.clone() })
    });
    named.collect()
}

/// The key `name` of `node`, written there.
pub(super) fn at(node: &Node, name: &str) -> Option<Own> {
    own(node).into_iter().find(|field| field.name == name)
}

/// The items of a list that is written where it stands.
pub(super) fn items(node: &Node) -> &[Node] {
    match node.kind() {
        Kind::Sequence(sequence) => &sequence.items,
        _ => &[],
    }
}

pub(super) fn is_flow(node: &Node) -> bool {
    match node.kind() {
        Kind::Sequence(sequence) => sequence.flow,
        Kind::Mapping(mapping) => mapping.flow,
        _ => false,
    }
}

impl Bed<'_> {
    fn add(&mut self, kind: &str, out: Range<usize>, put: String, place: Range<usize>) {
        self.seeds.push(Seed { kind: kind.to_owned(), out, put, place });
    }

    /// `new` in place of `node`, which is not empty.
    pub(super) fn replace(&mut self, kind: &str, node: &Node, new: &str) {
        let range = node.span().range();
        // A block stands on lines of its own: put the new value on the key's.
        let block = matches!(node.kind(), Kind::Mapping(_) | Kind::Sequence(_)) && !is_flow(node);
        // A comment between a key and its block would swallow the new value.
        let comment = block
            && self.text[..range.start].trim_end().rsplit('\n').next().is_some_and(|line| line.contains('#'));
        if comment || range.is_empty() || node.anchor().is_some() || (block && self.starts_item(range.start))
        {
            return;
        }
        let from = if block { self.text[..range.start].trim_end().len() } else { range.start };
        let put = if block { format!(" {new}") } else { new.to_owned() };
        let place = from..from + put.len();
        self.add(kind, from..range.end, put, place);
    }

    /// Whether a node at `start` is introduced by a dash.
    fn starts_item(&self, start: usize) -> bool {
        self.text[..start].trim_end().ends_with('-')
    }

    /// How far in `node` stands, where nothing but blanks is before it.
    pub(super) fn column(&self, node: &Node) -> Option<usize> {
        let start = node.span().start as usize;
        let line = self.text[..start].rfind('\n').map_or(0, |end| end + 1);
        self.text[line..start].bytes().all(|byte| byte == b' ').then_some(start - line)
    }

    /// A line more, before the first key of a mapping: `key: value`.
    pub(super) fn insert(&mut self, kind: &str, mapping: &Node, line: &str) {
        let Some(first) = own(mapping).into_iter().next() else { return };
        let start = first.key.span().start as usize;
        let put = if is_flow(mapping) {
            format!("{line}, ")
        } else {
            let column = start - self.text[..start].rfind('\n').map_or(0, |end| end + 1);
            format!("{line}\n{}", " ".repeat(column))
        };
        self.add(kind, start..start, put, start..start + line.len());
    }

    /// An item more, before the first of a list.
    pub(super) fn insert_item(&mut self, kind: &str, list: &Node, item: &str) {
        let Some(first) = items(list).first() else { return };
        let start = first.span().start as usize;
        if is_flow(list) {
            return self.add(kind, start..start, format!("{item}, "), start..start + item.len());
        }
        let dash = self.text[..start].rfind('-').unwrap_or(start);
        let column = dash - self.text[..dash].rfind('\n').map_or(0, |end| end + 1);
        let put = format!("- {item}\n{}", " ".repeat(column));
        self.add(kind, dash..dash, put, dash..dash + item.len());
    }

    /// `mapping` without its key `name`; an error has to stand at `owner`, the key or item it hangs on.
    pub(super) fn delete(&mut self, kind: &str, mapping: &Node, name: &str, owner: &Node) {
        let fields = own(mapping);
        let Some(index) = fields.iter().position(|field| field.name == name) else { return };
        let field = &fields[index];
        if field.key.anchor().is_some() || self.text[field.value.span().range()].contains('&') {
            return;
        }
        let start = field.key.span().start as usize;
        let (from, to) = match (fields.get(index + 1), index.checked_sub(1).map(|before| &fields[before])) {
            (Some(next), _) => (start, next.key.span().start as usize),
            (None, Some(before)) => (
                (before.value.span().end as usize).max(before.key.span().end as usize + 1),
                field.value.span().end as usize,
            ),
            (None, None) => return,
        };
        if from >= to || self.text[from..to].contains("<<: *") {
            return;
        }
        let place = owner.span().range();
        // An item begins with its first key, whichever that is then.
        let place = if place.start >= from { from..from + 1 } else { place.start..place.end.min(from) };
        self.add(kind, from..to, String::new(), place);
    }

    /// The key `field` called `new`.
    pub(super) fn rename(&mut self, kind: &str, field: &Own, new: &str) {
        let range = field.key.span().range();
        self.add(kind, range.clone(), new.to_owned(), range.start..range.start + new.len());
    }

    /// Text in the middle of a scalar, before the byte `offset` of its source.
    pub(super) fn inside(&mut self, kind: &str, offset: usize, text: &str) {
        self.add(kind, offset..offset, text.to_owned(), offset..offset + text.len());
    }

    /// Any edit, with the lines on which an error may stand.
    pub(super) fn edit(&mut self, kind: &str, out: Range<usize>, put: &str, place: Range<usize>) {
        self.add(kind, out, put.to_owned(), place);
    }
}
