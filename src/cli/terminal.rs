use super::excerpt::{Excerpt, excerpts};
use crate::analysis::Analysis;
use crate::diagnostic::{Diagnostic, Fix, Safety, Severity};
use crate::text::{Encoding, Sources};
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Level, Message, Origin, Renderer, Snippet, normalize_untrusted_str,
};

/// Items that nobody could look at and that are listed by name.
const NOT_CHECKED_SHOWN: usize = 10;

/// All findings of a config, then what was not looked at; empty where there is nothing to say.
pub(super) fn render_all(analysis: &Analysis<'_>) -> String {
    let mut text = String::new();
    for diagnostic in &analysis.diagnostics {
        text.push_str(&render(diagnostic, analysis.sources));
        text.push_str("\n\n");
    }
    text.push_str(&not_checked(analysis));
    text
}

/// What was not looked at, so that silence is not taken for approval.
fn not_checked(analysis: &Analysis<'_>) -> String {
    let file = plain(&analysis.sources.config().name);
    let mut lines = Vec::new();
    if let Some(line) = analysis.partial_before_line() {
        lines.push(format!("  {file}:{line}: all that follows this line: it is not valid YAML\n"));
    }
    for item in analysis.not_checked() {
        let source = analysis.sources.get(item.span.source);
        let line = source.position(item.span.start, Encoding::Scalar).line;
        lines.push(format!(
            "  {}:{line}: {}: {}\n",
            plain(&source.name),
            plain(&item.what),
            plain(&item.why)
        ));
    }
    if lines.is_empty() {
        return String::new();
    }
    let left_out = lines.len().saturating_sub(NOT_CHECKED_SHOWN);
    lines.truncate(NOT_CHECKED_SHOWN);
    if left_out > 0 {
        lines.push(format!("  and {left_out} more\n"));
    }
    format!("Not checked:\n{}\n", lines.concat())
}

/// A finding as a person reads it in a terminal: title, the lines it is about with the places underlined,
/// help, and the title of the fix. With colour codes, which whoever prints it strips where there is no terminal.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let (excerpts, left_out) = excerpts(diagnostic, sources);
    let title = level(diagnostic.severity).primary_title(plain(&diagnostic.message)).id(diagnostic.check);
    let mut group = title.elements(Vec::<Element>::new());
    for excerpt in &excerpts {
        let snippet = snippet(excerpt);
        let file = plain(excerpt.file);
        group = match excerpt.place {
            None => group.element(snippet.path(file)),
            Some((line, column)) => {
                group.element(Origin::path(file).line(line).char_column(column)).element(snippet)
            }
        };
    }
    if left_out > 0 {
        group = group.element(Level::NOTE.message(format!("{left_out} more places are not shown")));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(plain(help)));
    }
    if let Some(fix) = &diagnostic.fix {
        group = group.element(fix_message(fix));
    }
    for fix in &diagnostic.alternatives {
        group = group.element(Level::HELP.with_name("or").message(plain(&fix.title)));
    }
    Renderer::styled().render(&[group])
}

fn snippet<'a>(excerpt: &'a Excerpt<'a>) -> Snippet<'a, Annotation<'a>> {
    let marks = excerpt.marks.iter().map(|mark| {
        let kind = if mark.is_finding() { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(mark.range.clone()).label(mark.message.map(plain))
    });
    Snippet::source(excerpt.text.as_str()).line_start(excerpt.first_line).annotations(marks)
}

fn fix_message(fix: &Fix) -> Message<'static> {
    let option = match fix.safety {
        Safety::Safe => "--fix",
        Safety::Unsafe => "--fix=unsafe",
    };
    let title = plain(&fix.title);
    Level::HELP.with_name("fix").message(format!("{title} (with `{option}`)"))
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::NOTE.with_name("hint"),
    }
}

/// `text` on one line, without anything that a terminal would act on: names come from the config.
pub(super) fn plain(text: &str) -> String {
    normalize_untrusted_str(text).replace('\n', "␊").replace(|c: char| c.is_control(), "\u{fffd}")
}
