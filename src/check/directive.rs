//! Comments that ask for findings to be ignored, as they are written.
//!
//! ```yaml
//! - lnit  # cci-ignore undefined-job, unused-job: made by the generator
//! ```

use crate::text::{Source, Span, Spanned};
use crate::yaml::Scalars;

/// What every directive begins with.
pub(super) const MARKER: &str = "cci-ignore";

/// The words that a directive can begin with, and what they mean.
pub(super) const KEYWORDS: [(&str, Kind); 5] = [
    ("cci-ignore", Kind::Line),
    ("cci-ignore-next-line", Kind::NextLine),
    ("cci-ignore-start", Kind::Start),
    ("cci-ignore-end", Kind::End),
    ("cci-ignore-file", Kind::File),
];

/// Which lines a directive is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its own.
    Line,
    NextLine,
    /// From its own on, to that of the `End` behind it.
    Start,
    End,
    File,
    /// The word is none of [`KEYWORDS`].
    Unknown,
}

/// A comment that begins with a directive's word, or the part of one behind a further `#`.
#[derive(Clone, Debug)]
pub(super) struct Directive {
    pub kind: Kind,
    /// From its `#` to the end of the line.
    pub span: Span,
    /// The word it begins with.
    pub keyword: Span,
    /// Index (from 0) of its line.
    pub line: usize,
    /// Nothing else stands on the line.
    pub own_line: bool,
    /// The checks whose findings are ignored, each once.
    pub checks: Vec<Spanned<&'static str>>,
    /// The first word that names no check.
    pub unknown: Option<Spanned<String>>,
    /// What stands behind the colon.
    pub reason: Option<String>,
}

impl Directive {
    /// It names no check, so that it is about all of them.
    pub(super) fn is_bare(&self) -> bool {
        self.checks.is_empty() && self.unknown.is_none()
    }

    /// Whether it asks for findings of `check` to be ignored.
    pub(super) fn names(&self, check: &str) -> bool {
        self.checks.iter().any(|named| named.value == check)
    }

    /// Where a further check can be named.
    pub(super) fn end_of_names(&self) -> u32 {
        self.checks.last().map_or(self.keyword.end, |last| last.span.end)
    }
}

/// The directives of a text, in order.
pub(super) fn directives(source: &Source, scalars: &Scalars) -> Vec<Directive> {
    scalars.comments(source, MARKER).into_iter().filter_map(|comment| directive(source, comment)).collect()
}

/// The directive in `comment`, which may have other words and a further `#` before it.
fn directive(source: &Source, comment: Span) -> Option<Directive> {
    let text = source.slice(comment);
    let begins = |at: &usize| {
        let alone = *at == 0 || text[..*at].ends_with([' ', '\t']);
        alone && text[at + 1..].trim_start().starts_with(MARKER)
    };
    let at = text.match_indices('#').map(|(at, _)| at).find(begins)?;
    let span = comment.part(at..text.len());
    let text = &text[at..];
    let start = 1 + text[1..].find(MARKER)?;
    let length = text[start..].find([' ', '\t', ':', ',']).unwrap_or(text.len() - start);
    let word = &text[start..start + length];
    // `# cci-ignored` and the like are words of a sentence.
    if !word[MARKER.len()..].is_empty() && !word[MARKER.len()..].starts_with('-') {
        return None;
    }
    let rest = &text[start + length..];
    let names = rest.split(':').next().unwrap_or_default();
    let reason = rest[names.len()..].trim_start_matches(':').trim();
    let line = source.lines().line_at(span.start as usize);
    let before = &source.text[source.lines().line_range(&source.text, line).start..span.start as usize];
    let mut directive = Directive {
        kind: KEYWORDS.iter().find(|(keyword, _)| *keyword == word).map_or(Kind::Unknown, |(_, kind)| *kind),
        span,
        keyword: span.part(start..start + length),
        line,
        own_line: before.trim().is_empty(),
        checks: Vec::new(),
        unknown: None,
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
    };
    directive.read_names(names, span.part(start + length..start + length + names.len()));
    Some(directive)
}

impl Directive {
    /// Reads `names`, which stand at `place`.
    fn read_names(&mut self, names: &str, place: Span) {
        let mut at = 0;
        for word in names.split([' ', '\t', ',']) {
            let span = place.part(at..at + word.len());
            at += word.len() + 1;
            match super::ids().find(|id| *id == word) {
                Some(id) if !self.names(id) => self.checks.push(Spanned::new(id, span)),
                None if !word.is_empty() && self.unknown.is_none() => {
                    self.unknown = Some(Spanned::new(word.to_owned(), span));
                }
                _ => {}
            }
        }
    }
}
