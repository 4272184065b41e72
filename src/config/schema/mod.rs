//! What each part of a config may hold, as data: key names, shapes of values, what is required.
//!
//! Read off the compiler's own schema reports and the documentation; where the published JSON schema is
//! stricter than the compiler, the compiler is followed. A value with a `<< >>` fits every shape. The order
//! of the keys of a job and of a docker image is that of the compiler's `Permitted keys:` lists.

mod executor;
mod step;
mod workflow;

pub use executor::{EXECUTOR, job_record};
pub use step::{BUILTIN_STEPS, BuiltinStep, CHOICES, RUN, builtin_step};
pub use workflow::{ENTRY, JOB_GROUP, WORKFLOW};

/// What a value may look like.
#[derive(Debug)]
pub enum Shape {
    Any,
    /// A string; an unquoted number or boolean is none.
    Text,
    TextOrNull,
    Flag,
    /// No value at all.
    Nothing,
    /// Any scalar.
    Scalar,
    /// Any scalar but nothing at all.
    Filled,
    Word(&'static [&'static str]),
    /// A text of a certain form.
    Form(&'static Form),
    /// An integer from the first to the second, both included; `i64::MAX` stands for no end.
    Between(i64, i64),
    List {
        of: &'static Shape,
        /// What the list is, in words: `a list of steps`.
        what: &'static str,
        at_least: usize,
    },
    Record(&'static Record),
    /// Names of the author's choice, each with the same shape of value.
    Table {
        of: &'static Shape,
        /// Whether nothing at all will do.
        null: bool,
    },
    /// Elements by names of the author's choice.
    Elements(&'static Elements),
    /// Decided by the outer form of the value; the last one is what is asked for when none fits.
    Either(&'static [Shape]),
    /// A logic statement, or a value in its place.
    Condition,
    /// A declared parameter: the default of one of type `steps` is a list of steps.
    Parameter(&'static Record),
    Step,
    Job,
    /// An entry in the job list of a workflow or a job group.
    Entry,
}

/// A table of elements: jobs, commands, executors, workflows, parameters.
#[derive(Debug)]
pub struct Elements {
    pub of: &'static Shape,
    /// What one is, with its article: `a job`.
    pub what: &'static str,
    /// Its keys. One that stands among the elements has slipped out of the one before it.
    pub keys: &'static [&'static str],
    /// Of these a mapping has one if it is such an element.
    pub signs: &'static [&'static str],
}

/// What a text has to look like.
#[derive(Debug)]
pub struct Form {
    /// As a regular expression, in the compiler's words; empty where those are not known.
    pub pattern: &'static str,
    /// In words: `a number of days, such as 7d`.
    pub what: &'static str,
    pub accepts: fn(&str) -> bool,
    /// What is added to a bare number; empty where it needs none.
    pub unit: &'static str,
}

/// A mapping with known keys.
#[derive(Debug)]
pub struct Record {
    /// With its article: `a job`.
    pub what: &'static str,
    pub keys: &'static [Key],
    /// Each inner list: at least one of these keys must be there.
    pub required: &'static [&'static [&'static str]],
    /// Pairs of keys of which only one may be there. A key that is `false` counts as absent, unless it is a
    /// condition.
    pub exclusive: &'static [(&'static str, &'static str)],
    pub dependent: &'static [Need],
    /// What becomes of keys that are not listed.
    pub rest: Rest,
}

/// A key that says nothing without another one.
#[derive(Debug, PartialEq, Eq)]
pub struct Need {
    pub key: &'static str,
    /// Only where its value is this word.
    pub word: Option<&'static str>,
    pub needs: &'static str,
    /// The word that the other key has to hold; nothing where any value will do.
    pub needed_word: Option<&'static str>,
}

/// What the compiler does with a key it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Refuses the config.
    Refused,
    /// Takes it, and nothing reads it: worth a warning.
    Unread,
    /// Takes it, and it may well mean something.
    Kept,
}

/// A key that a [`Record`] knows.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub shape: &'static Shape,
    /// Accepted in a config of version 2.0 only.
    pub only_2_0: bool,
}

impl Shape {
    /// What is asked for, in words, where `text` is not it: the text of a scalar that was filled in, `whole`
    /// where that is an integer. Only of words, numbers and forms it is known that the compiler looks again.
    #[must_use]
    pub fn asks_instead_of(&self, text: &str, whole: Option<i64>) -> Option<String> {
        match self {
            Self::Word(words) => {
                let wanted = || words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ");
                (!words.contains(&text)).then(wanted)
            }
            Self::Form(form) => (!(form.accepts)(text)).then(|| form.what.to_owned()),
            Self::Between(low, high) => {
                let within = whole.is_some_and(|value| (*low..=*high).contains(&value));
                (!within).then(|| between(*low, *high))
            }
            _ => None,
        }
    }
}

/// The bounds of a number in words.
pub(super) fn between(low: i64, high: i64) -> String {
    match high {
        i64::MAX => format!("a number of {low} or more"),
        high => format!("a number from {low} to {high}"),
    }
}

const fn key(name: &'static str, shape: &'static Shape) -> Key {
    Key { name, shape, only_2_0: false }
}

/// A record that takes these keys and no others.
const fn closed(
    what: &'static str,
    keys: &'static [Key],
    required: &'static [&'static [&'static str]],
) -> Record {
    Record { what, keys, required, exclusive: &[], dependent: &[], rest: Rest::Refused }
}

/// The number before the unit `unit`, written without leading zeros.
fn number_before(text: &str, unit: char) -> Option<u64> {
    let digits = text.strip_suffix(unit)?;
    let plain = digits.starts_with(|digit: char| ('1'..='9').contains(&digit));
    digits.parse().ok().filter(|_| plain)
}

/// Environment variables: a mapping, a list of mappings or `NAME=value` strings, a string, or nothing.
static ENVIRONMENT: Shape = Shape::Either(&[
    Shape::List {
        of: &Shape::Either(&[Shape::Table { of: &Shape::Scalar, null: true }, Shape::Scalar]),
        what: "a list of variables",
        at_least: 0,
    },
    Shape::TextOrNull,
    Shape::Table { of: &Shape::Scalar, null: true },
]);

/// Paths, or keys of caches: a list, or one of them.
static NAMES: Shape = Shape::Either(&[
    Shape::List { of: &Shape::Filled, what: "a list of strings", at_least: 0 },
    Shape::Filled,
]);

static TEXT_OR_TEXTS: Shape = Shape::Either(&[
    Shape::List { of: &Shape::Scalar, what: "a list of strings", at_least: 0 },
    Shape::Scalar,
]);

/// What `steps` holds.
pub static STEPS: Shape = Shape::List { of: &Shape::Step, what: STEPS_WHAT, at_least: 0 };

/// The one kind of list that a parameter can hold.
pub(super) const STEPS_WHAT: &str = "a list of steps";

/// Declared parameters of a job or a command.
pub static PARAMETERS: Shape = Shape::Elements(&parameters(&Shape::Parameter(&PARAMETER)));

const fn parameters(of: &'static Shape) -> Elements {
    const KEYS: &[&str] = &["type", "default", "description", "enum"];
    Elements { of, what: "a parameter", keys: KEYS, signs: KEYS }
}

static PARAMETER: Record = parameter(&[
    key("type", &Shape::Word(PARAMETER_TYPES)),
    key("default", &Shape::Any),
    key("description", &Shape::TextOrNull),
    key("enum", &CHOSEN_FROM),
]);

const fn parameter(keys: &'static [Key]) -> Record {
    Record {
        what: "a parameter",
        keys,
        required: &[&["type"]],
        exclusive: &[],
        dependent: ENUM_NEEDS_VALUES,
        rest: Rest::Refused,
    }
}

const PARAMETER_TYPES: &[&str] =
    &["string", "boolean", "integer", "enum", "executor", "steps", "env_var_name"];

static CHOSEN_FROM: Shape = Shape::List { of: &Shape::Scalar, what: "a list of values", at_least: 1 };

const ENUM_NEEDS_VALUES: &[Need] =
    &[Need { key: "type", word: Some("enum"), needs: "enum", needed_word: None }];

/// Those of an executor: it has no use for steps or another executor.
static EXECUTOR_PARAMETERS: Shape = Shape::Elements(&parameters(&Shape::Parameter(&EXECUTOR_PARAMETER)));

static EXECUTOR_PARAMETER: Record = parameter(&[
    key("type", &Shape::Word(&["string", "boolean", "integer", "enum", "env_var_name"])),
    key("default", &Shape::Any),
    key("description", &Shape::TextOrNull),
    key("enum", &CHOSEN_FROM),
]);

/// The pipeline parameters at the top of a config: each needs a default.
pub static PIPELINE_PARAMETERS: Shape = Shape::Elements(&parameters(&Shape::Parameter(&PIPELINE_PARAMETER)));

static PIPELINE_PARAMETER: Record = Record {
    what: "a pipeline parameter",
    keys: &[
        key("type", &Shape::Word(&["string", "boolean", "integer", "enum"])),
        key("default", &Shape::Any),
        key("description", &Shape::TextOrNull),
        key("enum", &CHOSEN_FROM),
    ],
    required: &[&["type"], &["default"]],
    exclusive: &[],
    dependent: ENUM_NEEDS_VALUES,
    rest: Rest::Refused,
};

/// The `commands` of a config or an orb. A command may also be the name of an orb's command.
pub static COMMANDS: Shape = Shape::Elements(&Elements {
    of: &Shape::Either(&[Shape::Text, Shape::Record(&COMMAND)]),
    what: "a command",
    keys: &["steps", "parameters", "description"],
    signs: &["steps"],
});

static COMMAND: Record = closed(
    "a command",
    &[key("description", &Shape::TextOrNull), key("parameters", &PARAMETERS), key("steps", &STEPS)],
    &[&["steps"]],
);

pub static EXECUTORS: Shape = Shape::Elements(&Elements {
    of: &Shape::Either(&[Shape::Text, Shape::Record(&EXECUTOR)]),
    what: "an executor",
    keys: &[
        "docker",
        "machine",
        "macos",
        "environment",
        "working_directory",
        "shell",
        "resource_class",
        "parameters",
        "description",
    ],
    signs: EXECUTORS_KINDS,
});

const EXECUTORS_KINDS: &[&str] = &["docker", "machine", "macos"];

pub static JOBS: Shape = Shape::Elements(&Elements {
    of: &Shape::Job,
    what: "a job",
    keys: &[
        "docker",
        "machine",
        "macos",
        "executor",
        "environment",
        "working_directory",
        "shell",
        "resource_class",
        "parallelism",
        "parameters",
        "description",
        "steps",
    ],
    signs: &["docker", "machine", "macos", "executor", "steps", "type"],
});

pub static JOB_GROUPS: Shape = Shape::Table { of: &Shape::Record(&JOB_GROUP), null: true };

/// The imports of a config or an orb: a reference, or an orb written in place.
pub static ORBS: Shape = Shape::Table { of: &Shape::Either(&[Shape::Text, Shape::Record(&ORB)]), null: true };

/// How an orb shows its use. What stands under `usage` and `result` are whole configs, and not looked at.
static EXAMPLES: Shape = Shape::Table { of: &Shape::Record(&EXAMPLE), null: true };

static EXAMPLE: Record = closed(
    "an example",
    &[
        key("description", &Shape::TextOrNull),
        key("usage", &Shape::Table { of: &Shape::Any, null: false }),
        key("result", &Shape::Any),
    ],
    &[&["usage"]],
);

static WORKFLOWS: Shape = Shape::Elements(&Elements {
    of: &Shape::Record(&WORKFLOW),
    what: "a workflow",
    keys: &["jobs", "triggers", "when", "unless", "max_auto_reruns"],
    signs: &["jobs"],
});

/// A whole config. Open: the compiler takes other keys at the top.
pub static CONFIG: Record = Record {
    what: "a config",
    keys: &[
        key("version", &Shape::Any),
        key("setup", &Shape::Flag),
        key("parameters", &PIPELINE_PARAMETERS),
        key("orbs", &ORBS),
        key("commands", &COMMANDS),
        key("executors", &EXECUTORS),
        key("jobs", &JOBS),
        key("job-groups", &JOB_GROUPS),
        // Beside workflows `version` may stand there, which is none.
        key("workflows", &WORKFLOWS),
    ],
    required: &[],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Kept,
};

/// An inline orb, or the source of an orb. Open: `version` and `display` are there too, and the compiler does not
/// mind others.
pub static ORB: Record = Record {
    what: "an orb",
    keys: &[
        key("commands", &COMMANDS),
        key("jobs", &JOBS),
        key("executors", &EXECUTORS),
        key("orbs", &ORBS),
        key("examples", &EXAMPLES),
        key("description", &Shape::TextOrNull),
    ],
    required: &[],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Kept,
};
