//! Executors and jobs.

use super::{
    ENVIRONMENT, EXECUTOR_PARAMETERS, Form, Key, Need, PARAMETERS, Record, Rest, STEPS, Shape, TEXT_OR_TEXTS,
    closed, key, number_before,
};

static DOCKER: Shape =
    Shape::List { of: &Shape::Record(&DOCKER_IMAGE), what: "a list of images", at_least: 1 };

static DOCKER_IMAGE: Record = closed(
    "a docker image",
    &[
        key("gcp_auth", &Shape::Table { of: &Shape::Scalar, null: false }),
        key("name", &Shape::Scalar),
        key("command", &TEXT_OR_TEXTS),
        key("auth", &Shape::Record(&AUTH)),
        key("entrypoint", &TEXT_OR_TEXTS),
        key("image", &Shape::Text),
        key("environment", &ENVIRONMENT),
        key("aws_auth", &Shape::Record(&AWS_AUTH)),
        key("user", &Shape::Scalar),
    ],
    &[&["image"]],
);

static AUTH: Record = closed(
    "registry credentials",
    &[key("username", &Shape::Scalar), key("password", &Shape::Scalar)],
    &[&["username"], &["password"]],
);

/// A key with its secret, or a role.
static AWS_AUTH: Record = Record {
    what: "AWS credentials",
    keys: &[
        key("aws_access_key_id", &Shape::Scalar),
        key("aws_secret_access_key", &Shape::Scalar),
        key("oidc_role_arn", &Shape::Scalar),
    ],
    required: &[&["aws_access_key_id", "oidc_role_arn"]],
    exclusive: &[("aws_access_key_id", "oidc_role_arn")],
    dependent: &[Need {
        key: "aws_access_key_id",
        word: None,
        needs: "aws_secret_access_key",
        needed_word: None,
    }],
    rest: Rest::Refused,
};

static MACHINE: Shape = Shape::Either(&[Shape::Flag, Shape::Text, Shape::Record(&MACHINE_RECORD)]);

static MACHINE_RECORD: Record = closed(
    "a machine",
    &[
        key("image", &Shape::Text),
        key("enabled", &QUOTED_FLAG),
        key("docker_layer_caching", &QUOTED_FLAG),
        key("resource_class", &Shape::Text),
        key("shell", &TEXT_OR_TEXTS),
        // Of use on macOS only, and taken here.
        key("code_signing", &Shape::Any),
    ],
    &[],
);

static MACOS: Shape = Shape::Record(&Record {
    what: "a macOS executor",
    keys: &[
        key("xcode", &Shape::Filled),
        key("code_signing", &Shape::Any),
        key("resource_class", &Shape::Text),
        key("shell", &TEXT_OR_TEXTS),
    ],
    required: &[&["xcode"]],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Refused,
});

/// A boolean, which may stand in quotes here: the published schema takes a string too.
static QUOTED_FLAG: Shape = Shape::Either(&[Shape::Flag, Shape::Word(&["true", "false"])]);

/// An entry of `executors`.
pub static EXECUTOR: Record = Record {
    what: "an executor",
    keys: &[
        key("description", &Shape::TextOrNull),
        key("macos", &MACOS),
        key("resource_class", &Shape::Text),
        key("docker", &DOCKER),
        key("working_directory", &Shape::Text),
        key("machine", &MACHINE),
        key("environment", &ENVIRONMENT),
        key("shell", &TEXT_OR_TEXTS),
        key("parameters", &EXECUTOR_PARAMETERS),
    ],
    required: &[&["docker", "machine", "macos"]],
    exclusive: EXECUTOR_KINDS,
    dependent: &[],
    rest: Rest::Refused,
};

const EXECUTOR_KINDS: &[(&str, &str)] = &[("docker", "machine"), ("docker", "macos"), ("machine", "macos")];

static EXECUTOR_USE: Shape = Shape::Either(&[
    Shape::Text,
    Shape::Record(&Record {
        what: "an executor with arguments",
        keys: &[key("name", &Shape::Text)],
        required: &[&["name"]],
        exclusive: &[],
        dependent: &[],
        rest: Rest::Kept,
    }),
]);

