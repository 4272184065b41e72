//! Paths with wildcards, as `persist_to_workspace` has them: Go's `filepath.Match`, one part of the path at a
//! time. Source: <https://pkg.go.dev/path/filepath#Match>, which CircleCI's reference names.

/// Whether two paths name the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Overlap {
    No,
    /// One of them is a directory that the other one may be in, or a wildcard may match both.
    Perhaps,
    /// The same path, or a wildcard and a path that it matches.
    Yes,
}

/// How two paths below the same root overlap.
#[must_use]
pub fn overlap(one: &str, other: &str) -> Overlap {
    let (one, other) = (parts(one), parts(other));
    let mut found = Overlap::Yes;
    for (one, other) in one.iter().zip(&other) {
        found = found.min(part_overlap(one, other));
        if found == Overlap::No {
            return found;
        }
    }
    if one.len() == other.len() { found } else { Overlap::Perhaps }
}

/// The parts of a path without those that say nothing.
fn parts(path: &str) -> Vec<&str> {
    path.split('/').filter(|part| !part.is_empty() && *part != ".").collect()
}

fn part_overlap(one: &str, other: &str) -> Overlap {
    let wild = |part: &str| part.contains(['*', '?', '[']);
    match (wild(one), wild(other)) {
        _ if one == other => Overlap::Yes,
        (true, true) => Overlap::Perhaps,
        (true, false) if matches(one, other) => Overlap::Yes,
        (false, true) if matches(other, one) => Overlap::Yes,
        _ => Overlap::No,
    }
}

/// Whether `pattern` matches the whole of `name`, a part of a path: `*` any characters, `?` one, `[a-z]` one of
/// a class, `[^a-z]` one outside it, `\` takes the next character as it is.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    // Where to go on when it does not fit: behind the last `*`, which then takes one character more.
    let mut retry: Option<(usize, usize)> = None;
    let (mut at, mut read) = (0, 0);
    while read < name.len() {
        match one(&pattern[at..], name[read]) {
            Some(length) => (at, read) = (at + length, read + 1),
            None if pattern.get(at) == Some(&'*') => {
                retry = Some((at + 1, read));
                at += 1;
            }
            None => {
                let Some((star, taken)) = retry else { return false };
                retry = Some((star, taken + 1));
                (at, read) = (star, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

/// How many characters of `pattern` match the character `c`; nothing where they do not, and for a `*`.
fn one(pattern: &[char], c: char) -> Option<usize> {
    match *pattern.first()? {
        '*' => None,
        '?' => Some(1),
        '\\' => (pattern.get(1) == Some(&c)).then_some(2),
        '[' => {
            let end = 2 + pattern.iter().skip(2).position(|end| *end == ']')?;
            let negated = pattern[1] == '^';
            let class = &pattern[1 + usize::from(negated)..end];
            (class_holds(class, c) != negated).then_some(end + 1)
        }
        plain => (plain == c).then_some(1),
    }
}

fn class_holds(class: &[char], c: char) -> bool {
    let mut rest = class;
    while let [first, behind @ ..] = rest {
        if let ['-', last, behind @ ..] = behind {
            if (*first..=*last).contains(&c) {
                return true;
            }
            rest = behind;
        } else {
            if *first == c {
                return true;
            }
            rest = behind;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{Overlap, matches, overlap};

    #[test]
    fn wildcards_match_as_gos_do() {
        let cases = [
            ("*", "dist", true),
            ("*.jar", "app.jar", true),
            ("*.jar", "app.war", false),
            ("a*b*c", "a-b-b-c", true),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "bx", false),
            ("\\*", "*", true),
            ("\\*", "a", false),
            ("[", "[", false),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn paths_overlap_where_they_can_name_the_same_file() {
        let cases = [
            ("dist", "dist", Overlap::Yes),
            ("./dist/", "dist", Overlap::Yes),
            ("dist", "build", Overlap::No),
            ("dist", "dist/app.js", Overlap::Perhaps),
            ("*", "dist", Overlap::Yes),
            ("*.a", "*.b", Overlap::Perhaps),
            ("dist/*", "dist/app.js", Overlap::Yes),
            (".", "dist", Overlap::Perhaps),
            (".", ".", Overlap::Yes),
            ("*.jar", "dist", Overlap::No),
        ];
        for (one, other, expected) in cases {
            assert_eq!(overlap(one, other), expected, "{one} {other}");
            assert_eq!(overlap(other, one), expected, "{other} {one}");
        }
    }
}
