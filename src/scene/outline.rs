//! The outlines of nodes and the small drawings in and at them.

use super::BadgeKind;
use crate::diagnostic::Severity;
use crate::graph::JobKind;
use crate::layout::Rectangle;

/// Radius of a job's corners.
const RADIUS: f64 = 8.0;
/// How much of a corner an octagon loses.
const CUT: f64 = 12.0;
/// From an outer border to an inner one.
const INSET: f64 = 3.5;
/// Width of the strip at the left end.
const BAR: f64 = 4.0;

/// A number as SVG has it: at most two decimals, none that say nothing.
pub(super) fn number(value: f64) -> String {
    // Adding zero makes the zero that is below zero an ordinary one.
    let rounded = (value * 100.0).round() / 100.0 + 0.0;
    rounded.to_string()
}

/// Puts a path together from commands and numbers.
#[derive(Default)]
pub(super) struct PathText(String);

impl PathText {
    /// Adds a command letter and its numbers.
    pub(super) fn add(mut self, command: char, numbers: &[f64]) -> Self {
        self.0.push(command);
        for (index, &value) in numbers.iter().enumerate() {
            if index > 0 {
                self.0.push(' ');
            }
            self.0.push_str(&number(value));
        }
        self
    }

    pub(super) fn done(self) -> String {
        self.0
    }
}

/// The outline of a node of this kind.
pub(super) fn outline(kind: JobKind, place: Rectangle) -> String {
    shape(kind, place, 0.0)
}

/// The inner border of the kinds that stand for several jobs; empty for the others.
pub(super) fn inner_outline(kind: JobKind, place: Rectangle) -> String {
    if kind == JobKind::Group { shape(kind, place, INSET) } else { String::new() }
}

/// The shape of a kind, `inset` px inside of `place`.
fn shape(kind: JobKind, place: Rectangle, inset: f64) -> String {
    let (left, top) = (place.x + inset, place.y + inset);
    let (right, bottom) = (place.x + place.width - inset, place.y + place.height - inset);
    if kind == JobKind::Approval {
        let cut = CUT.min((bottom - top) / 2.0);
        return PathText::default()
            .add('M', &[left + cut, top])
            .add('H', &[right - cut])
            .add('L', &[right, top + cut])
            .add('V', &[bottom - cut])
            .add('L', &[right - cut, bottom])
            .add('H', &[left + cut])
            .add('L', &[left, bottom - cut])
            .add('V', &[top + cut])
            .add('Z', &[])
            .done();
    }
    let radius = radius(kind, place) - inset;
    let arc = |x: f64, y: f64| [radius, radius, 0.0, 0.0, 1.0, x, y];
    PathText::default()
        .add('M', &[left + radius, top])
        .add('H', &[right - radius])
        .add('A', &arc(right, top + radius))
        .add('V', &[bottom - radius])
        .add('A', &arc(right - radius, bottom))
        .add('H', &[left + radius])
        .add('A', &arc(left, bottom - radius))
        .add('V', &[top + radius])
        .add('A', &arc(left + radius, top))
        .add('Z', &[])
        .done()
}

fn radius(kind: JobKind, place: Rectangle) -> f64 {
    if kind == JobKind::NoOp { place.height / 2.0 } else { RADIUS.min(place.height / 2.0) }
}

/// The strip at the left end, cut along the outline.
pub(super) fn bar(kind: JobKind, place: Rectangle) -> String {
    let (left, top, bottom) = (place.x, place.y, place.y + place.height);
    if kind == JobKind::Approval {
        let cut = CUT.min(place.height / 2.0);
        return PathText::default()
            .add('M', &[left + BAR, top + cut - BAR])
            .add('L', &[left, top + cut])
            .add('V', &[bottom - cut])
            .add('L', &[left + BAR, bottom - cut + BAR])
            .add('Z', &[])
            .done();
    }
    let radius = radius(kind, place);
    // How far below the top a circle's arc is, `BAR` from its leftmost point.
    let drop = radius - (radius * radius - (radius - BAR).powi(2)).max(0.0).sqrt();
    PathText::default()
        .add('M', &[left + BAR, top + drop])
        .add('A', &[radius, radius, 0.0, 0.0, 0.0, left, top + radius])
        .add('V', &[bottom - radius])
        .add('A', &[radius, radius, 0.0, 0.0, 0.0, left + BAR, bottom - drop])
        .add('Z', &[])
        .done()
}

