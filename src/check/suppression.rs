//! Which findings the comments of a text ask to ignore.
//!
//! A directive is about the findings that begin on its lines. No comment fits into a scalar of several lines, so
//! a directive on the line where one begins is about all of it:
//!
//! ```yaml
//! command: |  # cci-ignore undeclared-parameter
//!   echo << parameters.gone >>
//! ```
//!
//! In a text that was read only up to a syntax error, a directive for the whole file is the only one that holds:
//! what the others are about may stand in the rest.

use super::directive::{Directive, Kind, directives};
use super::invalid_ignore::INVALID_IGNORE;
use super::unused_ignore::UNUSED_IGNORE;
use crate::diagnostic::Diagnostic;
use crate::orb::Library;
use crate::sort::Map;
use crate::text::{Source, SourceId, Sources, Span};
use crate::yaml::{Document, Scalars};
use std::ops::RangeInclusive;

/// The directives of a config and of the orb files given with it.
#[derive(Debug)]
pub struct Suppression {
    /// Of the texts that have any.
    texts: Vec<Text>,
}

/// A finding that a comment asks to ignore.
#[derive(Clone, Debug)]
pub struct Ignored {
    pub diagnostic: Diagnostic,
    /// The comment.
    pub by: Span,
    /// What the comment gives as its reason.
    pub reason: Option<String>,
}

/// A text with directives, and ways to find the one for a line. They keep the time for many findings and many
/// directives from growing with the product of both.
#[derive(Debug)]
pub(super) struct Text {
    pub source: SourceId,
    /// Reading stopped at a syntax error.
    pub broken: bool,
    scalars: Scalars,
    pub directives: Vec<Directive>,
    /// Directives for single lines, by the line they are about.
    by_line: Map<usize, Vec<usize>>,
    /// Lines from start to end, in order, with the directives there.
    ranges: Vec<Range>,
    /// Directives for the file by the check that they name; "" for all checks.
    by_check: Map<&'static str, usize>,
    pub unbalanced: Vec<Unbalanced>,
}

#[derive(Debug)]
struct Range {
    start: usize,
    end: usize,
    lines: RangeInclusive<usize>,
}

/// A start or end without its other half: indexes into [`Text::directives`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Unbalanced {
    StrayEnd(usize),
    /// A start inside the range that `open` has begun.
    Nested {
        start: usize,
        open: usize,
    },
    /// A start that is never ended: it ignores nothing.
    Unclosed(usize),
}

impl Suppression {
    #[must_use]
    pub fn read(sources: &Sources, document: &Document, library: &Library) -> Self {
        let config = std::iter::once((sources.config(), document));
        let orbs = library.iter().map(|orb| (sources.get(orb.source), &orb.document));
        let written = config.chain(orbs).filter(|(source, _)| source.text.contains(super::directive::MARKER));
        Self { texts: written.map(|(source, document)| Text::read(source, document)).collect() }
    }

    pub(super) fn texts(&self) -> &[Text] {
        &self.texts
    }

    /// The directive that asks to ignore `diagnostic`, and the index of its text.
    pub(super) fn find(&self, sources: &Sources, diagnostic: &Diagnostic) -> Option<(usize, usize)> {
        let index = self.texts.iter().position(|text| text.source == diagnostic.span.source)?;
        Some((index, self.texts[index].find(sources, diagnostic)?))
    }

    /// Takes out of `found` what is to be ignored.
    pub(super) fn split(&self, sources: &Sources, found: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Ignored>) {
        if self.texts.is_empty() {
            return (found, Vec::new());
        }
        let (mut shown, mut ignored) = (Vec::new(), Vec::new());
        for diagnostic in found {
            match self.find(sources, &diagnostic) {
                None => shown.push(diagnostic),
                Some((text, directive)) => {
                    let directive = &self.texts[text].directives[directive];
                    ignored.push(Ignored {
                        diagnostic,
                        by: directive.span,
                        reason: directive.reason.clone(),
                    });
                }
            }
        }
        (shown, ignored)
    }
}

