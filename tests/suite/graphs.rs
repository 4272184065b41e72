//! Graphs for tests, made by hand.

use dryrun::graph::{Edge, EdgeKind, Graph, JobKind, Node, NodeId, Runs, Status};

pub(crate) fn graph(name: &str, nodes: Vec<Node>, edges: Vec<Edge>) -> Graph {
    Graph { name: name.to_owned(), runs: Runs::Unknown, span: None, nodes, edges, cycles: Vec::new() }
}

pub(crate) fn node(name: &str, kind: JobKind) -> Node {
    Node {
        name: name.to_owned(),
        job: name.to_owned(),
        kind,
        invocation: None,
        definition: None,
        executor: None,
        parallelism: None,
        contexts: Vec::new(),
        row: Vec::new(),
    }
}

pub(crate) fn edge(from: usize, to: usize, statuses: &[Status]) -> Edge {
    between(from, to, EdgeKind::Requires { statuses: statuses.to_vec() })
}

pub(crate) fn data_edge(from: usize, to: usize) -> Edge {
    between(from, to, EdgeKind::Workspace { layers: Vec::new(), at: Vec::new() })
}

pub(crate) fn cache_edge(from: usize, to: usize, key: &str, earlier_run: bool) -> Edge {
    let found_by = key.split_inclusive('-').next().unwrap().to_owned();
    let paths = vec!["~/go".to_owned()];
    between(from, to, EdgeKind::Cache { key: key.to_owned(), found_by, paths, earlier_run })
}

fn between(from: usize, to: usize, kind: EdgeKind) -> Edge {
    let id = |index| NodeId(u32::try_from(index).unwrap());
    Edge { from: id(from), to: id(to), kind, span: None }
}
