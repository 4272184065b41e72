//! From places to shapes.

use super::{
    Badge, BadgeKind, LABEL_LEFT, MARGIN, NodeShape, Scene, SlotShape, edge, outline, shortened, spoken,
    text_width,
};
use crate::diagnostic::Severity;
use crate::graph::{Edge, EdgeKind, Graph, JobKind, Node, NodeId};
use crate::layout::{Arrangement, Direction, Rectangle, Route};
use crate::sort::Set;

/// From a node's right to its last badge, and between badges.
const BADGE_RIGHT: f64 = 10.0;
const BADGE_GAP: f64 = 4.0;
/// Width of a badge that is a drawing, and blank around one that is a text.
const GLYPH_WIDTH: f64 = 14.0;
const BADGE_PADDING: f64 = 4.0;

/// From the end of a slot to its label.
const SLOT_PADDING: f64 = 10.0;
/// What the 12 px letters of a slot count in the widths of semi-bold ones: theirs are a tenth narrower.
const SLOT_FONT: f64 = 10.8;

/// Draws a workflow. `arranged` is its arrangement in `direction` ([`crate::layout::arrange_graph`]);
/// `problems` has the worst finding about each node, and may be shorter than the nodes.
#[must_use]
pub fn draw(
    graph: &Graph,
    arranged: &Arrangement,
    direction: Direction,
    problems: &[Option<Severity>],
) -> Scene {
    let within_margin = |place: &Rectangle| Rectangle { x: place.x + MARGIN, y: place.y + MARGIN, ..*place };
    let places: Vec<Rectangle> = arranged.boxes.iter().map(within_margin).collect();
    let nodes = (graph.nodes.iter().zip(&places).zip(spoken::nodes(graph, problems)).enumerate())
        .map(|(index, ((node, place), spoken))| {
            draw_node(node, *place, problems.get(index).copied().flatten(), spoken)
        })
        .collect();
    let cyclic = edges_of_cycles(graph);
    let mut edges: Vec<_> = (graph.edges.iter().zip(&arranged.routes))
        .map(|(edge, route)| {
            let points = route.points.iter().map(|&(x, y)| (x + MARGIN, y + MARGIN)).collect();
            let route = Route { points, ..*route };
            edge::draw(graph, edge, &route, direction, is_broken(graph, edge, &cyclic))
        })
        .collect();
    edge::place_pills(&mut edges, &places);
    Scene {
        title: graph.name.clone(),
        description: spoken::description(graph),
        width: arranged.width + 2.0 * MARGIN,
        height: arranged.height + 2.0 * MARGIN,
        nodes,
        edges,
        slots: slots(graph, arranged.slots.iter().map(within_margin)),
        direction,
    }
}

/// The caches on their shelf; those without a slot of their own share the last one.
fn slots(graph: &Graph, places: impl ExactSizeIterator<Item = Rectangle>) -> Vec<SlotShape> {
    let keys = graph.cache_keys();
    let last = places.len().saturating_sub(1);
    places
        .enumerate()
        .map(|(index, place)| {
            let own = if index == last { keys.get(index..) } else { keys.get(index..=index) };
            let own = own.unwrap_or_default();
            let label = match own {
                [key] => (*key).to_owned(),
                _ => format!("{} caches", own.len()),
            };
            SlotShape {
                x: place.x,
                y: place.y,
                width: place.width,
                height: place.height,
                label: shortened(&label, place.width - 2.0 * SLOT_PADDING, SLOT_FONT),
                title: own.join("\n"),
            }
        })
        .collect()
}

fn draw_node(node: &Node, place: Rectangle, problem: Option<Severity>, spoken: String) -> NodeShape {
    let badges = badges(node, place);
    let end = badges.first().map_or(place.x + place.width - BADGE_RIGHT, |badge| badge.x - BADGE_GAP);
    NodeShape {
        x: place.x,
        y: place.y,
        width: place.width,
        height: place.height,
        name: node.name.clone(),
        label: shortened(&node.name, end - place.x - LABEL_LEFT, 14.0),
        kind: node.kind,
        outline: outline::outline(node.kind, place),
        inner_outline: outline::inner_outline(node.kind, place),
        bar: outline::bar(node.kind, place),
        badges,
        problem,
        spoken,
    }
}

/// The badges of a node, at its right end.
fn badges(node: &Node, place: Rectangle) -> Vec<Badge> {
    let mut found = Vec::new();
    if !node.row.is_empty() {
        found.push((BadgeKind::Matrix, String::new(), format!("row of a matrix: {}", node.row.join(", "))));
    }
    if let Some(containers) = node.parallelism.filter(|&containers| containers > 1) {
        let title = format!("runs in {containers} containers at a time");
        found.push((BadgeKind::Parallelism, format!("∥{containers}"), title));
    }
    // A job of an orb is invoked as `orb/job`; no name in a config may hold a slash otherwise.
    if node.kind == JobKind::Opaque || node.job.contains('/') {
        found.push((BadgeKind::Orb, String::new(), format!("job of an orb: {}", node.job)));
    }
    if !node.contexts.is_empty() {
        found.push((BadgeKind::Context, String::new(), format!("contexts: {}", node.contexts.join(", "))));
    }
    let mut badges: Vec<Badge> = Vec::with_capacity(found.len());
    let mut right = place.x + place.width - BADGE_RIGHT;
    for (kind, text, title) in found.into_iter().rev() {
        let width = if text.is_empty() {
            GLYPH_WIDTH
        } else {
            (text_width(&text, 12.0) + 2.0 * BADGE_PADDING).ceil()
        };
        badges.push(Badge { kind, text, title, x: right - width, width });
        right -= width + BADGE_GAP;
    }
    badges.reverse();
    badges
}

/// The pairs of nodes that follow each other in a cycle, in either direction: whoever found the cycles may
/// have walked along the edges or against them.
fn edges_of_cycles(graph: &Graph) -> Set<(NodeId, NodeId)> {
    let mut pairs = Set::new();
    for cycle in &graph.cycles {
        for (&a, &b) in cycle.iter().zip(cycle.iter().cycle().skip(1)) {
            pairs.insert((a, b));
            pairs.insert((b, a));
        }
    }
    pairs
}

fn is_broken(graph: &Graph, edge: &Edge, cyclic: &Set<(NodeId, NodeId)>) -> bool {
    if !matches!(edge.kind, EdgeKind::Requires { .. }) {
        return false;
    }
    let from_missing =
        graph.nodes.get(edge.from.0 as usize).is_some_and(|node| node.kind == JobKind::Missing);
    from_missing || edge.from == edge.to || cyclic.contains(&(edge.from, edge.to))
}
