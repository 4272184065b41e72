use super::Resolved;

/// How the writer writes a text. SnakeYAML has a folded style too, which CircleCI's output never uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrittenStyle {
    Plain,
    SingleQuoted,
    /// `|`; for texts of several lines only.
    Literal,
    DoubleQuoted,
}

/// Bytes that mean something at the start of a plain scalar, whatever follows them.
const LEADING_INDICATORS: &str = "#,[]{}&*!|>'\"%@`";

/// The style in which SnakeYAML writes `text` as a string in block context: plain where it reads back as a
/// string, literal where it has several lines, else single quotes, and double quotes for what only they can
/// hold (characters to be escaped, a blank before a line end).
pub(super) fn style_of(text: &str) -> WrittenStyle {
    let found = Findings::of(text);
    if found.must_escape || found.blank_before_break {
        WrittenStyle::DoubleQuoted
    } else if text.contains('\n') {
        // Where a literal block cannot be had, SnakeYAML does not try single quotes.
        if found.trailing_blank { WrittenStyle::DoubleQuoted } else { WrittenStyle::Literal }
    } else if found.leading_blank || found.trailing_blank || found.indicators || !is_string(text) {
        WrittenStyle::SingleQuoted
    } else {
        WrittenStyle::Plain
    }
}

/// Whether the plain scalar `text` is a string. `=` is one to every reader of today, but YAML 1.1 has a type
/// of its own for it, and SnakeYAML quotes it for that.
fn is_string(text: &str) -> bool {
    text != "=" && matches!(Resolved::plain(text), Resolved::String(_))
}

/// Whether `character` can stand in an unquoted or single-quoted scalar.
///
/// U+0085, U+2028 and U+2029 are line ends to YAML 1.1 and ordinary characters to YAML 1.2: escaped, both
/// read them alike. (No output of CircleCI with one of them has been seen.)
pub(super) fn is_printable(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
        && !matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// What in a text restricts its style.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations, each asked for by name")]
struct Findings {
    must_escape: bool,
    /// A character, or two, that ends or starts something else in a plain scalar: `: `, ` #`, a leading `- `.
    indicators: bool,
    leading_blank: bool,
    trailing_blank: bool,
    blank_before_break: bool,
}

impl Findings {
    fn of(text: &str) -> Self {
        let mut found = Self {
            indicators: starts_with_indicator(text),
            leading_blank: text.starts_with(' '),
            trailing_blank: text.ends_with(' '),
            ..Self::default()
        };
        let mut before = None;
        let mut rest = text.chars().peekable();
        while let Some(character) = rest.next() {
            match (before, character) {
                (Some(' '), '\n') => found.blank_before_break = true,
                (Some(' '), '#') => found.indicators = true,
                (_, ':') if matches!(rest.peek(), None | Some(' ')) => found.indicators = true,
                (_, '\n') => {}
                _ => found.must_escape |= !is_printable(character),
            }
            before = Some(character);
        }
        found
    }
}

fn starts_with_indicator(text: &str) -> bool {
    let mut characters = text.chars();
    let (first, second) = (characters.next(), characters.next());
    let alone = matches!(second, None | Some(' '));
    text.starts_with("---")
        || text.starts_with("...")
        || first.is_some_and(|first| LEADING_INDICATORS.contains(first))
        || (alone && matches!(first, Some('?' | ':' | '-')))
}
