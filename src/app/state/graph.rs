//! The graph: its tabs, its zoom, its focus, and the way from a node or a line to the text and back.

use super::place::narrowest;
use super::{Effect, Key, Pane, Spot, State, View, Workflow, walk};
use crate::report::Range;
use crate::scene::{Direction, Scene};

pub const MIN_SCALE: f64 = 0.25;
pub const MAX_SCALE: f64 = 3.0;
/// A picture that fits at this scale or a larger one is shown whole: its labels stay at 12 px, but grow in
/// their boxes and are shortened more. Another one, and one of more than [`MANY`] jobs, is scrolled instead…
const MIN_FIT: f64 = 0.65;
const MANY: usize = 40;
/// …at this scale, where a label, 14 px by itself, has 12 px and its whole length.
const SCROLLED: f64 = 12.0 / 14.0;
const MAX_FIT: f64 = 1.25;

/// How much of a node is drawn, so that what is drawn can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Full,
    /// No badges.
    Plain,
    /// The bar and the icon alone.
    Mark,
}

impl Level {
    #[must_use]
    pub fn at(scale: f64) -> Self {
        match scale {
            ..0.35 => Self::Mark,
            ..0.6 => Self::Plain,
            _ => Self::Full,
        }
    }

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Plain => "plain",
            Self::Mark => "mark",
        }
    }
}

impl State {
    /// Screen px for each px of the scene.
    #[must_use]
    pub fn shown_scale(&self) -> f64 {
        self.scale
            .unwrap_or_else(|| self.shown_workflow().map_or(1.0, |shown| fit(&shown.scene, self.window)))
    }

    pub(super) fn zoomed_by(&mut self, factor: f64) -> Vec<Effect> {
        let scale = self.shown_scale() * factor;
        if scale.is_finite() {
            self.scale = Some(scale.clamp(MIN_SCALE, MAX_SCALE));
        }
        Vec::new()
    }

    pub(super) fn workflow_chosen(&mut self, index: usize) -> Vec<Effect> {
        if index != self.workflow {
            self.workflow = index;
            self.scale = None;
            self.focus = Spot::default();
            self.details = None;
            self.visited = None;
            self.current = self.spots_at_caret();
        }
        Vec::new()
    }

    pub(super) fn walked(&mut self, key: Key) -> Vec<Effect> {
        let Some(next) =
            self.shown_workflow().and_then(|shown| walk::step(&shown.scene, self.layers(), self.focus, key))
        else {
            return Vec::new();
        };
        self.focus = next;
        vec![Effect::FocusSpot(next), Effect::ShowSpot(next)]
    }

    /// Shows a node's definition in the text; on the next activation its workflow entry, then its executor.
    /// A line has one place: the item of `requires`.
    pub(super) fn spot_activated(&mut self, spot: Spot, by_key: bool) -> Vec<Effect> {
        self.focus = spot;
        self.details = self.has_details(spot).then_some(spot);
        let Some(shown) = self.shown_workflow().filter(|_| self.has_true_places()) else { return Vec::new() };
        let places = places(shown, spot);
        let next = match self.visited {
            Some((last, place)) if last == spot => place + 1,
            _ => 0,
        };
        let Some(at) = next.checked_rem(places.len()) else { return Vec::new() };
        let range = places[at];
        self.visited = Some((spot, at));
        // In a narrow window the details would be gone with the graph.
        if self.details.is_none() || by_key {
            self.pane = Pane::Code;
        }
        vec![Effect::Mark(places), Effect::Reveal { range, focus: by_key }]
    }

    pub(super) fn caret_moved(&mut self, line: u32, column: u32) -> Vec<Effect> {
        self.caret = (line, column);
        // Between an edit and its answer the places are those of the text before.
        if self.fresh_report().is_none() {
            return Vec::new();
        }
        let mut effects = self.mark_derived();
        let spots = self.spots_at_caret();
        let is_new = spots != self.current;
        self.current = spots;
        if let Some(&spot) = self.current.first().filter(|_| is_new) {
            effects.push(Effect::ShowSpot(spot));
        }
        effects
    }

    /// Alt+Enter in the editor: the focus goes to what the caret stands in.
    pub(super) fn line_revealed(&mut self) -> Vec<Effect> {
        let Some(&spot) = self.current.first() else { return Vec::new() };
        self.focus = spot;
        self.pane = Pane::Graph;
        self.view = View::Graph;
        vec![Effect::ShowSpot(spot), Effect::FocusSpot(spot)]
    }

    /// Nodes whose definition or entry holds the caret, and lines whose `requires` item does.
    pub(super) fn spots_at_caret(&self) -> Vec<Spot> {
        let Some(shown) = self.shown_workflow().filter(|_| self.has_true_places()) else { return Vec::new() };
        let (line, column) = self.caret;
        let extents: Vec<_> = shown
            .jobs
            .iter()
            .enumerate()
            .flat_map(|(index, job)| job.extents.iter().map(move |extent| (index, extent.span)))
            .collect();
        let items: Vec<_> = shown
            .edges
            .iter()
            .enumerate()
            .filter_map(|(index, place)| place.as_ref().map(|place| (index, place.span)))
            .collect();
        let nodes = narrowest(&extents, line, column).into_iter().map(Spot::Node);
        let edges = narrowest(&items, line, column).into_iter().map(Spot::Edge);
        nodes.chain(edges).collect()
    }
}

/// The largest scale at which the scene fits into the window, or one at which it is easily read.
fn fit(scene: &Scene, (width, height): (f64, f64)) -> f64 {
    if scene.width <= 0.0 || scene.height <= 0.0 || width <= 0.0 || height <= 0.0 {
        return 1.0;
    }
    let whole = match scene.direction {
        Direction::LeftToRight => (width / scene.width).min(height / scene.height),
        // As wide as the window: down it is read by scrolling.
        Direction::TopToBottom => width / scene.width,
    };
    let least = if scene.nodes.len() > MANY { SCROLLED } else { MIN_FIT };
    if whole < least { SCROLLED } else { whole.min(MAX_FIT) }
}

fn places(shown: &Workflow, spot: Spot) -> Vec<Range> {
    match spot {
        Spot::Node(index) => shown
            .jobs
            .get(index)
            .map_or_else(Vec::new, |job| job.places.iter().map(|place| place.span).collect()),
        Spot::Edge(index) => shown.edges.get(index).into_iter().flatten().map(|place| place.span).collect(),
        Spot::Slot(_) => Vec::new(),
    }
}
