//! The lines that do not follow a requirement: below all boxes, in lanes of their own.
//!
//! Caches stand on a shelf under the graph, a slot each: a line leads from the box that saves down to the slot,
//! and up from there to the box that restores. Where there are too many workspaces for lines between the
//! layers, they take lanes too, one for each box that persists. Lines go up and down in the gaps between
//! layers only, and all layers of all parts stand at the same places, so no line touches a box.

use super::route::without_straight_corners;
use super::{Arrangement, GAPS, Rectangle, Route};
use crate::sort;

/// From the lowest box to the first lane, and from the last lane to the slots.
const BAND: f64 = 24.0;
/// Between two lanes.
const LANE: f64 = 8.0;
/// Between two slots.
const BETWEEN_SLOTS: f64 = 16.0;
/// Where lines leave the way to a box: behind it and before it. More lines side by side are [`STEP`] apart,
/// [`SIDE_BY_SIDE`] at most; all of it fits into the gap between two layers.
const TURNS: (f64, f64) = (30.0, 22.0);
const STEP: f64 = 3.0;
const SIDE_BY_SIDE: f64 = 5.0;
/// How far from the end of a slot lines meet it that come from beside it and leave it to there, as a part of its
/// width: unlike each other, so that the one does not cover the other.
const ENTER: f64 = 0.125;
const LEAVE: f64 = 0.25;
/// How far below its middle, as a part of its height, a line meets a box.
const PORT: f64 = 0.3;

/// A line by way of the shelf or of a lane.
pub(super) struct Detour {
    /// Index of the edge.
    pub(super) edge: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    /// Lines with the same number share a lane.
    pub(super) lane: usize,
    /// The slot it passes.
    pub(super) slot: Option<usize>,
}

/// Puts `slots` slots of `size` under the boxes and leads every detour along its lanes.
pub(super) fn put_below(arranged: &mut Arrangement, detours: &[Detour], slots: usize, size: (f64, f64)) {
    if detours.is_empty() {
        return;
    }
    make_room_at_the_left(arranged, detours);
    let lanes = detours.iter().map(|detour| detour.lane + 1).max().unwrap_or(0);
    let first_lane = arranged.height + BAND;
    #[expect(clippy::cast_precision_loss, reason = "no picture has so many lanes")]
    let number = |lane: usize| lane as f64;
    let lane_at = |lane: usize| first_lane + number(lane) * LANE;
    // A slot has two lanes: to it and from it.
    let top = lane_at(2 * lanes) + BAND;
    let ways: Vec<(f64, f64)> = detours
        .iter()
        .map(|detour| {
            let aside = number(detour.lane) % SIDE_BY_SIDE * STEP;
            let (from, to) = (&arranged.boxes[detour.from], &arranged.boxes[detour.to]);
            (right(from) + TURNS.0 + aside, to.x - TURNS.1 - aside)
        })
        .collect();
    arranged.slots = places_of_slots(detours, &ways, slots, size, top);
    for (detour, &(down, up)) in detours.iter().zip(&ways) {
        let (from, to) = (&arranged.boxes[detour.from], &arranged.boxes[detour.to]);
        let (to_lane, from_lane) = (lane_at(2 * detour.lane), lane_at(2 * detour.lane + 1));
        let mut points = vec![(right(from), port(from)), (down, port(from))];
        if let Some(slot) = detour.slot.and_then(|slot| arranged.slots.get(slot)) {
            let (enter, leave) = (meeting(slot, down, ENTER), meeting(slot, up, LEAVE));
            points.extend([(down, to_lane), (enter, to_lane), (enter, slot.y)]);
            points.extend([(leave, slot.y), (leave, from_lane), (up, from_lane)]);
        } else {
            points.extend([(down, to_lane), (up, to_lane)]);
        }
        points.extend([(up, port(to)), (to.x, port(to))]);
        arranged.routes[detour.edge] = Route { points: without_straight_corners(&points), backward: false };
    }
    arranged.height = if slots == 0 { top - BAND } else { top + size.1 };
    let corners = detours.iter().flat_map(|detour| &arranged.routes[detour.edge].points).map(|point| point.0);
    let ends = arranged.slots.iter().map(right);
    arranged.width = corners.chain(ends).fold(arranged.width, f64::max);
}

/// Where a line that goes down or up at `x` meets the top of a slot: right there, if that is above the slot. From
/// farther away it takes a lane to the near end, as far from it as `inset` says, as a part of the width.
fn meeting(slot: &Rectangle, x: f64, inset: f64) -> f64 {
    if slot.x < x && x < right(slot) {
        return x;
    }
    let inset = slot.width * inset;
    x.clamp(slot.x + inset, right(slot) - inset)
}

/// Moves everything to the right if a line goes up before the first layer.
fn make_room_at_the_left(arranged: &mut Arrangement, detours: &[Detour]) {
    let needed = TURNS.1 + STEP * SIDE_BY_SIDE;
    let least = detours.iter().map(|detour| arranged.boxes[detour.to].x - needed).fold(0.0, f64::min);
    for rectangle in &mut arranged.boxes {
        rectangle.x -= least;
    }
    for point in arranged.routes.iter_mut().flat_map(|route| &mut route.points) {
        point.0 -= least;
    }
    arranged.width -= least;
}

/// Each slot under the middle of the `ways` down to it and up from it, as far as its neighbours leave it room.
fn places_of_slots(
    detours: &[Detour],
    ways: &[(f64, f64)],
    slots: usize,
    size: (f64, f64),
    top: f64,
) -> Vec<Rectangle> {
    let mut sums = vec![(0.0, 0.0); slots];
    for (detour, (down, up)) in detours.iter().zip(ways) {
        if let Some(sum) = detour.slot.and_then(|slot| sums.get_mut(slot)) {
            *sum = (sum.0 + down + up, sum.1 + 2.0);
        }
    }
    let wished: Vec<f64> =
        sums.iter().map(|(sum, count)| sum / f64::max(*count, 1.0) - size.0 / 2.0).collect();
    let mut order: Vec<usize> = (0..slots).collect();
    sort::by(&mut order, |&a, &b| wished[a].total_cmp(&wished[b]).then(a.cmp(&b)));
    let mut places = vec![Rectangle::default(); slots];
    let mut left = 0.0;
    for slot in order {
        let x = wished[slot].max(left);
        places[slot] = Rectangle { x, y: top, width: size.0, height: size.1 };
        left = x + size.0 + BETWEEN_SLOTS;
    }
    places
}

fn right(place: &Rectangle) -> f64 {
    place.x + place.width
}

fn port(place: &Rectangle) -> f64 {
    place.y + place.height * (0.5 + PORT)
}

/// What lines need between two layers: it must be there.
const _: () = assert!(TURNS.0 + TURNS.1 + 2.0 * STEP * SIDE_BY_SIDE < GAPS.between_layers);