static BUILD_JOB: Record = Record {
    what: "a job",
    keys: &[
        key("description", &Shape::TextOrNull),
        key("parallelism", &Shape::Form(&COUNT)),
        key("macos", &MACOS),
        key("resource_class", &Shape::Text),
        key("docker", &DOCKER),
        key("steps", &STEPS),
        key("retention", &Shape::Record(&RETENTION)),
        key("working_directory", &Shape::Text),
        key("circleci_ip_ranges", &Shape::Flag),
        key("machine", &MACHINE),
        key("environment", &ENVIRONMENT),
        key("executor", &EXECUTOR_USE),
        key("shell", &TEXT_OR_TEXTS),
        key("parameters", &PARAMETERS),
        // Not in the compiler's list, since `type: build` selects another alternative of its schema.
        key("type", &JOB_TYPE),
        Key { name: "branches", shape: &Shape::Any, only_2_0: true },
    ],
    required: &[&["docker", "machine", "macos", "executor"], &["steps"]],
    exclusive: EXECUTOR_KINDS,
    dependent: &[],
    rest: Rest::Refused,
};

/// A number of containers may stand in quotes.
static COUNT: Form = Form {
    pattern: "",
    what: "a whole number",
    accepts: |text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()),
    unit: "",
};

static RETENTION: Record = closed("a retention", &[key("caches", &Shape::Form(&DAYS))], &[]);

/// The pattern is the compiler's. What is kept longer than 15 days is documented as refused elsewhere.
static DAYS: Form = Form {
    pattern: "^([1-9]|[12][0-9]|30)d$",
    what: "1 to 30 days, such as `7d`",
    accepts: |text| number_before(text, 'd').is_some_and(|days| (1..=30).contains(&days)),
    unit: "d",
};

static JOB_TYPE: Shape = Shape::Word(&["build", "approval", "no-op", "release", "lock", "unlock"]);

/// How a release is watched, as documented. Open, as all that the published schema does not know.
static VALIDATION: Record = Record {
    what: "a validation",
    keys: &[
        key("enabled", &Shape::Flag),
        key("evaluation_time", &Shape::Text),
        key("auto_rollback_on_failure", &Shape::Flag),
        key(
            "webhooks",
            &Shape::List { of: &Shape::Record(&WEBHOOK), what: "a list of webhooks", at_least: 0 },
        ),
    ],
    required: &[&["enabled"]],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Unread,
};

static VALIDATION_SHAPE: Shape = Shape::Record(&VALIDATION);

static WEBHOOK: Record = Record {
    what: "a webhook",
    keys: &[
        key("name", &Shape::Text),
        key("provider", &Shape::Word(&["datadog", "prometheus", "grafana", "alertmanager", "custom"])),
        key("data_points", &Shape::Table { of: &Shape::Any, null: true }),
        key("fail_when", &Shape::Any),
        key("max_failures", &Shape::Any),
    ],
    required: &[&["name"], &["provider"]],
    exclusive: &[],
    dependent: &[],
    rest: Rest::Unread,
};

static RELEASE_JOB: Record = typed_job("a release job", &[&["plan_name"]]);
static LOCK_JOB: Record = typed_job("a lock job", &[&["key"]]);
static TYPED_JOB: Record = typed_job("a job", &[]);

const fn typed_job(what: &'static str, required: &'static [&'static [&'static str]]) -> Record {
    const KEYS: &[Key] = &[
        key("type", &JOB_TYPE),
        key("plan_name", &Shape::Text),
        key("validation", &VALIDATION_SHAPE),
        key("key", &Shape::Text),
        key("parameters", &PARAMETERS),
    ];
    Record { what, keys: KEYS, required, exclusive: &[], dependent: &[], rest: Rest::Kept }
}

/// The keys of a job whose `type` is `kind`; `build` where none is written.
#[must_use]
pub fn job_record(kind: &str) -> &'static Record {
    match kind {
        "build" => &BUILD_JOB,
        "release" => &RELEASE_JOB,
        "lock" | "unlock" => &LOCK_JOB,
        _ => &TYPED_JOB,
    }
}
