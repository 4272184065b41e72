use super::Origin;
use crate::config::ParameterType;
use crate::text::{Span, Spanned};

/// A fault tells so many of the names that are declared: a config with as many faults as names is no reason to
/// write down each name with each of them.
pub(super) const MOST_TOLD: usize = 64;

/// Something that stops CircleCI's compiler, found while compiling.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    pub kind: FaultKind,
    /// The smallest wrong thing.
    pub span: Span,
    /// How the compiler came there: the calls that become related labels.
    pub origin: Origin,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Neither a workflow nor a job called `build`.
    NothingToRun,
    /// More rows than `limit`.
    TooManyRows { rows: usize, limit: usize },
    /// The compiled config would have more values than the limit.
    TooManyValues { limit: usize },
    /// The compiled config would have more bytes of text than the limit.
    TooMuchText { limit: usize },
    /// Conditions and templates would read more bytes of values than the limit.
    TooMuchRead { limit: usize },
    /// Workflows have more entries than the limit, rows of matrices counted one by one.
    TooManyEntries { limit: usize },
    /// The names in `requires` mean more entries than the limit, a matrix counted by its rows.
    TooManyRequirements { limit: usize },
    /// Calls of commands, conditional steps and steps in arguments, nested deeper than the limit.
    TooDeep { limit: usize },
    /// A command that calls itself, directly or through others.
    Recursion { command: String },
    /// `<< parameters.x >>` where no such parameter is declared.
    UndeclaredParameter {
        /// In full: `parameters.x`.
        name: String,
        /// Those that are; of many, the first.
        declared: Vec<String>,
    },
    /// `<< pipeline.x >>`, or a name in an expression, that does not exist.
    UnknownVariable { name: String },
    /// An expression that cannot be read or evaluated.
    Expression { message: String },
    /// A `<<` without its `>>`, or (`closed`) without a name of CircleCI's before that, in a scalar, which may be in
    /// double quotes.
    UnclosedTag { closed: bool, in_double_quotes: bool },
    /// A name of an executor that is put together from values, and stands for none.
    UndefinedExecutor { name: String },
    /// No arguments for parameters without a default.
    MissingArguments { parameters: Vec<Spanned<String>>, callee: String, callee_kind: &'static str },
    /// An argument for a parameter that is not declared.
    UnexpectedArgument {
        argument: String,
        callee: String,
        callee_kind: &'static str,
        /// Of many, the first.
        declared: Vec<String>,
        /// Where the orb is imported of which only the signature is known.
        import: Option<Span>,
    },
    /// An argument or default of another type than declared.
    WrongArgument {
        parameter: String,
        declared: Span,
        expected: ParameterType,
        /// What it came to, as text.
        value: String,
        /// Its type, in the words of parameter declarations.
        found: &'static str,
    },
    /// An argument or default that is not among the values of its `enum`.
    NotInEnum { parameter: String, declared: Span, value: String, permitted: Vec<String> },
    /// A value that came through `<< >>` and that nothing takes where it stands.
    Unfit {
        key: String,
        /// What it came to, as text.
        value: String,
        /// What is asked for, in words.
        wanted: String,
    },
    /// A matrix of which no row is left.
    NoRows,
    /// A parameter that the setup pipeline and the continuation were given with different values.
    ConflictingParameters { name: String },
}
