//! The compiled view: its rows, and the way from a row to the text and back.

use super::{Effect, Pane, Standing, State, View};
use crate::report::{CompiledLine, CompiledReport, Location, ReportedFrame};
use crate::worker::{Given, Request, RequestKind};
use std::ops::Range;
use std::rc::Rc;

/// The compiled text as rows, those of the continuation last.
#[derive(Clone, Debug, PartialEq)]
pub struct CompiledView {
    /// The revision it was made from.
    pub rev: u32,
    pub documents: Vec<Document>,
    /// The config in the editor is among them; it is not where a limit was met.
    pub has_own: bool,
}

/// One compiled config.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The file it was compiled from.
    pub file: String,
    pub report: CompiledReport,
    lines: Vec<LineOf>,
    /// The row of its first line.
    first: usize,
    /// The row before that has its name.
    titled: bool,
}

/// A line of a document's text.
#[derive(Clone, Debug, PartialEq)]
struct LineOf {
    text: Range<usize>,
    /// It belongs to a block of text: nothing in it is a key.
    literal: bool,
}

/// What stands in a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Row<'a> {
    /// Above the text of a continuation: the name of its file.
    Title(&'a str),
    Line {
        /// From 1, in its document.
        number: usize,
        text: &'a str,
        literal: bool,
        from: &'a CompiledLine,
        document: &'a Document,
    },
}

/// A link of the chain that made a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Crumb<'a> {
    /// Index of the frame.
    pub index: u32,
    pub frame: &'a ReportedFrame,
    /// It can be shown in the editor.
    pub here: bool,
}

impl Document {
    fn new(file: String, report: CompiledReport, first: usize, titled: bool) -> Self {
        let mut start = 0;
        // The indentation of the key whose block of text the lines belong to.
        let mut block: Option<usize> = None;
        let lines = report.text.split_terminator('\n').map(|line| {
            let text = start..start + line.len();
            start = text.end + 1;
            let indentation = line.len() - line.trim_start_matches(' ').len();
            let literal = block.is_some_and(|outer| line.is_empty() || indentation > outer);
            if !literal {
                block = opens_block(line).then_some(indentation);
            }
            LineOf { text, literal }
        });
        Self { file, lines: lines.collect(), report, first, titled }
    }

    fn row(&self, row: usize) -> Option<Row<'_>> {
        let at = row.checked_sub(self.first)?;
        let line = self.lines.get(at)?;
        Some(Row::Line {
            number: at + 1,
            text: self.report.text.get(line.text.clone())?,
            literal: line.literal,
            from: self.report.lines.get(at)?,
            document: self,
        })
    }

    /// The rows of the lines that come from line `line` of the config, or from something that is called there.
    fn rows_from(&self, line: u32) -> impl Iterator<Item = usize> {
        let is_in = |place: &Location| {
            place.file == self.file && (place.span.start.line..=place.span.end.line).contains(&line)
        };
        let callers: Vec<bool> =
            self.report.frames.iter().map(|frame| frame.kind != Crumb::TEXT && is_in(&frame.place)).collect();
        let in_chain = move |from: &CompiledLine| {
            from.chain.iter().any(|&frame| callers.get(frame as usize).is_some_and(|meant| *meant))
        };
        let rows = self.report.lines.iter().enumerate();
        rows.filter(move |(at, from)| self.begins_at(*at, from, line) || in_chain(from))
            .map(|(at, _)| self.first + at)
    }

    /// Something on the line begins on line `line` of the config, or it is part of a text that goes over it.
    /// What is in a mapping or list stands on lines of its own, so only the key of one counts.
    fn begins_at(&self, at: usize, from: &CompiledLine, line: u32) -> bool {
        let mut places = from.sources.iter().filter(|place| place.file == self.file);
        let opens = self.lines.get(at).is_some_and(|of| self.report.text[of.text.clone()].ends_with(':'));
        let last = places.next_back();
        let in_last = last.is_some_and(|place| {
            let (start, end) = (place.span.start.line, place.span.end.line);
            if opens { from.sources.len() == 1 && start == line } else { (start..=end).contains(&line) }
        });
        in_last || places.any(|place| place.span.start.line == line)
    }
}

impl Crumb<'_> {
    /// The kind of a link that is the text itself: its place says all.
    pub const TEXT: &'static str = "text";
}

/// `key: |`, `- |-` and the like.
fn opens_block(line: &str) -> bool {
    let (before, last) = line.rsplit_once(' ').unwrap_or(("", line));
    last.starts_with('|') && last.len() <= 3 && (before.ends_with([':', '-']))
}

impl CompiledView {
    /// `own` is the file in the editor; every other one has its name above it.
    fn new(rev: u32, own: &str, texts: Vec<(String, CompiledReport)>) -> Self {
        let has_own = texts.iter().any(|(file, _)| file == own);
        let mut rows = 0;
        let documents = texts.into_iter().map(|(file, report)| {
            let titled = file != own;
            let document = Document::new(file, report, rows + usize::from(titled), titled);
            rows = document.first + document.lines.len();
            document
        });
        Self { rev, documents: documents.collect(), has_own }
    }

    #[must_use]
    pub fn rows(&self) -> usize {
        self.documents.last().map_or(0, |last| last.first + last.lines.len())
    }

    #[must_use]
    pub fn row(&self, row: usize) -> Option<Row<'_>> {
        let mut titled = self.documents.iter().filter(|document| document.titled);
        if let Some(document) = titled.find(|document| document.first == row + 1) {
            return Some(Row::Title(&document.file));
        }
        self.documents.iter().find_map(|document| document.row(row))
    }

    /// All texts, one after the other.
    #[must_use]
    pub fn text(&self) -> String {
        let texts: Vec<&str> = self.documents.iter().map(|document| document.report.text.as_str()).collect();
        texts.join("---\n")
    }
}

