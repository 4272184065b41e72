use super::reference::starts_with_namespace;
use super::{DEEPEST_NESTING, Expression, Fault, Problem, Reference};
use std::ops::Range;

/// A text with `<< >>` placeholders and Mustache sections.
///
/// ```yaml
/// key: v1-<< parameters.version >><<# parameters.lock >>-{{ checksum "lock" }}<</ parameters.lock >>
/// ```
///
/// `\<<` is `<<` as text. A `<<` that is never closed (`cat <<EOF`) or that begins no name of CircleCI's
/// (`<< include(x) >>`) is told, and stays text.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    pub(super) text: String,
    parts: Vec<Part>,
}

/// A part of a [`Template`]. Ranges are bytes of the scalar's content.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Goes into the result as it stands.
    Text(Range<usize>),
    Placeholder(Placeholder),
    Section(Section),
}

/// `<< expression >>`
#[derive(Clone, Debug, PartialEq)]
pub struct Placeholder {
    /// With its angles.
    pub range: Range<usize>,
    pub expression: Expression,
}

/// `<<# name >> … <</ name >>`, kept where the name is truthy, or `<<^ name >> …`, kept where it is not.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// From the opening to the closing tag, both included.
    pub range: Range<usize>,
    pub reference: Reference,
    /// Opened with `^`.
    pub inverted: bool,
    pub parts: Vec<Part>,
}

impl Template {
    /// Reads the content of a scalar. What is wrong in it is told and stays text.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<Fault>) {
        let mut builder = Builder { text, open: Vec::new(), parts: Vec::new(), faults: Vec::new() };
        builder.run();
        let Builder { parts, faults, .. } = builder;
        (Self { text: text.to_owned(), parts }, faults)
    }

    /// The content as written.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The placeholder, if the scalar is exactly one: then its value keeps its type.
    #[must_use]
    pub fn whole(&self) -> Option<&Placeholder> {
        match self.parts.as_slice() {
            [Part::Placeholder(placeholder)] => Some(placeholder),
            _ => None,
        }
    }

    /// Whether nothing in it depends on a value.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Text(_)))
    }

    /// Every name in it, in the order of the text, sections that may be dropped included.
    #[must_use]
    pub fn references(&self) -> Vec<&Reference> {
        let mut found = Vec::new();
        collect(&self.parts, &mut found);
        found
    }
}

fn collect<'p>(parts: &'p [Part], found: &mut Vec<&'p Reference>) {
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Placeholder(placeholder) => found.extend(placeholder.expression.references()),
            Part::Section(section) => {
                found.push(&section.reference);
                collect(&section.parts, found);
            }
        }
    }
}

/// What stands between `<<` and `>>`.
enum Tag {
    Value(Expression),
    Open { reference: Reference, inverted: bool },
    Close(Reference),
}

struct OpenSection {
    tag: Range<usize>,
    reference: Reference,
    inverted: bool,
    /// The parts around the section that stand before it.
    before: Vec<Part>,
}

struct Builder<'t> {
    text: &'t str,
    /// From the outermost to the innermost.
    open: Vec<OpenSection>,
    /// Of the innermost open section, or of the template.
    parts: Vec<Part>,
    faults: Vec<Fault>,
}

