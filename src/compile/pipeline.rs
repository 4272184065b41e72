//! Pipeline values: what `<< pipeline.x >>` means when nothing else is said.
//!
//! Names, types and defaults are those with which `circleci config process` compiles on one's own machine,
//! except that nothing looks at git here: a branch `main`, no tag, revisions of forty zeros.

use super::inputs::{Inputs, Trigger};
use super::output::{Value, plain};
use crate::yaml::{Data, Resolved, Scalar, ScalarStyle};

/// The values of one pipeline.
pub(super) struct Pipeline {
    trigger: Trigger,
    /// Given by the caller, by full name.
    given: Vec<(String, String)>,
}

/// A default.
#[derive(Clone, Copy)]
enum Initial {
    Text(&'static str),
    Whole(i64),
    Flag(bool),
    Revision,
    Branch,
    Tag,
}

const REVISION: &str = "0000000000000000000000000000000000000000";
const ID: Initial = Initial::Text("00000000-0000-0000-0000-000000000001");
const MOMENT: Initial = Initial::Text("2020-01-01T00:00:00Z");
const EMPTY: Initial = Initial::Text("");

/// Everything behind `pipeline.` that has a value of its own.
const VALUES: &[(&str, Initial)] = &[
    ("config.file_path", EMPTY),
    ("config.ref", Initial::Text("refs/heads/main")),
    ("config.repository.name", EMPTY),
    ("config.repository.url", EMPTY),
    ("config.sha", Initial::Revision),
    ("config_source", EMPTY),
    ("definition.id", ID),
    ("event.action", EMPTY),
    ("event.github.after", Initial::Revision),
    ("event.github.pull_request.draft", Initial::Flag(false)),
    ("event.github.pull_request.merged", Initial::Flag(false)),
    ("event.github.pull_request.number", Initial::Whole(111)),
    ("event.github.pull_request.base.ref", Initial::Text("base-branch")),
    ("event.github.pull_request.base.sha", Initial::Revision),
    ("event.github.pull_request.head.ref", Initial::Text("head-branch")),
    ("event.github.pull_request.head.sha", Initial::Revision),
    ("event.github.ref", Initial::Text("branch-name")),
    ("event.github.repository.name", Initial::Text("repo-name")),
    ("event.github.repository.owner.login", Initial::Text("repo-owner")),
    ("event.github.sender.login", Initial::Text("user-login")),
    ("event.name", EMPTY),
    ("git.base_revision", Initial::Revision),
    ("git.branch", Initial::Branch),
    ("git.branch.is_default", Initial::Flag(false)),
    ("git.commit.author_avatar_url", EMPTY),
    ("git.commit.author_email", EMPTY),
    ("git.commit.author_login", EMPTY),
    ("git.commit.author_name", EMPTY),
    ("git.commit.body", EMPTY),
    ("git.commit.subject", EMPTY),
    ("git.commit.url", EMPTY),
    ("git.repo_id", EMPTY),
    ("git.repo_name", EMPTY),
    ("git.repo_owner", EMPTY),
    ("git.repo_url", EMPTY),
    ("git.revision", Initial::Revision),
    ("git.ssh_checkout_url", EMPTY),
    ("git.tag", Initial::Tag),
    ("id", ID),
    // No longer documented, and still there: whether this is a setup config.
    ("in_setup", Initial::Flag(false)),
    ("integration_source", Initial::Text("github")),
    ("name", EMPTY),
    ("number", Initial::Whole(1)),
    ("project.git_url", EMPTY),
    ("project.slug", EMPTY),
    ("project.type", Initial::Text("github")),
    ("project.url", EMPTY),
    ("schedule.id", EMPTY),
    ("schedule.name", EMPTY),
    ("trigger.id", ID),
    ("trigger.name", EMPTY),
    ("trigger.received_at", MOMENT),
    ("trigger.type", EMPTY),
    ("trigger_parameters.circleci.event_time", MOMENT),
    ("trigger_parameters.circleci.event_type", Initial::Text("push")),
    ("trigger_parameters.circleci.trigger_type", Initial::Text("github_app")),
    ("trigger_parameters.github_app.branch", Initial::Branch),
    ("trigger_parameters.github_app.checkout_sha", Initial::Revision),
    ("trigger_parameters.github_app.commit_sha", Initial::Revision),
    ("trigger_parameters.github_app.ref", Initial::Text("refs/heads/main")),
    ("trigger_parameters.gitlab.default_branch", Initial::Text("main")),
    ("trigger_parameters.gitlab.commit_sha", Initial::Revision),
    ("trigger_parameters.gitlab.is_fork_merge_request", Initial::Flag(false)),
    ("trigger_source", Initial::Text("webhook")),
];

/// Families whose members depend on how the project is connected: any name in them is taken to be empty.
const OPEN_FAMILIES: &[&str] = &["deploy.", "event.", "trigger_parameters.", "vcs."];

/// The names of all pipeline values, without `pipeline.` before them.
pub fn value_names() -> impl Iterator<Item = &'static str> {
    VALUES.iter().map(|(name, _)| *name)
}

