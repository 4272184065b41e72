//! From a range of a scalar's content back to the bytes it was written with.

use super::cursor::line_end;
use super::{Scalar, ScalarStyle};
use std::ops::Range;

/// A part of a scalar: so many bytes of content, written as these bytes of the source. Where both are as
/// long, they are the same bytes.
struct Piece {
    content: usize,
    source: Range<usize>,
}

/// What wrote the content of a scalar.
pub(super) struct Written {
    /// Of the whole scalar.
    place: Range<usize>,
    pieces: Vec<Piece>,
    /// The bytes of content up to the end of each piece. Empty where content and source do not fit together.
    ends: Vec<usize>,
}

impl Written {
    /// Of `scalar`, which stands at `place` of `source`.
    pub(super) fn of(scalar: &Scalar, place: Range<usize>, source: &str) -> Self {
        let pieces = match scalar.style {
            _ if source.get(place.clone()).is_none() => Vec::new(),
            ScalarStyle::Plain => flow_pieces(source, place.clone(), scalar.style),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let inside = place.start + 1..place.end.saturating_sub(1).max(place.start + 1);
                flow_pieces(source, inside, scalar.style)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => block_pieces(source, &place, scalar),
        };
        let mut told = 0;
        let mut ends: Vec<usize> = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            told += piece.content;
            ends.push(told);
        }
        if told != scalar.text.len() {
            ends.clear();
        }
        Self { place, pieces, ends }
    }

    /// The smallest range of the source that wrote the bytes `wanted` of the content; all of the scalar where that
    /// cannot be told.
    pub(super) fn locate(&self, wanted: &Range<usize>) -> Range<usize> {
        let place = self.place.clone();
        if self.ends.last().is_none_or(|length| wanted.end > *length) {
            return place;
        }
        let Some(start) = self.source_of(wanted.start).map(|range| range.start) else {
            let end = self.pieces.last().map_or(place.end, |piece| piece.source.end);
            return end..end;
        };
        let end = if wanted.is_empty() {
            start
        } else {
            self.source_of(wanted.end - 1).map_or(place.end, |range| range.end)
        };
        // Blanks behind the last line of a block belong to the content, not to the place.
        let start = start.min(place.end);
        start..end.min(place.end).max(start)
    }

    /// What wrote the byte `offset` of the content.
    fn source_of(&self, offset: usize) -> Option<Range<usize>> {
        let index = self.ends.partition_point(|end| *end <= offset);
        let piece = self.pieces.get(index)?;
        let before = self.ends.get(index)? - piece.content;
        let at = piece.source.start + (offset - before);
        let same = piece.content == piece.source.len();
        Some(if same { at..at + 1 } else { piece.source.clone() })
    }
}

/// The parts of a scalar whose lines are folded: plain, or the inside of quotes.
fn flow_pieces(source: &str, inside: Range<usize>, style: ScalarStyle) -> Vec<Piece> {
    let bytes = &source.as_bytes()[..inside.end];
    let mut pieces = Vec::new();
    let mut at = inside.start;
    let mut run = at;
    while at < inside.end {
        let (content, end) = match bytes[at] {
            b'\'' if style == ScalarStyle::SingleQuoted => (1, at + 2),
            b'\\' if style == ScalarStyle::DoubleQuoted => escape(source, at),
            b' ' | b'\t' | b'\n' | b'\r' => {
                let (breaks, end) = gap(bytes, at);
                match breaks {
                    0 => {
                        at = end;
                        continue;
                    }
                    1 => (1, end),
                    more => (more - 1, end),
                }
            }
            _ => {
                at += 1;
                continue;
            }
        };
        let end = end.min(inside.end);
        pieces.push(Piece { content: at - run, source: run..at });
        pieces.push(Piece { content, source: at..end });
        at = end;
        run = end;
    }
    pieces.push(Piece { content: inside.end - run, source: run..inside.end });
    pieces
}

