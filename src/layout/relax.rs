//! The heights that vertices would like to have.
//!
//! Edges pull like springs, those of long lines harder, so that they straighten. Each step moves one row to
//! where its springs are least stretched while the rest stands still: with distances to keep this is an
//! isotonic regression, solved exactly by pooling neighbours that push each other.

use super::layers::{Layers, Vertex};

/// Sweeps along all rows, every second one backwards.
const SWEEPS: usize = 24;
/// In the first sweeps a row looks only at the row it comes from, which spreads the shape quickly.
const ONE_SIDED_SWEEPS: usize = 4;
/// Pull between two bends, between a bend and a box, between two boxes.
const PULLS: [f64; 3] = [8.0, 2.0, 1.0];
/// Pull towards where a vertex stands already, for one that has nothing else to go by.
const INERTIA: f64 = 1e-3;
/// How much higher than its fullest row a drawing may get, so that lines can be straight.
const HEADROOM: f64 = 1.5;

/// The height that the drawing must not exceed.
pub(super) fn height_limit(layers: &Layers) -> f64 {
    let fullest = layers.rows.iter().map(|row| layers.packed_height(row)).fold(0.0, f64::max);
    fullest * HEADROOM
}

/// The wished middle of each vertex, from 0 to `limit`. Distances within the rows are kept.
pub(super) fn relax(layers: &Layers, limit: f64) -> Vec<f64> {
    let mut heights = packed(layers, limit);
    let mut row_solver = RowSolver::default();
    let count = layers.rows.len();
    for sweep in 0..SWEEPS {
        let forward = sweep % 2 == 0;
        let both_sides = sweep >= ONE_SIDED_SWEEPS;
        for step in 0..count {
            let row = &layers.rows[if forward { step } else { count - 1 - step }];
            row_solver.begin();
            for (place, &vertex) in row.iter().enumerate() {
                let (mut weight, mut sum) = (INERTIA, INERTIA * heights[vertex]);
                let sides = [(&layers.before[vertex], forward), (&layers.after[vertex], !forward)];
                for (neighbours, asked) in sides {
                    if asked || both_sides {
                        for &other in neighbours {
                            let pull = pull(layers, vertex, other);
                            weight += pull;
                            sum += pull * heights[other];
                        }
                    }
                }
                let distance = if place == 0 { 0.0 } else { layers.distance(row[place - 1], vertex) };
                row_solver.add(distance, sum / weight, weight);
            }
            let (top, bottom) = margins(layers, row);
            row_solver.solve(top, limit - bottom, |place, height| heights[row[place]] = height);
        }
    }
    heights
}

/// Each row as close as it may be, around the middle.
fn packed(layers: &Layers, limit: f64) -> Vec<f64> {
    let mut heights = vec![0.0; layers.len()];
    for row in &layers.rows {
        let mut height = (limit - layers.packed_height(row)) / 2.0 + margins(layers, row).0;
        for (place, &vertex) in row.iter().enumerate() {
            if place > 0 {
                height += layers.distance(row[place - 1], vertex);
            }
            heights[vertex] = height;
        }
    }
    heights
}

/// How far a row reaches above the middle of its first vertex and below the middle of its last.
fn margins(layers: &Layers, row: &[usize]) -> (f64, f64) {
    let half = |vertex: Option<&usize>| vertex.map_or(0.0, |&vertex| layers.height(vertex) / 2.0);
    (half(row.first()), half(row.last()))
}

fn pull(layers: &Layers, a: usize, b: usize) -> f64 {
    match (layers.vertices[a], layers.vertices[b]) {
        (Vertex::Box(_), Vertex::Box(_)) => PULLS[2],
        (Vertex::Bend, Vertex::Bend) => PULLS[0],
        _ => PULLS[1],
    }
}

/// Places one row: minimises the weighted squares of the distances to the wishes.
///
/// With the offset of each vertex (the sum of the distances above it) taken off, keeping the distances means
/// that heights must not fall along the row.
#[derive(Default)]
struct RowSolver {
    /// Runs that stand as close as they may.
    runs: Vec<Run>,
    /// By place in the row.
    offsets: Vec<f64>,
}

struct Run {
    weight: f64,
    /// Weighted sum of wishes, offsets taken off.
    sum: f64,
    count: usize,
}

impl RowSolver {
    fn begin(&mut self) {
        self.runs.clear();
        self.offsets.clear();
    }

    /// Adds a vertex `distance` or more below the last one.
    fn add(&mut self, distance: f64, wish: f64, weight: f64) {
        let offset = self.offsets.last().map_or(0.0, |last| last + distance);
        self.offsets.push(offset);
        let mut run = Run { weight, sum: weight * (wish - offset), count: 1 };
        while let Some(above) = self.runs.pop_if(|above| above.sum / above.weight > run.sum / run.weight) {
            run.weight += above.weight;
            run.sum += above.sum;
            run.count += above.count;
        }
        self.runs.push(run);
    }

    /// Gives each place its height, the first not above `top` and the last not below `bottom`.
    fn solve(&self, top: f64, bottom: f64, mut place_at: impl FnMut(usize, f64)) {
        let lowest = bottom - self.offsets.last().copied().unwrap_or(0.0);
        let mut place = 0;
        for run in &self.runs {
            // `min` first: where nothing fits, the top wins.
            let height = (run.sum / run.weight).min(lowest).max(top);
            for _ in 0..run.count {
                place_at(place, height + self.offsets[place]);
                place += 1;
            }
        }
    }
}
