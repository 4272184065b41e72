use std::borrow::Cow;

/// What a name stands for, or an expression gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    /// A member of an enum may be one; nothing computes with it.
    Float(f64),
    String(String),
    /// Something that only a whole scalar can be replaced by.
    Opaque(Opaque),
}

/// A list, a map, steps or an executor, seen from an expression: it can be passed on and compared, not taken
/// apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opaque {
    /// What it is, with its article, for messages: `a list of steps`.
    pub kind: &'static str,
    /// A text that is equal for equal content, and empty for empty content.
    pub content: String,
}

impl Value {
    /// Whether a condition holds with this value. False are `false`, null, 0, NaN and what is empty.
    #[must_use]
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Null => false,
            Self::Bool(flag) => *flag,
            Self::Int(number) => *number != 0,
            Self::Float(number) => *number != 0.0 && !number.is_nan(),
            Self::String(text) => !text.is_empty(),
            Self::Opaque(opaque) => !opaque.content.is_empty(),
        }
    }

    /// The value as it stands inside other text; nothing for what has no such form. Null is the empty text.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        Some(match self {
            Self::Null => Cow::Borrowed(""),
            Self::Bool(true) => Cow::Borrowed("true"),
            Self::Bool(false) => Cow::Borrowed("false"),
            Self::Int(number) => Cow::Owned(number.to_string()),
            Self::Float(number) => Cow::Owned(format!("{number:?}")),
            Self::String(text) => Cow::Borrowed(text),
            Self::Opaque(_) => return None,
        })
    }

    /// What the value is, with its article, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Int(_) => "an integer",
            Self::Float(_) => "a float",
            Self::String(_) => "a string",
            Self::Opaque(opaque) => opaque.kind,
        }
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}
