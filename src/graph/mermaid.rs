//! Graphs as Mermaid flowcharts, for Markdown.

use super::{EdgeKind, Graph, JobKind, Status};
use std::fmt::Write;

/// One workflow as a flowchart. Nodes are called `n0`, `n1`, … in the order of the source; names are their
/// labels.
#[must_use]
pub fn mermaid(graph: &Graph) -> String {
    let mut text = String::from("flowchart LR\n");
    for (index, node) in graph.nodes.iter().enumerate() {
        let (open, close) = brackets(node.kind);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  n{index}{open}\"{}\"{close}", label(&node.name));
    }
    for edge in &graph.edges {
        let (from, to) = (edge.from.0, edge.to.0);
        let _ = match &edge.kind {
            EdgeKind::Requires { statuses } if statuses == &[Status::Success] => {
                writeln!(text, "  n{from} --> n{to}")
            }
            EdgeKind::Requires { statuses } => {
                let names: Vec<&str> = statuses.iter().map(|status| status.name()).collect();
                writeln!(text, "  n{from} -->|\"{}\"| n{to}", label(&names.join(", ")))
            }
            kind => writeln!(text, "  n{from} -.->|\"{}\"| n{to}", kind.name()),
        };
    }
    for (kind, look) in
        [(JobKind::Missing, "stroke:#b3261e,stroke-dasharray:5 4"), (JobKind::Opaque, "stroke-dasharray:5 4")]
    {
        let nodes: Vec<String> = (graph.nodes.iter().enumerate())
            .filter(|(_, node)| node.kind == kind)
            .map(|(index, _)| format!("n{index}"))
            .collect();
        if !nodes.is_empty() {
            let _ = writeln!(
                text,
                "  classDef {} {look}\n  class {} {}",
                kind.name(),
                nodes.join(","),
                kind.name()
            );
        }
    }
    text
}

/// The shape of a kind.
fn brackets(kind: JobKind) -> (&'static str, &'static str) {
    match kind {
        JobKind::Approval => ("{{", "}}"),
        JobKind::NoOp => ("([", "])"),
        JobKind::Group => ("[[", "]]"),
        _ => ("[", "]"),
    }
}

/// A text for a quoted label. Mermaid reads labels as Markdown and HTML, so everything with a meaning in
/// either is written as an entity (`#60;`); control characters become blanks.
fn label(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut last = None;
    while let Some(character) = characters.next() {
        let inside_word = last.is_some_and(char::is_alphanumeric)
            && characters.peek().is_some_and(|next| next.is_alphanumeric());
        match character {
            control if control.is_control() => label.push(' '),
            '_' | '-' if inside_word => label.push(character),
            ' ' | '/' => label.push(character),
            mark if mark.is_ascii_punctuation() => {
                let _ = write!(label, "#{};", u32::from(mark));
            }
            other => label.push(other),
        }
        last = Some(character);
    }
    label
}
