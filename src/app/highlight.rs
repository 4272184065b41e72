//! Colours for a line of the compiled text. What is written there is plain: one key or value a line, no flow,
//! no anchors; a grammar would be too much.

/// What a piece of a line is. [`Piece::class`] is the class that the editor has for it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    Plain,
    Punctuation,
    Key,
    Text,
    Number,
    Word,
}

impl Piece {
    #[must_use]
    pub fn class(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Punctuation => Some("code-punctuation"),
            Self::Key => Some("code-key"),
            Self::Text => Some("code-string"),
            Self::Number => Some("code-number"),
            Self::Word => Some("code-word"),
        }
    }
}

/// The pieces of a line, in order; together they are the line. `literal` says that it is part of a block of
/// text.
#[must_use]
pub fn pieces(line: &str, literal: bool) -> Vec<(Piece, &str)> {
    if literal {
        return vec![(Piece::Text, line)];
    }
    let mut found = Vec::new();
    let indentation = line.len() - line.trim_start_matches([' ', '-']).len();
    // `-1` is a number and no item of a list.
    let indentation = if line[..indentation].ends_with('-') && indentation < line.len() {
        indentation - 1
    } else {
        indentation
    };
    let (lead, rest) = line.split_at(indentation);
    let kind = if lead.contains('-') { Piece::Punctuation } else { Piece::Plain };
    found.push((kind, lead));
    let value = match key_end(rest) {
        Some(end) => {
            let (key, value) = rest.split_at(end);
            found.push((Piece::Key, key));
            let (colon, value) = value.split_at(1);
            found.push((Piece::Punctuation, colon));
            value
        }
        None => rest,
    };
    found.push((kind_of(value.trim()), value));
    found.retain(|(_, text)| !text.is_empty());
    found
}

/// Where the key ends that the text begins with: before a colon with a space or nothing behind it.
fn key_end(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''));
    let from = match quote {
        None => 0,
        // Behind the closing quote; an escaped one is followed by no colon in all but made-up keys.
        Some(quote) => text.get(1..)?.find(quote)? + 2,
    };
    let ends = |at: &usize| matches!(text.as_bytes().get(at + 1), None | Some(b' '));
    let at = text.match_indices(':').map(|(at, _)| at).filter(|at| *at >= from).find(ends)?;
    (quote.is_none() || at == from).then_some(at)
}

fn kind_of(value: &str) -> Piece {
    let is_number = value.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && value.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e'));
    match value {
        "true" | "false" | "null" => Piece::Word,
        _ if is_number => Piece::Number,
        _ if value.starts_with(['"', '\'']) => Piece::Text,
        _ if value.starts_with(['|', '{', '[']) => Piece::Punctuation,
        _ => Piece::Plain,
    }
}
