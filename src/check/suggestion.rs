pub(super) use crate::diagnostic::shown;

use crate::diagnostic::Fix;
use crate::sort;
use crate::text::{Sources, Span, slips};

/// Words longer than this are not compared: the distance takes time in the square of their length.
const MAX_WORD: usize = 64;

/// So many candidates are compared with a word. A real config has fewer; one that has more, and as many
/// unknown names, would take the product of the two.
const MOST_COMPARED: usize = 400;

/// So many are looked at, those of another length too.
pub(super) const MOST_LOOKED_AT: usize = 2_000;

/// The one of `candidates` that `word` is most likely a slip of; nothing where none is near, or two are
/// equally near. Case, `-` and `_` weigh less than letters.
pub(super) fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_WORD {
        return None;
    }
    let limit = 1 + word.chars().count() / 4;
    let (plain, exact) = (simplified(word), word.chars().collect::<Vec<char>>());
    let letters = outline(word);
    let near_enough = |candidate: &'a str| {
        let others = outline(candidate);
        if (letters & !others).count_ones().max((others & !letters).count_ones()) as usize > limit {
            return None;
        }
        let near = simplified(candidate);
        let fold = slips(&plain, &near, limit).filter(|fold| *fold < near.len())?;
        if has_another_word(&plain, &near) {
            return None;
        }
        let candidate_exact: Vec<char> = candidate.chars().collect();
        let slips = slips(&exact, &candidate_exact, MAX_WORD).unwrap_or(MAX_WORD);
        Some(((fold, slips), candidate))
    };
    let comparable = |candidate: &&str| {
        candidate.len() <= MAX_WORD && candidate.len().abs_diff(word.len()) <= 4 * limit && *candidate != word
    };
    let compared = candidates.into_iter().take(MOST_LOOKED_AT).filter(comparable).take(MOST_COMPARED);
    let mut near: Vec<((usize, usize), &str)> = compared.filter_map(near_enough).collect();
    sort::by(&mut near, Ord::cmp);
    near.dedup();
    match near.as_slice() {
        [(_, only)] => Some(only),
        [(best, word), (next, _), ..] if best < next => Some(word),
        _ => None,
    }
}

/// Whether hardly anything but a slip of the fingers lies between the words: a quarter of the letters at most.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    slips(&one, &other, one.len() / 4).is_some()
}

/// Whether the names, of as many words, differ in one word that is no slip of the other's: `build-search` is none of
/// `build-metrics`.
fn has_another_word(one: &[char], other: &[char]) -> bool {
    let words = |name: &[char]| name.iter().filter(|letter| **letter == '-').count();
    let is_another =
        |(word, other): (&[char], &[char])| slips(word, other, 1 + word.len().max(other.len()) / 3).is_none();
    words(one) == words(other)
        && one.split(|letter| *letter == '-').zip(other.split(|letter| *letter == '-')).any(is_another)
}

/// Which letters and digits a word has, case and `_` aside: a bit each. Two words differ by at least as many slips
/// as the one has bits that the other lacks.
fn outline(word: &str) -> u64 {
    let plain = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    let ascii = word.bytes().filter(u8::is_ascii);
    ascii.fold(0, |letters, byte| letters | 1 << (plain(byte) & 63))
}

/// The letters of a word, case and `_` aside.
fn simplified(word: &str) -> Vec<char> {
    word.chars().map(|letter| if letter == '_' { '-' } else { letter.to_ascii_lowercase() }).collect()
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

/// A sentence tells this many names.
const MOST_LISTED: usize = 30;

/// Names in a sentence: `` `a` ``, `` `a` or `b` ``, `` `a`, `b` or `c` ``, `` `a`, `b`, … or others ``.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let mut names = names.into_iter();
    let mut quoted: Vec<String> = names.by_ref().take(MOST_LISTED).map(|name| format!("`{name}`")).collect();
    if names.next().is_some() {
        quoted.push("others".to_owned());
    }
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [front @ .., end] => format!("{} {last} {end}", front.join(", ")),
    }
}
