//! Cache keys: text with templates that the run fills in. What is not known here stays a symbol, equal to
//! itself: the checksum of one file is the same one in two jobs.
//! Source: <https://circleci.com/docs/guides/optimize/caching/#using-keys-and-templates>.

use super::Written;
use super::surroundings::{Arch, Surroundings};

/// A key, or a prefix of one.
#[derive(Clone, Debug)]
pub struct Key {
    pub written: Written,
    /// No two texts beside each other.
    pub parts: Vec<Part>,
}

/// A piece of a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Text(String),
    Symbol(Symbol),
}

/// What a template stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Symbol {
    /// Of a file, relative to the working directory where it is inside.
    Checksum(String),
    Branch,
    /// Of the commit; `CIRCLE_SHA1` is the same.
    Revision,
    /// Another number for each job that runs.
    BuildNum,
    /// The time in seconds.
    Epoch,
    Arch(Arch),
    /// An id that all jobs of one run share and no other run has.
    Run(String),
    Environment(String),
    /// Nothing that CircleCI documents.
    Unknown(String),
}

/// Whether a key that is tried finds a key that was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    No,
    /// It hangs on what is not known.
    Perhaps,
    Prefix,
    Exact,
}

impl Key {
    /// Reads a key of job `job` (its name in the compiled config).
    pub(super) fn parse(written: Written, surroundings: &Surroundings, job: &str) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        let mut rest = written.text.as_str();
        while let Some((before, template, behind)) = split(rest) {
            push(&mut parts, before);
            match symbol(template.trim_matches(|c: char| c == '-' || c.is_whitespace()), surroundings) {
                Symbol::Environment(name) if name == "CIRCLE_JOB" => push(&mut parts, job),
                symbol => parts.push(Part::Symbol(symbol)),
            }
            rest = behind;
        }
        match rest.split_once("{{") {
            Some((before, open)) => {
                push(&mut parts, before);
                parts.push(Part::Symbol(Symbol::Unknown(open.to_owned())));
            }
            None => push(&mut parts, rest),
        }
        Self { written, parts }
    }

    /// Whether this key, tried by a restore, finds `saved`.
    #[must_use]
    pub fn finds(&self, saved: &Self) -> Match {
        let (mut tried, mut saved) = (Reader::new(&self.parts), Reader::new(&saved.parts));
        loop {
            match (tried.next(), saved.next()) {
                (None, None) => return Match::Exact,
                (None, Some(_)) => return Match::Prefix,
                (Some(Piece::Symbol(symbol)), None) if symbol.may_be_empty() => return Match::Perhaps,
                (Some(_), None) => return Match::No,
                (Some(Piece::Text(one)), Some(Piece::Text(other))) => {
                    let common = one.len().min(other.len());
                    if one.as_bytes()[..common] != other.as_bytes()[..common] {
                        return Match::No;
                    }
                    tried.skip(common);
                    saved.skip(common);
                }
                (Some(Piece::Symbol(one)), Some(Piece::Symbol(other))) => {
                    if one != other || matches!(one, Symbol::BuildNum | Symbol::Epoch) {
                        return one.may_equal(other);
                    }
                    tried.skip_symbol();
                    saved.skip_symbol();
                }
                (Some(Piece::Symbol(symbol)), Some(Piece::Text(_)))
                | (Some(Piece::Text(_)), Some(Piece::Symbol(symbol))) => {
                    return if symbol.is_free() { Match::Perhaps } else { Match::No };
                }
            }
        }
    }

    pub fn symbols(&self) -> impl Iterator<Item = &Symbol> {
        self.parts.iter().filter_map(|part| match part {
            Part::Symbol(symbol) => Some(symbol),
            Part::Text(_) => None,
        })
    }

    /// The files of which it has the checksum.
    pub fn checksums(&self) -> impl Iterator<Item = &str> {
        self.symbols().filter_map(|symbol| match symbol {
            Symbol::Checksum(file) => Some(file.as_str()),
            _ => None,
        })
    }

    /// The text before the first template.
    pub(super) fn start(&self) -> &str {
        match self.parts.first() {
            Some(Part::Text(text)) => text,
            _ => "",
        }
    }
}

impl Symbol {
    /// It has another value in each run: nothing that it is part of is found again by another commit.
    #[must_use]
    pub fn changes_with_each_run(&self) -> bool {
        matches!(self, Self::Revision | Self::BuildNum | Self::Epoch | Self::Run(_))
    }

    /// Nothing is known of its value.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown(_))
    }

    fn may_be_empty(&self) -> bool {
        matches!(self, Self::Environment(_) | Self::Unknown(_))
    }

    /// Its value may be any text.
    fn is_free(&self) -> bool {
        matches!(self, Self::Environment(_) | Self::Unknown(_) | Self::Branch)
    }

    /// Whether it may have the value of another symbol, or of itself at another time.
    fn may_equal(&self, other: &Self) -> Match {
        let file = |symbol: &Self| match symbol {
            Self::Checksum(file) => Some(file.rsplit('/').next().unwrap_or_default().to_owned()),
            _ => None,
        };
        let may = match (self, other) {
            // The same file, perhaps, seen from another directory.
            (Self::Checksum(_), Self::Checksum(_)) => file(self) == file(other),
            (Self::Arch(one), Self::Arch(other)) => [one, other].contains(&&Arch::Unknown),
            _ => self.is_free() || other.is_free(),
        };
        if may { Match::Perhaps } else { Match::No }
    }
}

