//! Lines, arrow heads and pills.

use super::outline::PathText;
use super::{EdgeShape, PILL_HEIGHT, spoken, text_width};
use crate::graph::{Edge, EdgeKind, Graph, Status};
use crate::layout::{Direction, Rectangle, Route};

/// Radius of the corners of a line.
const RADIUS: f64 = 8.0;
/// Length and half the width of an arrow head.
const ARROW: (f64, f64) = (9.0, 4.0);
/// Half the length and half the width of the bar that ends a broken edge.
const BAR: (f64, f64) = (6.0, 1.25);
/// Half the size of the × on a broken edge.
const CROSS: f64 = 5.0;
/// Blank at both ends of a pill's text.
const PILL_PADDING: f64 = 8.0;
/// Where on its slanted part a pill may stand, the best place first.
const PILL_PLACES: [f64; 5] = [0.5, 0.38, 0.62, 0.25, 0.75];

/// So many places are tried for a pill, and for so many pills of a scene. Whoever has more cannot read them.
const MOST_TRIED: usize = 20;
const MOST_PLACED: usize = 1000;

type Point = (f64, f64);

/// Draws an edge along its route.
pub(super) fn draw(
    graph: &Graph,
    edge: &Edge,
    route: &Route,
    direction: Direction,
    broken: bool,
) -> EdgeShape {
    let statuses = match &edge.kind {
        EdgeKind::Requires { statuses } if statuses != &[Status::Success] => statuses.clone(),
        _ => Vec::new(),
    };
    let pill_label = pill_label(&statuses);
    let pill_width = if pill_label.is_empty() {
        0.0
    } else {
        (text_width(&pill_label, 12.0) + 2.0 * PILL_PADDING).round()
    };
    let earlier = matches!(edge.kind, EdgeKind::Cache { earlier_run: true, .. });
    let short = if broken { BAR.1 } else { ARROW.0 - 1.0 };
    let mut path = if earlier {
        from_slot(&route.points, direction, short)
    } else {
        rounded(PathText::default(), &route.points, short)
    };
    if broken && let Some((x, y)) = half_way(&route.points).filter(|_| edge.from != edge.to) {
        path = path
            .add('M', &[x - CROSS, y - CROSS])
            .add('L', &[x + CROSS, y + CROSS])
            .add('M', &[x + CROSS, y - CROSS])
            .add('L', &[x - CROSS, y + CROSS]);
    }
    EdgeShape {
        from: edge.from,
        to: edge.to,
        kind: edge.kind.name().to_owned(),
        points: route.points.clone(),
        path: path.done(),
        arrow: arrow(&route.points, if broken { Head::Bar } else { Head::of(&edge.kind) }),
        statuses,
        pill: None,
        pill_label,
        pill_width,
        broken,
        earlier,
        spoken: spoken::edge(graph, edge),
        details: spoken::details(&edge.kind),
    }
}

/// The words of a pill: the status, or how many more there are. Empty if there is nothing to say.
fn pill_label(statuses: &[Status]) -> String {
    let word = |status: Status| match status {
        Status::NotRun => "not run",
        Status::Terminal => "any end",
        other => other.name(),
    };
    match statuses {
        [] => String::new(),
        [status] => word(*status).to_owned(),
        _ if statuses.contains(&Status::Terminal) => word(Status::Terminal).to_owned(),
        // Every status there is, one by one.
        _ if statuses.len() >= Status::ALL.len() - 1 => word(Status::Terminal).to_owned(),
        // Success is what everyone expects, so another one is named.
        [Status::Success, first, ..] | [first, ..] => format!("{} +{}", word(*first), statuses.len() - 1),
    }
}

/// Finds places for the pills, one edge after another, where they cover no node and no other pill. If every
/// place is taken, the first is used.
pub(super) fn place_pills(edges: &mut [EdgeShape], nodes: &[Rectangle]) {
    let mut taken: Vec<Rectangle> = Vec::new();
    for edge in edges.iter_mut().filter(|edge| !edge.pill_label.is_empty()) {
        let mut places =
            pill_places(&edge.points).take(if taken.len() < MOST_PLACED { MOST_TRIED } else { 0 });
        let around = |(x, y): Point| Rectangle {
            x: x - edge.pill_width / 2.0,
            y: y - PILL_HEIGHT / 2.0,
            width: edge.pill_width,
            height: PILL_HEIGHT,
        };
        let free = |&place: &Point| {
            let pill = around(place);
            !taken.iter().chain(nodes).any(|other| overlap(&pill, other))
        };
        edge.pill = places.find(free).or_else(|| pill_places(&edge.points).next());
        taken.extend(edge.pill.map(around));
    }
}

/// Places on the parts of a line, from the part before its end to the one after its start, on each from the
/// middle outwards.
fn pill_places(points: &[Point]) -> impl Iterator<Item = Point> {
    // The ends of a line with corners are stubs: too short for a pill.
    let inner = if points.len() > 3 { points.get(1..points.len() - 1).unwrap_or(points) } else { points };
    inner.windows(2).rev().flat_map(|part| {
        let (a, b) = (part[0], part[1]);
        PILL_PLACES.iter().map(move |t| ((a.0 + (b.0 - a.0) * t).round(), (a.1 + (b.1 - a.1) * t).round()))
    })
}

