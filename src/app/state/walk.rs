//! Where the arrow keys lead in a graph.

use super::{Key, Spot};
use crate::scene::{Direction, Layers, NodeShape, Scene};

/// The spot that `key` leads to from `from`, by lines that are shown; nothing where it leads nowhere.
pub(super) fn step(scene: &Scene, layers: Layers, from: Spot, key: Key) -> Option<Spot> {
    let key = if scene.direction == Direction::TopToBottom { turned(key) } else { key };
    match (key, from) {
        (Key::First, _) => (!scene.nodes.is_empty()).then_some(Spot::Node(0)),
        (Key::Last, _) => scene.nodes.len().checked_sub(1).map(Spot::Node),
        (_, Spot::Node(node)) => from_node(scene, layers, node, key),
        (_, Spot::Edge(edge)) => from_edge(scene, layers, edge, key),
        (_, Spot::Slot(_)) => None,
    }
}

/// The key that leads along lines where they run down: the one that does where they run to the right.
fn turned(key: Key) -> Key {
    match key {
        Key::Down => Key::Right,
        Key::Up => Key::Left,
        Key::Right => Key::Down,
        Key::Left => Key::Up,
        other => other,
    }
}

fn from_node(scene: &Scene, layers: Layers, node: usize, key: Key) -> Option<Spot> {
    let here = scene.nodes.get(node)?;
    let middle = |node: &NodeShape| middle(scene, node);
    let far =
        |other: usize| scene.nodes.get(other).map_or(f64::MAX, |there| (middle(there) - middle(here)).abs());
    let requirements = || scene.edges.iter().filter(|edge| edge.kind == "requires");
    match key {
        Key::Right => nearest(requirements().filter(|e| index(e.from.0) == node).map(|e| index(e.to.0)), far)
            .map(Spot::Node),
        Key::Left => nearest(requirements().filter(|e| index(e.to.0) == node).map(|e| index(e.from.0)), far)
            .map(Spot::Node),
        Key::LineRight => nearest_edge(scene, layers, |edge| index(scene.edges[edge].from.0) == node),
        Key::LineLeft => nearest_edge(scene, layers, |edge| index(scene.edges[edge].to.0) == node),
        Key::Up => sibling(scene, node, |there| middle(there) < middle(here)).map(Spot::Node),
        Key::Down => sibling(scene, node, |there| middle(there) > middle(here)).map(Spot::Node),
        Key::First | Key::Last => None,
    }
}

/// Along a line to its ends, and up and down between the lines that share its end.
fn from_edge(scene: &Scene, layers: Layers, edge: usize, key: Key) -> Option<Spot> {
    let here = scene.edges.get(edge)?;
    let shares_end = |&other: &usize| scene.edges[other].to == here.to && layers.shows(&scene.edges[other]);
    match key {
        Key::Left | Key::LineLeft => Some(Spot::Node(index(here.from.0))),
        Key::Right | Key::LineRight => Some(Spot::Node(index(here.to.0))),
        Key::Up => (0..edge).rev().find(shares_end).map(Spot::Edge),
        Key::Down => (edge + 1..scene.edges.len()).find(shares_end).map(Spot::Edge),
        Key::First | Key::Last => None,
    }
}

/// The node nearest to `node`, of those that `is_there` takes: in the same column if there is one.
fn sibling(scene: &Scene, node: usize, is_there: impl Fn(&NodeShape) -> bool) -> Option<usize> {
    let here = scene.nodes.get(node)?;
    let candidates = || scene.nodes.iter().enumerate().filter(|(_, there)| is_there(there));
    let far = |there: &NodeShape| (middle(scene, there) - middle(scene, here)).abs();
    let shares_column = |there: &NodeShape| match scene.direction {
        Direction::LeftToRight => there.x < here.x + here.width && here.x < there.x + there.width,
        Direction::TopToBottom => there.y < here.y + here.height && here.y < there.y + there.height,
    };
    let by = |(a, first): &(usize, &NodeShape), (b, second): &(usize, &NodeShape)| {
        far(first).total_cmp(&far(second)).then(a.cmp(b))
    };
    candidates()
        .filter(|(_, there)| shares_column(there))
        .min_by(by)
        .or_else(|| candidates().min_by(by))
        .map(|(found, _)| found)
}

fn nearest(nodes: impl Iterator<Item = usize>, far: impl Fn(usize) -> f64) -> Option<usize> {
    nodes.min_by(|&a, &b| far(a).total_cmp(&far(b)).then(a.cmp(&b)))
}

fn nearest_edge(scene: &Scene, layers: Layers, is_taken: impl Fn(usize) -> bool) -> Option<Spot> {
    (0..scene.edges.len()).find(|&edge| layers.shows(&scene.edges[edge]) && is_taken(edge)).map(Spot::Edge)
}

/// Where a node stands in its layer.
fn middle(scene: &Scene, node: &NodeShape) -> f64 {
    match scene.direction {
        Direction::LeftToRight => node.y + node.height / 2.0,
        Direction::TopToBottom => node.x + node.width / 2.0,
    }
}

fn index(id: u32) -> usize {
    id as usize
}
