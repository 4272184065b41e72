//! A graph's places on a plane, from left to right.
//!
//! Comes in: sizes and pairs of indices ([`Problem`]), or a graph. Goes out: an [`Arrangement`] of
//! rectangles and polylines, numbers only. The steps, a file each: `rank` gives every box a layer, `layers`
//! puts a bend into every layer that an edge passes, `order` sorts each layer so that few edges cross,
//! `relax`, `align` and `settle` find the heights, `route` draws the lines. Boxes never overlap and no line
//! touches a foreign box, because lines change their height in the gaps between layers only. `shelf` adds what
//! follows no requirement: caches, and workspaces where they are many.
//! Must not know: labels, colours, what a job is.

mod align;
mod layers;
mod order;
mod rank;
mod relax;
mod route;
mod settle;
mod shelf;

use crate::graph::{EdgeKind, Graph};
use crate::sort::Map;
use layers::Layers;
use serde::{Deserialize, Serialize};
use shelf::Detour;

/// Width and height of a job's box.
pub const NODE_SIZE: (f64, f64) = (216.0, 44.0);

/// Width and height of a cache's slot on the shelf under the graph.
pub const SLOT_SIZE: (f64, f64) = (216.0, 28.0);
/// So many slots have the shelf; further caches share the last one.
pub const MOST_SLOTS: usize = 24;
/// So many workspace edges are drawn between the layers like requirements; if there are more, they are
/// bundled in lanes under the graph.
const MOST_BETWEEN_LAYERS: usize = 60;

/// The distances of the page's graphs.
pub const GAPS: Gaps = Gaps { in_layer: 20.0, between_layers: 88.0, lines: 12.0 };

/// Distances that an arrangement keeps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaps {
    /// From a box to the next one below it.
    pub in_layer: f64,
    /// From the widest box of a layer to the next layer. Lines bend here.
    pub between_layers: f64,
    /// Between two lines that pass a layer side by side.
    pub lines: f64,
}

/// What is to be arranged.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Width and height of each box, in the order of the source, which breaks ties.
    pub sizes: Vec<(f64, f64)>,
    /// From and to, as indices of `sizes`. Cycles, loops and repetitions are allowed; a pair that points
    /// outside of `sizes` gets an empty route.
    pub edges: Vec<(usize, usize)>,
    pub gaps: Gaps,
}

/// Where everything is. The leftmost and topmost thing is at 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arrangement {
    /// By index the boxes of the problem.
    pub boxes: Vec<Rectangle>,
    /// By index the edges of the problem.
    pub routes: Vec<Route>,
    /// The shelf under a graph: by index its caches ([`Graph::cache_keys`]), the last one also for those that
    /// have no slot of their own.
    pub slots: Vec<Rectangle>,
    pub width: f64,
    pub height: f64,
}

/// A box with its left and top.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rectangle {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The way of an edge.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// The corners, from the border of one box to the border of the other.
    pub points: Vec<(f64, f64)>,
    /// It closes a cycle: it leads back to an earlier layer, or to its own box.
    pub backward: bool,
}

/// Arranges boxes in layers from left to right.
#[must_use]
pub fn arrange(problem: &Problem) -> Arrangement {
    let count = problem.sizes.len();
    let mut done = Arrangement {
        boxes: vec![Rectangle::default(); count],
        routes: vec![Route::default(); problem.edges.len()],
        ..Arrangement::default()
    };
    let arranged: Vec<(Part, Arrangement)> = parts(problem)
        .into_iter()
        .map(|part| (arrange_part(&part.problem), part))
        .map(|(a, part)| (part, a))
        .collect();
    // The first layers stand below each other, and so do the others where all boxes are equally wide.
    let left =
        |arranged: &Arrangement| arranged.boxes.iter().map(|place| place.x).fold(f64::INFINITY, f64::min);
    let first_layer = arranged.iter().map(|(_, arranged)| left(arranged)).fold(0.0, f64::max);
    let mut top = 0.0;
    for (part, arranged) in arranged {
        let aside = first_layer - left(&arranged);
        for (rectangle, &node) in arranged.boxes.into_iter().zip(&part.nodes) {
            done.boxes[node] = Rectangle { x: rectangle.x + aside, y: rectangle.y + top, ..rectangle };
        }
        for (mut route, &edge) in arranged.routes.into_iter().zip(&part.edges) {
            for point in &mut route.points {
                *point = (point.0 + aside, point.1 + top);
            }
            done.routes[edge] = route;
        }
        done.width = done.width.max(arranged.width + aside);
        done.height = top + arranged.height;
        top = done.height + problem.gaps.in_layer;
    }
    done
}

/// The way in which layers follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    #[default]
    LeftToRight,
    /// For narrow windows.
    TopToBottom,
}

impl Direction {
    /// A size or point as the layout sees it, which knows left to right only; and back.
    fn turned(self, (x, y): (f64, f64)) -> (f64, f64) {
        match self {
            Self::LeftToRight => (x, y),
            Self::TopToBottom => (y, x),
        }
    }
}

