use super::{Edge, EdgeKind, Graph, JobKind, Node, NodeId, Status};
use crate::compile::{Entry, Matched, Requirement, Workflow};
use crate::sort::Map;

/// The graph of a workflow. A name in `requires` that nothing bears becomes a node of its own, so that the
/// loose end can be seen.
#[must_use]
pub fn build(workflow: &Workflow) -> Graph {
    let mut nodes: Vec<Node> = workflow.entries.iter().map(node).collect();
    let mut placeholders: Map<&str, usize> = Map::new();
    let mut edges: Vec<Edge> = Vec::new();
    for (to, entry) in workflow.entries.iter().enumerate() {
        for requirement in &entry.requires {
            let mut from = requirement.matched.entries().to_vec();
            if requirement.matched == Matched::None {
                let name = requirement.name.as_str();
                from.push(*placeholders.get_or_insert_with(name, || {
                    nodes.push(placeholder(name));
                    nodes.len() - 1
                }));
            }
            for from in from {
                edges.push(Edge {
                    from: id(from),
                    to: id(to),
                    kind: EdgeKind::Requires { statuses: statuses(requirement) },
                    span: Some(requirement.name.span),
                });
            }
        }
    }
    let cycles = cycles(nodes.len(), &edges);
    Graph { name: workflow.name.clone(), runs: workflow.runs, span: workflow.key, nodes, edges, cycles }
}

fn statuses(requirement: &Requirement) -> Vec<Status> {
    if requirement.statuses.is_empty() {
        return vec![Status::Success];
    }
    requirement.statuses.iter().map(|status| status.value).collect()
}

fn id(index: usize) -> NodeId {
    NodeId(u32::try_from(index).unwrap_or(u32::MAX))
}

fn node(entry: &Entry) -> Node {
    Node {
        name: entry.name.clone(),
        job: entry.job.value.clone(),
        kind: entry.kind,
        invocation: entry.item.map(|_| entry.job.span),
        definition: entry.definition,
        executor: entry.executor,
        parallelism: entry.parallelism,
        contexts: entry.contexts.clone(),
        row: entry.row.iter().map(|(name, value)| format!("{name}={value}")).collect(),
    }
}

fn placeholder(name: &str) -> Node {
    Node {
        name: name.to_owned(),
        job: name.to_owned(),
        kind: JobKind::Missing,
        invocation: None,
        definition: None,
        executor: None,
        parallelism: None,
        contexts: Vec::new(),
        row: Vec::new(),
    }
}

/// One cycle of each knot: the shortest one through the knot's first node, following the edges.
fn cycles(count: usize, edges: &[Edge]) -> Vec<Vec<NodeId>> {
    let mut successors = vec![Vec::new(); count];
    for edge in edges {
        successors[edge.from.0 as usize].push(edge.to.0 as usize);
    }
    let in_cycle = knotted(&successors);
    let mut seen = vec![false; count];
    let mut found = Vec::new();
    for start in 0..count {
        if in_cycle[start]
            && !seen[start]
            && let Some(cycle) = shortest_cycle(start, &successors)
        {
            // Whatever hangs together with this cycle belongs to the same knot.
            for node in reachable_both_ways(start, &successors) {
                seen[node] = true;
            }
            found.push(cycle.into_iter().map(id).collect());
        }
    }
    found
}

/// Which nodes are left when all that have no predecessors, then all that have no successors, are taken away.
fn knotted(successors: &[Vec<usize>]) -> Vec<bool> {
    let mut predecessors = vec![Vec::new(); successors.len()];
    for (from, targets) in successors.iter().enumerate() {
        for to in targets {
            predecessors[*to].push(from);
        }
    }
    let mut left = vec![true; successors.len()];
    peel(&mut left, successors, &predecessors);
    peel(&mut left, &predecessors, successors);
    left
}

fn peel(left: &mut [bool], successors: &[Vec<usize>], predecessors: &[Vec<usize>]) {
    let mut waiting: Vec<usize> =
        predecessors.iter().map(|all| all.iter().filter(|from| left[**from]).count()).collect();
    let mut free: Vec<usize> = (0..left.len()).filter(|node| left[*node] && waiting[*node] == 0).collect();
    while let Some(node) = free.pop() {
        left[node] = false;
        for next in successors[node].iter().filter(|next| left[**next]) {
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                free.push(*next);
            }
        }
    }
}

fn shortest_cycle(start: usize, successors: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut came_from = vec![usize::MAX; successors.len()];
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for next in &successors[node] {
            if *next == start {
                let mut cycle = vec![node];
                while let Some(last) = cycle.last().filter(|last| **last != start) {
                    cycle.push(came_from[*last]);
                }
                cycle.reverse();
                return Some(cycle);
            }
            if came_from[*next] == usize::MAX {
                came_from[*next] = node;
                queue.push_back(*next);
            }
        }
    }
    None
}

fn reachable_both_ways(start: usize, successors: &[Vec<usize>]) -> Vec<usize> {
    let mut predecessors = vec![Vec::new(); successors.len()];
    for (from, targets) in successors.iter().enumerate() {
        for to in targets {
            predecessors[*to].push(from);
        }
    }
    let (down, up) = (reachable(start, successors), reachable(start, &predecessors));
    (0..successors.len()).filter(|node| down[*node] && up[*node]).collect()
}

pub(super) fn reachable(start: usize, successors: &[Vec<usize>]) -> Vec<bool> {
    let mut seen = vec![false; successors.len()];
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        if !std::mem::replace(&mut seen[node], true) {
            open.extend(&successors[node]);
        }
    }
    seen
}
