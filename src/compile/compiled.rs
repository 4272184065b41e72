use super::{Fault, Origin, Reason};
use crate::config::{Filters, JobType, Status};
use crate::sort::{Map, Set};
use crate::text::{Span, Spanned};
use crate::yaml::{self, Data};
use serde::{Deserialize, Serialize};

/// A compiled value, which knows where it comes from.
pub type Value = yaml::Value<Origin>;

/// A config with everything resolved that can be.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    pub workflows: Vec<Workflow>,
    /// In the order in which the compiler would come across them.
    pub faults: Vec<Fault>,
    /// The whole compiled config: `version`, `jobs`, `workflows`; nothing where a limit was met.
    pub document: Option<Value>,
    /// What nobody could look at.
    pub not_checked: Vec<NotChecked>,
    /// Keys of the jobs, commands and executors that some workflow comes to. CircleCI's compiler never
    /// looks at the others.
    pub reached: Set<Span>,
    pub(super) bodies: Bodies,
}

/// Where the compiled jobs are, by the final names of their entries.
#[derive(Clone, Debug, Default)]
pub(super) struct Bodies {
    /// Indices into the document's jobs.
    pub(super) listed: Map<String, usize>,
    /// Jobs that the document leaves out, because nothing runs them with these inputs.
    pub(super) left_out: Map<String, Value>,
}

impl Compiled {
    /// The compiled job of `entry`: executor merged in, steps expanded. Nothing for an approval, for a job that
    /// cannot be compiled, and where a limit was met. Entries that come to the same job share one.
    #[must_use]
    pub fn job(&self, entry: &Entry) -> Option<&Value> {
        let jobs = &self.document.as_ref()?.get("jobs")?.data;
        let (Data::Map(jobs), true) = (jobs, entry.has_body) else { return None };
        match self.bodies.listed.get(&entry.name) {
            Some(index) => jobs.get(*index).map(|(_, body)| body),
            None => self.bodies.left_out.get(&entry.name),
        }
    }
}

/// Something that could not be looked at, so that silence is not taken for approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotChecked {
    pub what: String,
    pub why: String,
    pub span: Span,
}

/// A workflow whose entries have their final names.
#[derive(Clone, Debug)]
pub struct Workflow {
    pub name: String,
    /// Its key; nothing for the implicit workflow of a config without any.
    pub key: Option<Span>,
    /// What its condition decides; its schedules and the filters of its jobs are not looked at here.
    pub runs: Runs,
    pub condition: Option<Condition>,
    /// What starts it, where anything stands under `triggers`: then nothing else does.
    pub triggers: Option<Vec<Schedule>>,
    /// How often CircleCI reruns it from where it failed.
    pub max_auto_reruns: u32,
    pub entries: Vec<Entry>,
}

/// `when` or `unless` of a workflow.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The key.
    pub key: Span,
    /// `unless`: the workflow runs when it is false.
    pub negated: bool,
    /// What it came to; nothing where it cannot be read.
    pub reason: Option<Reason>,
}

/// A schedule that starts a workflow.
#[derive(Clone, Debug)]
pub struct Schedule {
    /// The key `schedule`.
    pub key: Span,
    pub cron: String,
    pub filters: Option<Filters>,
}

/// A job of a workflow: an invocation, or one row of its matrix.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name in the compiled config, which `requires` uses.
    pub name: String,
    /// The job it invokes, as written.
    pub job: Spanned<String>,
    pub kind: JobKind,
    /// What a filter that is an expression decides; filters of branches and tags are not looked at here.
    pub runs: Runs,
    /// Filters of branches and tags, `<< >>` filled in.
    pub filters: Option<Filters>,
    /// Why a filter that is an expression lets it run or not.
    pub filter_reason: Option<Reason>,
    /// The compiler put it behind a job group: it has no filter and follows what it requires.
    pub ends_group: bool,
    /// The serial group that it waits for, or, for an unlock, that it leaves.
    pub serial_group: Option<String>,
    /// The whole item of the list; nothing for what the compiler added.
    pub item: Option<Span>,
    /// `name`, where written.
    pub name_span: Option<Span>,
    /// The key of the job's definition, and the whole definition with its key.
    pub definition: Option<Span>,
    pub definition_extent: Option<Span>,
    /// The key of the executor's definition, or the job's own `docker`, `machine` or `macos`.
    pub executor: Option<Span>,
    pub parallelism: Option<u32>,
    pub contexts: Vec<String>,
    /// The row of a matrix: parameter and value as text, in the order of the source.
    pub row: Vec<(String, String)>,
    pub requires: Vec<Requirement>,
    pub origin: Origin,
    /// Whether there is a compiled job: see [`Compiled::job`].
    pub(super) has_body: bool,
}

/// An item of `requires` and the entries it means.
#[derive(Clone, Debug)]
pub struct Requirement {
    pub name: Spanned<String>,
    /// As written; none means success.
    pub statuses: Vec<Spanned<Status>>,
    pub matched: Matched,
}

/// What the name in a requirement means. Indices are into [`Workflow::entries`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matched {
    One(usize),
    /// All rows of a matrix, by its alias or its job's name.
    Matrix(Vec<usize>),
    /// Nothing of that name.
    None,
    /// Several entries that only happen to have that name.
    Ambiguous(Vec<usize>),
}

impl Matched {
    /// The entries meant, however many.
    #[must_use]
    pub fn entries(&self) -> &[usize] {
        match self {
            Self::One(entry) => std::slice::from_ref(entry),
            Self::Matrix(entries) | Self::Ambiguous(entries) => entries,
            Self::None => &[],
        }
    }
}

/// What stands behind a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobKind {
    Build,
    /// Waits for a person.
    Approval,
    /// Succeeds at once.
    NoOp,
    Release,
    /// Waits for its serial group.
    Lock,
    Unlock,
    /// An invocation of a job group.
    Group,
    /// No such job.
    Missing,
    /// A job of an orb whose source was not given.
    Opaque,
}

impl JobKind {
    /// The word of the JSON contract and of the page's `data-kind`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Build => "build",
            Self::Approval => "approval",
            Self::NoOp => "no-op",
            Self::Release => "release",
            Self::Lock => "lock",
            Self::Unlock => "unlock",
            Self::Group => "group",
            Self::Missing => "missing",
            Self::Opaque => "opaque",
        }
    }
}

impl From<JobType> for JobKind {
    fn from(kind: JobType) -> Self {
        match kind {
            JobType::Build => Self::Build,
            JobType::Approval => Self::Approval,
            JobType::NoOp => Self::NoOp,
            JobType::Release => Self::Release,
            JobType::Lock => Self::Lock,
            JobType::Unlock => Self::Unlock,
        }
    }
}

/// Whether something runs. Unknown where it hangs on a value that is not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Runs {
    Yes,
    No,
    #[default]
    Unknown,
}

impl Runs {
    /// Whether what hangs on both runs.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Unknown,
        }
    }
}

impl From<bool> for Runs {
    fn from(runs: bool) -> Self {
        if runs { Self::Yes } else { Self::No }
    }
}
