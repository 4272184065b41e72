//! Which vertices stand at one height, so that the edges between them are straight.

use super::layers::{Layers, Vertex};
use crate::sort;

/// An edge that is the middle one at both its ends is straight if the ends wish to be this close, in px.
/// Further apart, it would bend the shape of the graph.
const REACH: f64 = 48.0;
/// Any other edge is straight only if hardly anyone would see that it is not quite.
const NEAR: f64 = 10.0;

/// Vertices in groups of one height.
pub(super) struct Blocks {
    /// By block: its vertices from the first layer to the last, one a layer.
    pub(super) members: Vec<Vec<usize>>,
}

/// An edge between two layers that could be straight.
struct Candidate {
    left: usize,
    right: usize,
    /// The parts of long lines come first, then the middle ones, then the rest.
    rank: u8,
    /// How far apart the ends wish to be: the closer the better.
    apart: f64,
}

/// Chooses the edges to be straight, among the candidates of each gap the best first. A vertex has one
/// straight edge to each side at most, and straight edges do not cross, so that the blocks can be put in an
/// order from top to bottom.
pub(super) fn align(layers: &Layers, wished: &[f64]) -> Blocks {
    let mut next = vec![None; layers.len()];
    let mut has_previous = vec![false; layers.len()];
    let mut place = vec![0; layers.len()];
    for row in &layers.rows {
        for (index, &vertex) in row.iter().enumerate() {
            place[vertex] = index;
        }
    }
    for row in &layers.rows {
        let mut candidates: Vec<Candidate> = row
            .iter()
            .flat_map(|&left| layers.after[left].iter().map(move |&right| (left, right)))
            .filter_map(|(left, right)| candidate(layers, wished, &place, left, right))
            .collect();
        sort::by(&mut candidates, |a, b| a.rank.cmp(&b.rank).then(a.apart.total_cmp(&b.apart)));
        let mut chosen: Vec<(usize, usize)> = Vec::new();
        for Candidate { left, right, .. } in candidates {
            let (upper, lower) = (place[left], place[right]);
            let in_order = |&(l, r): &(usize, usize)| (l < upper && r < lower) || (l > upper && r > lower);
            if chosen.iter().all(in_order) {
                chosen.push((upper, lower));
                next[left] = Some(right);
                has_previous[right] = true;
            }
        }
    }
    let mut members = Vec::new();
    for vertex in layers.rows.iter().flatten().copied() {
        if !has_previous[vertex] {
            members.push(std::iter::successors(Some(vertex), |&vertex| next[vertex]).collect());
        }
    }
    Blocks { members }
}

/// Rates an edge; nothing if it had better be slanted.
fn candidate(
    layers: &Layers,
    wished: &[f64],
    place: &[usize],
    left: usize,
    right: usize,
) -> Option<Candidate> {
    let apart = (wished[left] - wished[right]).abs();
    let rank = match (layers.vertices[left], layers.vertices[right]) {
        (Vertex::Bend, Vertex::Bend) => 0,
        (Vertex::Turn, _) | (_, Vertex::Turn) => return None,
        _ => {
            let in_the_middle = middle(&layers.after[left], place) == Some(right)
                && middle(&layers.before[right], place) == Some(left);
            if apart > if in_the_middle { REACH } else { NEAR } {
                return None;
            }
            if in_the_middle { 1 } else { 2 }
        }
    };
    Some(Candidate { left, right, rank, apart })
}

/// The middle one of an odd number of neighbours. An even number has none: the vertex is to stand between the
/// two.
fn middle(neighbours: &[usize], place: &[usize]) -> Option<usize> {
    if neighbours.len().is_multiple_of(2) {
        return None;
    }
    let mut sorted = neighbours.to_vec();
    sort::by_key(&mut sorted, |&vertex| place[vertex]);
    sorted.get(sorted.len() / 2).copied()
}

impl Blocks {
    /// By vertex: its block.
    pub(super) fn of_vertices(&self, count: usize) -> Vec<usize> {
        let mut block_of = vec![0; count];
        for (block, members) in self.members.iter().enumerate() {
            for &vertex in members {
                block_of[vertex] = block;
            }
        }
        block_of
    }
}
