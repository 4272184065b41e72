//! Workflows, their entries, and job groups.

use super::{Record, Rest, STEPS, Shape, TEXT_OR_TEXTS, key};

static ENTRIES: Shape = Shape::List { of: &Shape::Entry, what: "a list of jobs", at_least: 0 };

/// A workflow. Open, as in the compiler.
pub static WORKFLOW: Record = Record {
    what: "a workflow",
    keys: &[
        key("jobs", &ENTRIES),
        key("when", &Shape::Any),
        key("unless", &Shape::Any),
        key(
            "triggers",
            &Shape::List { of: &Shape::Record(&TRIGGER), what: "a list of triggers", at_least: 0 },
        ),
        key("max_auto_reruns", &Shape::Between(1, 5)),
    ],
    required: &[&["jobs"]],
    exclusive: &[("when", "unless")],
    dependent: &[],
    rest: Rest::Kept,
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
    keys: &[key("cron", &Shape::Text), key("filters", &Shape::Record(&FILTERS))],
    required: &[&["cron"], &["filters"]],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Kept,
};

static FILTERS: Record = Record {
    what: "filters",
    keys: &[
        key("branches", &Shape::Either(&[Shape::Record(&FILTER), Shape::TextOrNull])),
        key("tags", &Shape::Either(&[Shape::Record(&FILTER), Shape::TextOrNull])),
    ],
    required: &[],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Refused,
};

static FILTER: Record = Record {
    what: "a filter",
    keys: &[key("only", &TEXT_OR_TEXTS), key("ignore", &TEXT_OR_TEXTS)],
    required: &[],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Refused,
};

/// The options of an invocation. Open: every other key is an argument of the job.
pub static ENTRY: Record = Record {
    what: "an entry of a workflow",
    keys: &[
        key("requires", &Shape::List { of: &REQUIREMENT, what: "a list of job names", at_least: 0 }),
        key("name", &Shape::Scalar),
        key("context", &Shape::Either(&[CONTEXTS, Shape::TextOrNull])),
        key("filters", &Shape::Either(&[Shape::Record(&FILTERS), Shape::TextOrNull])),
        key("type", &Shape::Scalar),
        key("matrix", &Shape::Record(&MATRIX)),
        key("pre-steps", &STEPS),
        key("post-steps", &STEPS),
        key("serial-group", &Shape::Scalar),
        key("override-with", &Shape::Scalar),
    ],
    required: &[],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Kept,
};

const CONTEXTS: Shape = Shape::List { of: &Shape::Scalar, what: "a list of contexts", at_least: 0 };

/// A job's name, or a name with the status or statuses asked for.
static REQUIREMENT: Shape = Shape::Either(&[
    Shape::Table {
        of: &Shape::Either(&[Shape::List { of: &STATUS, what: "a list of statuses", at_least: 1 }, STATUS]),
        null: false,
    },
    Shape::Scalar,
]);

const STATUS: Shape = Shape::Word(&["success", "failed", "canceled", "unauthorized", "not_run", "terminal"]);

static MATRIX: Record = Record {
    what: "a matrix",
    keys: &[
        key("parameters", &Shape::Table { of: &Shape::Any, null: false }),
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
    keys: &[key("jobs", &ENTRIES), key("description", &Shape::TextOrNull)],
    required: &[&["jobs"]],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Refused,
};
