//! Goals about the lines of the graph.

use super::goal::{Line, LineKind};
use crate::diagnostic::shown;
use crate::graph::{Edge, EdgeKind, Graph, NodeId};

fn nodes<'g>(graph: &'g Graph, name: &'g str) -> impl Iterator<Item = NodeId> + 'g {
    (0..).zip(&graph.nodes).filter(move |(_, node)| node.name == name).map(|(index, _)| NodeId(index))
}

fn name_of(graph: &Graph, id: NodeId) -> &str {
    graph.nodes.get(id.0 as usize).map_or("", |node| &node.name)
}

/// The job waits for the job `of`, directly or through others.
pub(super) fn downstream(graphs: &[Graph], name: &str, of: &str) -> Result<(), String> {
    if graphs.iter().any(|graph| leads(graph, of, name)) {
        return Ok(());
    }
    let reversed = graphs.iter().any(|graph| leads(graph, name, of));
    let (name, of) = (shown(name), shown(of));
    Err(if reversed {
        format!("{of} waits for {name}, not the other way round")
    } else {
        format!("{name} does not wait for {of}")
    })
}

/// Whether a chain of requirements leads from a job `from` to a job `to`.
fn leads(graph: &Graph, from: &str, to: &str) -> bool {
    let mut waiting_for: Vec<Vec<NodeId>> = vec![Vec::new(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Requires { .. })) {
        if let Some(list) = waiting_for.get_mut(edge.from.0 as usize) {
            list.push(edge.to);
        }
    }
    let mut seen = vec![false; graph.nodes.len()];
    let mut open: Vec<NodeId> = nodes(graph, from).collect();
    while let Some(node) = open.pop() {
        for next in waiting_for.get(node.0 as usize).into_iter().flatten() {
            if let Some(seen) = seen.get_mut(next.0 as usize).filter(|seen| !**seen) {
                *seen = true;
                open.push(*next);
            }
        }
    }
    nodes(graph, to).any(|end| seen.get(end.0 as usize) == Some(&true))
}

/// The first such line, with the names of its ends. Where only an earlier run is sure to have saved a cache, the
/// job need not wait for the one that saves it: no line of this run.
fn first<'g>(graphs: &'g [Graph], line: &Line) -> Option<(&'g str, &'g str)> {
    let is = |wanted: &Option<String>, name: &str| wanted.as_ref().is_none_or(|wanted| wanted == name);
    let ends = |graph: &'g Graph, edge: &Edge| (name_of(graph, edge.from), name_of(graph, edge.to));
    graphs.iter().find_map(|graph| {
        let of_this_run = |kind: &EdgeKind| !matches!(kind, EdgeKind::Cache { earlier_run: true, .. });
        let edges =
            graph.edges.iter().filter(|edge| edge.kind.name() == line.kind.name() && of_this_run(&edge.kind));
        edges.map(|edge| ends(graph, edge)).find(|(from, to)| is(&line.from, from) && is(&line.to, to))
    })
}

pub(super) fn present(graphs: &[Graph], line: &Line) -> Result<(), String> {
    if first(graphs, line).is_some() {
        return Ok(());
    }
    let from = line.from.as_deref().map_or("another job".to_owned(), shown);
    let (to, no) = match &line.to {
        Some(to) => (shown(to), ["does not require", "unpacks nothing of", "restores no cache of"]),
        None => ("No job".to_owned(), ["requires", "unpacks anything of", "restores a cache of"]),
    };
    let [requires, unpacks, restores] = no;
    let does = match line.kind {
        LineKind::Requires => requires,
        LineKind::Workspace => unpacks,
        LineKind::Cache => restores,
    };
    Err(format!("{to} {does} {from}"))
}

pub(super) fn absent(graphs: &[Graph], line: &Line) -> Result<(), String> {
    match first(graphs, line) {
        Some((from, to)) => Err(format!("There is one from {} to {}", shown(from), shown(to))),
        None => Ok(()),
    }
}
