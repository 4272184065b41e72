//! A layer for every box: each edge leads to a later one, after those that close a cycle were turned round.

/// The layers of the boxes, and which edges had to be turned.
pub(super) struct Ranking {
    /// By box; the first layer in use is 0.
    pub(super) layer: Vec<usize>,
    /// By edge: it leads to an earlier layer. Never set for a loop.
    pub(super) backward: Vec<bool>,
}

/// How often boxes are moved towards their neighbours. Three rounds settle almost every graph.
const TIGHTENING_ROUNDS: usize = 8;

/// Ranks boxes by the longest path to them, then moves each as close to its neighbours as its edges allow.
pub(super) fn rank(count: usize, edges: &[(usize, usize)]) -> Ranking {
    let backward = backward_edges(count, edges);
    let mut before = vec![Vec::new(); count];
    let mut after = vec![Vec::new(); count];
    for (&(from, to), &turned) in edges.iter().zip(&backward) {
        if from != to {
            let (from, to) = if turned { (to, from) } else { (from, to) };
            after[from].push(to);
            before[to].push(from);
        }
    }
    let sequence = topological(&before, &after);
    let mut layer = vec![0; count];
    for &node in &sequence {
        layer[node] = before[node].iter().map(|&other| layer[other] + 1).max().unwrap_or(0);
    }
    for _ in 0..TIGHTENING_ROUNDS {
        if !tighten(&sequence, &before, &after, &mut layer) {
            break;
        }
    }
    let first = layer.iter().copied().min().unwrap_or(0);
    for layer in &mut layer {
        *layer -= first;
    }
    Ranking { layer, backward }
}

/// One round of moving boxes to where their edges are shortest: to the later end of their room if more edges
/// leave than arrive, to the earlier end if more arrive. Says whether anything moved.
fn tighten(sequence: &[usize], before: &[Vec<usize>], after: &[Vec<usize>], layer: &mut [usize]) -> bool {
    let mut moved = false;
    for &node in sequence.iter().rev() {
        let earliest = before[node].iter().map(|&other| layer[other] + 1).max();
        // Every layer after the first has something before it, so the subtraction is safe for any neighbour.
        let latest = after[node].iter().map(|&other| layer[other].saturating_sub(1)).min();
        let target = match (earliest, latest) {
            (None, Some(latest)) => latest,
            (Some(_), Some(latest)) if after[node].len() > before[node].len() => latest,
            (Some(earliest), Some(_)) if after[node].len() < before[node].len() => earliest,
            _ => layer[node],
        };
        moved |= target != layer[node];
        layer[node] = target;
    }
    moved
}

/// The edges that close a cycle when the graph is walked from its starts in the order of the source. Without
/// them there is no cycle (loops aside, which are nobody's business here).
fn backward_edges(count: usize, edges: &[(usize, usize)]) -> Vec<bool> {
    let mut leaving = vec![Vec::new(); count];
    let mut is_start = vec![true; count];
    for (edge, &(from, to)) in edges.iter().enumerate() {
        if from != to {
            leaving[from].push(edge);
            is_start[to] = false;
        }
    }
    let mut backward = vec![false; edges.len()];
    let mut visited = vec![false; count];
    let mut on_path = vec![false; count];
    // Boxes on a cycle that nothing leads to are reached by no start: they follow in their own order.
    let starts = (0..count).filter(|&node| is_start[node]);
    for start in starts.chain(0..count) {
        if visited[start] {
            continue;
        }
        visited[start] = true;
        on_path[start] = true;
        // The walk keeps its own stack: a chain of jobs may be longer than the machine's stack allows.
        let mut path = vec![(start, 0)];
        while let Some((node, next)) = path.last_mut() {
            let Some(&edge) = leaving[*node].get(*next) else {
                on_path[*node] = false;
                path.pop();
                continue;
            };
            *next += 1;
            let to = edges[edge].1;
            backward[edge] = on_path[to];
            if !visited[to] {
                visited[to] = true;
                on_path[to] = true;
                path.push((to, 0));
            }
        }
    }
    backward
}

/// All boxes so that each stands behind those before it.
fn topological(before: &[Vec<usize>], after: &[Vec<usize>]) -> Vec<usize> {
    let mut missing: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut sequence: Vec<usize> = (0..before.len()).filter(|&node| missing[node] == 0).collect();
    let mut next = 0;
    while let Some(&node) = sequence.get(next) {
        next += 1;
        for &other in &after[node] {
            missing[other] -= 1;
            if missing[other] == 0 {
                sequence.push(other);
            }
        }
    }
    sequence
}
