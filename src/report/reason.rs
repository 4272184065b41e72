//! Why something runs or does not, as lines: the trees of [`Why`] without their places.

use crate::simulate::Why;
use serde::{Deserialize, Serialize};

/// A line of a tree of reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyLine {
    /// How far it stands in, from 0: what is deeper is the reason of what stands above it.
    pub depth: u32,
    pub text: String,
}

/// The lines of trees, each node before what stands behind it.
pub(super) fn lines<P>(trees: &[Why<P>]) -> Vec<WhyLine> {
    let mut lines = Vec::new();
    add(&mut lines, trees, 0);
    lines
}

fn add<P>(lines: &mut Vec<WhyLine>, trees: &[Why<P>], depth: u32) {
    for tree in trees {
        lines.push(WhyLine { depth, text: tree.text.clone() });
        add(lines, &tree.parts, depth + 1);
    }
}
