//! Graphs as DOT, for Graphviz.

use super::build::reachable;
use super::{EdgeKind, Graph, JobKind, Status};
use std::fmt::Write;

/// Each workflow as a digraph of its own. Nodes are called `n0`, `n1`, … in the order of the source; names
/// are their labels.
#[must_use]
pub fn dot(graphs: &[&Graph]) -> String {
    graphs.iter().map(|graph| digraph(graph)).collect::<Vec<_>>().join("\n")
}

fn digraph(graph: &Graph) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "digraph {} {{", quoted(&graph.name));
    text.push_str("  rankdir=LR;\n  node [shape=box, style=rounded];\n");
    for (index, node) in graph.nodes.iter().enumerate() {
        let _ = writeln!(text, "  n{index} [label={}{}];", label(&node.name), look(node.kind));
    }
    let after = jobs_after(graph);
    for edge in &graph.edges {
        let attributes = match &edge.kind {
            EdgeKind::Requires { statuses } if statuses == &[Status::Success] => String::new(),
            EdgeKind::Requires { statuses } => {
                let names: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
                format!(" [label={}]", quoted(&names.join(", ")))
            }
            kind if after[edge.from.0 as usize][edge.to.0 as usize] => {
                format!(" [label={}, style=dashed]", quoted(kind.name()))
            }
            // Of two jobs side by side none is to move; Graphviz 2.43 crashes over a label on a line between them.
            kind => format!(" [xlabel={}, style=dashed, constraint=false]", quoted(kind.name())),
        };
        let _ = writeln!(text, "  n{} -> n{}{attributes};", edge.from.0, edge.to.0);
    }
    text.push_str("}\n");
    text
}

/// For each job which ones are required to come after it.
fn jobs_after(graph: &Graph) -> Vec<Vec<bool>> {
    let mut successors = vec![Vec::new(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Requires { .. })) {
        successors[edge.from.0 as usize].push(edge.to.0 as usize);
    }
    (0..graph.nodes.len()).map(|start| reachable(start, &successors)).collect()
}

/// What sets a kind apart.
fn look(kind: JobKind) -> &'static str {
    match kind {
        JobKind::Build | JobKind::Release | JobKind::Lock | JobKind::Unlock => "",
        JobKind::Approval => ", shape=octagon, style=solid",
        JobKind::NoOp => ", shape=oval, style=solid",
        JobKind::Group => ", peripheries=2",
        JobKind::Missing => ", style=\"rounded,dashed\", color=red",
        JobKind::Opaque => ", style=\"rounded,dashed\"",
    }
}

/// A label: Graphviz reads the entities of HTML in it.
fn label(text: &str) -> String {
    quoted(&text.replace('&', "&amp;"))
}

/// A DOT string. In labels a backslash begins an escape, so it is doubled; control characters become blanks.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            control if control.is_control() => quoted.push(' '),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
