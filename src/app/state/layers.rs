//! The layers of the graph: which kinds of lines are shown.

use super::{Effect, Spot, State};
use crate::scene::{Layer, Layers};

/// In a graph of more jobs, lines of data are shown only when they are asked for.
const MANY: usize = 40;

impl State {
    /// The layers that are shown: as the user chose, else all, and in a large graph requirements alone.
    #[must_use]
    pub fn layers(&self) -> Layers {
        let is_large = self.shown_workflow().is_some_and(|shown| shown.scene.nodes.len() > MANY);
        Layers(
            Layer::ALL.map(|layer| {
                self.chosen_layers[layer as usize].unwrap_or(layer == Layer::Requires || !is_large)
            }),
        )
    }

    /// The graph has lines of this layer.
    #[must_use]
    pub fn has_layer(&self, layer: Layer) -> bool {
        self.shown_workflow()
            .is_some_and(|shown| shown.scene.edges.iter().any(|edge| edge.kind == layer.name()))
    }

    /// Lines of data are hidden because there are so many jobs, and nobody has chosen.
    #[must_use]
    pub fn hides_data(&self) -> bool {
        [Layer::Workspace, Layer::Cache].into_iter().any(|layer| {
            self.chosen_layers[layer as usize].is_none() && !self.layers().has(layer) && self.has_layer(layer)
        })
    }

    pub(super) fn layer_toggled(&mut self, layer: Layer) -> Vec<Effect> {
        self.chosen_layers[layer as usize] = Some(!self.layers().has(layer));
        self.forget_hidden();
        Vec::new()
    }

    /// The focus and the details stay on something that is shown.
    pub(super) fn forget_hidden(&mut self) {
        let focus_is_shown = self.is_shown(self.focus);
        let details_are_shown = self.details.is_some_and(|spot| self.is_shown(spot));
        if !focus_is_shown {
            self.focus = Spot::default();
        }
        if !details_are_shown {
            self.details = None;
        }
    }

    fn is_shown(&self, spot: Spot) -> bool {
        let layers = self.layers();
        self.shown_workflow().is_some_and(|shown| match spot {
            Spot::Node(index) => index < shown.scene.nodes.len(),
            Spot::Edge(index) => shown.scene.edges.get(index).is_some_and(|edge| layers.shows(edge)),
            Spot::Slot(index) => layers.has(Layer::Cache) && index < shown.scene.slots.len(),
        })
    }

    /// The row of a link; nothing where nobody has chosen.
    pub(super) fn layers_row(&self) -> Option<Vec<String>> {
        self.chosen_layers.iter().any(Option::is_some).then(|| {
            let shown = Layer::ALL.into_iter().filter(|layer| self.layers().has(*layer));
            std::iter::once("layers").chain(shown.map(Layer::name)).map(str::to_owned).collect()
        })
    }
}

/// The choice that a link holds.
pub(super) fn chosen(names: &[&str]) -> [Option<bool>; 3] {
    Layer::ALL.map(|layer| Some(names.contains(&layer.name())))
}
