//! Where the caret stands: the word under it, and the way to it through the tree.

use crate::text::{Source, Sources};
use crate::yaml::{self, Document, Kind, Node};
use std::ops::Range;

/// Stands for the word at the caret while the tree is looked at.
const MARK: &str = "dryrun0caret0mark";

/// The line of the caret, around the word at it.
pub(super) struct Line<'t> {
    text: &'t str,
    start: usize,
    end: usize,
    /// The word, in bytes of the whole text.
    pub(super) word: Range<usize>,
    /// Where the `<<` begins in which the caret stands, in bytes of the whole text.
    pub(super) template: Option<usize>,
    /// Nothing but blanks and dashes stands before the word.
    pub(super) is_own: bool,
}

impl<'t> Line<'t> {
    pub(super) fn at(source: &'t Source, offset: usize) -> Self {
        let text = source.text.as_str();
        let offset = text.floor_char_boundary(offset.min(text.len()));
        let Range { start, end } = source.lines().line_range(text, source.lines().line_at(offset));
        let offset = offset.clamp(start, end);
        let template = text[start..offset].rfind("<<").map(|at| start + at);
        let template = template.filter(|at| !text[*at..offset].contains(">>"));
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@');
        let is_name = |c: char| is_part(c) && !matches!(c, '/' | '@');
        let belongs = |c: char| if template.is_some() { is_name(c) } else { is_part(c) };
        let before = text[start..offset].trim_end_matches(belongs).len();
        let behind = text[offset..end].len() - text[offset..end].trim_start_matches(belongs).len();
        let mut word = start + before..offset + behind;
        // The dash of an item that is still empty is no word.
        if text[word.clone()].chars().all(|c| c == '-') {
            word = offset..offset;
        }
        let is_own = text[start..word.start].chars().all(|c| c == ' ' || c == '-');
        Self { text, start, end, word, template, is_own }
    }

    pub(super) fn before(&self) -> &'t str {
        &self.text[self.start..self.word.start]
    }

    pub(super) fn behind(&self) -> &'t str {
        &self.text[self.word.end..self.end]
    }

    pub(super) fn word(&self) -> &'t str {
        &self.text[self.word.clone()]
    }

    /// `*word`.
    pub(super) fn is_alias(&self) -> bool {
        self.before().ends_with('*')
    }

    /// Whether a colon stands behind the word already.
    pub(super) fn is_key(&self) -> bool {
        self.behind().starts_with(':')
    }

    /// The column in which the word begins, from 0.
    pub(super) fn indentation(&self) -> usize {
        self.before().chars().count()
    }

    /// What may stand in place of the line, the likeliest first: the mark in it, and what is needed for the
    /// line to be YAML.
    fn mended(&self) -> Vec<String> {
        let (before, behind) = (self.before(), self.behind());
        if let Some(at) = self.template {
            let close = if behind.contains(">>") { "" } else { " >>" };
            let lead = &self.text[self.start..at];
            let whole = format!("{lead}<< {MARK}{close}{behind}");
            return vec![
                whole,
                format!("{lead}<< {MARK} >>{}", closing(lead)),
                format!("{lead}\"<< {MARK} >>\""),
            ];
        }
        if let Some(lead) = before.strip_suffix('*') {
            return vec![format!("{lead}{MARK}{behind}"), format!("{lead}{MARK}")];
        }
        let close = closing(before);
        let mut lines = Vec::new();
        if self.is_own && !self.is_key() {
            lines.push(format!("{before}{MARK}:"));
        }
        lines.push(format!("{before}{MARK}{behind}"));
        lines.push(format!("{before}{MARK}{close}"));
        lines.push(format!("{before}{MARK}:{close}"));
        lines
    }
}

/// What closes the quotes and brackets that are open at the end of `text`.
fn closing(text: &str) -> String {
    let mut open = Vec::new();
    let mut quote = None;
    for character in text.chars() {
        if let Some(mark) = quote {
            quote = Some(mark).filter(|mark| *mark != character);
            continue;
        }
        match character {
            '"' | '\'' => quote = Some(character),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
    }
    quote.into_iter().chain(open.into_iter().rev()).collect()
}

/// A step on the way to the caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Key(String),
    Item(usize),
}

/// What the word is to the tree.
pub(super) enum Held {
    /// A key; the other keys of its mapping.
    Key { siblings: Vec<String> },
    /// A value, or a part of one.
    Scalar,
}

/// The place of the caret in the mended text.
pub(super) struct Caret {
    pub(super) sources: Sources,
    pub(super) document: Document,
    pub(super) way: Vec<Way>,
    pub(super) held: Held,
}

impl Caret {
    /// Finds the caret in the first mended text in which it can be found.
    pub(super) fn find(sources: &Sources, line: &Line<'_>) -> Option<Self> {
        let (above, below) = (&line.text[..line.start], &line.text[line.end..]);
        line.mended().into_iter().find_map(|mended| {
            let mark = line.start + mended.find(MARK)?;
            let sources = with_config(sources, format!("{above}{mended}{below}"));
            let (document, _) = yaml::parse(sources.config());
            // What stands behind the mark on its line has to be understood too, or the mark was misread.
            if document.stopped_at.is_some_and(|at| (at as usize) <= line.start + mended.len()) {
                return None;
            }
            let mut way = Vec::new();
            let held = find(document.root.as_ref()?, mark, &mut way)?;
            Some(Self { sources, document, way, held })
        })
    }
}

/// The same texts with another config.
fn with_config(sources: &Sources, text: String) -> Sources {
    let own = Sources::new(sources.config().name.clone(), text);
    sources
        .orbs()
        .fold(own, |own, (reference, orb)| own.with_orb(reference, orb.name.clone(), orb.text.clone()))
}

/// What holds the mark, which stands at byte `mark`; the way to it is added to `way`.
fn find(node: &Node, mark: usize, way: &mut Vec<Way>) -> Option<Held> {
    let around = |node: &Node| node.span().range().contains(&mark);
    match node.kind() {
        Kind::Scalar(scalar) => (around(node) && scalar.text.contains(MARK)).then_some(Held::Scalar),
        Kind::Sequence(sequence) => {
            let index = sequence.items.iter().position(around)?;
            way.push(Way::Item(index));
            find(&sequence.items[index], mark, way)
        }
        Kind::Mapping(mapping) => {
            if mapping.entries.iter().any(|entry| around(&entry.key)) {
                let others = mapping.entries.iter().filter(|entry| !around(&entry.key));
                let siblings = others.filter_map(|entry| entry.key.text().map(str::to_owned)).collect();
                return Some(Held::Key { siblings });
            }
            let entry = mapping.entries.iter().find(|entry| around(&entry.value))?;
            way.push(Way::Key(entry.key.text()?.to_owned()));
            find(&entry.value, mark, way)
        }
        Kind::Alias(_) => None,
    }
}

/// Whether `name` is the mark, or was made of it.
pub(super) fn is_mark(name: &str) -> bool {
    name.contains(MARK)
}
