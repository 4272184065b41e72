use super::parameter::{Parameter, read_parameters};
use super::read::{name_of, text_of};
use super::step::{Steps, read_steps};
use super::table::{Named, Table};
use crate::config::Argument;
use crate::text::Spanned;
use crate::yaml::Node;

/// An entry of `jobs`.
#[derive(Clone, Debug)]
pub struct Job {
    pub name: Spanned<String>,
    /// The value under the name.
    pub node: Node,
    pub body: JobBody,
}

/// What a job is.
#[derive(Clone, Debug)]
pub enum JobBody {
    /// A mapping. `kind` is what its `type` says, build where it says nothing.
    Keys {
        kind: JobType,
        /// The value of `type`.
        kind_node: Option<Node>,
        parameters: Table<Parameter>,
        executor: Option<ExecutorUse>,
        steps: Option<Steps>,
    },
    /// The name of another job, mostly an orb's.
    Reference(Spanned<String>),
    Unreadable,
}

/// The `type` of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobType {
    Build,
    Approval,
    NoOp,
    Release,
    Lock,
    Unlock,
}

impl JobType {
    /// Every type, with the word that writes it.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Build, "build"),
        (Self::Approval, "approval"),
        (Self::NoOp, "no-op"),
        (Self::Release, "release"),
        (Self::Lock, "lock"),
        (Self::Unlock, "unlock"),
    ];

    /// The type that `name` writes.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, word)| *word == name).map(|(kind, _)| kind)
    }
}

/// `executor: name` or `executor: {name: …, argument: …}`, in a job.
#[derive(Clone, Debug)]
pub enum ExecutorUse {
    Named {
        name: Spanned<String>,
        arguments: Vec<Argument>,
    },
    /// `<< parameters.x >>` in place of the executor or of its name.
    Template {
        name: Node,
        arguments: Vec<Argument>,
    },
    Unreadable,
}

/// An entry of `commands`.
#[derive(Clone, Debug)]
pub struct Command {
    pub name: Spanned<String>,
    pub node: Node,
    pub parameters: Table<Parameter>,
    /// Nothing where they are missing, or where the command is a reference.
    pub steps: Option<Steps>,
    /// The command of an orb that this one is another name for.
    pub reference: Option<Spanned<String>>,
}

/// An entry of `executors`.
#[derive(Clone, Debug)]
pub struct Executor {
    pub name: Spanned<String>,
    pub node: Node,
    pub parameters: Table<Parameter>,
    /// The executor of an orb that this one is another name for.
    pub reference: Option<Spanned<String>>,
}

impl Job {
    /// Its declared parameters.
    pub fn parameters(&self) -> &Table<Parameter> {
        match &self.body {
            JobBody::Keys { parameters, .. } => parameters,
            JobBody::Reference(_) | JobBody::Unreadable => Table::EMPTY,
        }
    }

    /// Its `steps`.
    pub fn steps(&self) -> Option<&Steps> {
        match &self.body {
            JobBody::Keys { steps, .. } => steps.as_ref(),
            JobBody::Reference(_) | JobBody::Unreadable => None,
        }
    }

    /// Its `executor`.
    pub fn executor(&self) -> Option<&ExecutorUse> {
        match &self.body {
            JobBody::Keys { executor, .. } => executor.as_ref(),
            JobBody::Reference(_) | JobBody::Unreadable => None,
        }
    }
}

impl Named for Job {
    fn name(&self) -> &Spanned<String> {
        &self.name
    }
}

impl Named for Command {
    fn name(&self) -> &Spanned<String> {
        &self.name
    }
}

impl Named for Executor {
    fn name(&self) -> &Spanned<String> {
        &self.name
    }
}

/// Name and value of each entry of a table such as `jobs`.
fn entries(owner: &Node, key: &str) -> Vec<(Spanned<String>, Node)> {
    let Some(table) = owner.get(key) else { return Vec::new() };
    let named = table.fields().into_iter();
    named.filter_map(|field| Some((name_of(&field.key)?, field.value))).collect()
}

pub(super) fn read_jobs(owner: &Node) -> Table<Job> {
    let jobs = entries(owner, "jobs").into_iter();
    jobs.map(|(name, node)| Job { name, body: read_body(&node), node }).collect()
}

fn read_body(node: &Node) -> JobBody {
    if node.as_mapping().is_none() {
        return text_of(node).map_or(JobBody::Unreadable, JobBody::Reference);
    }
    let kind_node = node.get("type");
    let kind = kind_node.as_ref().and_then(|kind| kind.text().and_then(JobType::named));
    JobBody::Keys {
        kind: kind.unwrap_or(JobType::Build),
        kind_node,
        parameters: read_parameters(node),
        executor: node.get("executor").map(|executor| ExecutorUse::read(&executor)),
        steps: node.get("steps").map(|steps| read_steps(&steps)),
    }
}

impl ExecutorUse {
    /// Reads the value of `executor`, or of an argument of that type.
    pub fn read(node: &Node) -> Self {
        if super::is_template(node) {
            return Self::Template { name: node.clone(), arguments: Vec::new() };
        }
        if let Some(name) = text_of(node) {
            return Self::Named { name, arguments: Vec::new() };
        }
        let Some(name) = node.get("name") else { return Self::Unreadable };
        let arguments = Argument::read_all(node, &["name"]);
        if super::is_template(&name) {
            return Self::Template { name, arguments };
        }
        text_of(&name).map_or(Self::Unreadable, |name| Self::Named { name, arguments })
    }
}

pub(super) fn read_commands(owner: &Node) -> Table<Command> {
    let commands = entries(owner, "commands").into_iter();
    let read = |(name, node): (Spanned<String>, Node)| Command {
        name,
        parameters: read_parameters(&node),
        steps: node.get("steps").map(|steps| read_steps(&steps)),
        reference: text_of(&node),
        node,
    };
    commands.map(read).collect()
}

pub(super) fn read_executors(owner: &Node) -> Table<Executor> {
    let executors = entries(owner, "executors").into_iter();
    let read = |(name, node): (Spanned<String>, Node)| Executor {
        name,
        parameters: read_parameters(&node),
        reference: text_of(&node),
        node,
    };
    executors.map(read).collect()
}
