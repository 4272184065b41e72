//! The picture in words.

use super::shortened;
use crate::diagnostic::Severity;
use crate::graph::{Edge, EdgeKind, Graph, JobKind, Layer, Node, Status};

/// So many jobs are named; the rest is counted.
const NAMED: usize = 8;
/// Names longer than this, in px of the label's font, are shortened where they are not the subject.
const NAME_WIDTH: f64 = 480.0;

/// What a job is, in words.
fn kind_words(kind: JobKind) -> &'static str {
    match kind {
        JobKind::Build => "job",
        JobKind::Approval => "approval, waits for a person",
        JobKind::NoOp => "no-op, succeeds at once",
        JobKind::Release => "release",
        JobKind::Lock => "lock, waits for its serial group",
        JobKind::Unlock => "unlock",
        JobKind::Group => "job group",
        JobKind::Missing => "missing, no such job",
        JobKind::Opaque => "not resolved, a job of an orb whose source is not at hand",
    }
}

/// By node: name, kind, what it needs and what follows.
pub(super) fn nodes(graph: &Graph, problems: &[Option<Severity>]) -> Vec<String> {
    let names: Vec<String> = graph.nodes.iter().map(name).collect();
    let mut needs = vec![Vec::new(); graph.nodes.len()];
    let mut then = vec![Vec::new(); graph.nodes.len()];
    for edge in &graph.edges {
        let EdgeKind::Requires { statuses } = &edge.kind else { continue };
        let (from, to) = (edge.from.0 as usize, edge.to.0 as usize);
        if let (Some(earlier), Some(later)) = (names.get(from), names.get(to)) {
            needs[to].push(format!("{earlier}{}", condition(statuses)));
            then[from].push(later.clone());
        }
    }
    (graph.nodes.iter().enumerate())
        .map(|(index, node)| {
            let mut words = format!("{}, {}", node.name, kind_words(node.kind));
            if let Some(containers) = node.parallelism.filter(|&containers| containers > 1) {
                words += ", in ";
                words += &containers.to_string();
                words += " containers";
            }
            words += ". ";
            words += &list("Needs ", &needs[index], "Needs nothing");
            words += ". ";
            words += &list("Then ", &then[index], "Nothing follows");
            words += match problems.get(index).copied().flatten() {
                Some(Severity::Error) => ". Has an error.",
                Some(Severity::Warning) => ". Has a warning.",
                Some(Severity::Info | Severity::Hint) => ". Has a note.",
                None => ".",
            };
            words
        })
        .collect()
}

/// What an edge means.
pub(super) fn edge(graph: &Graph, edge: &Edge) -> String {
    let end = |index: u32| graph.nodes.get(index as usize).map(name).unwrap_or_default();
    let (from, to) = (end(edge.from.0), end(edge.to.0));
    match &edge.kind {
        EdgeKind::Requires { statuses } if statuses == &[Status::Success] => {
            format!("{to} starts after {from}")
        }
        EdgeKind::Requires { statuses } => {
            let words: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
            format!("{to} starts after {from}, when that ends with: {}", words.join(", "))
        }
        EdgeKind::Workspace { .. } => format!("{to} attaches what {from} persists"),
        EdgeKind::Cache { earlier_run: true, .. } => {
            format!("{to} restores a cache that {from} saved in an earlier run")
        }
        EdgeKind::Cache { earlier_run: false, .. } => format!("{to} restores a cache that {from} saves"),
    }
}

/// What an edge carries, a line each.
pub(super) fn details(kind: &EdgeKind) -> Vec<String> {
    match kind {
        EdgeKind::Requires { .. } => Vec::new(),
        EdgeKind::Workspace { layers, at } => {
            let layer = |layer: &Layer| {
                format!("layer {}: {} of {}", layer.order, layer.paths.join(", "), layer.root)
            };
            let to = format!("unpacked at {}", at.join(", "));
            layers.iter().map(layer).chain([to]).collect()
        }
        EdgeKind::Cache { key, found_by, paths, .. } => {
            let mut lines = vec![format!("saved as {key}")];
            if found_by != key {
                lines.push(format!("found by {found_by}"));
            }
            lines.extend((!paths.is_empty()).then(|| format!("holds {}", paths.join(", "))));
            lines
        }
    }
}

/// One sentence about the whole workflow.
pub(super) fn description(graph: &Graph) -> String {
    let mut needs_something = vec![false; graph.nodes.len()];
    for edge in &graph.edges {
        if let Some(needs) = needs_something.get_mut(edge.to.0 as usize) {
            *needs |= matches!(edge.kind, EdgeKind::Requires { .. });
        }
    }
    let starts: Vec<String> = graph
        .nodes
        .iter()
        .zip(needs_something)
        .filter(|(_, needs)| !needs)
        .map(|(node, _)| name(node))
        .collect();
    let count = match graph.nodes.len() {
        1 => "1 job".to_owned(),
        count => format!("{count} jobs"),
    };
    let cycle = if graph.cycles.is_empty() { "" } else { " Some jobs wait for each other and never start." };
    format!("{count}. {}.{cycle}", list("Starts with ", &starts, "No job can start"))
}

fn name(node: &Node) -> String {
    shortened(&node.name, NAME_WIDTH, 14.0)
}

/// The statuses that a requirement asks for, in brackets; nothing for success alone.
fn condition(statuses: &[Status]) -> String {
    if statuses == [Status::Success] {
        return String::new();
    }
    let words: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
    format!(" ({})", words.join(" or ").replace('_', " "))
}

fn list(before: &str, names: &[String], none: &str) -> String {
    if names.is_empty() {
        return none.to_owned();
    }
    let mut text = before.to_owned() + &names[..names.len().min(NAMED)].join(", ");
    if names.len() > NAMED {
        text = format!("{text} and {} more", names.len() - NAMED);
    }
    text
}
