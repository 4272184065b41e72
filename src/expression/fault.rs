use super::{DEEPEST_NESTING, Namespace, Reference};
use std::fmt;
use std::ops::Range;

/// Something wrong in the content of a scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The smallest wrong part: bytes of the scalar's content.
    pub range: Range<usize>,
    pub problem: Problem,
}

/// What is wrong. Displayed, it is CircleCI's own wording where that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A parameter that the enclosing element does not declare; its full name (`parameters.x`).
    UndeclaredParameter(String),
    /// A name that stands for nothing; the full name.
    UnknownVariable(String),
    /// It does not follow the grammar; a whole sentence.
    Malformed(String),
    /// A value of a type that its operator cannot take; a whole sentence.
    WrongOperand(String),
    /// A `<<` without its `>>`.
    UnclosedTag,
    /// A `<<` with its `>>`, and no name of CircleCI's between them.
    NoTag,
    /// Nested deeper than [`DEEPEST_NESTING`]; what is (`parentheses`).
    TooDeep(&'static str),
}

impl Fault {
    pub(super) fn new(range: Range<usize>, problem: Problem) -> Self {
        Self { range, problem }
    }

    pub(super) fn malformed(range: Range<usize>, message: impl Into<String>) -> Self {
        Self::new(range, Problem::Malformed(message.into()))
    }

    /// `reference` has no declaration.
    pub(super) fn undeclared(reference: &Reference) -> Self {
        let path = reference.path.clone();
        let problem = match reference.namespace() {
            Namespace::Parameters => Problem::UndeclaredParameter(path),
            _ => Problem::UnknownVariable(path),
        };
        Self::new(reference.range.clone(), problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UndeclaredParameter(path) => {
                write!(out, "Arguments referenced without declared parameters: {path}")
            }
            // The compiler goes on with the line and a caret, hence its colon.
            Self::UnknownVariable(path) => {
                write!(out, "Referred to a variable \"{path}\" that does not exist:")
            }
            Self::Malformed(sentence) | Self::WrongOperand(sentence) => out.write_str(sentence),
            Self::UnclosedTag | Self::NoTag => out.write_str("Unclosed '<<' tag"),
            Self::TooDeep(what) => write!(out, "{what} nest more than {DEEPEST_NESTING} deep"),
        }
    }
}
