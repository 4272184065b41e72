//! What the lines of a picture mean.

use super::Scene;

/// A kind of line that a picture has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegendItem {
    /// As in [`EdgeShape::kind`](super::EdgeShape::kind), or `broken`, or `earlier` for a cache of an earlier run.
    pub kind: &'static str,
    pub words: &'static str,
}

const ITEMS: [LegendItem; 5] = [
    LegendItem { kind: "requires", words: "requires" },
    LegendItem { kind: "broken", words: "cannot be met" },
    LegendItem { kind: "workspace", words: "workspace" },
    LegendItem { kind: "cache", words: "cache" },
    LegendItem { kind: "earlier", words: "cache of an earlier run" },
];

/// The kinds of lines that `scene` has; nothing where requirements are all there is, which need no words.
#[must_use]
pub fn legend(scene: &Scene) -> Vec<LegendItem> {
    let has = |kind: &str| {
        scene.edges.iter().any(|edge| match kind {
            "broken" => edge.broken,
            "earlier" => edge.earlier,
            "cache" => edge.kind == kind && !edge.earlier,
            "requires" => edge.kind == kind && !edge.broken,
            _ => edge.kind == kind,
        })
    };
    let items: Vec<LegendItem> = ITEMS.into_iter().filter(|item| has(item.kind)).collect();
    if items.iter().all(|item| item.kind == "requires") { Vec::new() } else { items }
}
