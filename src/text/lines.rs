use std::ops::Range;

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what browsers and CodeMirror count.
    Utf16,
    /// Unicode scalar values: what terminals and the command line's JSON count.
    Scalar,
}

/// A line and a column, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// Where the lines of a text begin. A line ends at `\n`, `\r\n` or a lone `\r`, as in YAML and in CodeMirror.
#[derive(Clone, Debug)]
pub struct LineIndex {
    /// Byte offset of the first byte of each line; never empty. A leading byte order mark belongs to no column.
    starts: Vec<u32>,
    /// What stands before each multiple of [`STRIDE`] bytes, so that a column far out on a line of megabytes is
    /// not counted from the start of the line: ten thousand findings there would take minutes.
    counted: Vec<Counted>,
}

/// Bytes from one count to the next.
const STRIDE: usize = 1024;

/// Units from the start of the text.
#[derive(Clone, Copy, Debug, Default)]
struct Counted {
    scalars: usize,
    utf16: usize,
}

impl Counted {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self { scalars: text.len(), utf16: text.len() };
        }
        let scalars = text.chars().count();
        // Characters of four bytes are the ones that take two units.
        let pairs = text.bytes().filter(|byte| *byte >= 0xf0).count();
        Self { scalars, utf16: scalars + pairs }
    }

    fn plus(self, other: Self) -> Self {
        Self { scalars: self.scalars + other.scalars, utf16: self.utf16 + other.utf16 }
    }

    fn minus(self, other: Self) -> Self {
        Self { scalars: self.scalars - other.scalars, utf16: self.utf16 - other.utf16 }
    }
}

impl LineIndex {
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let after_mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut starts = vec![after_mark];
        for (offset, byte) in bytes.iter().enumerate() {
            let lone_return = *byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n');
            if *byte == b'\n' || lone_return {
                starts.push(offset + 1);
            }
        }
        let starts = starts.into_iter().map(|start| u32::try_from(start).unwrap_or(u32::MAX)).collect();
        Self { starts, counted: counts(text) }
    }

    /// How many lines there are: one more than there are line ends.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The index (from 0) of the line that holds byte `offset`.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start as usize <= offset).saturating_sub(1)
    }

    /// The bytes of line `index` (from 0), without its line end; empty past the last line.
    #[must_use]
    pub fn line_range(&self, text: &str, index: usize) -> Range<usize> {
        let Some(start) = self.starts.get(index).map(|start| *start as usize) else {
            return text.len()..text.len();
        };
        let end = self.starts.get(index + 1).map_or(text.len(), |next| *next as usize);
        let line = &text[start..end];
        start..start + line.trim_end_matches(['\n', '\r']).len()
    }

    /// The position of byte `offset`. An offset inside a character counts as the character's start.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_at(offset);
        let start = (self.starts[line] as usize).min(offset);
        // Most columns are near the start of their line: counting from there is quickest.
        let before = if offset - start <= STRIDE {
            Counted::of(&text[start..offset])
        } else {
            self.counted_to(text, offset).minus(self.counted_to(text, start))
        };
        let column = match encoding {
            Encoding::Utf8 => offset - start,
            Encoding::Utf16 => before.utf16,
            Encoding::Scalar => before.scalars,
        };
        let number = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
        Position { line: number(line), column: number(column) }
    }

    /// What stands before byte `offset`, which is the start of a character.
    fn counted_to(&self, text: &str, offset: usize) -> Counted {
        let block = offset / STRIDE;
        let begin = text.floor_char_boundary(block * STRIDE);
        self.counted.get(block).copied().unwrap_or_default().plus(Counted::of(&text[begin..offset]))
    }

    /// The byte offset of `position`; a line or column past the end is taken back to the end.
    #[must_use]
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = self.line_range(text, (position.line.max(1) - 1) as usize);
        let mut left = (position.column.max(1) - 1) as usize;
        let mut offset = line.start;
        for character in text[line.clone()].chars() {
            let width = match encoding {
                Encoding::Utf8 => character.len_utf8(),
                Encoding::Utf16 => character.len_utf16(),
                Encoding::Scalar => 1,
            };
            if left < width {
                break;
            }
            left -= width;
            offset += character.len_utf8();
        }
        offset
    }
}

/// What stands before each multiple of [`STRIDE`] bytes, or before the character that lies across it.
fn counts(text: &str) -> Vec<Counted> {
    let mut so_far = Counted::default();
    let mut begin = 0;
    let mut counted = Vec::with_capacity(text.len() / STRIDE + 1);
    for block in 0..=text.len() / STRIDE {
        let end = text.floor_char_boundary(block * STRIDE);
        so_far = so_far.plus(Counted::of(&text[begin..end]));
        counted.push(so_far);
        begin = end;
    }
    counted
}