/// The icon of a kind: the `d` of a path to be stroked, 16 by 16 px, its top left at 0, 0.
#[must_use]
pub fn icon(kind: JobKind) -> &'static str {
    match kind {
        // A terminal's prompt.
        JobKind::Build => {
            "M3 2.5H13A1.5 1.5 0 0 1 14.5 4V12A1.5 1.5 0 0 1 13 13.5H3A1.5 1.5 0 0 1 1.5 12V4A1.5 1.5 0 0 1 3 2.5ZM4.5 6L6.5 8L4.5 10M8.5 10.5H11.5"
        }
        // Pause bars.
        JobKind::Approval => "M5.5 3V13M10.5 3V13",
        // A circle struck through.
        JobKind::NoOp => "M8 2A6 6 0 0 1 8 14A6 6 0 0 1 8 2ZM3.8 12.2L12.2 3.8",
        // An arrow that leaves a tray.
        JobKind::Release => "M8 10.5V2.5M4.8 5.7L8 2.5L11.2 5.7M2.5 10V13.5H13.5V10",
        // A lock, shut and open.
        JobKind::Lock => "M3.5 7H12.5V13.5H3.5ZM5.5 7V5A2.5 2.5 0 0 1 10.5 5V7",
        JobKind::Unlock => "M3.5 7H12.5V13.5H3.5ZM5.5 7V4.5A2.5 2.5 0 0 1 10.3 3.6",
        // Two cards.
        JobKind::Group => "M2 5.5H11V13.5H2ZM5 5.5V2.5H14V10.5H11",
        // A question mark.
        JobKind::Missing => "M5 5.5A3 3 0 1 1 9.2 8.3Q8 8.9 8 10.2M8 12.9V13.3",
        // A box that cannot be looked into.
        JobKind::Opaque => "M8 1.8L13.8 4.8V11.2L8 14.2L2.2 11.2V4.8ZM2.2 4.8L8 7.8L13.8 4.8M8 7.8V14.2",
    }
}

/// The drawing of a badge: the `d` of a path to be stroked, 14 by 14 px, its top left at 0, 0. Empty for a
/// badge of text.
#[must_use]
pub fn badge_glyph(kind: BadgeKind) -> &'static str {
    match kind {
        BadgeKind::Matrix => "M2 2H6V6H2ZM8 2H12V6H8ZM2 8H6V12H2ZM8 8H12V12H8Z",
        BadgeKind::Parallelism => "",
        BadgeKind::Orb => {
            "M7 1.8A5.2 5.2 0 0 1 7 12.2A5.2 5.2 0 0 1 7 1.8ZM7 5.4A1.6 1.6 0 0 1 7 8.6A1.6 1.6 0 0 1 7 5.4Z"
        }
        BadgeKind::Context => "M3 6.5H11V12H3ZM4.8 6.5V4.6A2.2 2.2 0 0 1 9.2 4.6V6.5",
    }
}

/// The mark of a finding, to stand on a node's top right corner: the outline, to be filled, and the sign in
/// it, to be stroked, both around 0, 0. Shapes differ, so that colour is not needed to tell them apart.
#[must_use]
pub fn problem_mark(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("M0 -8A8 8 0 0 1 0 8A8 8 0 0 1 0 -8Z", "M-3 -3L3 3M3 -3L-3 3"),
        Severity::Warning => ("M0 -8.5L9 7H-9Z", "M0 -3V1.8M0 4.2V4.6"),
        Severity::Info | Severity::Hint => ("M-7 -7H7V7H-7Z", "M0 -3.8V-3.4M0 -0.6V3.8"),
    }
}
