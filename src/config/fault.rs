use super::schema::Need;
use crate::text::{Span, Spanned};

/// Something about the form of a config that the compiler's schema refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// The smallest wrong thing; for what is missing, the key of the mapping that lacks it.
    pub span: Span,
    /// Where the compiler's schema report puts it: `#/jobs/build/docker/0`.
    pub pointer: String,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A key that its mapping may not have.
    UnknownKey {
        key: String,
        /// What the mapping is: `a job`.
        what: &'static str,
        /// In the compiler's own order, where that is known.
        permitted: Vec<&'static str>,
        /// Those of them that the mapping already has.
        present: Vec<&'static str>,
        /// The compiler takes it all the same, and nothing reads it.
        taken: bool,
        /// The required key that it stands in place of, where unknown keys are taken: what the compiler misses.
        lacking: Option<&'static str>,
        /// The whole `key: value`, for those who want to remove it.
        entry: Span,
    },
    /// A key that its mapping must have. `keys` are alternatives, one of which is enough.
    MissingKey {
        keys: Vec<&'static str>,
        what: &'static str,
        /// The mapping itself, to add the key to; nothing where there is none.
        mapping: Option<Span>,
    },
    /// A value of another type than the compiler takes. Types are in the compiler's words.
    WrongType { expected: &'static str, found: &'static str },
    /// A word that is not among those permitted.
    WrongWord { word: String, permitted: Vec<&'static str> },
    /// A text that does not look as it has to, or a number out of bounds.
    WrongForm {
        value: String,
        /// The compiler's pattern; empty where its wording is not known.
        pattern: &'static str,
        /// What is asked for, in words.
        what: String,
        /// The value with the unit that it lacks.
        with_unit: Option<String>,
    },
    /// A key that says nothing without another one, or without a certain word there; the span is the key.
    Dependent { need: &'static Need },
    /// A step or an entry of a workflow with several keys, mostly a slip of indentation.
    /// Of an entry and of a command's or an orb's step the compiler takes the first (`taken`), if it has no value.
    SeveralKeys { what: &'static str, first: String, taken: bool },
    /// An empty list where at least one item is needed.
    TooFew { what: &'static str },
    /// A condition that is no logic statement; a whole sentence.
    Condition { message: String },
    /// Two keys that exclude each other; the span is the later one.
    Conflict { first: &'static str, second: &'static str, first_span: Span },
    /// A key among elements (`what`) that is none of them.
    Stray {
        key: String,
        what: &'static str,
        home: Home,
        /// All that stands there by the same slip.
        extent: Span,
    },
}

/// Where a key belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// To the element before it.
    Element { name: Spanned<String>, value: Span },
    /// To an element of which the name is missing.
    Nothing,
    /// To the top of the config. `last`: nothing of the table follows it.
    Config { last: bool },
}