/// The text before a template, the template without its braces, and the text behind it.
fn split(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (template, behind) = rest.split_once("}}")?;
    Some((before, template, behind))
}

fn push(parts: &mut Vec<Part>, text: &str) {
    match parts.last_mut() {
        _ if text.is_empty() => {}
        Some(Part::Text(before)) => before.push_str(text),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

fn symbol(template: &str, surroundings: &Surroundings) -> Symbol {
    if let Some(file) = template.strip_prefix("checksum") {
        let quoted = |c: char| c.is_whitespace() || matches!(c, '"' | '`');
        return Symbol::Checksum(file_name(file.trim_matches(quoted), surroundings));
    }
    if let Some(name) = template.strip_prefix(".Environment.") {
        return match name {
            "CIRCLE_BRANCH" => Symbol::Branch,
            "CIRCLE_SHA1" => Symbol::Revision,
            "CIRCLE_BUILD_NUM" | "CIRCLE_WORKFLOW_JOB_ID" => Symbol::BuildNum,
            "CIRCLE_WORKFLOW_ID" | "CIRCLE_PIPELINE_ID" | "CIRCLE_PIPELINE_NUMBER" => {
                Symbol::Run(name.to_owned())
            }
            _ => Symbol::Environment(name.to_owned()),
        };
    }
    match template {
        ".Branch" => Symbol::Branch,
        ".BuildNum" => Symbol::BuildNum,
        ".Revision" => Symbol::Revision,
        "epoch" => Symbol::Epoch,
        "arch" => Symbol::Arch(surroundings.arch),
        other => Symbol::Unknown(other.to_owned()),
    }
}

/// One name for one file: `./go.sum` and `~/project/go.sum` are `go.sum` in the usual working directory.
fn file_name(written: &str, surroundings: &Surroundings) -> String {
    let directory = surroundings.working_directory.as_ref();
    let place = super::Place::resolve(written, directory, surroundings.home);
    match (&place, directory) {
        (Some(place), Some(directory)) => directory.inside(place).unwrap_or(place.as_str()).to_owned(),
        _ => written.trim_start_matches("./").to_owned(),
    }
}

/// Reads a key piece by piece.
struct Reader<'a> {
    parts: std::slice::Iter<'a, Part>,
    /// What is left of a text.
    text: &'a str,
}

enum Piece<'a> {
    Text(&'a str),
    Symbol(&'a Symbol),
}

impl<'a> Reader<'a> {
    fn new(parts: &'a [Part]) -> Self {
        Self { parts: parts.iter(), text: "" }
    }

    /// What comes next; it stays there until it is skipped.
    fn next(&mut self) -> Option<Piece<'a>> {
        while self.text.is_empty() {
            match self.parts.as_slice().first()? {
                Part::Symbol(symbol) => return Some(Piece::Symbol(symbol)),
                Part::Text(text) => {
                    self.text = text;
                    self.parts.next();
                }
            }
        }
        Some(Piece::Text(self.text))
    }

    fn skip(&mut self, bytes: usize) {
        self.text = self.text.get(bytes..).unwrap_or_default();
    }

    fn skip_symbol(&mut self) {
        self.parts.next();
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Match, Surroundings, Written};
    use crate::compile::Origin;

    fn key(text: &str) -> Key {
        let written = Written { text: text.to_owned(), origin: Origin::default() };
        Key::parse(written, &Surroundings::default(), "build")
    }

    #[test]
    fn a_key_finds_what_it_is_the_beginning_of() {
        let cases = [
            ("v1-deps", "v1-deps", Match::Exact),
            ("v1-", "v1-deps", Match::Prefix),
            ("v2-", "v1-deps", Match::No),
            ("v1-deps-more", "v1-deps", Match::No),
            ("v1-{{ checksum \"go.sum\" }}", "v1-{{checksum \"./go.sum\"}}", Match::Exact),
            ("v1-{{ checksum \"go.sum\" }}", "v1-{{ checksum \"go.sum\" }}-{{ .Branch }}", Match::Prefix),
            ("v1-{{ checksum \"go.sum\" }}", "v1-{{ checksum \"go.mod\" }}", Match::No),
            ("v1-{{ checksum \"a/go.sum\" }}", "v1-{{ checksum \"go.sum\" }}", Match::Perhaps),
            ("v1-{{ .Environment.V }}", "v1-deps", Match::Perhaps),
            ("v1-{{ .Branch }}-x", "v1-{{ .Branch }}-y", Match::No),
            ("v1-{{ epoch }}", "v1-{{ epoch }}", Match::No),
            ("v1-", "v1-{{ epoch }}", Match::Prefix),
            ("v1-{{ checksum \"go.sum\" }}", "v1-deps", Match::No),
            ("{{ .Environment.CIRCLE_JOB }}-x", "build-x", Match::Exact),
            ("{{ .Environment.CIRCLE_SHA1 }}", "{{ .Revision }}", Match::Exact),
        ];
        for (tried, saved, expected) in cases {
            assert_eq!(key(tried).finds(&key(saved)), expected, "{tried} {saved}");
        }
    }
}
