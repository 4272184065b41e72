use super::scalar_style::{WrittenStyle, is_printable, style_of};
use super::{Data, Key, Value};
use std::fmt::Write as _;
use std::ops::Range;

/// Columns that a nested mapping, or the text of a literal block, is indented by.
const INDENT: usize = 2;

/// SnakeYAML writes a key of more UTF-16 units than this, or of several lines, as `? key`. Its limit is 128
/// and counts the `!!str` that is then not written.
const LONGEST_SIMPLE_KEY: usize = 122;

/// A text made of a [`Value`], and what stands on each of its lines.
#[derive(Clone, Debug)]
pub struct Written<'v, M> {
    /// Ends with a line end.
    pub text: String,
    /// One for each line of `text`.
    pub lines: Vec<Line<'v, M>>,
}

/// One line of a written text.
#[derive(Clone, Debug)]
pub struct Line<'v, M> {
    /// The bytes of the line, without its line end.
    pub range: Range<usize>,
    /// The marks of the keys and values that begin on the line, outermost first, so a key before its value.
    /// A collection begins on the line of its key or dash. A scalar over several lines is on each of them.
    pub marks: Vec<&'v M>,
}

/// Writes `value` in block style, byte for byte as CircleCI's emitter (SnakeYAML) does: two columns a level,
/// the dashes of a list under the key that holds it, and no line ever folded.
///
/// ```yaml
/// steps:
/// - checkout
/// - run:
///     command: |-
///       make
///       make test
/// ```
#[must_use]
pub fn write<M>(value: &Value<M>) -> Written<'_, M> {
    let mut emitter = Emitter {
        text: String::new(),
        lines: Vec::new(),
        marks: Vec::new(),
        line_start: 0,
        after_blank: true,
        only_indention: true,
    };
    emitter.node(value, None, Place::Item);
    if emitter.line_start < emitter.text.len() || !emitter.only_indention {
        emitter.end_line();
    }
    Written { text: emitter.text, lines: emitter.lines }
}

/// What holds the node that is being written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The document or a list.
    Item,
    /// A mapping.
    Value,
}

/// The state of SnakeYAML's emitter, as far as block style needs it.
struct Emitter<'v, M> {
    text: String,
    lines: Vec<Line<'v, M>>,
    /// Of the line being written.
    marks: Vec<&'v M>,
    /// Where the line being written begins.
    line_start: usize,
    /// The last byte was a blank or a line end: what comes next needs no blank before it.
    after_blank: bool,
    /// The line holds nothing but blanks and indicators (`- `, `? `) so far: a collection may begin on it.
    only_indention: bool,
}

impl<'v, M> Emitter<'v, M> {
    /// `indent` is that of the collection around the node; nothing for the document's own node.
    fn node(&mut self, value: &'v Value<M>, indent: Option<usize>, place: Place) {
        self.marks.push(&value.mark);
        match &value.data {
            Data::Null => self.word("null"),
            Data::Bool(true) => self.word("true"),
            Data::Bool(false) => self.word("false"),
            Data::Int(number) => self.word(&number.to_string()),
            Data::Float(number) => self.word(&java_double(*number)),
            Data::Verbatim(text) => self.word(text),
            Data::String(text) => self.string(text, &value.mark, indent),
            Data::List(items) if items.is_empty() => self.word("[]"),
            Data::Map(entries) if entries.is_empty() => self.word("{}"),
            Data::List(items) => self.list(items, indent, place),
            Data::Map(entries) => {
                let inner = indent.map_or(0, |indent| indent + INDENT);
                for (key, value) in entries {
                    self.entry(key, value, inner);
                }
            }
        }
    }

    fn list(&mut self, items: &'v [Value<M>], indent: Option<usize>, place: Place) {
        // Under `key:` the dashes stand at the key's column; in a list, or behind `? key`, one level further.
        let at_the_key = place == Place::Value && !self.only_indention;
        let inner = indent.map_or(0, |indent| if at_the_key { indent } else { indent + INDENT });
        for item in items {
            self.go_to(inner);
            self.indicator("-");
            self.node(item, Some(inner), Place::Item);
        }
    }

    fn entry(&mut self, key: &'v Key<M>, value: &'v Value<M>, indent: usize) {
        self.go_to(indent);
        self.marks.push(&key.mark);
        if is_simple_key(&key.text) {
            self.string(&key.text, &key.mark, Some(indent));
            self.text.push(':');
        } else {
            self.indicator("?");
            self.string(&key.text, &key.mark, Some(indent));
            self.go_to(indent);
            self.indicator(":");
        }
        self.node(value, Some(indent), Place::Value);
    }