/// Whether there is a pipeline value `name`, which stands behind `pipeline.`, when none was given by hand.
pub fn is_value(name: &str) -> bool {
    VALUES.iter().any(|(known, _)| *known == name) || in_open_family(name)
}

fn in_open_family(name: &str) -> bool {
    OPEN_FAMILIES.iter().any(|family| name.starts_with(family))
}

impl Pipeline {
    pub(super) fn new(inputs: &Inputs) -> Self {
        Self { trigger: inputs.trigger.clone(), given: inputs.values.clone() }
    }

    /// Whether somebody said what `name`, which stands behind `pipeline.`, is: as a value, or as what was pushed.
    pub(super) fn is_given(&self, name: &str) -> bool {
        let full = format!("pipeline.{name}");
        matches!(name, "git.branch" | "git.tag") || self.given.iter().any(|(known, _)| *known == full)
    }

    /// The value of `name`, which stands behind `pipeline.`; nothing for one that does not exist.
    pub(super) fn value(&self, name: &str) -> Option<Value> {
        let full = format!("pipeline.{name}");
        if let Some((_, text)) = self.given.iter().rev().find(|(known, _)| *known == full) {
            return Some(typed(text));
        }
        let known = VALUES.iter().find(|(known, _)| *known == name);
        let initial = known.map(|(_, initial)| *initial);
        let open = || in_open_family(name).then_some(EMPTY);
        let text = |text: &str| Data::String(text.to_owned());
        Some(plain(match initial.or_else(open)? {
            Initial::Text(value) => text(value),
            Initial::Whole(value) => Data::Int(value),
            Initial::Flag(value) => Data::Bool(value),
            Initial::Revision => text(REVISION),
            Initial::Branch => match &self.trigger {
                Trigger::Branch(branch) => text(branch),
                Trigger::Tag(_) => text(""),
            },
            Initial::Tag => match &self.trigger {
                Trigger::Branch(_) => text(""),
                Trigger::Tag(tag) => text(tag),
            },
        }))
    }
}

/// A value that was typed by hand: read as YAML reads a plain scalar.
pub(super) fn typed(text: &str) -> Value {
    let scalar = Scalar { text: text.to_owned(), style: ScalarStyle::Plain };
    plain(data_of(Resolved::of(&scalar, None)))
}

/// What a scalar of the text becomes in the compiled config.
pub(super) fn data_of(resolved: Resolved) -> Data<super::Origin> {
    match resolved {
        Resolved::Null => Data::Null,
        Resolved::Bool(value) => Data::Bool(value),
        Resolved::Int(value) => Data::Int(value),
        Resolved::Float(value) => Data::Float(value),
        Resolved::Verbatim(text) => Data::Verbatim(text),
        Resolved::Merge => Data::String("<<".to_owned()),
        Resolved::String(text) => Data::String(text),
    }
}
