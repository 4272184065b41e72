//! Graphs with their geometry as JSON, for other programs.

use super::{NodeShape, Scene};
use crate::graph::{Edge, EdgeKind, Graph, Node, Runs};
use serde::Serialize;

#[derive(Serialize)]
struct Workflows<'a> {
    workflows: Vec<Workflow<'a>>,
}

#[derive(Serialize)]
struct Workflow<'a> {
    name: &'a str,
    runs: Runs,
    jobs: Vec<Job<'a>>,
    edges: Vec<Line<'a>>,
    width: f64,
    height: f64,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the keys of the JSON contract")]
struct Job<'a> {
    name: &'a str,
    job: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parallelism: Option<u32>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    contexts: &'a [String],
    /// The values of its matrix row.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    row: &'a [String],
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

#[derive(Serialize)]
struct Line<'a> {
    from: &'a str,
    to: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    statuses: Option<Vec<&'static str>>,
    /// Part of a cycle, or from a missing job.
    broken: bool,
    points: &'a [(f64, f64)],
}

/// The answer of `dryrun graph --format json`: workflows with the scenes drawn of them, in px. One line of
/// text.
#[must_use]
pub fn graph_json(workflows: &[(&Graph, &Scene)]) -> String {
    let workflows = workflows.iter().map(|(graph, scene)| workflow(graph, scene)).collect();
    // Strings, numbers and lists: nothing in it can fail to be written.
    let mut text = serde_json::to_string(&Workflows { workflows }).unwrap_or_default();
    text.push('\n');
    text
}

fn workflow<'a>(graph: &'a Graph, scene: &'a Scene) -> Workflow<'a> {
    let name = |index: u32| graph.nodes.get(index as usize).map_or("", |node| node.name.as_str());
    let line = |edge: &'a Edge, broken, points: &'a [(f64, f64)]| Line {
        from: name(edge.from.0),
        to: name(edge.to.0),
        kind: edge.kind.name(),
        statuses: match &edge.kind {
            EdgeKind::Requires { statuses } => Some(statuses.iter().map(|status| status.name()).collect()),
            EdgeKind::Workspace { .. } | EdgeKind::Cache { .. } => None,
        },
        broken,
        points,
    };
    Workflow {
        name: &graph.name,
        runs: graph.runs,
        jobs: graph.nodes.iter().zip(&scene.nodes).map(|(node, shape)| job(node, shape)).collect(),
        edges: (graph.edges.iter().zip(&scene.edges))
            .map(|(edge, shape)| line(edge, shape.broken, &shape.points))
            .collect(),
        width: scene.width,
        height: scene.height,
    }
}

fn job<'a>(node: &'a Node, shape: &NodeShape) -> Job<'a> {
    Job {
        name: &node.name,
        job: &node.job,
        kind: node.kind.name(),
        parallelism: node.parallelism,
        contexts: &node.contexts,
        row: &node.row,
        x: shape.x,
        y: shape.y,
        width: shape.width,
        height: shape.height,
    }
}
