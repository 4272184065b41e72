use super::excerpt::{Excerpt, excerpts};
use crate::diagnostic::{Diagnostic, Fix, Safety, Severity};
use crate::text::Sources;
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Level, Message, Origin, Renderer, Snippet, normalize_untrusted_str,
};

/// A finding as a person reads it in a terminal: title, the lines it is about with the places underlined,
/// help, and the title of the fix. With colour codes, which whoever prints it strips where there is no terminal.
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let (excerpts, left_out) = excerpts(diagnostic, sources);
    let title = level(diagnostic.severity).primary_title(plain(&diagnostic.message)).id(diagnostic.check);
    let mut group = title.elements(Vec::<Element>::new());
    for excerpt in &excerpts {
        let (line, column) = excerpt.place;
        let origin = Origin::path(plain(excerpt.file)).line(line).char_column(column);
        group = group.element(origin).element(snippet(excerpt));
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
