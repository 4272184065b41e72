//! The lines that do not follow a requirement: below all boxes, in lanes of their own.
//!
//! Caches stand on a shelf under the graph, a slot each: a line leads from the box that saves down to the slot,
//! and up from there to the box that restores. Where there are too many workspaces for lines between the
//! layers, they take lanes too, one for each box that persists. Lines go up and down in the gaps between
//! layers only, and all layers of all parts stand at the same places, so no line touches a box.

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
    arranged.slots = places_of_slots(arranged, detours, slots, size, top);
    for detour in detours {
        let (from, to) = (arranged.boxes[detour.from], arranged.boxes[detour.to]);
        let (to_lane, from_lane) = (lane_at(2 * detour.lane), lane_at(2 * detour.lane + 1));
        let aside = number(detour.lane) % SIDE_BY_SIDE * STEP;
        let (down, up) = (right(&from) + TURNS.0 + aside, to.x - TURNS.1 - aside);
        let mut points = vec![(right(&from), port(&from)), (down, port(&from)), (down, to_lane)];
        if let Some(slot) = detour.slot.and_then(|slot| arranged.slots.get(slot)) {
            // Each line on its own side of the slot, so that they do not cross above it.
            let (left, right) = (slot.x + slot.width / 3.0, slot.x + slot.width / 1.5);
            let (enter, leave) = if down < up { (left, right) } else { (right, left) };
            points.extend([(enter, to_lane), (enter, slot.y), (leave, slot.y), (leave, from_lane)]);
            points.push((up, from_lane));
        } else {
            points.push((up, to_lane));
        }
        points.extend([(up, port(&to)), (to.x, port(&to))]);
        arranged.routes[detour.edge] = Route { points, backward: false };
    }
    arranged.height = if slots == 0 { top - BAND } else { top + size.1 };
    let corners = detours.iter().flat_map(|detour| &arranged.routes[detour.edge].points).map(|point| point.0);
    let ends = arranged.slots.iter().map(right);
    arranged.width = corners.chain(ends).fold(arranged.width, f64::max);
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

/// Each slot under the middle of the boxes that use it, as far as its neighbours leave it room.
fn places_of_slots(
    arranged: &Arrangement,
    detours: &[Detour],
    slots: usize,
    size: (f64, f64),
    top: f64,
) -> Vec<Rectangle> {
    let mut sums = vec![(0.0, 0.0); slots];
    for detour in detours {
        if let Some(sum) = detour.slot.and_then(|slot| sums.get_mut(slot)) {
            for place in [detour.from, detour.to].map(|node| arranged.boxes[node]) {
                *sum = (sum.0 + place.x + place.width / 2.0, sum.1 + 1.0);
            }
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