fn overlap(a: &Rectangle, b: &Rectangle) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// The line from its slot back to its start, and from the slot on to its end: dots begin anew with each part, so
/// those of lines that share a way fall together. Otherwise the ones would fill the gaps of the others, and the
/// way would look like that of a cache of this run.
fn from_slot(points: &[Point], direction: Direction, short: f64) -> PathText {
    let depth = |&(x, y): &Point| match direction {
        Direction::LeftToRight => y,
        Direction::TopToBottom => x,
    };
    // Slots are below everything.
    let slot = points.iter().map(depth).fold(f64::NEG_INFINITY, f64::max);
    let at_slot = |point: &Point| depth(point) >= slot;
    let Some((enter, leave)) = points.iter().position(at_slot).zip(points.iter().rposition(at_slot)) else {
        return PathText::default();
    };
    let back: Vec<Point> = points[..=enter].iter().rev().copied().collect();
    rounded(rounded(PathText::default(), &back, 0.0), &points[leave..], short)
}

/// Adds the line with rounded corners, `short` px shorter at its end.
fn rounded(mut path: PathText, points: &[Point], short: f64) -> PathText {
    let Some((&start, rest)) = points.split_first() else { return path };
    path = path.add('M', &[start.0, start.1]);
    let mut last = start;
    for (index, &corner) in rest.iter().enumerate() {
        let Some(&next) = rest.get(index + 1) else {
            let end = towards(corner, last, short);
            return path.add('L', &[end.0, end.1]);
        };
        let radius = RADIUS.min(length(last, corner) / 2.0).min(length(corner, next) / 2.0);
        let (enter, leave) = (towards(corner, last, radius), towards(corner, next, radius));
        path = path.add('L', &[enter.0, enter.1]).add('Q', &[corner.0, corner.1, leave.0, leave.1]);
        last = corner;
    }
    path
}

/// The shape at the end of a line.
#[derive(Clone, Copy)]
enum Head {
    Triangle,
    Chevron,
    Diamond,
    Bar,
}

impl Head {
    fn of(kind: &EdgeKind) -> Self {
        match kind {
            EdgeKind::Requires { .. } => Self::Triangle,
            EdgeKind::Workspace { .. } => Self::Chevron,
            EdgeKind::Cache { .. } => Self::Diamond,
        }
    }

    /// Its corners: how far back from the tip, and how far aside.
    fn corners(self) -> &'static [(f64, f64)] {
        const BACK: f64 = ARROW.0;
        const ASIDE: f64 = ARROW.1;
        match self {
            Self::Triangle => &[(0.0, 0.0), (BACK, ASIDE), (BACK, -ASIDE)],
            // Open behind: the line shows between its arms.
            Self::Chevron => &[
                (0.0, 0.0),
                (BACK, ASIDE + 1.5),
                (BACK + 2.5, ASIDE + 1.5),
                (3.5, 0.0),
                (BACK + 2.5, -ASIDE - 1.5),
                (BACK, -ASIDE - 1.5),
            ],
            Self::Diamond => &[(0.0, 0.0), (BACK / 2.0, ASIDE), (BACK, 0.0), (BACK / 2.0, -ASIDE)],
            Self::Bar => &[(0.0, BAR.0), (0.0, -BAR.0), (2.0 * BAR.1, -BAR.0), (2.0 * BAR.1, BAR.0)],
        }
    }
}

/// The end of a line, which points where its last part leads.
fn arrow(points: &[Point], head: Head) -> String {
    let [.., before, tip] = points else { return String::new() };
    let (tip, before) = (*tip, *before);
    let whole = length(before, tip).max(f64::MIN_POSITIVE);
    // Along the line and across it.
    let (dx, dy) = ((tip.0 - before.0) / whole, (tip.1 - before.1) / whole);
    let at = |back: f64, aside: f64| [tip.0 - back * dx - aside * dy, tip.1 - back * dy + aside * dx];
    let mut path = PathText::default();
    for (index, &(back, aside)) in head.corners().iter().enumerate() {
        path = path.add(if index == 0 { 'M' } else { 'L' }, &at(back, aside));
    }
    path.add('Z', &[]).done()
}

impl EdgeShape {
    /// The point that is `part` of the way along the line, from 0 to 1; nothing where there is no line.
    #[must_use]
    pub fn point_at(&self, part: f64) -> Option<Point> {
        along(&self.points, part)
    }
}

/// The point at half the length of a line.
fn half_way(points: &[Point]) -> Option<Point> {
    along(points, 0.5)
}

fn along(points: &[Point], part: f64) -> Option<Point> {
    let mut left = points.windows(2).map(|part| length(part[0], part[1])).sum::<f64>() * part;
    for part in points.windows(2) {
        let whole = length(part[0], part[1]);
        if left <= whole {
            return Some(towards(part[0], part[1], left));
        }
        left -= whole;
    }
    points.last().copied()
}

fn length(a: Point, b: Point) -> f64 {
    (b.0 - a.0).hypot(b.1 - a.1)
}

/// The point `distance` px from `from` on the way to `to`.
fn towards(from: Point, to: Point, distance: f64) -> Point {
    let whole = length(from, to);
    let part = if whole > 0.0 { distance / whole } else { 0.0 };
    (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
}
