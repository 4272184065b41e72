//! Faults of indentation: which line stands in the wrong column, and where it belongs.
//!
//! A reader of YAML finds out at the second of two lines that do not line up; as often as not the first is wrong.

use super::Fault;
use super::cursor::{line_end, line_start};
use super::syntax::View;
use crate::diagnostic::{Edit, Fix, Safety, shown};
use std::ops::Range;

/// A line with text that is no comment.
#[derive(Clone, Copy)]
struct Row<'t> {
    start: usize,
    /// Blanks before its text, so that it counts from 0.
    column: usize,
    text: &'t str,
}

impl<'t> Row<'t> {
    fn new(start: usize, line: &'t str) -> Option<Self> {
        let line = line.trim_end();
        let text = line.trim_start_matches([' ', '\t']);
        let is_empty = text.is_empty() || text.starts_with('#');
        (!is_empty).then(|| Self { start, column: line.len() - text.len(), text })
    }

    fn is_item(&self) -> bool {
        self.text == "-" || self.text.starts_with("- ")
    }

    /// The length of the key that it begins with.
    fn key(&self) -> Option<usize> {
        let colon = self.text.find(": ").or_else(|| self.text.strip_suffix(':').map(str::len))?;
        (!self.text.starts_with(['-', '"', '\'', '{', '['])).then_some(colon)
    }

    fn place(&self, length: usize) -> Range<usize> {
        self.start + self.column..self.start + self.column + length
    }
}

impl<'t> View<'t> {
    /// The lines above the one at `at`, the nearest first.
    fn above(&self, at: usize) -> impl Iterator<Item = Row<'t>> + use<'t> {
        let text = self.text;
        let mut end = line_start(text, at);
        std::iter::from_fn(move || {
            end = end.checked_sub(1)?;
            let start = line_start(text, end);
            let row = Row::new(start, &text[start..end]);
            end = start;
            Some(row)
        })
        .flatten()
    }

    /// The lines below the one at `at`.
    fn below(&self, at: usize) -> impl Iterator<Item = Row<'t>> + use<'t> {
        let text = self.text;
        let mut start = line_end(text, at);
        std::iter::from_fn(move || {
            start += text[start..].find('\n')? + 1;
            let end = line_end(text, start);
            let row = Row::new(start, &text[start..end]);
            start = end;
            Some(row)
        })
        .flatten()
    }

    /// By how much this text indents what belongs to a key: as its first indented line is.
    fn step(&self) -> usize {
        let first = Row::new(0, &self.text[..line_end(self.text, 0)]);
        let mut columns = first.into_iter().chain(self.below(0)).map(|row| row.column);
        columns.find(|column| *column > 0).map_or(2, |column| column.min(8))
    }

