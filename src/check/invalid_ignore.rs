use super::directive::{Directive, KEYWORDS, Kind};
use super::suggestion::{closest, listed, rename, shown};
use super::suppression::{Text, Unbalanced};
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds comments that ask to ignore findings in a way that Dryrun does not understand: with a misspelled
    /// word, with the name of a check that there is not, or with a `cci-ignore-start` or `cci-ignore-end` that
    /// lacks its other half.
    ///
    /// ## Why it matters
    ///
    /// Such a comment ignores nothing, or less than it looks like.
    ///
    /// ## How to fix
    ///
    /// These are understood, each with the names of the checks that it is about, or without any for all of them.
    /// A reason goes behind a colon.
    ///
    /// ```yaml
    /// # cci-ignore-file unused-job: some are started by hand
    /// - image: cimg/base:edge  # cci-ignore
    /// # cci-ignore-next-line undefined-job: added by the generator
    /// # cci-ignore-start
    /// # cci-ignore-end
    /// ```
    INVALID_IGNORE = "invalid-ignore", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for text in context.suppression.texts().iter().filter(|text| !text.broken) {
        for directive in &text.directives {
            found.extend(unknown_word(context, directive));
        }
        found.extend(text.unbalanced.iter().map(|unbalanced| of_range(text, *unbalanced)));
    }
}

/// A misspelled keyword or the first check that there is not: a sentence in the place of names is one fault.
fn unknown_word(context: &Context<'_>, directive: &Directive) -> Option<Diagnostic> {
    if directive.kind == Kind::Unknown {
        let word = context.sources.slice(directive.keyword);
        let keywords = || KEYWORDS.iter().map(|(keyword, _)| *keyword);
        let best = closest(word, keywords());
        let help = match best {
            Some(best) => format!("Did you mean `{best}`?"),
            None => format!("It can be {}", listed(keywords(), "or")),
        };
        let fix = best.and_then(|best| rename(context.sources, directive.keyword, word, best));
        let message = format!("a comment cannot ask for {}", shown(word));
        return Some(finding(directive.keyword, message).with_help(help).with_fix(fix));
    }
    let unknown = directive.unknown.as_ref()?;
    let best = closest(&unknown.value, super::ids());
    let help = match best {
        Some(best) => format!("Did you mean `{best}`?"),
        None => "Findings show the names of their checks; a reason goes behind a colon".to_owned(),
    };
    let fix = best.and_then(|best| rename(context.sources, unknown.span, &unknown.value, best));
    let message = format!("there is no check {} to ignore", shown(&unknown.value));
    Some(finding(unknown.span, message).with_help(help).with_fix(fix))
}

fn of_range(text: &Text, unbalanced: Unbalanced) -> Diagnostic {
    let keyword = |index: usize| text.directives[index].keyword;
    match unbalanced {
        Unbalanced::StrayEnd(end) => {
            finding(keyword(end), "`cci-ignore-end` without a `cci-ignore-start` before it")
                .with_help("Add the start, or take the end out")
        }
        Unbalanced::Nested { start, open } => {
            finding(keyword(start), "`cci-ignore-start` between another one and its end")
                .with_related(keyword(open), "this one is still open")
                .with_help("End the first with `cci-ignore-end`, or name all checks there")
        }
        Unbalanced::Unclosed(start) => {
            finding(keyword(start), "`cci-ignore-start` is never ended, so it ignores nothing")
                .with_help("Add `# cci-ignore-end` behind the last line that it is about")
        }
    }
}

fn finding(span: crate::text::Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(INVALID_IGNORE.id, span, message)
}
