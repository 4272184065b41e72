use super::Fault;
use std::ops::Range;

/// A word of the expression language and the bytes it covers.
pub(super) type Lexeme = (Token, Range<usize>);

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Operator(Operator),
    /// `not` and `!`
    Not,
    Open,
    Close,
    Bool(bool),
    Int(i64),
    /// A string in double quotes, unescaped.
    Text(String),
    /// A regular expression between slashes, with `\/` unescaped.
    Pattern(String),
    Name(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    StartsWith,
    Contains,
    Matches,
    AtLeast,
    Greater,
    AtMost,
    Less,
}

impl Operator {
    /// As it is written.
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::StartsWith => "starts-with",
            Self::Contains => "contains",
            Self::Matches => "matches",
            Self::AtLeast => ">=",
            Self::Greater => ">",
            Self::AtMost => "<=",
            Self::Less => "<",
        }
    }
}

/// Operators that need no blanks around them; a longer one stands before its own beginning.
const SYMBOLS: [(&str, Token); 9] = [
    ("==", Token::Operator(Operator::Equal)),
    ("!=", Token::Operator(Operator::NotEqual)),
    (">=", Token::Operator(Operator::AtLeast)),
    ("<=", Token::Operator(Operator::AtMost)),
    (">", Token::Operator(Operator::Greater)),
    ("<", Token::Operator(Operator::Less)),
    ("!", Token::Not),
    ("(", Token::Open),
    (")", Token::Close),
];

/// Splits `text[range]` into words, or says where that fails.
pub(super) fn lex(text: &str, range: Range<usize>) -> Result<Vec<Lexeme>, Fault> {
    let mut lexemes: Vec<Lexeme> = Vec::new();
    let mut at = range.start;
    while let Some(rest) = text.get(at..range.end).filter(|rest| !rest.is_empty()) {
        let blanks = rest.len() - rest.trim_start().len();
        if blanks > 0 {
            at += blanks;
            continue;
        }
        let pattern_wanted = matches!(lexemes.last(), Some((Token::Operator(Operator::Matches), _)));
        let (token, length) = if rest.starts_with('"') {
            delimited(rest, '"', at, "A string lacks its closing quote")
                .map(|(inner, length)| (Token::Text(unescape(inner, &['"', '\\'])), length))
        } else if pattern_wanted && rest.starts_with('/') {
            delimited(rest, '/', at, "A regular expression lacks its closing slash")
                .map(|(inner, length)| (Token::Pattern(unescape(inner, &['/'])), length))
        } else if let Some((symbol, token)) = SYMBOLS.iter().find(|(symbol, _)| rest.starts_with(symbol)) {
            Ok((token.clone(), symbol.len()))
        } else {
            word(rest, at)
        }?;
        lexemes.push((token, at..at + length));
        at += length;
    }
    Ok(lexemes)
}

/// The text between the delimiter that `rest` begins with and the next one without a backslash before it, and
/// the length with both.
fn delimited<'t>(
    rest: &'t str,
    delimiter: char,
    at: usize,
    missing: &str,
) -> Result<(&'t str, usize), Fault> {
    let mut escaped = false;
    for (index, character) in rest.char_indices().skip(1) {
        if character == delimiter && !escaped {
            return Ok((&rest[1..index], index + 1));
        }
        escaped = character == '\\' && !escaped;
    }
    Err(Fault::malformed(at..at + rest.len(), missing))
}

/// Drops the backslash before each of `special`; other backslashes stay.
fn unescape(text: &str, special: &[char]) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\\'
            && let Some(next) = characters.next_if(|next| special.contains(next))
        {
            plain.push(next);
            continue;
        }
        plain.push(character);
        // A pattern's `\\` is one unit: its second backslash does not escape what follows.
        if character == '\\'
            && let Some(next) = characters.next_if_eq(&'\\')
        {
            plain.push(next);
        }
    }
    plain
}

/// A keyword, which is written in small letters or in capitals only, a name or an integer.
fn word(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let of_word =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.' | '?');
    let length = rest.find(|character| !of_word(character)).unwrap_or(rest.len());
    let word = &rest[..length];
    let token = match word {
        "or" | "OR" => Token::Operator(Operator::Or),
        "and" | "AND" => Token::Operator(Operator::And),
        "starts-with" | "STARTS-WITH" => Token::Operator(Operator::StartsWith),
        "contains" | "CONTAINS" => Token::Operator(Operator::Contains),
        "matches" | "MATCHES" => Token::Operator(Operator::Matches),
        "not" | "NOT" => Token::Not,
        "true" | "TRUE" => Token::Bool(true),
        "false" | "FALSE" => Token::Bool(false),
        _ if word.starts_with(|first: char| first.is_ascii_digit() || first == '-') => match word.parse() {
            Ok(number) => Token::Int(number),
            Err(_) => {
                return Err(Fault::malformed(at..at + length, format!("`{word}` is not an integer")));
            }
        },
        _ if word.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') => {
            if word.contains("..") || word.ends_with('.') {
                return Err(Fault::malformed(at..at + length, format!("`{word}` is not a name")));
            }
            Token::Name(word.to_owned())
        }
        _ => {
            let character = rest.chars().next().unwrap_or_default();
            let message = format!("`{character}` has no meaning in an expression");
            return Err(Fault::malformed(at..at + character.len_utf8(), message));
        }
    };
    Ok((token, length))
}
