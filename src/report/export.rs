//! A config and one of its workflows as texts that other programs read.

use crate::analysis::Analysis;
use crate::graph::{dot, mermaid};
use serde::{Deserialize, Serialize};

/// A workflow as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GraphTexts {
    pub mermaid: String,
    pub dot: String,
}

/// What can be taken along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// The picture of the workflow that is shown. This and the next are empty without one.
    pub svg: String,
    pub graph: GraphTexts,
    /// Of the whole config, in Markdown; without a link.
    pub report: String,
}

impl GraphTexts {
    /// By index the workflows of `analysis`.
    #[must_use]
    pub fn all(analysis: &Analysis<'_>) -> Vec<Self> {
        analysis.graphs.iter().map(|graph| Self { mermaid: mermaid(graph), dot: dot(&[graph]) }).collect()
    }
}
