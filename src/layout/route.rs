//! Places on the plane and the lines between them.
//!
//! A line passes a layer straight, over the whole width of its widest box, at a height that is kept free for
//! it; only in the gap between two layers does it change its height. All lines bend at the same two places of
//! a gap, so that lines whose ends are in the same order do not cross.

use super::layers::Layers;
use super::rank::Ranking;
use super::{Arrangement, Problem, Rectangle, Route};
use crate::sort::Map;

/// How far lines run straight on behind a layer, and before one, where the arrow heads are. Less in a narrow
/// gap.
const STUBS: (f64, f64) = (10.0, 18.0);
/// Lines that turn round in the same gap stand this far apart, and lines between the same boxes.
const STEP: f64 = 6.0;
/// How far a loop stands out, and half its height.
const LOOP: (f64, f64) = (22.0, 10.0);
/// The least distance from the end of a line to the corner of its box.
const CORNER: f64 = 8.0;

type Point = (f64, f64);

/// Draws the boxes at their layers and heights, and a line for every edge.
pub(super) fn route(problem: &Problem, ranking: &Ranking, layers: &Layers, heights: &[f64]) -> Arrangement {
    let columns = columns(problem, layers);
    let boxes: Vec<Rectangle> = (problem.sizes.iter().enumerate())
        .map(|(node, &(width, height))| {
            let column = &columns[layers.layer[node]];
            let x = f64::midpoint(column.left, column.right) - width / 2.0;
            Rectangle { x, y: heights[node] - height / 2.0, width, height }
        })
        .collect();
    let top = boxes.iter().map(|place| place.y).chain(heights.iter().copied()).fold(f64::INFINITY, f64::min);
    let mut pen = Router {
        layers,
        heights,
        columns,
        boxes: &boxes,
        gap: problem.gaps.between_layers,
        lane: top - problem.gaps.in_layer,
    };
    let mut repetitions = Map::new();
    let mut routes = Vec::with_capacity(problem.edges.len());
    for (edge, &(from, to)) in problem.edges.iter().enumerate() {
        let repetition = repetitions.get_or_insert((from, to), 0);
        let backward = ranking.backward[edge];
        let points = if from == to {
            pen.around(from, *repetition)
        } else {
            let ports = (pen.port(from, *repetition), pen.port(to, *repetition));
            match &layers.chains[edge] {
                None => pen.above((from, to), ports),
                Some(chain) if backward => pen.back((from, to), ports, chain),
                Some(chain) => pen.on((from, to), ports, chain),
            }
        };
        *repetition += 1;
        routes.push(Route { points: without_straight_corners(&points), backward: backward || from == to });
    }
    moved_to_origin(boxes, routes)
}

/// The width that a layer takes.
struct Column {
    left: f64,
    right: f64,
    /// Lines that turn round behind it and before it.
    turns: (i32, i32),
}

/// Sets the layers side by side.
fn columns(problem: &Problem, layers: &Layers) -> Vec<Column> {
    let mut left = 0.0;
    let mut columns = Vec::with_capacity(layers.rows.len());
    for row in &layers.rows {
        let widths = row.iter().filter_map(|&vertex| problem.sizes.get(vertex)).map(|&(width, _)| width);
        let right = left + widths.fold(0.0, f64::max);
        columns.push(Column { left, right, turns: (0, 0) });
        left = right + problem.gaps.between_layers;
    }
    columns
}

struct Router<'a> {
    layers: &'a Layers,
    heights: &'a [f64],
    columns: Vec<Column>,
    boxes: &'a [Rectangle],
    gap: f64,
    /// The height at which lines pass that have no room in the layers: above everything.
    lane: f64,
}

