//! Built-in steps.

use super::{
    ENVIRONMENT, Form, Key, NAMES, Need, Record, Rest, STEPS, Shape, TEXT_OR_TEXTS, closed, key,
    number_before,
};

/// A step that CircleCI knows without any command or orb.
#[derive(Debug)]
pub struct BuiltinStep {
    pub name: &'static str,
    /// Its value in `name: value`.
    pub shape: &'static Shape,
    /// Its keys, where the value is a mapping.
    pub record: &'static Record,
    /// Whether `- name` alone will do.
    pub bare: bool,
}

const fn builtin(
    name: &'static str,
    shape: &'static Shape,
    record: &'static Record,
    bare: bool,
) -> BuiltinStep {
    BuiltinStep { name, shape, record, bare }
}

/// The built-in step `name`.
#[must_use]
pub fn builtin_step(name: &str) -> Option<&'static BuiltinStep> {
    BUILTIN_STEPS.iter().find(|step| step.name == name)
}

/// Every built-in step.
pub static BUILTIN_STEPS: &[BuiltinStep] = &[
    builtin("run", &RUN_SHAPE, &RUN, false),
    builtin("deploy", &RUN_SHAPE, &RUN, false),
    builtin("checkout", &CHECKOUT_SHAPE, &CHECKOUT, true),
    builtin("setup_remote_docker", &REMOTE_DOCKER_SHAPE, &REMOTE_DOCKER, true),
    builtin("save_cache", &Shape::Record(&SAVE_CACHE), &SAVE_CACHE, false),
    builtin("restore_cache", &Shape::Record(&RESTORE_CACHE), &RESTORE_CACHE, false),
    builtin("store_artifacts", &Shape::Record(&STORE_ARTIFACTS), &STORE_ARTIFACTS, false),
    builtin("store_test_results", &Shape::Record(&STORE_TEST_RESULTS), &STORE_TEST_RESULTS, false),
    builtin("persist_to_workspace", &Shape::Record(&PERSIST), &PERSIST, false),
    builtin("attach_workspace", &Shape::Record(&ATTACH), &ATTACH, false),
    builtin("add_ssh_keys", &ADD_SSH_KEYS_SHAPE, &ADD_SSH_KEYS, true),
    builtin("install_signing_bundle", &Shape::Any, &INSTALL_SIGNING_BUNDLE, true),
];

/// Not steps but ways to choose some.
pub static CHOICES: &[BuiltinStep] = &[
    builtin("when", &Shape::Record(&CONDITIONAL), &CONDITIONAL, false),
    builtin("unless", &Shape::Record(&CONDITIONAL), &CONDITIONAL, false),
    builtin("steps", &STEPS, &SPLICE, false),
];

