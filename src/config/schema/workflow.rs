//! Workflows, their entries, and job groups.

use super::{Form, Key, Record, Rest, STEPS, Shape, TEXT_OR_TEXTS, closed, key};

/// CircleCI compiles workflows without a single job.
static ENTRIES: Shape = Shape::List { of: &Shape::Entry, what: "a list of jobs", at_least: 0 };

static MEMBERS: Shape = Shape::List { of: &Shape::Entry, what: "a list of jobs", at_least: 1 };

/// A workflow. CircleCI's compiler takes other keys, and nothing reads them.
pub static WORKFLOW: Record = Record {
    what: "a workflow",
    keys: &[
        key("jobs", &ENTRIES),
        key("when", &Shape::Condition),
        key("unless", &Shape::Condition),
        key(
            "triggers",
            &Shape::List { of: &Shape::Record(&TRIGGER), what: "a list of triggers", at_least: 0 },
        ),
        key("max_auto_reruns", &Shape::Between(1, 5)),
    ],
    required: &[&["jobs"]],
    exclusive: &[("when", "unless")],
    dependent: &[],
    rest: Rest::Unread,
};

static TRIGGER: Record = Record {
    what: "a trigger",
    keys: &[key("schedule", &Shape::Record(&SCHEDULE))],
    required: &[&["schedule"]],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Kept,
};

static SCHEDULE: Record = Record {
    what: "a schedule",
    keys: &[key("cron", &Shape::Text), key("filters", &Shape::Record(&SCHEDULE_FILTERS))],
    required: &[&["cron"], &["filters"]],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Unread,
};

/// A schedule runs on branches that it names, never on tags.
static SCHEDULE_FILTERS: Record =
    closed("filters of a schedule", &[key("branches", &Shape::Record(&SCHEDULE_BRANCHES))], &[&["branches"]]);

static SCHEDULE_BRANCHES: Record = closed("a filter", FILTER_KEYS, &[&["only", "ignore"]]);

static FILTERS: Record = Record {
    what: "filters",
    keys: &[
        key("branches", &Shape::Either(&[Shape::Nothing, Shape::Record(&FILTER)])),
        key("tags", &Shape::Either(&[Shape::Nothing, Shape::Record(&FILTER)])),
    ],
    required: &[],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Refused,
};

static FILTER: Record = closed("a filter", FILTER_KEYS, &[]);

const FILTER_KEYS: &[Key] = &[key("only", &TEXT_OR_TEXTS), key("ignore", &TEXT_OR_TEXTS)];

/// The options of an invocation. Open: every other key is an argument of the job.
pub static ENTRY: Record = Record {
    what: "an entry of a workflow",
    keys: &[
        key("requires", &Shape::Either(&[Shape::Nothing, REQUIREMENTS])),
        key("name", &Shape::Scalar),
        key("context", &Shape::Either(&[CONTEXTS, Shape::TextOrNull])),
        key("filters", &Shape::Either(&[Shape::Record(&FILTERS), Shape::TextOrNull])),
        // Every other type is declared with the job.
        key("type", &Shape::Word(&["approval"])),
        key("matrix", &Shape::Record(&MATRIX)),
        key("pre-steps", &STEPS),
        key("post-steps", &STEPS),
        key("serial-group", &Shape::Form(&SERIAL_GROUP)),
        key("override-with", &Shape::Scalar),
    ],
    required: &[],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Kept,
};

/// As documented; the compiler's wording is not known.
static SERIAL_GROUP: Form = Form {
    pattern: "",
    what: "1 to 512 letters, digits and `.`, `_`, `/`, `-`",
    accepts: |text| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._/-".contains(&byte);
        (1..=512).contains(&text.len()) && text.bytes().all(fits)
    },
    unit: "",
};

const CONTEXTS: Shape = Shape::List { of: &Shape::Filled, what: "a list of contexts", at_least: 0 };

const REQUIREMENTS: Shape = Shape::List { of: &REQUIREMENT, what: "a list of job names", at_least: 0 };

/// A job's name, or a name with the status or statuses asked for.
static REQUIREMENT: Shape = Shape::Either(&[
    Shape::Table {
        of: &Shape::Either(&[
            Shape::List { of: &Shape::Word(&STATUSES), what: "a list of statuses", at_least: 1 },
            Shape::Word(&STATUSES_AND_TERMINAL),
        ]),
        null: false,
    },
    Shape::Filled,
]);

const STATUSES: [&str; 5] = ["success", "failed", "canceled", "unauthorized", "not_run"];

/// `terminal` stands for all the others and alone, never in a list.
const STATUSES_AND_TERMINAL: [&str; 6] =
    ["success", "failed", "canceled", "unauthorized", "not_run", "terminal"];

/// The values of one parameter. With none at all the matrix makes no job.
static COLUMN: Shape =
    Shape::Either(&[Shape::Nothing, Shape::List { of: &Shape::Any, what: "a list of values", at_least: 0 }]);

static MATRIX: Record = Record {
    what: "a matrix",
    keys: &[
        key("parameters", &Shape::Table { of: &COLUMN, null: false }),
        key(
            "exclude",
            &Shape::List {
                of: &Shape::Table { of: &Shape::Any, null: false },
                what: "a list of rows",
                at_least: 0,
            },
        ),
        key("alias", &Shape::Scalar),
    ],
    required: &[&["parameters"]],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Refused,
};

/// A job group: jobs and nothing else.
pub static JOB_GROUP: Record = Record {
    what: "a job group",
    keys: &[key("jobs", &MEMBERS), key("description", &Shape::TextOrNull)],
    required: &[&["jobs"]],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Refused,
};