impl Builder<'_> {
    fn run(&mut self) {
        // Everything before `done` is in `parts`; nothing between `done` and `at` is a tag.
        let (mut done, mut at) = (0, 0);
        while let Some(start) = self.text[at..].find("<<").map(|offset| at + offset) {
            let before = &self.text[done..start];
            let slashes = before.len() - before.trim_end_matches('\\').len();
            if slashes % 2 == 1 {
                // The last backslash escapes the `<<`; those before it escape each other.
                self.push_text(done..start - slashes.div_ceil(2));
                (done, at) = (start, start + 2);
                continue;
            }
            let Some(length) = tag_length(&self.text[start + 2..]) else {
                self.faults.push(Fault::new(start..start + 2, Problem::UnclosedTag));
                at = start + 2;
                continue;
            };
            let (tag, range) = match self.tag_at(start, length) {
                Ok(found) => found,
                Err(fault) => {
                    // Of `<<<` the last two angles may be those of a tag.
                    let one_later = self.text[start + 2..].starts_with('<');
                    self.faults.extend(fault.filter(|_| !one_later));
                    at = start + 1;
                    continue;
                }
            };
            let line = if matches!(tag, Tag::Value(_)) { None } else { lone_line(self.text, &range) };
            let (end, next) = match line {
                Some(line) => (line.start.max(done), line.end),
                None => (start - slashes / 2, range.end),
            };
            self.push_text(done..end);
            if self.push_tag(tag, range.clone()) {
                (done, at) = (next, next);
            } else {
                (done, at) = (end, range.end);
            }
        }
        self.push_text(done..self.text.len());
        self.give_up_open_sections();
    }

    fn push_text(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.parts.push(Part::Text(range));
        }
    }

    /// The tag whose `<<` is at `start`, with the bytes from `<<` to `>>`, or what is wrong with it. `length` is
    /// that of its content.
    fn tag_at(&self, start: usize, length: usize) -> Result<(Tag, Range<usize>), Option<Fault>> {
        let inside = start + 2;
        let content = &self.text[inside..inside + length];
        let no_tag = || Fault::new(start..inside, Problem::NoTag);
        let range = start..inside + length + 2;
        let trimmed = content.trim();
        let from = inside + (content.len() - content.trim_start().len());
        if let Some(rest) = trimmed.strip_prefix(['#', '^', '/']) {
            let name_from = from + 1 + (rest.len() - rest.trim_start().len());
            let reference = only_reference(rest.trim(), name_from).ok_or_else(no_tag)?;
            let tag = match trimmed.as_bytes().first() {
                Some(b'/') => Tag::Close(reference),
                sign => Tag::Open { reference, inverted: sign == Some(&b'^') },
            };
            return Ok((tag, range));
        }
        if let Some(reference) = only_reference(trimmed, from) {
            return Ok((Tag::Value(Expression::of_reference(reference)), range));
        }
        match Expression::parse_part(self.text, from..from + trimmed.len()) {
            Ok(expression)
                if expression.references().iter().any(|name| starts_with_namespace(&name.path)) =>
            {
                Ok((Tag::Value(expression), range))
            }
            // `<< 1 >>`: what becomes of it was never seen.
            Ok(expression) => Err((!expression.references().is_empty()).then(no_tag)),
            // A here-document that happens to mention `parameters.` further on is no expression of ours.
            Err(fault) => Err(Some(if starts_with_namespace(trimmed) { fault } else { no_tag() })),
        }
    }

    /// Takes the tag at `range`; whether it was one that stands where it may.
    fn push_tag(&mut self, tag: Tag, range: Range<usize>) -> bool {
        match tag {
            Tag::Value(expression) => self.parts.push(Part::Placeholder(Placeholder { range, expression })),
            Tag::Open { reference, inverted } => {
                if self.open.len() == DEEPEST_NESTING {
                    // Told once: a flood of openings is one mistake.
                    let told = |fault: &Fault| matches!(fault.problem, Problem::TooDeep(_));
                    if !self.faults.last().is_some_and(told) {
                        self.faults.push(Fault::new(range, Problem::TooDeep("Sections")));
                    }
                    return false;
                }
                let before = std::mem::take(&mut self.parts);
                self.open.push(OpenSection { tag: range, reference, inverted, before });
            }
            Tag::Close(reference) => {
                let Some(open) = self.open.pop_if(|open| open.reference.path == reference.path) else {
                    let message = match self.open.last() {
                        Some(open) => format!("The section `{}` is still open here", open.reference.path),
                        None => format!("No section `{}` is open here", reference.path),
                    };
                    self.faults.push(Fault::malformed(range, message));
                    return false;
                };
                let parts = std::mem::replace(&mut self.parts, open.before);
                self.parts.push(Part::Section(Section {
                    range: open.tag.start..range.end,
                    reference: open.reference,
                    inverted: open.inverted,
                    parts,
                }));
            }
        }
        true
    }

    /// Turns the tags of sections that were never closed back into text.
    fn give_up_open_sections(&mut self) {
        if self.open.is_empty() {
            return;
        }
        let innermost = std::mem::take(&mut self.parts);
        for open in self.open.drain(..) {
            let message = format!("The section `{}` is never closed", open.reference.path);
            self.faults.push(Fault::malformed(open.tag.clone(), message));
            self.parts.extend(open.before);
            self.parts.push(Part::Text(open.tag));
        }
        self.parts.extend(innermost);
    }
}

/// How long the content of a tag is that begins `rest`: up to `>>`; nothing where another `<<` comes first or
/// no `>>` at all.
fn tag_length(rest: &str) -> Option<usize> {
    let pairs = rest.as_bytes().windows(2);
    let (length, pair) = pairs.enumerate().find(|(_, pair)| matches!(pair, [b'<', b'<'] | [b'>', b'>']))?;
    (pair == b">>").then_some(length)
}

/// `text` as one name of CircleCI's, whatever characters it has: names that the expression language cannot
/// hold (`parameters.1st`) are replaced all the same.
fn only_reference(text: &str, at: usize) -> Option<Reference> {
    let one_word = |character: char| !character.is_whitespace() && !"()\"=!<>#".contains(character);
    let fits = starts_with_namespace(text) && text.chars().all(one_word);
    fits.then(|| Reference { path: text.to_owned(), range: at..at + text.len() })
}

/// The whole line of the tag at `range`, line end included, if nothing else but blanks stands on it. Mustache
/// removes such a line with its tag.
fn lone_line(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let blanks = [' ', '\t'];
    let before = text[..range.start].trim_end_matches(blanks);
    let after = text[range.end..].trim_start_matches(blanks);
    let at_start = before.is_empty() || before.ends_with(['\n', '\r']);
    let line_end =
        ["\r\n", "\n", "\r"].iter().find(|end| after.starts_with(**end)).map_or(0, |end| end.len());
    let at_end = after.is_empty() || line_end > 0;
    (at_start && at_end).then(|| before.len()..text.len() - after.len() + line_end)
}