    fn moved(&self, rows: impl IntoIterator<Item = Row<'t>>, from: usize, to: usize) -> Fix {
        let edit = |row: Row<'_>| {
            let columns = (row.column + to).saturating_sub(from);
            let blanks = row.start..row.start + row.column;
            Edit { span: self.span(blanks), text: " ".repeat(columns) }
        };
        let title = format!("move it to column {}", to + 1);
        Fix { title, safety: Safety::Safe, edits: rows.into_iter().map(edit).collect() }
    }

    /// A key that begins in a column where no other does.
    pub(super) fn lonely_key(&self, key: Range<usize>) -> Fault {
        let column = key.start - line_start(self.text, key.start);
        let above = self.above(key.start).find(|row| row.column < column);
        if let Some(fault) = above.and_then(|above| self.keys_before(above, &key, column)) {
            return fault;
        }
        let wanted = above.and_then(|above| self.wanted(above.column, key.start, column));
        let others = match wanted {
            Some(wanted) => format!("those around it in column {}", wanted + 1),
            None => "keys of one mapping begin in the same column".to_owned(),
        };
        let name = shown(&self.text[key.clone()]);
        let row = Row { start: key.start - column, column, text: "" };
        self.fault(key, format!("{name} lines up with no key above it"))
            .with_help(format!("it begins in column {}; {others}", column + 1))
            .with_fix(wanted.map(|wanted| self.moved([row], column, wanted)))
    }

    /// Where the first keys of a mapping are indented unlike all else, and the next one as everywhere.
    fn keys_before(&self, above: Row<'t>, key: &Range<usize>, column: usize) -> Option<Fault> {
        let parent = self.above(above.start).find(|row| row.column < above.column)?;
        let (step, from) = (self.step(), parent.column);
        if above.is_item()
            || (above.column - from).is_multiple_of(step)
            || !(column - from).is_multiple_of(step)
        {
            return None;
        }
        let rows: Vec<Row<'_>> =
            self.below(parent.start).take_while(|row| row.start + column < key.start).collect();
        let first = rows.first().copied()?;
        let name = first.place(first.key()?);
        let message = format!(
            "{} and {} do not line up",
            shown(&self.text[name.clone()]),
            shown(&self.text[key.clone()])
        );
        let help = format!("keys of one mapping begin in the same column: here in column {}", column + 1);
        let fix = self.moved(rows, above.column, column);
        Some(self.fault(name, message).with_help(help).with_fix(Some(fix)))
    }

    /// The column that a key in column `column` was meant for: that of the keys in `outer`, or that of the deeper ones
    /// before it, by what stands below it.
    fn wanted(&self, outer: usize, at: usize, column: usize) -> Option<usize> {
        let before = self.above(at).take_while(|row| row.column > outer);
        let inner = before.min_by_key(|row| row.column).filter(|row| !row.is_item()).map(|row| row.column);
        let next = self.below(at).next().filter(|next| next.column > outer)?;
        let wanted = if next.column > column { next.column.checked_sub(self.step())? } else { next.column };
        (wanted == outer || Some(wanted) == inner).then_some(wanted)
    }

    /// Two items of one list that do not line up, of which the first is a text: for YAML it goes on in the second.
    pub(super) fn item_beside(&self, first: usize, second: usize) -> Option<Fault> {
        let row = |at: usize| Row::new(line_start(self.text, at), self.line(at)).filter(Row::is_item);
        let (first, second) = (row(first)?, row(second)?);
        if second.column <= first.column {
            return None;
        }
        let in_line = |row: &Row<'_>, other: &Row<'_>| row.is_item() && row.column == other.column;
        let has_sibling = self.above(first.start).next().is_some_and(|row| in_line(&row, &first));
        let rest = self.below(second.start).find(|row| row.is_item() && row.column <= second.column);
        let is_first = !has_sibling && rest.is_none_or(|row| in_line(&row, &second));
        let (odd, wanted, side) =
            if is_first { (first, second.column, "left") } else { (second, first.column, "right") };
        let with = self.below(odd.start).take_while(|row| row.column > odd.column);
        let rows: Vec<Row<'_>> = std::iter::once(odd).chain(with.take_while(|_| !is_first)).collect();
        Some(
            self.fault(odd.place(1), format!("this list item stands further {side} than the one beside it"))
                .with_help(format!(
                    "items of one list begin in the same column: here in column {}",
                    wanted + 1
                ))
                .with_fix(Some(self.moved(rows, odd.column, wanted))),
        )
    }

    /// A line below `|` or `>` that is not further in than their key.
    pub(super) fn outside_block(&self, at: usize) -> Option<Fault> {
        let row = Row::new(line_start(self.text, at), self.line(at))?;
        let header = self.above(at).next()?;
        let mark = header.text.trim_end_matches(['+', '-']).strip_suffix(['|', '>'])?;
        let key = Row { text: mark.trim_end(), ..header };
        let inner = header.column + (header.text.len() - header.text.trim_start_matches(['-', ' ']).len());
        if row.column > inner || !key.text.ends_with(':') {
            return None;
        }
        let is_text =
            |other: &Row<'_>| other.column >= row.column && other.key().is_none() && !other.is_item();
        let rows: Vec<Row<'_>> =
            std::iter::once(row).chain(self.below(at).take_while(|other| is_text(other))).collect();
        let name = key.text.trim_start_matches(['-', ' ']).trim_end_matches(':');
        Some(
            self.fault(
                self.value(at),
                format!("this line is to stand further in than {}, whose text it is", shown(name)),
            )
            .with_help("below `|` or `>` each line begins further in than the key")
            .with_fix(Some(self.moved(rows, row.column, inner + self.step()))),
        )
    }

    /// A word on a line of its own with something below it that is further in.
    pub(super) fn bare_key(&self, line: Range<usize>) -> Option<Fault> {
        let written = &self.text[line.clone()];
        let row = Row::new(line_start(self.text, line.start), self.line(line.start))?;
        let next = self.below(line.start).next()?;
        let is_key = !written.contains([' ', '"', '\'', '{', '[']) && next.column > row.column;
        (is_key && (next.is_item() || next.key().is_some())).then(|| self.without_colon(line))
    }

    /// The same for the line above the one at `at`.
    pub(super) fn bare_key_above(&self, at: usize) -> Option<Fault> {
        let above =
            self.above(at).next().filter(|row| row.column > 0 && !row.is_item() && row.key().is_none())?;
        self.bare_key(self.value(above.start + above.column))
    }

    pub(super) fn without_colon(&self, word: Range<usize>) -> Fault {
        let written = &self.text[word.clone()];
        let is_word = !written.contains([' ', '"', '\'']);
        let place = self.span(word.end..word.end);
        self.fault(word, format!("a colon is missing behind {}", shown(written)))
            .with_help("each key ends with a colon")
            .with_fix(is_word.then(|| Fix::replace(place, ":", "add the colon")))
    }

    /// So many blanks for each tab that the line lines up with one beside it; two where none does.
    pub(super) fn tab_width(&self, lines: &Range<usize>) -> usize {
        let written = &self.text[lines.clone()];
        let is_item = self.text[lines.end..].starts_with("- ");
        let beside = [self.below(lines.start).next(), self.above(lines.start).next()];
        let is_even = |width: &usize| {
            let column = written.chars().map(|blank| if blank == '\t' { *width } else { 1 }).sum::<usize>();
            let in_line = |row: &Row<'_>| row.column == column && row.is_item() == is_item;
            beside.iter().flatten().any(in_line)
        };
        [2, 4, 8].into_iter().find(is_even).unwrap_or(2)
    }
}
