//! A workflow as nodes and edges.
//!
//! Comes in: a compiled workflow. Goes out: a [`Graph`] (vectors only, so that everything made from it is in
//! a fixed order), its cycles, and the texts other tools read (Mermaid, DOT).
//! Must not know: sizes and places on a screen, how jobs run.

mod build;
mod dot;
mod mermaid;

pub use crate::compile::{JobKind, Runs};
pub use crate::config::Status;
pub use build::build;
pub use dot::dot;
pub use mermaid::mermaid;

use crate::sort::Set;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// Index of a node in [`Graph::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NodeId(pub u32);

/// Index of an edge in [`Graph::edges`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EdgeId(pub u32);

/// One workflow.
#[derive(Clone, Debug)]
pub struct Graph {
    /// Name of the workflow.
    pub name: String,
    pub runs: Runs,
    /// The key of the workflow; nothing for an implicit one.
    pub span: Option<Span>,
    /// In the order of the source.
    pub nodes: Vec<Node>,
    /// First `requires` in the order of the source (by the node they lead to, then by their place in its
    /// list), then workspaces, then caches.
    pub edges: Vec<Edge>,
    /// Each cycle as the nodes along it, the first one being the first in the source.
    pub cycles: Vec<Vec<NodeId>>,
}

/// A job in a workflow.
#[derive(Clone, Debug)]
pub struct Node {
    /// The name that `requires` uses.
    pub name: String,
    /// The job, command of an orb or group it invokes.
    pub job: String,
    pub kind: JobKind,
    /// The invocation in the workflow (its name).
    pub invocation: Option<Span>,
    /// The key of the job's definition.
    pub definition: Option<Span>,
    /// The key of the executor's definition, or the job's own `docker`, `machine` or `macos`.
    pub executor: Option<Span>,
    /// Containers it runs in, as far as known: 1, or `parallelism`.
    pub parallelism: Option<u32>,
    /// Contexts it is given.
    pub contexts: Vec<String>,
    /// The values of its matrix row, `key=value`; empty outside a matrix.
    pub row: Vec<String>,
}

/// A line from one job to another.
#[derive(Clone, Debug)]
pub struct Edge {
    pub from: NodeId,
    pub to: NodeId,
    pub kind: EdgeKind,
    /// Where it is written: the item of `requires`, the step.
    pub span: Option<Span>,
}

/// What an edge means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// `to` starts when `from` ended in one of the statuses. `[Success]` where none is written.
    Requires { statuses: Vec<Status> },
    /// `to` attaches what `from` persisted.
    Workspace {
        /// In the order in which they are unpacked.
        layers: Vec<Layer>,
        /// The directories into which `to` unpacks them, as written.
        at: Vec<String>,
    },
    /// `to` restores what `from` saved. From a job to itself where only an earlier run can have saved it.
    Cache {
        /// The key under which `from` saves, as written, `<< >>` filled in.
        key: String,
        /// The key or prefix by which `to` finds it, in the same form.
        found_by: String,
        /// The directories in the cache, as written.
        paths: Vec<String>,
        /// No job that ends before `to` starts saves it: only a run before this one is sure to have.
        earlier_run: bool,
    },
}

/// What one `persist_to_workspace` adds to the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its place, from 1, among all layers that the job at the end of the edge unpacks.
    pub order: u32,
    /// As written.
    pub root: String,
    /// As written: below `root`, with their wildcards.
    pub paths: Vec<String>,
}

impl Graph {
    /// The keys of the caches that some job saves and some job restores, each once, in the order of the edges.
    #[must_use]
    pub fn cache_keys(&self) -> Vec<&str> {
        let mut seen = Set::new();
        let keys = self.edges.iter().filter_map(|edge| match &edge.kind {
            EdgeKind::Cache { key, .. } => Some(key.as_str()),
            EdgeKind::Requires { .. } | EdgeKind::Workspace { .. } => None,
        });
        keys.filter(|key| seen.insert(*key)).collect()
    }
}

impl EdgeKind {
    /// The word of the JSON contract and of the page's `data-edge`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Requires { .. } => "requires",
            Self::Workspace { .. } => "workspace",
            Self::Cache { .. } => "cache",
        }
    }
}
