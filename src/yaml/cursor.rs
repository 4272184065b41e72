use std::ops::Range;

/// Walks the text between the scanner's tokens: finds the dashes and colons that it does not tell of, and
/// the tabs that YAML 1.1 does not allow there. Only ever moves forward, so that a text is walked once.
#[derive(Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    /// The token before `at` is a plain scalar: blanks behind it belong to it, tabs too.
    behind_plain: bool,
    /// Runs of blanks with a tab between tokens.
    pub(super) tabs: Vec<Range<usize>>,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Self { text, at, behind_plain: false, tabs: Vec::new() }
    }

    /// The end of all that was read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes behind a token that ends at `end`.
    pub(super) fn pass(&mut self, end: usize, plain: bool) {
        if end >= self.at {
            self.at = end;
            self.behind_plain = plain;
        }
    }

    /// Goes to the next character that is not a blank, a line end or part of a comment.
    pub(super) fn skip(&mut self) -> usize {
        let bytes = self.text.as_bytes();
        let mut tab_allowed = self.behind_plain;
        while let Some(byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\t' => self.skip_blanks(tab_allowed),
                b'\n' | b'\r' => {
                    self.at += 1;
                    tab_allowed = false;
                }
                b'#' => self.at = line_end(self.text, self.at),
                _ => break,
            }
        }
        self.behind_plain = false;
        self.at
    }

    fn skip_blanks(&mut self, tab_allowed: bool) {
        let bytes = self.text.as_bytes();
        let start = self.at;
        while matches!(bytes.get(self.at), Some(b' ' | b'\t')) {
            self.at += 1;
        }
        if !tab_allowed && bytes[start..self.at].contains(&b'\t') {
            self.tabs.push(start..self.at);
        }
    }

    /// Goes behind `indicator` if it comes next, and says where it was.
    pub(super) fn take(&mut self, indicator: u8) -> Option<usize> {
        let at = self.skip();
        (self.text.as_bytes().get(at) == Some(&indicator)).then(|| {
            self.at += 1;
            at
        })
    }

    /// Goes behind the colon of an entry. `mapping` is the start of its block mapping: a colon that begins a line
    /// further left belongs to one further out, and one without a blank behind it begins the next key (`::`).
    pub(super) fn take_colon(&mut self, mapping: Option<usize>) -> bool {
        let behind = self.at;
        let at = self.skip();
        let column = |at: usize| at - line_start(self.text, at);
        let own_line = self.text[behind..at].contains(['\n', '\r']);
        match mapping {
            Some(start) if own_line && column(at) < column(start) => false,
            Some(_) => self.take_word(b':').is_some(),
            None => self.take(b':').is_some(),
        }
    }

    /// As [`Cursor::take`], for an indicator that counts only before a blank: `?`, a colon outside brackets.
    pub(super) fn take_word(&mut self, indicator: u8) -> Option<usize> {
        let at = self.skip();
        let next = self.text.as_bytes().get(at + 1);
        let alone = matches!(next, None | Some(b' ' | b'\t' | b'\n' | b'\r'));
        if alone { self.take(indicator) } else { None }
    }

    /// Goes past `&name` and `!tag`, in whatever order, to what they belong to.
    pub(super) fn skip_properties(&mut self) -> usize {
        loop {
            let at = self.skip();
            let rest = &self.text[at..];
            if !rest.starts_with(['&', '!']) {
                return at;
            }
            self.at += rest.find([' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        }
    }
}

/// Where the line that holds byte `at` ends, without its line end.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length)
}

/// Where the line that holds byte `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8().min(at) } else { start }
}
