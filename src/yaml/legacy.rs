//! What YAML 1.2 takes and CircleCI's parser, which knows YAML 1.1, rejects.

use super::cursor::{line_end, line_start};
use super::{Fault, FaultKind, Scalar, limit};
use crate::diagnostic::{Edit, Fix, Safety, shown};
use crate::text::{Source, Span};
use std::ops::Range;

/// The longest key without `? ` in front, in characters: SnakeYAML gives up looking for its colon.
const LONGEST_KEY: usize = 1_024;

/// The longest key that is read (and reported), in characters. A longer one is a syntax error.
pub(super) const LONGEST_KEY_READ: usize = 65_536;

/// The tags that SnakeYAML's safe constructor knows.
const TAGS: [&str; 13] = [
    "null",
    "bool",
    "int",
    "float",
    "binary",
    "timestamp",
    "omap",
    "pairs",
    "set",
    "str",
    "seq",
    "map",
    "merge",
];

/// `tabs` are runs of blanks with a tab between tokens, as the cursor found them.
pub(super) fn tab_faults(source: &Source, tabs: &[Range<usize>]) -> Vec<Fault> {
    let text = source.text.as_str();
    let fault = |run: &Range<usize>| {
        let mine = &text[run.clone()];
        let first = run.start + mine.find('\t').unwrap_or(0);
        let last = run.start + mine.rfind('\t').map_or(mine.len(), |at| at + 1);
        let begins_line = line_start(text, run.start) == run.start;
        let ends_line = line_end(text, run.end) == run.end;
        let (message, instead) = match (begins_line, ends_line) {
            (true, true) => ("a line of blanks with a tab", String::new()),
            (true, false) => ("a tab in an indentation", mine.replace('\t', "  ")),
            (false, true) => ("a tab at the end of a line", String::new()),
            (false, false) => ("a tab between two words of YAML", " ".to_owned()),
        };
        let span = Span::new(source.id, first..last);
        let title = if ends_line { "remove the blanks" } else { "write spaces instead" };
        Fault::new(FaultKind::Tab, span, format!("{message}: CircleCI's YAML parser takes only spaces here"))
            .with_fix(Some(Fix::replace(Span::new(source.id, run.clone()), instead, title)))
    };
    tabs.iter().take(limit::FAULTS_OF_A_KIND).map(fault).collect()
}

/// ```yaml
/// only: [release?]    # YAML 1.1: the key indicator `?` ends the word
/// ```
pub(super) fn question_mark_fault(source: &Source, scalar: &Scalar, range: &Range<usize>) -> Option<Fault> {
    let written = &source.text[range.clone()];
    let at = range.start + written.find('?')?;
    let fix = (!written.contains(['\n', '\r'])).then(|| {
        let quoted = format!("'{}'", scalar.text.replace('\'', "''"));
        Fix::replace(Span::new(source.id, range.clone()), quoted, "quote the text")
    });
    let message = "a `?` in an unquoted text between brackets: CircleCI's YAML parser takes it for a key";
    Some(
        Fault::new(FaultKind::QuestionMark, Span::new(source.id, at..at + 1), message)
            .with_help("quote the text")
            .with_fix(fix),
    )
}

/// A key at `range` without `? ` in front of it.
pub(super) fn long_key_fault(source: &Source, range: &Range<usize>, flow: bool) -> Option<Fault> {
    let text = source.text.as_str();
    let key = &text[range.clone()];
    if key.len() <= LONGEST_KEY {
        return None;
    }
    // SnakeYAML counts up to the colon.
    let colon = range.end + text[range.end..].find(':')?;
    let length = text[range.start..colon].chars().count();
    if length <= LONGEST_KEY {
        return None;
    }
    let at = |range: Range<usize>, text: String| Edit { span: Span::new(source.id, range), text };
    let mut edits = vec![at(range.start..range.start, "? ".to_owned())];
    if !flow {
        let column = text[line_start(text, range.start)..range.start].chars().count();
        edits.push(at(range.end..colon, format!("\n{}", " ".repeat(column))));
    }
    let message =
        format!("a key of {length} characters: CircleCI's YAML parser looks for its colon in 1,024");
    let title = "write it as an explicit key, with `?`".to_owned();
    Some(
        Fault::new(FaultKind::LongKey, Span::new(source.id, range.clone()), message)
            .with_help("shorten it, or put `? ` in front and the colon on a line of its own")
            .with_fix(Some(Fix { title, safety: Safety::Safe, edits })),
    )
}

/// `name` is the tag with its handle resolved; `missing` says that no value follows it.
pub(super) fn tag_fault(source: &Source, name: &str, range: &Range<usize>, missing: bool) -> Option<Fault> {
    if name == "!" || name.strip_prefix("tag:yaml.org,2002:").is_some_and(|core| TAGS.contains(&core)) {
        return None;
    }
    let written = &source.text[range.clone()];
    let span = Span::new(source.id, range.clone());
    let fault = Fault::new(
        FaultKind::UnknownTag,
        span,
        format!("{} is read as a tag, and no known one", shown(written)),
    );
    if missing {
        let quoted = format!("'{}'", written.replace('\'', "''"));
        let fix = Fix::replace(span, quoted, "quote the text");
        return Some(fault.with_help("a text that begins with `!` is to be quoted").with_fix(Some(fix)));
    }
    Some(fault.with_help("remove the tag; if `!` belongs to the text, quote the text"))
}

/// A character that SnakeYAML's reader refuses wherever it stands, comments included.
fn is_invalid(character: char) -> bool {
    !matches!(character,
        '\t' | '\n' | '\r' | '\u{20}'..='\u{7e}' | '\u{85}' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}'
        | '\u{10000}'..='\u{10ffff}')
}

pub(super) fn first_invalid_character(text: &str) -> Option<usize> {
    text.find(is_invalid)
}

/// One fault for each run of characters that YAML does not allow.
pub(super) fn invalid_characters(source: &Source) -> Vec<Fault> {
    let text = source.text.as_str();
    let mut faults = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_invalid) {
        let start = at + found;
        let rest = &text[start..];
        at = start + rest.find(|character| !is_invalid(character)).unwrap_or(rest.len());
        let code = rest.chars().next().map_or(0, u32::from);
        let what =
            if code == 0 { "the NUL character".to_owned() } else { format!("the character U+{code:04X}") };
        let span = Span::new(source.id, start..at);
        faults.push(
            Fault::new(FaultKind::InvalidCharacter, span, format!("{what} may not stand in YAML"))
                .with_help("remove it; in double quotes it can be written as an escape, as `\\x07`")
                .with_fix(Some(Fix::replace(span, "", "remove it"))),
        );
        if faults.len() == limit::FAULTS_OF_A_KIND {
            break;
        }
    }
    faults
}
