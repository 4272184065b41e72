use super::idle_group;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::graph::{Edge, EdgeKind, Graph, NodeId};

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs of a workflow that wait for each other in a circle. Every `requires` along the circle is
    /// shown.
    ///
    /// ## Why it matters
    ///
    /// None of the jobs could ever start, nor what waits for them. CircleCI refuses the whole config: `The
    /// following jobs are unreachable: a, b`.
    ///
    /// ## How to fix
    ///
    /// Take one of the names out of its `requires`: the one whose job does not need the other's result.
    REQUIRES_CYCLE = "requires-cycle", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for graph in context.graphs {
        let Some(unreachable) = unreachable(graph) else { continue };
        for cycle in &graph.cycles {
            found.extend(diagnostic(graph, cycle, &unreachable));
        }
    }
    for group in idle_group::idle(context) {
        let circle = idle_group::circle(group);
        let Some((first, others)) = circle.split_first() else { continue };
        let message = format!("the jobs of job group {} require each other in a circle", shown(&group.name));
        let mut diagnostic = Diagnostic::error(REQUIRES_CYCLE.id, first.name.span, message)
            .with_help("Take one of these names out of its `requires`");
        for other in others {
            diagnostic = diagnostic.with_related(other.name.span, "and here");
        }
        found.push(diagnostic);
    }
}

fn name(graph: &Graph, node: NodeId) -> &str {
    graph.nodes.get(node.0 as usize).map_or("", |node| node.name.as_str())
}

/// At most this many jobs are named in a message.
const MAX_NAMED: usize = 6;

/// `cycle` follows the edges: each node is required by the next one.
fn diagnostic(graph: &Graph, cycle: &[NodeId], unreachable: &str) -> Option<Diagnostic> {
    let last = *cycle.last()?;
    let mut hops = Vec::new();
    let mut from = last;
    for to in cycle {
        hops.push(edge(graph, from, *to)?);
        from = *to;
    }
    // Read the way `requires` reads: the first job requires the last one, that one the one before it.
    let (closing, others) = hops.split_first()?;
    let mut chain: Vec<String> = cycle.iter().rev().map(|node| shown(name(graph, *node))).collect();
    let more = chain.len() > MAX_NAMED;
    chain.truncate(MAX_NAMED);
    if more {
        chain.push("…".to_owned());
    }
    let first = shown(name(graph, *cycle.first()?));
    chain.pop_if(|end| *end == first);
    let chain = if chain.is_empty() { first.clone() } else { chain.join(", which requires ") };
    let message = format!("{first} requires {chain}, which requires {first}");
    let mut diagnostic = Diagnostic::error(REQUIRES_CYCLE.id, closing.span?, message);
    for hop in others.iter().rev() {
        let label = format!("{} requires {}", shown(name(graph, hop.to)), shown(name(graph, hop.from)));
        diagnostic = diagnostic.with_related(hop.span?, label);
    }
    Some(diagnostic.with_help(format!("Take one of these names out of its `requires`. {unreachable}")))
}

fn edge(graph: &Graph, from: NodeId, to: NodeId) -> Option<&Edge> {
    let requires = |edge: &&Edge| matches!(edge.kind, EdgeKind::Requires { .. });
    graph.edges.iter().filter(requires).find(|edge| edge.from == from && edge.to == to)
}

/// The compiler's sentence about the jobs that could never start; nothing where all could.
fn unreachable(graph: &Graph) -> Option<String> {
    if graph.cycles.is_empty() {
        return None;
    }
    let mut waiting = vec![0_usize; graph.nodes.len()];
    let mut followers = vec![Vec::new(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Requires { .. })) {
        waiting[edge.to.0 as usize] += 1;
        followers[edge.from.0 as usize].push(edge.to.0 as usize);
    }
    let mut free: Vec<usize> = (0..waiting.len()).filter(|node| waiting[*node] == 0).collect();
    let all_wait = free.is_empty();
    while let Some(node) = free.pop() {
        for next in &followers[node] {
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                free.push(*next);
            }
        }
    }
    let stuck = graph.nodes.iter().zip(&waiting).filter(|(_, waiting)| **waiting > 0);
    let mut names: Vec<String> =
        stuck.map(|(node, _)| shown(&node.name).trim_matches('`').to_owned()).take(MAX_NAMED + 1).collect();
    if names.len() > MAX_NAMED {
        names.truncate(MAX_NAMED);
        names.push("…".to_owned());
    }
    let root =
        if all_wait { "`At least one job in the workflow must have no dependencies.` and " } else { "" };
    Some(format!("CircleCI: {root}`The following jobs are unreachable: {}`", names.join(", ")))
}