/// The white space from `at`: how many line breaks it holds, and where it ends.
fn gap(bytes: &[u8], mut at: usize) -> (usize, usize) {
    let mut breaks = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' => {}
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
            b'\n' | b'\r' => breaks += 1,
            _ => break,
        }
        at += 1;
    }
    (breaks, at)
}

/// The escape at `at`: how many bytes of content it makes, and where it ends.
fn escape(source: &str, at: usize) -> (usize, usize) {
    let Some(letter) = source[at + 1..].chars().next() else { return (0, at + 1) };
    let behind = at + 1 + letter.len_utf8();
    match letter {
        // An escaped line break is nothing; the empty lines behind it count in full.
        '\n' | '\r' => {
            let (breaks, end) = gap(source.as_bytes(), at + 1);
            (breaks - 1, end)
        }
        'N' | '_' => (2, behind),
        'L' | 'P' => (3, behind),
        'x' => numbered(source, behind, 2),
        'u' => numbered(source, behind, 4),
        'U' => numbered(source, behind, 8),
        _ => (1, behind),
    }
}

fn numbered(source: &str, at: usize, digits: usize) -> (usize, usize) {
    let code = |at: usize| source.get(at..at + digits).and_then(|text| u32::from_str_radix(text, 16).ok());
    let end = at + digits;
    match code(at) {
        // The first half of a pair of UTF-16 units: the second is an escape of its own.
        Some(0xd800..=0xdbff) => (4, end + 2 + digits),
        Some(code) => (char::from_u32(code).map_or(1, char::len_utf8), end),
        None => (1, end),
    }
}

/// The parts of a `|` or `>` scalar.
fn block_pieces(source: &str, place: &Range<usize>, scalar: &Scalar) -> Vec<Piece> {
    let lines = block_lines(source, place);
    let first = lines.iter().find(|line| !source[line.text.clone()].trim_matches([' ', '\t']).is_empty());
    let leading = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let written = first.map_or(0, |line| leading(&source[line.text.clone()]));
    let indentation = written.saturating_sub(leading(scalar.text.trim_start_matches('\n')));
    let mut pieces = Vec::new();
    // Line breaks that are not yet told, and whether the line before them may be folded.
    let mut breaks: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    for line in lines {
        let text = line.text.start + leading(&source[line.text.clone()]).min(indentation)..line.text.end;
        if !text.is_empty() {
            let folds = scalar.style == ScalarStyle::Folded && !source[text.clone()].starts_with([' ', '\t']);
            break_pieces(&mut pieces, &mut breaks, before == Some(true) && folds);
            pieces.push(Piece { content: text.len(), source: text });
            before = Some(folds);
        }
        breaks.push(line.ending);
    }
    // Whatever breaks the content ends with were written behind the place.
    let told: usize = pieces.iter().map(|piece| piece.content).sum();
    let left = scalar.text.len().saturating_sub(told);
    pieces.push(Piece { content: left, source: place.end..place.end });
    pieces
}

/// The line breaks between two lines of text: kept, or folded into a blank if it is one, else one less.
fn break_pieces(pieces: &mut Vec<Piece>, breaks: &mut Vec<Range<usize>>, folds: bool) {
    let several = breaks.len() > 1;
    for (index, source) in breaks.drain(..).enumerate() {
        let content = usize::from(!(folds && several && index == 0));
        pieces.push(Piece { content, source });
    }
}

/// A line of a block scalar: its text, indentation included, and its line break.
struct Line {
    text: Range<usize>,
    ending: Range<usize>,
}

/// The lines behind the header, up to the one that holds the last character.
fn block_lines(source: &str, place: &Range<usize>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut end = line_end(source, place.start);
    loop {
        let width = if source[end..].starts_with("\r\n") { 2 } else { 1 };
        if let Some(last) = lines.last_mut() {
            let last: &mut Line = last;
            last.ending = end..(end + width).min(source.len());
        }
        let start = end + width;
        if start >= place.end {
            return lines;
        }
        end = line_end(source, start);
        lines.push(Line { text: start..end, ending: end..end });
    }
}
