use crate::compile::Trigger;
use crate::simulate::Seconds;
use serde::{Deserialize, Serialize};

/// What a config has to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// What the learner reads: Markdown, one line.
    pub text: String,
    pub wanted: Wanted,
}

/// What has to be so. Jobs are named as in their workflow. Nothing holds for a config with errors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// There is a moment at which all of these run.
    Parallel(Vec<String>),
    /// All of these end well in the first run.
    Succeeds(Vec<String>),
    /// The first job waits for the second, directly or through others.
    Downstream(String, String),
    /// There is such a line in the graph.
    Edge(Line),
    /// There is no such line in the graph.
    NoEdge(Line),
    /// None of these checks finds anything, and none of its findings is ignored by a comment.
    Gone(Vec<String>),
    /// Neither errors nor warnings.
    Clean,
    /// On the second run of the config this job finds a cache.
    CacheHit(String),
    /// The first run takes so many seconds at most.
    Wall(Seconds),
    /// The second run, with the caches of the first, takes so many seconds at most.
    WarmWall(Seconds),
    /// The longest chain of jobs takes so many seconds at most.
    Critical(Seconds),
    /// All containers together run so many seconds at most.
    Compute(Seconds),
    /// This job is part of the pipeline that the push starts.
    Runs(Push),
    /// This job is there, but not part of the pipeline that the push starts.
    NotRuns(Push),
    /// This job waits for somebody's approval.
    Approval(String),
    /// Each of these jobs has these steps, in this order, whatever else is between them. A step goes by its name, by
    /// what it is (`checkout`), or by words of its command.
    Does(Vec<(String, Vec<String>)>),
    /// The job calls all of these commands and executors.
    Calls(String, Vec<String>),
    /// The job saves a cache whose key changes with one of these files.
    CacheKey(String, Vec<String>),
    /// A workspace brings the job this file.
    Unpacks(String, String),
    /// So many lines at most, blank ones and comments left out.
    Lines(usize),
}

/// A line between two jobs; what is left out may be anything.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub kind: LineKind,
    pub from: Option<String>,
    pub to: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    Requires,
    Workspace,
    Cache,
}

/// A job, and what is pushed: a branch, or a tag; without either, `main`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Push {
    pub job: String,
    pub branch: Option<String>,
    pub tag: Option<String>,
}

impl Push {
    /// What it starts the pipeline with.
    pub(super) fn trigger(&self) -> Trigger {
        match (&self.tag, &self.branch) {
            (Some(tag), _) => Trigger::Tag(tag.clone()),
            (None, Some(branch)) => Trigger::Branch(branch.clone()),
            (None, None) => Trigger::default(),
        }
    }
}

impl Wanted {
    /// The push that has to be tried.
    pub(super) fn push(&self) -> Option<&Push> {
        match self {
            Self::Runs(push) | Self::NotRuns(push) => Some(push),
            _ => None,
        }
    }
}
