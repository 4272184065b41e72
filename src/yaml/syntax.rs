//! Says in plain words why a text is not YAML, and points at what a person would mend.

use super::cursor::{line_end, line_start};
use super::{Fault, FaultKind};
use crate::diagnostic::{Edit, Fix, Safety, shown};
use crate::text::{Source, Span};
use std::ops::Range;

/// What the scanner did not like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Complaint {
    /// A colon where no key can be.
    Colon,
    /// Something else where the next key, list item or the end of a block has to be.
    EntryExpected,
    /// Neither a comma nor the closing bracket between brackets.
    Separator,
    /// Text further left than what it belongs to.
    Indentation,
    Tab,
    UnclosedBracket,
    StrayBracket,
    UnclosedQuote,
    /// Text behind a closing quote.
    BehindQuote,
    /// An escape that double quotes do not have.
    Escape,
    /// A character that no token begins with.
    Character(char),
    /// A `- ` where no list item can be.
    Dash,
    /// Text behind `|` or `>`.
    BlockHeader,
    /// `*` or `&` without a name.
    Name,
    /// A comment amid a text of several lines.
    Comment,
    /// A comment without a blank in front of it.
    TightComment,
    /// In the scanner's words.
    Other(String),
}

/// Where and why reading ended.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    pub(super) complaint: Complaint,
    /// The scanner's place.
    pub(super) at: usize,
    /// The end of the last token that came through.
    pub(super) behind: usize,
    /// The begin of what did not.
    pub(super) unread: usize,
    /// The brackets that are open, innermost last.
    pub(super) brackets: Vec<usize>,
}

/// The warning for what only strict indentation forbids.
pub(super) fn indentation_fault(source: &Source, stop: &Stop) -> Fault {
    let view = View { source, text: &source.text, stop };
    let word = view.word(stop.at);
    Fault::new(
        FaultKind::Indentation,
        view.span(word),
        "this line stands further left than what it continues",
    )
    .with_help("CircleCI reads it; YAML 1.2 asks for one space more than the key that it belongs to")
}

/// The fault that tells why reading ended.
pub(super) fn fault(source: &Source, stop: &Stop) -> Fault {
    let view = View { source, text: &source.text, stop };
    view.tab().or_else(|| view.open_bracket()).unwrap_or_else(|| match &stop.complaint {
        Complaint::Colon => view.colon(),
        Complaint::EntryExpected => view.entry(),
        Complaint::Separator => view.separator(),
        Complaint::UnclosedQuote => view.quote(stop.unread),
        Complaint::BehindQuote => view.behind_quote(),
        Complaint::Escape => view.escape(),
        Complaint::Character(character) => view.character(*character),
        Complaint::Dash => view.dash(),
        Complaint::BlockHeader => view.block_header(),
        Complaint::Name => view.name(),
        Complaint::Comment => view.comment(),
        Complaint::TightComment => {
            view.fault(view.word(stop.at), "a comment needs a blank before its `#`").with_fix(
                view.text[stop.at..]
                    .starts_with('#')
                    .then(|| Fix::replace(view.span(stop.at..stop.at), " ", "put a blank in front")),
            )
        }
        Complaint::StrayBracket => {
            view.fault(stop.at..stop.at + 1, "a closing bracket without an opening one")
        }
        Complaint::Indentation => view
            .fault(view.word(stop.at), "this line stands further left than what it continues")
            .with_help("indent it deeper than the key that it belongs to"),
        Complaint::UnclosedBracket => view.fault(view.word(stop.unread), "the text ends inside brackets"),
        Complaint::Tab => view.fault(view.word(stop.at), "a tab cannot stand here").with_help("use spaces"),
        Complaint::Other(words) => view.fault(view.word(stop.at), format!("not YAML: {words}")),
    })
}

pub(super) struct View<'a> {
    source: &'a Source,
    pub(super) text: &'a str,
    stop: &'a Stop,
}

