//! What CircleCI refuses in a regular expression: what Java's `Pattern.compile` refuses, for Java is what is
//! documented, and lookarounds, back references and possessive quantifiers, which its compiler has not taken since
//! 2026. Only what is refused for certain is told.

use std::ops::Range;

/// Why a regular expression does not compile, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternFault {
    pub range: Range<usize>,
    /// A sentence without a subject and a full stop: ``has a `*` with nothing before it to repeat``.
    pub message: &'static str,
}

/// Letters that mean something behind a backslash in Java.
const ESCAPES: &str = "tnrfaecdDhHsSvVwWbBAGZzRXkpPxuNQ0123456789";

/// The first thing that is refused in `pattern`; nothing where it may well compile.
#[must_use]
pub fn pattern_fault(pattern: &str) -> Option<PatternFault> {
    // With `(?x)` blanks and comments come in, which are not told apart here.
    if pattern.contains("(?x") {
        return None;
    }
    Scanner { pattern, at: 0, groups: Vec::new(), repeatable: false }.run().err()
}

struct Scanner<'p> {
    pattern: &'p str,
    at: usize,
    /// Where the groups begin that are open.
    groups: Vec<usize>,
    /// Whether there is something before that can be repeated.
    repeatable: bool,
}

type Scanned = Result<(), PatternFault>;

impl Scanner<'_> {
    fn run(mut self) -> Scanned {
        while let Some(character) = self.peek() {
            let start = self.at;
            self.at += character.len_utf8();
            match character {
                '\\' => self.escape(start)?,
                '[' => self.class(start)?,
                '(' => self.group(start)?,
                ')' => {
                    self.groups
                        .pop()
                        .map(drop)
                        .ok_or_else(|| self.fault(start, "closes a group that is not open"))?;
                    self.repeatable = true;
                }
                '|' => self.repeatable = false,
                '*' | '+' | '?' | '{' if !self.repeatable => {
                    return Err(
                        self.fault(start, "repeats nothing: there is nothing before it that it could repeat")
                    );
                }
                '*' | '+' | '?' => self.repeated(start)?,
                '{' => self.count(start)?,
                _ => self.repeatable = true,
            }
        }
        match self.groups.last() {
            Some(open) => {
                Err(PatternFault { range: *open..open + 1, message: "opens a group that is never closed" })
            }
            None => Ok(()),
        }
    }

    fn rest(&self) -> &str {
        &self.pattern[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// A fault from `start` to here.
    fn fault(&self, start: usize, message: &'static str) -> PatternFault {
        PatternFault { range: start..self.at, message }
    }

    /// Behind a quantifier that begins at `start`: it may be lazy, and is not to be repeated itself.
    fn repeated(&mut self, start: usize) -> Scanned {
        let lazy_or_possessive = self.peek().filter(|next| matches!(next, '?' | '+'));
        self.at += usize::from(lazy_or_possessive.is_some());
        self.repeatable = false;
        match lazy_or_possessive {
            Some('+') => Err(self.fault(start, "is possessive, which CircleCI's compiler does not do")),
            _ => Ok(()),
        }
    }

    /// `{2}`, `{2,}`, `{2,3}`.
    fn count(&mut self, start: usize) -> Scanned {
        let Some(length) = self.rest().find('}') else {
            return Err(self.fault(start, "begins a number of repetitions that never ends"));
        };
        let inside = self.rest()[..length].to_owned();
        self.at += length + 1;
        let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
        let number = |text: &str| text.parse::<u32>().ok();
        let ordered = match (number(least), most) {
            (Some(_), "") => true,
            (Some(least), most) => number(most).is_some_and(|most| least <= most),
            (None, _) => false,
        };
        if !ordered {
            return Err(self.fault(start, "is no number of repetitions"));
        }
        self.repeated(start)
    }

    /// Behind a backslash.
    fn escape(&mut self, start: usize) -> Scanned {
        let Some(escaped) = self.peek() else {
            return Err(self.fault(start, "is a backslash with nothing behind it"));
        };
        self.at += escaped.len_utf8();
        if escaped.is_ascii_alphanumeric() && !ESCAPES.contains(escaped) {
            return Err(self.fault(start, "is no escape that Java knows"));
        }
        if matches!(escaped, '1'..='9' | 'k') {
            return Err(self.fault(start, "refers back to a group, which CircleCI's compiler does not do"));
        }
        if escaped == 'Q' {
            self.at += self.rest().find("\\E").map_or(self.rest().len(), |length| length + 2);
        }
        // `\p{…}`, `\x{…}`, `\k<…>`: whatever is in there is left to Java.
        let close = match self.peek() {
            Some('{') if "pPxN".contains(escaped) => Some('}'),
            Some('<') if escaped == 'k' => Some('>'),
            _ => None,
        };
        if let Some(close) = close {
            let Some(length) = self.rest().find(close) else {
                return Err(self.fault(start, "is never closed"));
            };
            self.at += length + 1;
        }
        self.repeatable = true;
        Ok(())
    }

    /// Behind `(`.
    fn group(&mut self, start: usize) -> Scanned {
        self.repeatable = false;
        let Some(special) = self.rest().strip_prefix('?') else {
            self.groups.push(start);
            return Ok(());
        };
        let flags = special.bytes().take_while(|byte| b"idmsuUx-".contains(byte)).count();
        let skipped = match special.as_bytes() {
            [b':' | b'>', ..] => 1,
            [b'=' | b'!', ..] => {
                self.at += 2;
                return Err(self.fault(start, "looks ahead, which CircleCI's compiler does not do"));
            }
            [b'<', b'=' | b'!', ..] => {
                self.at += 3;
                return Err(self.fault(start, "looks behind, which CircleCI's compiler does not do"));
            }
            [b'<', letter, ..] if letter.is_ascii_alphabetic() => match special.find('>') {
                Some(end) => end + 1,
                None => return Err(self.fault(start, "names a group and never ends the name")),
            },
            _ => match special.as_bytes().get(flags) {
                // Flags for the rest of the pattern: no group.
                Some(b')') => {
                    self.at += 1 + flags + 1;
                    return Ok(());
                }
                Some(b':') => flags + 1,
                _ => {
                    self.at += 1 + special.chars().next().map_or(0, char::len_utf8);
                    return Err(self.fault(start, "begins a kind of group that Java does not know"));
                }
            },
        };
        self.at += 1 + skipped;
        self.groups.push(start);
        Ok(())
    }

    /// Behind `[`. Classes nest.
    fn class(&mut self, start: usize) -> Scanned {
        let mut open = 1;
        let mut first = true;
        // The last character, where a range may begin with it.
        let mut from = None;
        self.at += usize::from(self.peek() == Some('^'));
        while let Some(character) = self.peek() {
            let place = self.at;
            self.at += character.len_utf8();
            let before = from.take();
            match character {
                ']' if !first => open -= 1,
                '[' => {
                    open += 1;
                    self.at += usize::from(self.peek() == Some('^'));
                    first = true;
                    continue;
                }
                '\\' => self.escape(place)?,
                '-' if before.is_some() => {
                    let end = self.peek().filter(|end| !matches!(end, ']' | '[' | '\\' | '&'));
                    if let Some((begin, end)) = before.zip(end) {
                        self.at += end.len_utf8();
                        if begin > end {
                            return Err(self.fault(start, "has a range that ends before it begins"));
                        }
                    }
                }
                _ => from = Some(character),
            }
            first = false;
            if open == 0 {
                self.repeatable = true;
                return Ok(());
            }
        }
        Err(PatternFault {
            range: start..start + 1,
            message: "opens a class of characters that is never closed",
        })
    }
}