impl State {
    pub(super) fn view_chosen(&mut self, view: View) -> Vec<Effect> {
        self.view = view;
        self.pane = Pane::Graph;
        let mut effects = self.ask();
        effects.extend(self.mark_derived());
        effects
    }

    /// The compiled text of what is drawn, where it is looked at and not there yet.
    pub(super) fn ask_for_compiled(&mut self) -> Vec<Effect> {
        let Some(drawing) = &self.drawing else { return Vec::new() };
        let (rev, text) = (drawing.rev, drawing.text.to_string());
        if self.view != View::Compiled || self.compile_asked == Some(rev) {
            return Vec::new();
        }
        self.compile_asked = Some(rev);
        let given = Given::clone(&self.given);
        self.asked(Request { rev, kind: RequestKind::Compile { name: self.file.clone(), text, given } })
    }

    pub(super) fn take_compiled(&mut self, rev: u32, texts: Vec<(String, CompiledReport)>) -> Vec<Effect> {
        if self.drawing.as_ref().is_none_or(|drawing| drawing.rev != rev) {
            return Vec::new();
        }
        let view = CompiledView::new(rev, &self.file, texts);
        // The row stays chosen while it says the same.
        self.row = self.row.filter(|&row| {
            let words = |view: &CompiledView| match view.row(row) {
                Some(Row::Line { text, .. }) => Some(text.to_owned()),
                _ => None,
            };
            self.compiled.as_deref().and_then(words).is_some_and(|before| words(&view) == Some(before))
        });
        self.compiled = Some(Rc::new(view));
        self.derived = self.derived_rows().into();
        Vec::new()
    }

    /// How the compiled view stands to the text, as the graph does.
    #[must_use]
    pub fn compiled_is_kept(&self) -> bool {
        self.drawing.as_ref().is_some_and(|drawing| matches!(drawing.standing, Standing::Kept { .. }))
    }

    /// Marks the rows that come from the caret's line.
    pub(super) fn mark_derived(&mut self) -> Vec<Effect> {
        if self.view != View::Compiled {
            return Vec::new();
        }
        let rows = self.derived_rows();
        if rows[..] == self.derived[..] {
            return Vec::new();
        }
        self.derived = rows.clone().into();
        if rows.is_empty() { Vec::new() } else { vec![Effect::ShowRows(rows)] }
    }

    /// The rows with a place on the caret's line, or made by something that is written there: a caret on the
    /// call of a command marks all that it expands to.
    fn derived_rows(&self) -> Vec<usize> {
        let Some(view) = self.compiled.as_ref().filter(|_| self.has_true_places()) else { return Vec::new() };
        let (line, _) = self.caret;
        let own = view.documents.iter().find(|document| !document.titled);
        own.map_or_else(Vec::new, |own| own.rows_from(line).collect())
    }

    pub(super) fn row_chosen(&mut self, row: usize) -> Vec<Effect> {
        let Some(view) = &self.compiled else { return Vec::new() };
        let row = row.min(view.rows().saturating_sub(1));
        self.row = Some(row);
        vec![Effect::ShowRows(vec![row]), Effect::ShowChainEnd]
    }

    /// Selects the place closest to the row; where that is in another file, the closest in the editor.
    pub(super) fn row_followed(&mut self, row: usize, by_key: bool) -> Vec<Effect> {
        self.row = Some(row);
        let Some(view) = self.compiled.clone().filter(|_| self.has_true_places()) else { return Vec::new() };
        let Some(Row::Line { from, document, .. }) = view.row(row) else { return Vec::new() };
        let frames = &document.report.frames;
        let links = from.chain.iter().filter_map(|&index| frames.get(index as usize));
        let mut places = from.sources.iter().rev().chain(links.map(|frame| &frame.place));
        let Some(place) = places.find(|place| self.is_in_editor(place)) else {
            return vec![Effect::ShowChainEnd];
        };
        // In a narrow window the chain above the rows would be gone with them; its links lead to the text.
        if by_key {
            self.pane = Pane::Code;
        }
        vec![Effect::ShowChainEnd, Effect::Reveal { range: place.span, focus: by_key }]
    }

    /// The chain of the chosen row, outermost link first.
    #[must_use]
    pub fn crumbs(&self) -> Vec<Crumb<'_>> {
        let Some(Row::Line { from, document, .. }) =
            self.row.and_then(|row| self.compiled.as_ref()?.row(row))
        else {
            return Vec::new();
        };
        let crumb = |&index: &u32| {
            let frame = document.report.frames.get(index as usize)?;
            let here = self.has_true_places() && self.is_in_editor(&frame.place);
            Some(Crumb { index, frame, here })
        };
        from.chain.iter().rev().filter_map(crumb).collect()
    }

    pub(super) fn crumb_chosen(&mut self, index: u32) -> Vec<Effect> {
        let place =
            self.crumbs().iter().find(|crumb| crumb.index == index).map(|crumb| crumb.frame.place.clone());
        place.map_or_else(Vec::new, |place| self.go_to_location(&place))
    }

    pub(super) fn compiled_downloaded(&self) -> Vec<Effect> {
        let Some(view) = &self.compiled else { return Vec::new() };
        let stem = self.file.rsplit_once('.').map_or(self.file.as_str(), |(stem, _)| stem);
        let name = format!("{stem}.compiled.yml");
        vec![Effect::Download { name, media: "text/yaml", text: view.text() }]
    }
}