    /// Ends the line, if it holds more than indention up to `column`, and moves to `column`.
    fn go_to(&mut self, column: usize) {
        let at = self.text.len() - self.line_start;
        if !self.only_indention || at > column || (at == column && !self.after_blank) {
            self.end_line();
        }
        self.pad_to(column);
    }

    fn pad_to(&mut self, column: usize) {
        let end = self.line_start + column;
        while self.text.len() < end {
            self.text.push(' ');
        }
        self.after_blank = true;
    }

    fn end_line(&mut self) {
        let range = self.line_start..self.text.len();
        self.lines.push(Line { range, marks: std::mem::take(&mut self.marks) });
        self.text.push('\n');
        self.line_start = self.text.len();
        self.after_blank = true;
        self.only_indention = true;
    }

    /// A dash, or the `?` or `:` of a key that is not simple.
    fn indicator(&mut self, indicator: &str) {
        self.blank_before();
        self.text.push_str(indicator);
    }

    /// Text on one line that needs no quotes.
    fn word(&mut self, word: &str) {
        self.blank_before();
        self.text.push_str(word);
        self.only_indention = false;
    }

    fn blank_before(&mut self) {
        if !self.after_blank {
            self.text.push(' ');
        }
        self.after_blank = false;
    }

    fn string(&mut self, text: &str, mark: &'v M, indent: Option<usize>) {
        match style_of(text) {
            WrittenStyle::Plain => self.word(text),
            WrittenStyle::SingleQuoted => self.word(&format!("'{}'", text.replace('\'', "''"))),
            WrittenStyle::Literal => self.literal(text, mark, indent.unwrap_or_default() + INDENT),
            WrittenStyle::DoubleQuoted => self.word(&double_quoted(text)),
        }
    }

    fn literal(&mut self, text: &str, mark: &'v M, inner: usize) {
        self.word("|");
        // Without the hint a reader would take the first line's own blanks for indention.
        if text.starts_with([' ', '\n']) {
            let _ = write!(self.text, "{INDENT}");
        }
        let body = text.strip_suffix('\n');
        match body {
            None => self.text.push('-'),
            Some(body) if body.is_empty() || body.ends_with('\n') => self.text.push('+'),
            Some(_) => {}
        }
        for line in body.unwrap_or(text).split('\n') {
            self.end_line();
            self.marks.push(mark);
            if !line.is_empty() {
                self.pad_to(inner);
                self.text.push_str(line);
            }
        }
        self.after_blank = false;
        self.only_indention = false;
    }
}

fn is_simple_key(text: &str) -> bool {
    !text.is_empty() && !text.contains('\n') && text.encode_utf16().count() <= LONGEST_SIMPLE_KEY
}

/// `text` in double quotes on one line.
fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        if let Some(letter) = escape_letter(character) {
            quoted.extend(['\\', letter]);
        } else if is_printable(character) {
            quoted.push(character);
        } else {
            let code = u32::from(character);
            // Writing to a string cannot fail.
            let _ =
                if code <= 0xff { write!(quoted, "\\x{code:02x}") } else { write!(quoted, "\\u{code:04x}") };
        }
    }
    quoted.push('"');
    quoted
}

/// The letter that stands for `character` behind a backslash, where YAML has one.
fn escape_letter(character: char) -> Option<char> {
    Some(match character {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' => '"',
        '\\' => '\\',
        '\u{85}' => 'N',
        '\u{a0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => return None,
    })
}

/// `number` as Java's `Double.toString` gives it: `1.1`, `1.0E10`, `1.0E-4`; and `.inf`, `-.inf`, `.NaN`, as
/// SnakeYAML names the rest.
fn java_double(number: f64) -> String {
    if number.is_nan() {
        return ".NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let plain = number == 0.0 || (1e-3..1e7).contains(&number.abs());
    if plain {
        // Debug formatting keeps the `.0` of a whole number, and has no exponent in this range.
        return format!("{number:?}");
    }
    let scientific = format!("{number:E}");
    match scientific.split_once('E') {
        Some((digits, power)) if !digits.contains('.') => format!("{digits}.0E{power}"),
        _ => scientific,
    }
}