impl Text {
    fn read(source: &Source, document: &Document) -> Self {
        let scalars = Scalars::of(document);
        let directives = directives(source, &scalars);
        let mut text = Self {
            source: source.id,
            broken: document.stopped_at.is_some(),
            scalars,
            directives: Vec::new(),
            by_line: Map::new(),
            ranges: Vec::new(),
            by_check: Map::new(),
            unbalanced: Vec::new(),
        };
        let mut open = None;
        for (index, directive) in directives.iter().enumerate() {
            match directive.kind {
                Kind::Unknown => {}
                Kind::File => text.note_file(index, directive),
                _ if text.broken => {}
                Kind::Line => text.by_line.get_or_default(directive.line).push(index),
                Kind::NextLine => text.by_line.get_or_default(directive.line + 1).push(index),
                Kind::Start => match open {
                    None => open = Some(index),
                    Some(open) => text.unbalanced.push(Unbalanced::Nested { start: index, open }),
                },
                Kind::End => match open.take() {
                    None => text.unbalanced.push(Unbalanced::StrayEnd(index)),
                    Some(start) => {
                        let lines = directives[start].line..=directive.line;
                        text.ranges.push(Range { start, end: index, lines });
                    }
                },
            }
        }
        text.unbalanced.extend(open.map(Unbalanced::Unclosed));
        text.directives = directives;
        text
    }

    fn note_file(&mut self, index: usize, directive: &Directive) {
        if directive.is_bare() {
            self.by_check.get_or_insert("", index);
        }
        for check in &directive.checks {
            self.by_check.get_or_insert(check.value, index);
        }
    }

    fn find(&self, sources: &Sources, diagnostic: &Diagnostic) -> Option<usize> {
        let source = sources.get(self.source);
        let at = diagnostic.span.start as usize;
        let line = source.lines().line_at(at);
        let scalar = self.scalars.around(at).map(|(range, _)| source.lines().line_at(range.start));
        let for_line = [Some(line), scalar].into_iter().flatten();
        let for_line = for_line.filter_map(|line| self.by_line.get(&line)).flatten().copied();
        let next = self.ranges.partition_point(|range| *range.lines.end() < line);
        let range =
            self.ranges.get(next).filter(|range| range.lines.contains(&line)).map(|range| range.start);
        let for_file =
            [diagnostic.check, ""].into_iter().filter_map(|check| self.by_check.get(check).copied());
        let mut candidates = for_line.chain(range).chain(for_file);
        candidates.find(|index| ignores(&self.directives[*index], diagnostic))
    }

    /// Whether directive `index` asks for anything to be ignored.
    pub(super) fn is_about_lines(&self, index: usize) -> bool {
        match self.directives[index].kind {
            Kind::Line | Kind::NextLine | Kind::File => true,
            Kind::Start => self.end_of(index).is_some(),
            Kind::End | Kind::Unknown => false,
        }
    }

    /// Where the range ends that directive `start` has begun.
    pub(super) fn end_of(&self, start: usize) -> Option<&Directive> {
        let at = self.ranges.binary_search_by_key(&start, |range| range.start).ok()?;
        self.directives.get(self.ranges[at].end)
    }
}

/// Whether `directive` asks to ignore `diagnostic`, which is on its lines. A finding about directives is not
/// ignored by the way: it must be named, or be in a file that is ignored as a whole.
fn ignores(directive: &Directive, diagnostic: &Diagnostic) -> bool {
    let about_directives = [INVALID_IGNORE.id, UNUSED_IGNORE.id].contains(&diagnostic.check);
    let itself = directive.span.contains(diagnostic.span);
    let any = directive.is_bare() && (!about_directives || directive.kind == Kind::File && !itself);
    any || directive.names(diagnostic.check)
}
