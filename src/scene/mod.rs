//! What is to be drawn: shapes with places and class names, no colours.
//!
//! Comes in: a graph and its layout. Goes out: a [`Scene`], which the page draws as elements and
//! `scene/svg.rs` writes as text: one geometry for screen, file and embed. All lengths are CSS pixels, from
//! the scene's top left corner. Must not know: themes, the DOM, where the scene is shown.

mod draw;
mod edge;
mod escape;
mod json;
mod label;
mod layers;
mod legend;
mod outline;
mod spoken;
mod svg;
mod theme;

pub use crate::layout::Direction;
pub use draw::draw;
pub use json::graph_json;
pub use label::{shortened, text_width};
pub use layers::{Layer, Layers};
pub use legend::{LegendItem, legend};
pub use outline::{badge_glyph, icon, problem_mark};
pub use svg::{svg, svg_stacked};
pub use theme::Theme;

use crate::diagnostic::Severity;
use crate::graph::{JobKind, NodeId, Status};
use serde::{Deserialize, Serialize};

/// Free space around the graph, for focus rings and marks at corners.
pub const MARGIN: f64 = 24.0;
/// From a node's left to the left of its icon, which is 16 wide and high and stands in the vertical middle.
pub const ICON_LEFT: f64 = 12.0;
/// From a node's left to the left of its label. The label's font is 14 px, 600.
pub const LABEL_LEFT: f64 = 36.0;
/// Height of a pill on an edge. Its font is 12 px.
pub const PILL_HEIGHT: f64 = 20.0;

/// One workflow, ready to draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// Name of the workflow: the picture's accessible title.
    pub title: String,
    /// One sentence for those who do not see the picture.
    pub description: String,
    pub width: f64,
    pub height: f64,
    /// By index the nodes of the graph.
    pub nodes: Vec<NodeShape>,
    /// By index the edges of the graph.
    pub edges: Vec<EdgeShape>,
    /// The caches, on their shelf under the jobs.
    pub slots: Vec<SlotShape>,
    pub direction: Direction,
}

/// A cache on the shelf.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlotShape {
    /// Left and top.
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    /// Its key as it fits, in 12 px.
    pub label: String,
    /// Its key, or all the keys that share the slot.
    pub title: String,
}

/// A job's box.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeShape {
    /// Left and top.
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    /// The name that `requires` uses, whole: for `data-job` and the tool tip.
    pub name: String,
    /// The name as it fits into the box, shortened with `…` in the middle.
    pub label: String,
    pub kind: JobKind,
    /// The outline as the `d` of an SVG path, in the scene's coordinates. Class by kind.
    pub outline: String,
    /// A second, inner outline where the kind has a double border, else empty.
    pub inner_outline: String,
    /// The strip at the left end, inside the outline, as the `d` of a closed SVG path.
    pub bar: String,
    /// Marks at the right end, from left to right.
    pub badges: Vec<Badge>,
    /// The worst finding about this job.
    pub problem: Option<Severity>,
    /// Name, kind, what it needs and what follows, in words, for assistive technology and the tool tip.
    pub spoken: String,
}

/// A small mark in a node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Badge {
    pub kind: BadgeKind,
    /// `×3`, `∥4`, or empty for a mark that is a drawing.
    pub text: String,
    /// What it means, in words.
    pub title: String,
    /// Left and width; badges stand in the vertical middle of the node.
    pub x: f64,
    pub width: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BadgeKind {
    Matrix,
    Parallelism,
    Orb,
    Context,
}

/// A line between two jobs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EdgeShape {
    pub from: NodeId,
    pub to: NodeId,
    /// `requires`, `workspace` or `cache`: the class, and `data-edge`.
    pub kind: String,
    /// The corners of the line, from the border of one node to the border of the other; that of a cache by
    /// way of its slot.
    pub points: Vec<(f64, f64)>,
    /// The line with rounded corners, as the `d` of an SVG path. Ends where the arrow head begins. A broken
    /// edge has a × at half its way.
    pub path: String,
    /// The arrow head, as the `d` of a closed SVG path: a triangle, a chevron for a workspace, a diamond for a
    /// cache, a bar for a broken edge.
    pub arrow: String,
    /// Statuses asked for, other than success alone; drawn as a pill.
    pub statuses: Vec<Status>,
    /// Centre of the pill.
    pub pill: Option<(f64, f64)>,
    /// What the pill says; empty without one.
    pub pill_label: String,
    pub pill_width: f64,
    /// Part of a cycle, or from a missing job.
    pub broken: bool,
    /// A cache that only a run before this one can have saved.
    pub earlier: bool,
    /// What the line means, in words, for assistive technology and the tool tip.
    pub spoken: String,
    /// What it carries, a line each: layers in their order and where they go, keys and directories.
    pub details: Vec<String>,
}

impl EdgeShape {
    /// All that is to be told of it, a line each.
    #[must_use]
    pub fn told(&self) -> String {
        self.details.iter().fold(self.spoken.clone(), |text, line| text + "\n" + line)
    }
}