/// What a built-in step takes. Keys that it does not know the compiler passes over, though the published schema
/// closes them: configs that it compiled have `context` under `run`, `paths` under `restore_cache`, `if` under
/// `attach_workspace` and `working_directory` under `store_artifacts`.
const fn open(
    what: &'static str,
    keys: &'static [Key],
    required: &'static [&'static [&'static str]],
) -> Record {
    Record { what, keys, required, exclusive: &[], dependent: &[], rest: Rest::Unread }
}

static RUN_SHAPE: Shape = Shape::Either(&[Shape::Record(&RUN), Shape::Text]);

/// At most ten minutes.
static DELAY: Form = Form {
    // Its wording is not known: the pattern is the language server's.
    pattern: "",
    what: "`1m` to `10m`, or a number of seconds up to `600s`",
    accepts: |text| {
        number_before(text, 'm').is_some_and(|minutes| minutes <= 10)
            || number_before(text, 's').is_some_and(|seconds| seconds <= 600)
    },
    unit: "s",
};

/// A bare number is not documented, and not known to be refused.
static TIMEOUT: Form = Form {
    pattern: "",
    what: "a number with its unit, such as `10m` or `1.5h`",
    accepts: |text| {
        let unit = |pair: &[u8]| pair[0].is_ascii_digit() && b"hms".contains(&pair[1]);
        text.parse::<f64>().is_ok() || text.as_bytes().windows(2).any(unit)
    },
    unit: "",
};

/// A `run` step.
pub static RUN: Record = Record {
    what: "a `run` step",
    keys: &[
        key("command", &Shape::Text),
        key("name", &Shape::Scalar),
        key("shell", &TEXT_OR_TEXTS),
        key("environment", &ENVIRONMENT),
        key("background", &Shape::Flag),
        key("working_directory", &Shape::Text),
        key("no_output_timeout", &Shape::Form(&TIMEOUT)),
        key("when", &Shape::Word(&["always", "on_success", "on_fail"])),
        key("max_auto_reruns", &Shape::Between(1, 5)),
        key("auto_rerun_delay", &Shape::Form(&DELAY)),
    ],
    required: &[&["command"]],
    exclusive: &[("background", "max_auto_reruns"), ("background", "auto_rerun_delay")],
    dependent: &[Need { key: "auto_rerun_delay", word: None, needs: "max_auto_reruns", needed_word: None }],
    rest: Rest::Unread,
};

static CHECKOUT_SHAPE: Shape = Shape::Either(&[Shape::Record(&CHECKOUT), Shape::TextOrNull]);
static CHECKOUT: Record = Record {
    what: "a `checkout` step",
    keys: &[
        key("path", &Shape::Text),
        key("method", &Shape::Word(&["blobless", "full", "shallow"])),
        key("depth", &Shape::Between(1, i64::MAX)),
        key("name", &Shape::Scalar),
        key("when", &WHEN),
    ],
    required: &[],
    exclusive: &[],
    dependent: &[
        Need { key: "depth", word: None, needs: "method", needed_word: Some("shallow") },
        Need { key: "method", word: Some("shallow"), needs: "depth", needed_word: None },
    ],
    rest: Rest::Unread,
};

static REMOTE_DOCKER_SHAPE: Shape = Shape::Either(&[Shape::Record(&REMOTE_DOCKER), Shape::TextOrNull]);
static REMOTE_DOCKER: Record = open(
    "a `setup_remote_docker` step",
    &[
        key("version", &Shape::Scalar),
        key("docker_layer_caching", &Shape::Flag),
        key("prefer_same_region", &Shape::Flag),
        // Accepted and ignored: remote Docker was once shared between jobs.
        key("reusable", &Shape::Flag),
        key("exclusive", &Shape::Flag),
        key("name", &Shape::Scalar),
        key("when", &WHEN),
    ],
    &[],
);

const WHEN: Shape = Shape::Word(&["always", "on_success", "on_fail"]);

static SAVE_CACHE: Record = open(
    "a `save_cache` step",
    &[key("key", &Shape::Text), key("paths", &NAMES), key("name", &Shape::Scalar), key("when", &WHEN)],
    &[&["key"], &["paths"]],
);

static RESTORE_CACHE: Record = open(
    "a `restore_cache` step",
    &[key("key", &Shape::Text), key("keys", &NAMES), key("name", &Shape::Scalar), key("when", &WHEN)],
    &[&["key", "keys"]],
);

static STORE_ARTIFACTS: Record = open(
    "a `store_artifacts` step",
    &[
        key("path", &Shape::Text),
        key("destination", &Shape::Text),
        key("name", &Shape::Scalar),
        key("when", &WHEN),
    ],
    &[&["path"]],
);

static STORE_TEST_RESULTS: Record = open(
    "a `store_test_results` step",
    &[key("path", &Shape::Text), key("name", &Shape::Scalar), key("when", &WHEN)],
    &[&["path"]],
);

static PERSIST: Record = open(
    "a `persist_to_workspace` step",
    &[
        key("root", &Shape::Text),
        key("paths", &NAMES),
        // Not documented, and taken in place of `paths`.
        key("path", &NAMES),
        key("name", &Shape::Scalar),
        key("when", &WHEN),
    ],
    &[&["root"], &["paths", "path"]],
);

static ATTACH: Record = open(
    "an `attach_workspace` step",
    &[key("at", &Shape::Text), key("name", &Shape::Scalar), key("when", &WHEN)],
    &[&["at"]],
);

static ADD_SSH_KEYS_SHAPE: Shape = Shape::Either(&[Shape::Record(&ADD_SSH_KEYS), Shape::TextOrNull]);
static ADD_SSH_KEYS: Record = open(
    "an `add_ssh_keys` step",
    &[key("fingerprints", &TEXT_OR_TEXTS), key("name", &Shape::Scalar), key("when", &WHEN)],
    &[],
);

static INSTALL_SIGNING_BUNDLE: Record = open("an `install_signing_bundle` step", &[], &[]);

static CONDITIONAL: Record = closed(
    "a conditional step",
    &[
        key("condition", &Shape::Condition),
        key(
            "steps",
            &Shape::Either(&[
                Shape::List { of: &Shape::Step, what: "a list of steps", at_least: 0 },
                Shape::Step,
            ]),
        ),
    ],
    &[&["condition"], &["steps"]],
);

static SPLICE: Record = open("a `steps` step", &[], &[]);
