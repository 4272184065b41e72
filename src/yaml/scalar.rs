use super::{Scalar, ScalarStyle};

/// What a scalar means in YAML 1.1, as SnakeYAML resolves it.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// Empty, `~`, `null`, `Null`, `NULL`.
    Null,
    /// `yes`, `no`, `on`, `off`, `true`, `false`, each also Capitalised and UPPER.
    Bool(bool),
    /// Decimal, octal (`0777`), hexadecimal, binary, sexagesimal (`12:30:45`), with `_` between digits.
    Int(i64),
    Float(f64),
    /// A date, a time stamp, or an integer beyond 64 bits: kept as written.
    Verbatim(String),
    /// `<<` as a plain scalar: a merge key where it is a key.
    Merge,
    String(String),
}

impl Resolved {
    /// What `scalar` means under `tag` (`str`, `int`, …, `tag:yaml.org,2002:str`; none for an untagged one).
    #[must_use]
    pub fn of(scalar: &Scalar, tag: Option<&str>) -> Self {
        let _ = tag;
        if scalar.style != ScalarStyle::Plain {
            return Self::String(scalar.text.clone());
        }
        Self::String(scalar.text.clone())
    }
}
