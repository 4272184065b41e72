//! Goals about the lines of the graph.

use super::contents::lacks;
use super::facts::{Content, EdgeFacts, GraphFacts};
use super::goal::{Line, LineKind};
use crate::diagnostic::shown;

fn nodes<'g>(graph: &'g GraphFacts, name: &'g str) -> impl Iterator<Item = u32> + 'g {
    (0..).zip(&graph.jobs).filter(move |(_, job)| *job == name).map(|(index, _)| index)
}

fn name_of(graph: &GraphFacts, index: u32) -> &str {
    graph.jobs.get(index as usize).map_or("", String::as_str)
}

/// The job waits for the job `of`, directly or through others.
pub(super) fn downstream(graphs: &[GraphFacts], name: &str, of: &str) -> Result<(), String> {
    if graphs.iter().any(|graph| leads(graph, of, name)) {
        return Ok(());
    }
    let reversed = graphs.iter().any(|graph| leads(graph, name, of));
    let required: Vec<String> = graphs.iter().flat_map(|graph| required(graph, name)).map(shown).collect();
    let name = shown(name);
    Err(if reversed {
        format!("{} waits for {name}, not the other way round", shown(of))
    } else if required.is_empty() {
        format!("{name} requires nothing, so it starts at once")
    } else {
        format!("{name} requires only {}", required.join(", "))
    })
}

/// The jobs that the job requires itself.
fn required<'g>(graph: &'g GraphFacts, name: &'g str) -> impl Iterator<Item = &'g str> {
    let edges = graph.edges.iter().filter(|edge| edge.kind == LineKind::Requires);
    edges.filter(move |edge| name_of(graph, edge.to) == name).map(|edge| name_of(graph, edge.from))
}

/// Whether a chain of requirements leads from a job `from` to a job `to`.
fn leads(graph: &GraphFacts, from: &str, to: &str) -> bool {
    let mut waiting_for: Vec<Vec<u32>> = vec![Vec::new(); graph.jobs.len()];
    for edge in graph.edges.iter().filter(|edge| edge.kind == LineKind::Requires) {
        if let Some(list) = waiting_for.get_mut(edge.from as usize) {
            list.push(edge.to);
        }
    }
    let mut seen = vec![false; graph.jobs.len()];
    let mut open: Vec<u32> = nodes(graph, from).collect();
    while let Some(job) = open.pop() {
        for next in waiting_for.get(job as usize).into_iter().flatten() {
            if let Some(seen) = seen.get_mut(*next as usize).filter(|seen| !**seen) {
                *seen = true;
                open.push(*next);
            }
        }
    }
    nodes(graph, to).any(|end| seen.get(end as usize) == Some(&true))
}

/// The first such line, with the names of its ends.
fn first<'g>(graphs: &'g [GraphFacts], line: &Line) -> Option<(&'g str, &'g str)> {
    let is = |wanted: &Option<String>, name: &str| wanted.as_ref().is_none_or(|wanted| wanted == name);
    let ends = |graph: &'g GraphFacts, edge: &EdgeFacts| (name_of(graph, edge.from), name_of(graph, edge.to));
    graphs.iter().find_map(|graph| {
        let edges = graph.edges.iter().filter(|edge| edge.kind == line.kind);
        edges.map(|edge| ends(graph, edge)).find(|(from, to)| is(&line.from, from) && is(&line.to, to))
    })
}

pub(super) fn present(graphs: &[GraphFacts], contents: &[Content], line: &Line) -> Result<(), String> {
    if first(graphs, line).is_some() {
        return Ok(());
    }
    // What is to be put in first.
    let missing = |job: &Option<String>, word: &str, does: &str| {
        let job = job.as_deref().filter(|job| lacks(contents, job, word))?;
        Some(format!("{} {does}", shown(job)))
    };
    let why = match line.kind {
        LineKind::Requires => None,
        LineKind::Workspace => {
            let persists = missing(&line.from, "persist_to_workspace", "persists nothing to the workspace");
            persists.or_else(|| missing(&line.to, "attach_workspace", "attaches no workspace"))
        }
        LineKind::Cache => {
            let saves = missing(&line.from, "save_cache", "saves no cache");
            saves.or_else(|| missing(&line.to, "restore_cache", "restores no cache"))
        }
    };
    Err(why.unwrap_or_else(|| unconnected(line)))
}

fn unconnected(line: &Line) -> String {
    let from = line.from.as_deref().map_or("another job".to_owned(), shown);
    let Some(to) = line.to.as_deref().map(shown) else {
        let does = match line.kind {
            LineKind::Requires => "requires",
            LineKind::Workspace => "gets files from",
            LineKind::Cache => "restores a cache of",
        };
        return format!("No job {does} {from}");
    };
    match line.kind {
        LineKind::Requires => format!("{to} does not require {from}"),
        LineKind::Workspace => format!("{to} attaches the workspace, but does not wait for {from}"),
        LineKind::Cache => {
            format!("{to} restores no cache of {from}: it needs the same key, and has to wait")
        }
    }
}

pub(super) fn absent(graphs: &[GraphFacts], line: &Line) -> Result<(), String> {
    match first(graphs, line) {
        Some((from, to)) => Err(format!("There is one from {} to {}", shown(from), shown(to))),
        None => Ok(()),
    }
}
