//! The comment that has a finding ignored.

use super::directive::{Directive, Kind, directives};
use super::invalid_ignore::INVALID_IGNORE;
use super::unused_ignore::UNUSED_IGNORE;
use crate::diagnostic::{Diagnostic, Fix};
use crate::text::{Source, Span};
use crate::yaml::{Document, Scalars};

/// Asks to ignore `diagnostic`, a finding in `source`: in a directive that is about its line already, else in a
/// comment at the end of the line, else (where a text of several lines takes that place) above the text. Nothing
/// for findings about such comments, and for those in a text that could not be read to its end.
#[must_use]
pub fn ignore_fix(source: &Source, document: &Document, diagnostic: &Diagnostic) -> Option<Fix> {
    let about_directives = [INVALID_IGNORE.id, UNUSED_IGNORE.id].contains(&diagnostic.check);
    if about_directives || document.stopped_at.is_some() {
        return None;
    }
    let scalars = Scalars::of(document);
    let line_of = |at: usize| source.lines().line_at(at);
    let at = diagnostic.span.start as usize;
    let first = scalars.around(at).map_or(line_of(at), |(range, _)| line_of(range.start));
    let lines = [line_of(at), first];
    let is_about = |directive: &Directive| match directive.kind {
        Kind::Line => lines.contains(&directive.line),
        Kind::NextLine => lines.contains(&(directive.line + 1)),
        _ => false,
    };
    let check = diagnostic.check;
    let (at, text) = if let Some(directive) = directives(source, &scalars).into_iter().find(is_about) {
        if directive.is_bare() {
            return None;
        }
        (directive.end_of_names() as usize, format!(", {check}"))
    } else {
        new_comment(source, &scalars, first, check)?
    };
    Some(Fix::replace(Span::new(source.id, at..at), text, format!("ignore `{check}` here")))
}

/// Where to write a comment about line `line` of `source`, and the comment.
fn new_comment(source: &Source, scalars: &Scalars, line: usize, check: &str) -> Option<(usize, String)> {
    let text = source.text.as_str();
    let range = source.lines().line_range(text, line);
    let written = &text[range.clone()];
    if scalars.around(range.end).is_none_or(|(_, block)| block) {
        let content = written.trim_end_matches([' ', '\t']);
        let blanks = match scalars.comment(text, &range) {
            _ if content.is_empty() => "",
            Some(_) => " ",
            None => "  ",
        };
        return Some((range.start + content.len(), format!("{blanks}# cci-ignore {check}")));
    }
    if scalars.around(range.start).is_some_and(|(scalar, _)| scalar.start < range.start) {
        return None;
    }
    let indentation = &written[..written.len() - written.trim_start_matches(' ').len()];
    Some((range.start, format!("{indentation}# cci-ignore-next-line {check}{}", source.line_end())))
}
