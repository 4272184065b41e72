//! Which lines of a picture are shown.

use super::{EdgeShape, Scene};

/// A kind of line that can be shown or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    Requires,
    Workspace,
    Cache,
}

/// The layers that are shown, by index those of [`Layer::ALL`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layers(pub [bool; 3]);

impl Layer {
    pub const ALL: [Self; 3] = [Self::Requires, Self::Workspace, Self::Cache];

    /// As in [`EdgeShape::kind`].
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Requires => "requires",
            Self::Workspace => "workspace",
            Self::Cache => "cache",
        }
    }
}

impl Layers {
    pub const ALL: Self = Self([true; 3]);

    #[must_use]
    pub fn has(self, layer: Layer) -> bool {
        self.0[layer as usize]
    }

    #[must_use]
    pub fn shows(self, edge: &EdgeShape) -> bool {
        Layer::ALL.iter().any(|layer| self.has(*layer) && layer.name() == edge.kind)
    }
}

impl Scene {
    /// The same picture with the lines of `layers` alone; without caches there is no shelf.
    #[must_use]
    pub fn showing(&self, layers: Layers) -> Self {
        let mut scene = self.clone();
        scene.edges.retain(|edge| layers.shows(edge));
        if !layers.has(Layer::Cache) {
            scene.slots.clear();
        }
        scene
    }
}
