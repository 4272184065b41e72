//! Boxes and bends in layers, such that every edge leads from one layer to the next.

use super::rank::Ranking;
use super::{Gaps, Problem};
use crate::sort;

/// So many bends and turns at most. Beyond that nobody can follow a line any more, and whoever writes such a
/// graph wants to see us hang.
const MOST_BENDS: usize = 8_000;

/// What stands at a place in a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Vertex {
    /// A box of this height.
    Box(f64),
    /// Where an edge passes a layer.
    Bend,
    /// Where an edge that leads back turns round, in the layer behind its start or before its end.
    Turn,
}

/// The layered graph. Vertices are indices: first the boxes in the order of the source, then bends and turns.
pub(super) struct Layers {
    pub(super) vertices: Vec<Vertex>,
    /// By vertex.
    pub(super) layer: Vec<usize>,
    /// By vertex: its neighbours in the layer before.
    pub(super) before: Vec<Vec<usize>>,
    /// By vertex: its neighbours in the layer after.
    pub(super) after: Vec<Vec<usize>>,
    /// By layer: its vertices from top to bottom.
    pub(super) rows: Vec<Vec<usize>>,
    /// By edge of the problem: the bends and turns on its way from start to end; empty for a loop. Nothing
    /// for an edge that finds no room in the layers.
    pub(super) chains: Vec<Option<Vec<usize>>>,
    gaps: Gaps,
}

impl Layers {
    /// Puts boxes into their layers and bends where edges pass one. Rows are in the order in which a walk
    /// along the edges, from the starts in the order of the source, meets their vertices.
    pub(super) fn new(problem: &Problem, ranking: &Ranking) -> Self {
        let turns_at_first = (problem.edges.iter().zip(&ranking.backward))
            .any(|(&(_, to), &backward)| backward && ranking.layer[to] == 0);
        let shift = usize::from(turns_at_first);
        let mut layers = Self {
            vertices: problem.sizes.iter().map(|&(_, height)| Vertex::Box(height)).collect(),
            layer: ranking.layer.iter().map(|layer| layer + shift).collect(),
            before: vec![Vec::new(); problem.sizes.len()],
            after: vec![Vec::new(); problem.sizes.len()],
            rows: Vec::new(),
            chains: Vec::new(),
            gaps: problem.gaps,
        };
        let has_room = edges_with_room(problem, ranking);
        for (edge, &(from, to)) in problem.edges.iter().enumerate() {
            let chain = if from == to {
                Some(Vec::new())
            } else if !has_room[edge] {
                None
            } else if ranking.backward[edge] {
                Some(layers.lead_back(from, to))
            } else {
                Some(layers.lead_on(from, to))
            };
            layers.chains.push(chain);
        }
        layers.fill_rows();
        layers
    }

    /// Connects two boxes, the second in a later layer, by bends in the layers between.
    fn lead_on(&mut self, from: usize, to: usize) -> Vec<usize> {
        let bends: Vec<usize> =
            (self.layer[from] + 1..self.layer[to]).map(|layer| self.add(Vertex::Bend, layer)).collect();
        let mut last = from;
        for &bend in &bends {
            self.connect(last, bend);
            last = bend;
        }
        self.connect(last, to);
        bends
    }

    /// Connects a box to one in an earlier layer: over a turn behind the first, back through the layers of
    /// both and all between, and over a turn before the second.
    fn lead_back(&mut self, from: usize, to: usize) -> Vec<usize> {
        let (first, last) = (self.layer[to], self.layer[from]);
        let behind = self.add(Vertex::Turn, last + 1);
        self.connect(from, behind);
        let mut chain = vec![behind];
        for layer in (first..=last).rev() {
            let bend = self.add(Vertex::Bend, layer);
            self.connect(bend, chain[chain.len() - 1]);
            chain.push(bend);
        }
        // A start in the first layer was moved to the second, see `new`.
        let ahead = self.add(Vertex::Turn, first.saturating_sub(1));
        self.connect(ahead, chain[chain.len() - 1]);
        self.connect(ahead, to);
        chain.push(ahead);
        chain
    }

    fn add(&mut self, vertex: Vertex, layer: usize) -> usize {
        self.vertices.push(vertex);
        self.layer.push(layer);
        self.before.push(Vec::new());
        self.after.push(Vec::new());
        self.vertices.len() - 1
    }

    fn connect(&mut self, left: usize, right: usize) {
        self.after[left].push(right);
        self.before[right].push(left);
    }

    fn fill_rows(&mut self) {
        let count = self.layer.iter().max().map_or(0, |last| last + 1);
        self.rows = vec![Vec::new(); count];
        let mut roots: Vec<usize> =
            (0..self.len()).filter(|&vertex| self.before[vertex].is_empty()).collect();
        sort::by_key(&mut roots, |&vertex| self.layer[vertex]);
        let mut seen = vec![false; self.len()];
        for root in roots {
            let mut waiting = vec![root];
            while let Some(vertex) = waiting.pop() {
                if !seen[vertex] {
                    seen[vertex] = true;
                    self.rows[self.layer[vertex]].push(vertex);
                    waiting.extend(self.after[vertex].iter().rev());
                }
            }
        }
    }

    /// How many vertices there are.
    pub(super) fn len(&self) -> usize {
        self.vertices.len()
    }

    pub(super) fn is_box(&self, vertex: usize) -> bool {
        matches!(self.vertices[vertex], Vertex::Box(_))
    }

    pub(super) fn height(&self, vertex: usize) -> f64 {
        match self.vertices[vertex] {
            Vertex::Box(height) => height,
            Vertex::Bend | Vertex::Turn => 0.0,
        }
    }

    /// The least distance between the middles of two vertices, the second right below the first.
    pub(super) fn distance(&self, upper: usize, lower: usize) -> f64 {
        let gap = match (self.is_box(upper), self.is_box(lower)) {
            (true, true) => self.gaps.in_layer,
            (false, false) => self.gaps.lines,
            _ => f64::midpoint(self.gaps.in_layer, self.gaps.lines),
        };
        f64::midpoint(self.height(upper), self.height(lower)) + gap
    }

    /// The height of a layer whose vertices stand as close as they may.
    pub(super) fn packed_height(&self, row: &[usize]) -> f64 {
        let ends = row.first().map_or(0.0, |&vertex| self.height(vertex))
            + row.last().map_or(0.0, |&vertex| self.height(vertex));
        ends / 2.0 + row.windows(2).map(|pair| self.distance(pair[0], pair[1])).sum::<f64>()
    }
}

/// By edge: whether it finds room among the bends that there may be. The short ones come first.
fn edges_with_room(problem: &Problem, ranking: &Ranking) -> Vec<bool> {
    let bends = |edge: usize| {
        let (from, to) = problem.edges[edge];
        let apart = ranking.layer[from].abs_diff(ranking.layer[to]);
        // One that leads back has a bend in the layers of both ends too, and two turns.
        if ranking.backward[edge] { apart + 3 } else { apart.saturating_sub(1) }
    };
    let mut by_length: Vec<usize> = (0..problem.edges.len()).collect();
    sort::by_key(&mut by_length, |&edge| bends(edge));
    let mut has_room = vec![false; problem.edges.len()];
    let mut sum = 0;
    for edge in by_length {
        sum += bends(edge);
        has_room[edge] = sum <= MOST_BENDS;
    }
    has_room
}
