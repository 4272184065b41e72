use crate::diagnostic::Diagnostic;
use crate::text::{Encoding, Source, Sources, Span};
use std::ops::Range;

/// Related places that are shown; a cycle can have a thousand.
const RELATED_SHOWN: usize = 24;
/// Marked lines that are further apart than this stand in excerpts of their own.
const LINES_APART: usize = 12;
/// Bytes that are kept of a line, which can be megabytes long. The terminal shows less: the renderer fits lines
/// to its width.
const LINE_KEPT: usize = 2_000;
/// Of these, the bytes before the first mark.
const BEFORE_MARK: usize = 1_000;

/// Some lines of a source with marks in them, cut down to what a person reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt<'a> {
    pub file: &'a str,
    /// Line and column (both from 1) of the mark that comes first in importance, where they cannot be told
    /// from `text` because the beginning of a line is missing.
    pub place: Option<(usize, usize)>,
    /// Number of the first line of `text`.
    pub first_line: usize,
    /// The lines, each with `\n` behind it whatever the source ends its lines with.
    pub text: String,
    pub marks: Vec<Mark<'a>>,
}

/// An underlined place of an [`Excerpt`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark<'a> {
    /// Bytes of the excerpt's text, never across a line.
    pub range: Range<usize>,
    /// What stands at the underline; nothing at the finding itself, which the title explains.
    pub message: Option<&'a str>,
}

impl Mark<'_> {
    pub(super) fn is_finding(&self) -> bool {
        self.message.is_none()
    }
}

/// A label and the line it is on.
#[derive(Clone, Copy, Debug)]
struct Placed<'a> {
    source: &'a Source,
    span: Span,
    /// From 0.
    line: usize,
    message: Option<&'a str>,
}

/// The places of `diagnostic`: the finding's own excerpt first, then the rest of its file from top to bottom,
/// then the other files in the order in which they are mentioned. With them the number of related places
/// that were left out.
pub(super) fn excerpts<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> (Vec<Excerpt<'a>>, usize) {
    let place = |span: Span, message| {
        let source = sources.get(span.source);
        Placed { source, span, line: source.lines().line_at(span.start as usize), message }
    };
    let related = diagnostic.related.iter().take(RELATED_SHOWN);
    let mut labels = vec![place(diagnostic.span, None)];
    labels.extend(related.map(|label| place(label.span, Some(label.message.as_str()))));

    let mut files: Vec<Vec<Placed>> = Vec::new();
    for label in labels {
        match files.iter_mut().find(|file| file[0].source.id == label.source.id) {
            Some(file) => file.push(label),
            None => files.push(vec![label]),
        }
    }
    let mut excerpts: Vec<Excerpt> = files.into_iter().flat_map(excerpts_of_file).collect();
    let own = excerpts.iter().position(|excerpt| excerpt.marks.iter().any(Mark::is_finding));
    excerpts[..=own.unwrap_or(0)].rotate_right(1);
    (excerpts, diagnostic.related.len().saturating_sub(RELATED_SHOWN))
}

fn excerpts_of_file(mut labels: Vec<Placed<'_>>) -> Vec<Excerpt<'_>> {
    labels.sort_by_key(|label| label.line);
    labels
        .chunk_by(|above, below| below.line - above.line <= LINES_APART)
        .map(|near| excerpt(near[0].source, near))
        .collect()
}

/// One excerpt over `labels`, which lie in `source` and are sorted by line.
fn excerpt<'a>(source: &'a Source, labels: &[Placed<'a>]) -> Excerpt<'a> {
    let first = labels.first().map_or(0, |label| label.line);
    let last = labels.last().map_or(0, |label| label.line);
    let main = labels.iter().find(|label| label.message.is_none()).or(labels.first());
    let position = main.map(|label| source.position(label.span.start, Encoding::Scalar));
    let mut beginnings_kept = true;
    let mut text = String::new();
    let mut marks = Vec::new();
    for line in first..=last {
        let here = || labels.iter().filter(|label| label.line == line);
        let whole = source.lines().line_range(&source.text, line);
        let focus = here().map(|label| label.span.start as usize).min().unwrap_or(whole.start);
        let kept = kept_part(&source.text, &whole, focus);
        if kept.start > whole.start {
            beginnings_kept = false;
            text.push('…');
        }
        let base = text.len();
        text.push_str(&source.text[kept.clone()]);
        let clip = |offset: u32| {
            let offset = (offset as usize).clamp(kept.start, kept.end);
            base + source.text.floor_char_boundary(offset) - kept.start
        };
        marks.extend(here().map(|label| Mark {
            range: clip(label.span.start)..clip(label.span.end.max(label.span.start)),
            message: label.message,
        }));
        text.push_str(if kept.end < whole.end { "…\n" } else { "\n" });
    }
    Excerpt {
        file: &source.name,
        place: position
            .filter(|_| !beginnings_kept)
            .map(|position| (position.line as usize, position.column as usize)),
        first_line: first + 1,
        text,
        marks,
    }
}

/// The part of the line at `whole` that is kept, chosen so that `focus` is in it.
fn kept_part(text: &str, whole: &Range<usize>, focus: usize) -> Range<usize> {
    if whole.len() <= LINE_KEPT {
        return whole.clone();
    }
    let latest = whole.end.saturating_sub(LINE_KEPT);
    let start = focus.saturating_sub(BEFORE_MARK).clamp(whole.start, latest);
    let start = text.floor_char_boundary(start).max(whole.start);
    start..text.floor_char_boundary(start + LINE_KEPT).min(whole.end)
}