impl Router<'_> {
    /// The height at which a line leaves or enters a box: the middle, and for further lines between the same
    /// boxes alternately below and above it.
    fn port(&self, node: usize, repetition: i32) -> f64 {
        let steps = f64::from((repetition + 1) / 2) * if repetition % 2 == 0 { -1.0 } else { 1.0 };
        let room = (self.boxes[node].height / 2.0 - CORNER).max(0.0);
        self.heights[node] + (steps * STEP).clamp(-room, room)
    }

    /// A line to a later layer.
    fn on(&self, ends: (usize, usize), ports: (f64, f64), chain: &[usize]) -> Vec<Point> {
        let mut points = vec![(self.right(ends.0), ports.0)];
        points.push((self.behind(ends.0), ports.0));
        for &bend in chain {
            points.push((self.ahead(bend), self.heights[bend]));
            points.push((self.behind(bend), self.heights[bend]));
        }
        points.push((self.ahead(ends.1), ports.1));
        points.push((self.boxes[ends.1].x, ports.1));
        points
    }

    /// A line to an earlier layer: it turns round behind its start and before its end. `chain` begins and
    /// ends with a turn.
    fn back(&mut self, ends: (usize, usize), ports: (f64, f64), chain: &[usize]) -> Vec<Point> {
        let bends = chain.get(1..chain.len().saturating_sub(1)).unwrap_or_default();
        let mut points = vec![(self.right(ends.0), ports.0)];
        if let (Some(&first), Some(&last)) = (bends.first(), bends.last()) {
            let room = self.gap / 2.0;
            let column = &mut self.columns[self.layers.layer[ends.0]];
            let x = column.right + (STUBS.0 + f64::from(column.turns.0) * STEP).min(room);
            column.turns.0 += 1;
            points.extend([(x, ports.0), (x, self.heights[first])]);
            for &bend in bends {
                if bend != first {
                    points.push((self.behind(bend), self.heights[bend]));
                }
                if bend != last {
                    points.push((self.ahead(bend), self.heights[bend]));
                }
            }
            let column = &mut self.columns[self.layers.layer[ends.1]];
            let x = column.left - (STUBS.1 + f64::from(column.turns.1) * STEP).min(room);
            column.turns.1 += 1;
            points.extend([(x, self.heights[last]), (x, ports.1)]);
        }
        points.push((self.boxes[ends.1].x, ports.1));
        points
    }

    /// A line that has no room in the layers: up in the gap behind its start, over everything, down in the
    /// gap before its end. All such lines share their ways.
    fn above(&self, ends: (usize, usize), ports: (f64, f64)) -> Vec<Point> {
        let (up, down) = (self.behind(ends.0), self.ahead(ends.1));
        vec![
            (self.right(ends.0), ports.0),
            (up, ports.0),
            (up, self.lane),
            (down, self.lane),
            (down, ports.1),
            (self.boxes[ends.1].x, ports.1),
        ]
    }

    /// A loop at the right side of a box.
    fn around(&self, node: usize, repetition: i32) -> Vec<Point> {
        let right = self.right(node);
        let out = right + (LOOP.0 + f64::from(repetition) * STEP).min(self.gap / 2.0);
        let half = LOOP.1.min(self.boxes[node].height / 2.0);
        let (top, bottom) = (self.heights[node] - half, self.heights[node] + half);
        vec![(right, top), (out, top), (out, bottom), (right, bottom)]
    }

    fn right(&self, node: usize) -> f64 {
        self.boxes[node].x + self.boxes[node].width
    }

    /// Where lines bend behind the layer of `vertex`.
    fn behind(&self, vertex: usize) -> f64 {
        self.columns[self.layers.layer[vertex]].right + STUBS.0.min(self.gap / 4.0)
    }

    /// Where lines bend before the layer of `vertex`.
    fn ahead(&self, vertex: usize) -> f64 {
        self.columns[self.layers.layer[vertex]].left - STUBS.1.min(self.gap / 4.0)
    }
}

/// Drops corners at which a line does not turn.
pub(super) fn without_straight_corners(points: &[Point]) -> Vec<Point> {
    let mut corners: Vec<Point> = Vec::with_capacity(points.len());
    for (index, &point) in points.iter().enumerate() {
        let between = corners.last().zip(points.get(index + 1));
        let straight = between.is_some_and(|(last, next)| {
            let (a, b) = ((point.0 - last.0, point.1 - last.1), (next.0 - point.0, next.1 - point.1));
            // Straight on, not back.
            (a.0 * b.1 - a.1 * b.0).abs() < 1e-6 && a.0 * b.0 + a.1 * b.1 >= 0.0
        });
        if !straight {
            corners.push(point);
        }
    }
    corners
}

/// Moves everything so that the leftmost and topmost thing is at 0, and measures it.
fn moved_to_origin(mut boxes: Vec<Rectangle>, mut routes: Vec<Route>) -> Arrangement {
    let (mut least, mut most) = ((f64::INFINITY, f64::INFINITY), (f64::NEG_INFINITY, f64::NEG_INFINITY));
    let corners = boxes.iter().flat_map(|b| [(b.x, b.y), (b.x + b.width, b.y + b.height)]);
    for (x, y) in corners.chain(routes.iter().flat_map(|route| route.points.iter().copied())) {
        least = (least.0.min(x), least.1.min(y));
        most = (most.0.max(x), most.1.max(y));
    }
    if boxes.is_empty() {
        return Arrangement::default();
    }
    for rectangle in &mut boxes {
        rectangle.x -= least.0;
        rectangle.y -= least.1;
    }
    for point in routes.iter_mut().flat_map(|route| &mut route.points) {
        *point = (point.0 - least.0, point.1 - least.1);
    }
    Arrangement { boxes, routes, slots: Vec::new(), width: most.0 - least.0, height: most.1 - least.1 }
}
