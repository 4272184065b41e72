//! CircleCI's small languages inside scalars: `<< >>` templates with Mustache sections, bare expressions, and
//! logic statements.
//!
//! Comes in: the content of a scalar, and a [`Scope`] that knows what names stand for. Goes out: a [`Template`],
//! [`Expression`] or [`Logic`], then a [`Value`] (or why it cannot be known offline) and the [`Fault`]s found.
//! Must not know: YAML, or which names a job, command or orb declares. Ranges count in a scalar's content; only
//! a logic statement carries the spans of its scalars along.
//! What is not known is never guessed: it makes the answer [`Answer::Unknown`], with the reason.

mod evaluate;
mod fault;
mod lexer;
mod logic;
mod parser;
mod pattern;
mod pattern_syntax;
mod reference;
mod template;
mod value;

pub use evaluate::{Answer, Lookup, Outcome, Rendered, Scope, Unknown};
pub use fault::{Fault, Problem};
pub use logic::{Logic, Statement, Verdict};
pub use parser::{Clauses, Expression};
pub use pattern::{full_match, item_matches, item_pattern};
pub use pattern_syntax::{PatternFault, pattern_fault};
pub use reference::{Namespace, Reference, starts_with_namespace};
pub use template::{Part, Placeholder, Section, Template};
pub use value::{Opaque, Value};

/// How deep parentheses, sections and logic statements nest at most. CircleCI documents 100 for logic
/// statements; the rest is held to the same, so that no input overflows the stack.
pub const DEEPEST_NESTING: usize = 100;
