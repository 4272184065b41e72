use super::patterns::{Pattern, Place, patterns};
use super::suggestion::{reworded, shown};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::expression::pattern_fault;

declare_check! {
    /// ## What it does
    ///
    /// Finds filters and patterns that match less than they seem to: `release/*`, which is compared letter by
    /// letter; `/^release/`, which matches only `release`; and slashes around a pattern where none belong.
    ///
    /// ## Why it matters
    ///
    /// Without slashes an item of a filter is a name, and no branch or tag can have a `*` in its name. With slashes
    /// it is a regular expression of Java's that must match the whole name, not a part of it. In `matches:` the
    /// `pattern` has no slashes around it.
    ///
    /// ## How to fix
    ///
    /// Write a regular expression for the whole name, between slashes:
    ///
    /// ```yaml
    /// filters:
    ///   branches:
    ///     only: /release\/.*/
    /// ```
    NARROW_PATTERN = "narrow-pattern", Warning, since "0.1.0"; run
}

/// Names of whole branches, which people like to put between slashes.
const WHOLE_NAMES: &[&str] = &[
    "main",
    "master",
    "trunk",
    "develop",
    "development",
    "dev",
    "staging",
    "stage",
    "production",
    "prod",
    "release",
    "gh-pages",
    "next",
    "beta",
    "alpha",
    "canary",
    "latest",
    "nightly",
    "stable",
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for pattern in patterns(context) {
        found.extend(match pattern.place {
            Place::Name => name(context, &pattern),
            Place::Statement { git: true } if is_between_slashes(&pattern.text) => {
                Some(slashes(context, &pattern))
            }
            _ => whole(context, &pattern),
        });
    }
}

/// A name that no branch or tag can have (`git check-ref-format`).
fn name(context: &Context<'_>, pattern: &Pattern) -> Option<Diagnostic> {
    let text = pattern.text.as_str();
    let forbidden = |c: char| " ~^:?*[\\".contains(c);
    let impossible =
        text.contains(forbidden) || text.contains("..") || text.starts_with('/') || text.ends_with('/');
    if !impossible || text.is_empty() {
        return None;
    }
    let regular = [".*", ".+", "^", "$", "\\", "["].iter().any(|sign| text.contains(sign));
    let listed = text.contains([' ', ',']);
    let better = if listed {
        None
    } else if regular {
        Some(format!("/{}/", text.strip_prefix('/').unwrap_or(text)))
    } else if text.contains('*') {
        Some(format!("/{}/", text.replace('.', "\\.").replace('*', ".*")))
    } else {
        None
    };
    let better = better.filter(|better| pattern_fault(&better[1..better.len() - 1]).is_none());
    let help = match &better {
        Some(better) => format!("A regular expression stands between slashes: {}", shown(better)),
        None if listed => "Write several names as a list".to_owned(),
        None => "A regular expression stands between slashes, any other text is a whole name".to_owned(),
    };
    let escapes = |new: &String| context.sources.slice(pattern.span).starts_with('"') && new.contains('\\');
    let fix = better
        .filter(|new| !escapes(new))
        .and_then(|new| reworded(context.sources, pattern.span, text, &new));
    let message = format!("no branch or tag can be called {}", shown(text));
    Some(
        Diagnostic::warning(NARROW_PATTERN.id, pattern.span, message)
            .with_help(help)
            .with_fix(fix.map(Fix::behaviour_changing)),
    )
}

fn is_between_slashes(text: &str) -> bool {
    text.len() > 2 && text.starts_with('/') && text.ends_with('/')
}

/// `matches` with slashes around its pattern, held against a branch or tag, none of which begins with one.
fn slashes(context: &Context<'_>, pattern: &Pattern) -> Diagnostic {
    let text = pattern.text.as_str();
    let message = format!("the slashes are part of {}: no branch or tag begins with one", shown(text));
    let inner = &text[1..text.len() - 1];
    let fix = reworded(context.sources, pattern.span, text, inner).map(Fix::behaviour_changing);
    let finding = Diagnostic::warning(NARROW_PATTERN.id, pattern.span, message);
    finding.with_help("Write the pattern without them").with_fix(fix)
}

/// A pattern without anything in it that could match more than one text.
fn whole(context: &Context<'_>, pattern: &Pattern) -> Option<Diagnostic> {
    let slash = match pattern.place {
        // What else is held against a pattern may well be one text.
        Place::Statement { git: false } => return None,
        Place::Statement { git: true } => "",
        Place::Name | Place::Item | Place::Expression => "/",
    };
    let text = pattern.text.as_str();
    let begun = text.strip_prefix('^');
    let literal = literal(begun.unwrap_or(text)).filter(|literal| !literal.is_empty())?;
    let opened = begun.is_some() || literal.ends_with(['/', '-', '_', '.']);
    if !opened && (pattern.place != Place::Item || WHOLE_NAMES.contains(&literal.as_str())) {
        return None;
    }
    let severity = if opened { Severity::Warning } else { Severity::Info };
    let (old, new) = (format!("{slash}{text}{slash}"), format!("{slash}{text}.*{slash}"));
    let message = format!("{} matches only {}", shown(&old), shown(&literal));
    let help = format!("A pattern is held against the whole name; for all that begin so: {}", shown(&new));
    let fix = reworded(context.sources, pattern.span, &old, &new).filter(|_| opened);
    let finding = Diagnostic::new(NARROW_PATTERN.id, severity, pattern.span, message);
    Some(finding.with_help(help).with_fix(fix.map(Fix::behaviour_changing)))
}

/// The one text that `pattern` matches, where it is no more than a text.
fn literal(pattern: &str) -> Option<String> {
    let mut text = String::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => text.push(characters.next().filter(char::is_ascii_punctuation)?),
            // A dot between letters is mostly meant as a dot.
            '.' | '*' | '+' | '?' | '[' | ']' | '(' | ')' | '{' | '}' | '|' | '^' | '$' => return None,
            _ => text.push(character),
        }
    }
    Some(text)
}