impl View<'_> {
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        // A place past the end or at a line end has no width.
        let end = range.end.min(line_end(self.text, range.start.min(self.text.len()))).max(range.start);
        let inside = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at += 1;
            }
            at
        };
        Span::new(self.source.id, inside(range.start)..inside(end))
    }

    pub(super) fn fault(&self, range: Range<usize>, message: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Syntax, self.span(range), message)
    }

    /// The word at `at`, up to a blank; at least one character.
    fn word(&self, at: usize) -> Range<usize> {
        let rest = &self.text[at.min(self.text.len())..];
        let length = rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        at..at + length.min(80).max(usize::from(length > 0))
    }

    /// The rest of the line at `at`, without a comment and blanks at its end.
    pub(super) fn value(&self, at: usize) -> Range<usize> {
        let line = &self.text[at..line_end(self.text, at)];
        let written = line.split(" #").next().unwrap_or(line).trim_end();
        at..at + written.len()
    }

    fn quoted(&self, range: &Range<usize>) -> Fix {
        let quoted = format!("'{}'", self.text[range.clone()].replace('\'', "''"));
        Fix::replace(self.span(range.clone()), quoted, "quote the whole value")
    }

    pub(super) fn line(&self, at: usize) -> &str {
        &self.text[line_start(self.text, at)..line_end(self.text, at)]
    }

    fn indentation(&self, at: usize) -> Range<usize> {
        let start = line_start(self.text, at);
        let line = self.line(at);
        start..start + (line.len() - line.trim_start_matches([' ', '\t']).len())
    }

    /// Whether nothing but blanks and dashes stands before `at` on its line.
    fn begins_line(&self, at: usize) -> bool {
        self.text[line_start(self.text, at)..at].trim_matches([' ', '\t', '-']).is_empty()
    }

    /// A line that is indented with a tab, and those of the lines behind it that are too.
    fn tab(&self) -> Option<Fault> {
        let mut first = self.indentation(self.stop.at);
        let inside_text =
            matches!(&self.stop.complaint, Complaint::Other(words) if words.ends_with("found a tab"));
        if inside_text && !self.text[first.clone()].contains('\t') {
            // The scanner took the tab for a blank within the value on the line before it.
            first = self.indentation((line_end(self.text, self.stop.at) + 1).min(self.text.len()));
        }
        let tab = first.start + self.text[first.clone()].find('\t')?;
        if self.stop.unread > first.end && self.stop.complaint != Complaint::Tab {
            return None;
        }
        let width = self.tab_width(&first);
        let blanks = " ".repeat(width);
        let mut edits = Vec::new();
        let mut lines = first.clone();
        while self.text[lines.clone()].contains('\t') {
            let written = &self.text[lines.clone()];
            edits.push(Edit { span: self.span(lines.clone()), text: written.replace('\t', &blanks) });
            let next = line_end(self.text, lines.start);
            let rest = &self.text[next..];
            let width = if rest.starts_with("\r\n") { 2 } else { 1 };
            if next + width >= self.text.len() {
                break;
            }
            lines = self.indentation(next + width);
        }
        let title = format!("indent with {width} spaces for each tab");
        Some(
            self.fault(tab..first.end, "a tab cannot indent YAML")
                .with_help("indent with spaces")
                .with_fix(Some(Fix { title, safety: Safety::Safe, edits })),
        )
    }

    /// A bracket that was still open when something on a later line went wrong.
    fn open_bracket(&self) -> Option<Fault> {
        let at = self.stop.brackets.last().copied().or_else(|| {
            // The scanner looks ahead: the bracket itself may be what did not come through.
            let unread = self.text[self.stop.unread.min(self.text.len())..].starts_with(['[', '{']);
            (unread && self.stop.complaint == Complaint::UnclosedBracket).then_some(self.stop.unread)
        })?;
        let (open, close) = if self.text[at..].starts_with('[') { ("[", "]") } else { ("{", "}") };
        let later = line_start(self.text, self.stop.at) > line_end(self.text, at);
        let ended = self.stop.complaint == Complaint::UnclosedBracket;
        let mismatch = match self.stop.complaint {
            Complaint::Indentation | Complaint::Colon | Complaint::Dash => true,
            Complaint::Separator => !self.text[self.stop.at..].contains(close),
            _ => false,
        };
        if !(ended || later && mismatch) {
            return None;
        }
        let line = self.value(at);
        let written = &self.text[line.clone()];
        let alone = written.matches(['[', '{']).count() == 1 && !written.contains([']', '}', '"', '\'']);
        let fix = (alone && written.len() > 1 && !written.ends_with(',')).then(|| {
            let end = self.span(line.end..line.end);
            Fix::replace(end, close, format!("add `{close}` at the end of the line"))
        });
        Some(
            self.fault(at..at + 1, format!("`{open}` is never closed"))
                .with_help(format!("add `{close}` where the list or mapping ends"))
                .with_fix(fix),
        )
    }

    /// `run: echo "a: b"`, `key:value` on the line before, a key without a colon, or a slip of indentation.
    fn colon(&self) -> Fault {
        let Stop { at, unread, .. } = *self.stop;
        let start = unread.min(at);
        if line_start(self.text, start) == line_start(self.text, at) {
            let value = self.value(start);
            let plain = !self.text[value.clone()].starts_with(['"', '\'', '[', '{', '&', '*', '!']);
            return self
                .fault(at..at + 1, "a `: ` inside an unquoted text")
                .with_help("quote the whole value, or put it on lines of its own under `|`")
                .with_fix((plain && start < at).then(|| self.quoted(&value)));
        }
        let first = self.value(start);
        let written = &self.text[first.clone()];
        if self.begins_line(start) {
            if let Some(colon) = written.find(':').filter(|colon| !written[*colon..].starts_with("://")) {
                let place = start + colon + 1;
                return self
                    .fault(place - 1..place, "a space is missing behind this colon")
                    .with_help("YAML takes `a:b` for one text; a key is `a: b`")
                    .with_fix(Some(Fix::replace(self.span(place..place), " ", "add the space")));
            }
            return self.item_beside(start, at).unwrap_or_else(|| self.without_colon(first));
        }
        self.deeper(start)
    }

    /// A key that stands deeper than the key before it, which has a value already.
    fn deeper(&self, before: usize) -> Fault {
        let indentation = self.indentation(self.stop.at);
        let wanted = self.indentation(before);
        let key = indentation.end..self.stop.at.max(indentation.end);
        let name = self.text[key.clone()].trim().to_owned();
        let next = (line_end(self.text, key.start) + 1).min(self.text.len());
        let children = self.indentation(next).len() > indentation.len();
        let spaces = self.text[wanted.clone()].to_owned();
        let fix = (!children && self.text[wanted.end..].starts_with(|first| first != '-'))
            .then(|| Fix::replace(self.span(indentation.clone()), spaces, "align it with the key before it"));
        self.fault(
            key,
            format!("{} stands deeper than the key before it, which has a value already", shown(&name)),
        )
        .with_help("keys of one mapping begin in the same column; only lists and mappings go deeper")
        .with_fix(fix)
    }

    fn entry(&self) -> Fault {
        let Stop { at, unread, .. } = *self.stop;
        // A dash is read before the scanner finds that it should not be there.
        let dash = unread < at && self.begins_line(unread) && line_end(self.text, unread) >= at;
        let at = if dash { unread } else { at };
        let indentation = self.indentation(at);
        let before = self.stop.behind.min(at);
        let tight =
            self.tight_dash(at).or_else(|| self.tight_dash(before)).or_else(|| self.tight_dash_above(at));
        if let Some(fault) = tight {
            return fault;
        }
        if at > indentation.end {
            return self.behind_value();
        }
        let rest = &self.text[at..];
        let columns = indentation.len();
        if rest.starts_with("- ") || rest.starts_with("-\n") {
            // A comment behind the word ends it, and the reader stops only here.
            if let Some(fault) = self.bare_key_above(at) {
                return fault;
            }
            return self.fault(at..at + 1, "this list item lines up with no list").with_help(format!(
                "it begins in column {}; move it under the `-` that it belongs to",
                columns + 1
            ));
        }
        let line = self.value(at);
        let written = &self.text[line.clone()];
        if let Some(colon) = written.find(": ").or_else(|| written.strip_suffix(':').map(str::len)) {
            return self.lonely_key(at..at + colon);
        }
        if let Some(fault) = self.outside_block(at).or_else(|| self.bare_key(line.clone())) {
            return fault;
        }
        self.fault(line, "neither a key nor a list item")
            .with_help("write `key: value` or `- item`; a text of several lines goes under `|`, indented")
    }

    /// `-checkout` on the line of `at`: for YAML a text, where a list item was meant.
    fn tight_dash(&self, at: usize) -> Option<Fault> {
        let start = self.indentation(at).end;
        let word = self.text[start..].strip_prefix('-')?;
        word.starts_with(|first: char| first.is_ascii_alphabetic()).then(|| {
            let place = self.span(start + 1..start + 1);
            self.fault(start..start + 1, "a space is missing behind this dash")
                .with_help("YAML takes `-a` for a text; a list item is `- a`")
                .with_fix(Some(Fix::replace(place, " ", "add the space")))
        })
    }

    /// The nearest line above that stands in the column of `at` and has a dash without a space: for YAML the lines
    /// from there on are one text, which ends only here.
    fn tight_dash_above(&self, at: usize) -> Option<Fault> {
        let column = self.indentation(at).len();
        let mut start = line_start(self.text, at);
        while start > 0 {
            start = line_start(self.text, start - 1);
            let indentation = self.indentation(start);
            let is_blank =
                matches!(self.text.as_bytes().get(indentation.end), None | Some(b'\n' | b'\r' | b'#'));
            if !is_blank && indentation.len() < column {
                return None;
            }
            if !is_blank
                && indentation.len() == column
                && let Some(fault) = self.tight_dash(start)
            {
                return Some(fault);
            }
        }
        None
    }

    /// Text behind a complete value, on its line.
    fn behind_value(&self) -> Fault {
        let start = self.stop.behind;
        let line = line_start(self.text, start);
        let template = self.text[line..start].find("{{");
        let rest = self.value(self.stop.unread.min(self.text.len()));
        if let Some(template) = template {
            let value = self.value(line + template);
            return self
                .fault(value.clone(), "a value that begins with `{{` is to be quoted")
                .with_help("YAML takes `{` for the begin of a mapping")
                .with_fix(Some(self.quoted(&value)));
        }
        self.fault(rest, "unexpected text behind a complete value")
            .with_help("quote the whole value if this belongs to it")
    }

    fn separator(&self) -> Fault {
        let Stop { at, unread, behind, .. } = *self.stop;
        // In `{a: 1 ⏎ b: 2}` the text `1 b` goes over two lines up to the second colon.
        let ends = if unread < at { self.value(unread).end } else { behind };
        let next_line = line_start(self.text, at) > ends;
        if self.text[at..].starts_with(':') && !next_line {
            return self
                .fault(at..at + 1, "a second `: ` in one entry")
                .with_help("quote the value, or put a comma between the entries");
        }
        let word = if next_line { self.word(self.indentation(at).end) } else { self.word(at) };
        let comma = Fix::replace(self.span(ends..ends), ",", "add a comma behind the entry before");
        self.fault(word, "neither a comma nor a closing bracket")
            .with_help("between brackets, entries are separated by commas")
            .with_fix(next_line.then_some(comma))
    }

    fn quote(&self, at: usize) -> Fault {
        let mark = if self.text[at..].starts_with('\'') { "'" } else { "\"" };
        let value = self.value(at);
        let written = &self.text[value.clone()];
        let simple = written.len() > 1 && !self.line(at).contains(" #") && !written[1..].contains(mark);
        let end = self.span(value.end..value.end);
        self.fault(at..at + 1, "this quote is never closed")
            .with_help(format!("add `{mark}` where the text ends"))
            .with_fix(simple.then(|| Fix::replace(end, mark, format!("add `{mark}` at the end of the line"))))
    }

    fn behind_quote(&self) -> Fault {
        let at = self.stop.at;
        let start = self.stop.unread;
        if line_start(self.text, start) != line_start(self.text, at) {
            // The quote that ends here was meant to begin here: one before it was never closed.
            return self.quote(start);
        }
        let value = self.value(start);
        let behind = at.max(start)..value.end.max(at);
        self.fault(behind, "text behind the closing quote")
            .with_help("quote the whole value: inside '…', double quotes are letters like others")
            .with_fix((start < at).then(|| self.quoted(&value)))
    }

    fn escape(&self) -> Fault {
        let start = self.stop.unread;
        let quoted = &self.text[start..];
        let mut letters = quoted.char_indices().skip(1);
        while let Some((at, letter)) = letters.next() {
            if letter != '\\' {
                continue;
            }
            let Some((_, escaped)) = letters.next() else { break };
            if !"0abt\tnvfre \"/\\N_LPxuU\n\r".contains(escaped) {
                let place = start + at;
                if self.leaves_block(start, place) {
                    return self.quote(start);
                }
                let fix = Fix::replace(self.span(place..place), "\\", "write the backslash twice");
                return self
                    .fault(place..place + 1 + escaped.len_utf8(), format!("`\\{escaped}` is no escape"))
                    .with_help("in double quotes write `\\\\` for a backslash, or use single quotes")
                    .with_fix(Some(fix));
            }
        }
        self.fault(start..start + 1, "an escape in this text is none")
    }

    /// Whether a line between `start` and `end` stands no deeper than the line of `start`: what begins there is over.
    fn leaves_block(&self, start: usize, end: usize) -> bool {
        let column = self.indentation(start).len();
        let mut lines = self.text[start..end].lines().skip(1);
        lines.any(|line| {
            let written = line.trim_start_matches(' ');
            !written.trim().is_empty() && line.len() - written.len() <= column
        })
    }

    fn character(&self, character: char) -> Fault {
        let at = self.stop.at;
        let value = self.value(at);
        let fix = (!self.text[value.clone()].contains(": ")).then(|| self.quoted(&value));
        self.fault(at..at + character.len_utf8(), format!("an unquoted text cannot begin with `{character}`"))
            .with_help("quote the whole value")
            .with_fix(fix)
    }

    fn dash(&self) -> Fault {
        let at = self.stop.at;
        let start = line_start(self.text, at);
        let before = self.text[start..at].trim_end_matches(' ');
        let gap = start + before.len()..at;
        let key = self.column_of_key(at);
        let column = match self.next_line(at).filter(|(column, _)| *column > key) {
            // The list goes on there.
            Some((column, rest)) if rest.starts_with("- ") => column,
            // What belongs to the item stands below it.
            Some(_) => at - start,
            None => key + 2,
        };
        self.fault(at..at + 1, "a list cannot begin on the line of its key")
            .with_help("put each `- ` on a line of its own, or write the list as `[a, b]`")
            .with_fix((before.ends_with(':') && !gap.is_empty()).then(|| self.broken_line(gap, column)))
    }

    /// A fix that goes on in `column` (from 0) of a new line.
    fn broken_line(&self, gap: Range<usize>, column: usize) -> Fix {
        Fix::replace(self.span(gap), format!("\n{}", " ".repeat(column)), "begin a new line")
    }

    /// The column (from 0) of the key on the line at `at`, behind any dashes.
    fn column_of_key(&self, at: usize) -> usize {
        let line = self.line(at);
        line.len() - line.trim_start_matches([' ', '-']).len()
    }

    /// The next line with text: its column (from 0) and what stands there.
    fn next_line(&self, at: usize) -> Option<(usize, &str)> {
        let lines = self.text[line_end(self.text, at)..].lines().skip(1);
        let text = lines.map(str::trim_end).find(|line| !line.is_empty())?;
        let rest = text.trim_start_matches(' ');
        Some((text.len() - rest.len(), rest))
    }

    fn block_header(&self) -> Fault {
        let value = self.value(self.stop.at);
        let written = &self.text[value.clone()];
        let mark = &written[..written.len().min(1)];
        let header =
            written.find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | ' ' | '0'..='9')).unwrap_or(0);
        let gap = value.start + written[..header].trim_end().len()..value.start + header;
        let key = self.column_of_key(value.start);
        let next = self.next_line(value.start).map(|(column, _)| column).filter(|column| *column > key);
        // A `>` may well be part of the text.
        let fix = (mark == "|" && !gap.is_empty()).then(|| self.broken_line(gap, next.unwrap_or(key + 2)));
        self.fault(
            value.start + header..value.end,
            format!("text behind `{mark}`, which begins a block of lines"),
        )
        .with_help(format!("put it on the next line, indented; if `{mark}` belongs to the text, quote it"))
        .with_fix(fix)
    }

    fn name(&self) -> Fault {
        let at = self.stop.at;
        let value = self.value(at);
        let mark = &self.text[at..(at + 1).min(self.text.len())];
        let what = if mark == "&" { "an anchor" } else { "an alias" };
        let fix = self.quoted(&value);
        self.fault(at..at + 1, format!("`{mark}` begins {what}, and no name follows"))
            .with_help("quote the whole value if it is meant as a text")
            .with_fix((!value.is_empty()).then_some(fix))
    }

    fn comment(&self) -> Fault {
        let at = self.stop.at;
        let line = &self.text[line_start(self.text, at)..];
        let start = line_start(self.text, at);
        let length = line.find(['\n', '\r']).unwrap_or(line.len());
        let mark = line[..length].find(" #").map_or(at, |offset| start + offset + 1);
        self.fault(mark..start + length, "this comment ends the text, and the next line goes on with it")
            .with_help("quote the text if `#` belongs to it, or put the comment on a line of its own above")
    }
}