/// Arranges a workflow, every job in a box of [`NODE_SIZE`], its caches on a shelf under it.
#[must_use]
pub fn arrange_graph(graph: &Graph, direction: Direction) -> Arrangement {
    let ends = |edge: usize| (graph.edges[edge].from.0 as usize, graph.edges[edge].to.0 as usize);
    let workspaces =
        graph.edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Workspace { .. })).count();
    let between_layers = |edge: &usize| match graph.edges[*edge].kind {
        EdgeKind::Requires { .. } => true,
        EdgeKind::Workspace { .. } => workspaces <= MOST_BETWEEN_LAYERS,
        EdgeKind::Cache { .. } => false,
    };
    let shaping: Vec<usize> = (0..graph.edges.len()).filter(between_layers).collect();
    let mut arranged = arrange(&Problem {
        sizes: vec![direction.turned(NODE_SIZE); graph.nodes.len()],
        edges: shaping.iter().map(|&edge| ends(edge)).collect(),
        gaps: GAPS,
    });
    let mut routes = vec![Route::default(); graph.edges.len()];
    for (route, edge) in arranged.routes.into_iter().zip(shaping) {
        routes[edge] = route;
    }
    arranged.routes = routes;
    let (detours, slots) = detours(graph, |edge| !between_layers(&edge));
    shelf::put_below(&mut arranged, &detours, slots, direction.turned(SLOT_SIZE));
    turned(arranged, direction)
}

/// The edges that go below the boxes, and how many slots they need.
fn detours(graph: &Graph, goes_below: impl Fn(usize) -> bool) -> (Vec<Detour>, usize) {
    let keys = graph.cache_keys();
    let slots = keys.len().min(MOST_SLOTS);
    let slot_of =
        keys.iter().enumerate().map(|(index, key)| (*key, index.min(MOST_SLOTS - 1))).collect::<Map<_, _>>();
    let mut lanes: Map<usize, usize> = Map::new();
    let mut detours = Vec::new();
    for (edge, ends) in graph.edges.iter().enumerate() {
        let (from, to) = (ends.from.0 as usize, ends.to.0 as usize);
        if from.max(to) >= graph.nodes.len() || !goes_below(edge) {
            continue;
        }
        let slot = match &ends.kind {
            EdgeKind::Cache { key, .. } => slot_of.get(key.as_str()).copied(),
            EdgeKind::Requires { .. } | EdgeKind::Workspace { .. } => None,
        };
        // The lanes of slots come first, then one for each job that persists.
        let further = slots + lanes.len();
        let lane = slot.unwrap_or_else(|| *lanes.get_or_insert(from, further));
        detours.push(Detour { edge, from, to, lane, slot });
    }
    (detours, slots)
}

/// The arrangement in its direction.
fn turned(mut arranged: Arrangement, direction: Direction) -> Arrangement {
    for place in arranged.boxes.iter_mut().chain(&mut arranged.slots) {
        (place.x, place.y) = direction.turned((place.x, place.y));
        (place.width, place.height) = direction.turned((place.width, place.height));
    }
    for point in arranged.routes.iter_mut().flat_map(|route| &mut route.points) {
        *point = direction.turned(*point);
    }
    (arranged.width, arranged.height) = direction.turned((arranged.width, arranged.height));
    arranged
}

/// Boxes that hang together by edges, as a problem of their own.
struct Part {
    problem: Problem,
    /// By index the part's boxes: their index in the whole.
    nodes: Vec<usize>,
    /// By index the part's edges: their index in the whole.
    edges: Vec<usize>,
}

/// Splits a problem into its connected parts, in the order of their first boxes. Parts are stacked, so that
/// what has nothing to do with each other stands in the order of the source.
fn parts(problem: &Problem) -> Vec<Part> {
    let count = problem.sizes.len();
    let mut leader: Vec<usize> = (0..count).collect();
    for &(from, to) in problem.edges.iter().filter(|&&(from, to)| from < count && to < count) {
        let (a, b) = (leader_of(&mut leader, from), leader_of(&mut leader, to));
        leader[a.max(b)] = a.min(b);
    }
    let mut parts: Vec<Part> = Vec::new();
    // A part's leader is its first box, so it is met before the others.
    let mut place = vec![(0, 0); count];
    for node in 0..count {
        let first = leader_of(&mut leader, node);
        if first == node {
            place[node].0 = parts.len();
            let problem = Problem { sizes: Vec::new(), edges: Vec::new(), gaps: problem.gaps };
            parts.push(Part { problem, nodes: Vec::new(), edges: Vec::new() });
        }
        let part = place[first].0;
        place[node] = (part, parts[part].nodes.len());
        parts[part].nodes.push(node);
        parts[part].problem.sizes.push(problem.sizes[node]);
    }
    for (edge, &(from, to)) in problem.edges.iter().enumerate() {
        if from < count && to < count {
            let part = &mut parts[place[from].0];
            part.edges.push(edge);
            part.problem.edges.push((place[from].1, place[to].1));
        }
    }
    parts
}

/// The first box of the part that `node` belongs to, as far as joined; shortens the way there.
fn leader_of(leader: &mut [usize], mut node: usize) -> usize {
    while leader[node] != node {
        leader[node] = leader[leader[node]];
        node = leader[node];
    }
    node
}

/// Arranges one connected part.
fn arrange_part(problem: &Problem) -> Arrangement {
    let ranking = rank::rank(problem.sizes.len(), &problem.edges);
    let mut layers = Layers::new(problem, &ranking);
    order::reduce_crossings(&mut layers);
    let limit = relax::height_limit(&layers);
    let wished = relax::relax(&layers, limit);
    let blocks = align::align(&layers, &wished);
    let heights = settle::settle(&layers, blocks, &wished, limit);
    route::route(problem, &ranking, &layers, &heights)
}
