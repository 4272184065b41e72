pub(super) use crate::diagnostic::shown;

use crate::diagnostic::Fix;
use crate::sort;
use crate::text::{Sources, Span};
use strsim::damerau_levenshtein;

/// Words longer than this are not compared: the distance takes time in the square of their length.
const MAX_WORD: usize = 64;

/// So many candidates are compared with a word. A real config has fewer; one that has more, and as many
/// unknown names, would take the product of the two.
const MOST_COMPARED: usize = 400;

/// The one of `candidates` that `word` is most likely a slip of; nothing where none is near, or two are
/// equally near. Case, `-` and `_` weigh less than letters.
pub(super) fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_WORD {
        return None;
    }
    let limit = 1 + word.chars().count() / 4;
    let plain = simplified(word);
    let near_enough = |candidate: &'a str| {
        let fold = damerau_levenshtein(&plain, &simplified(candidate));
        let is_near = fold <= limit && fold < candidate.chars().count();
        is_near.then(|| ((fold, damerau_levenshtein(word, candidate)), candidate))
    };
    let comparable = |candidate: &&str| {
        candidate.len() <= MAX_WORD && candidate.len().abs_diff(word.len()) <= 4 * limit && *candidate != word
    };
    let mut near: Vec<((usize, usize), &str)> =
        candidates.into_iter().filter(comparable).take(MOST_COMPARED).filter_map(near_enough).collect();
    sort::by(&mut near, Ord::cmp);
    near.dedup();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(best, word), (next, _), ..] if best < next => Some(word),
        _ => None,
    }
}

fn simplified(word: &str) -> String {
    word.to_lowercase().replace('_', "-")
}

/// A fix that writes `new` where `old` stands, quoted as it was. Nothing where the text under `span` is not
/// just `old` (an alias, an escape), or where `new` would need quotes of its own.
pub(super) fn rename(sources: &Sources, span: Span, old: &str, new: &str) -> Option<Fix> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    if !new.starts_with(|c: char| c.is_ascii_alphabetic()) || !new.chars().all(plain) {
        return None;
    }
    reworded(sources, span, old, new)
}

/// A fix that writes `new` where `old` stands, quoted as it was; `new` is to be a text that needs no quotes.
/// Nothing where the text under `span` is not just `old`.
pub(super) fn reworded(sources: &Sources, span: Span, old: &str, new: &str) -> Option<Fix> {
    let written = sources.slice(span);
    let quote = match written.chars().next() {
        Some('"') => "\"",
        Some('\'') => "'",
        _ => "",
    };
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    (inner == old).then(|| Fix::replace(span, format!("{quote}{new}{quote}"), format!("change to `{new}`")))
}

/// Names in a sentence: `` `a` ``, `` `a` or `b` ``, `` `a`, `b` or `c` ``.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}
