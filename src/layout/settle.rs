//! The final heights: blocks as near to their wishes as the distances and the limit allow.

use super::align::Blocks;
use super::layers::Layers;

/// Gives every vertex its height. Vertices of one block get the same, unless the stack of blocks would be
/// higher than `limit`: then blocks are cut where the stack passes from one layer to another through them.
pub(super) fn settle(layers: &Layers, mut blocks: Blocks, wished: &[f64], limit: f64) -> Vec<f64> {
    let mut stack = Stack::new(layers, &blocks);
    while let Some(cuts) = stack.cuts(layers, &blocks, limit) {
        cut(&mut blocks, &cuts, layers.len());
        stack = Stack::new(layers, &blocks);
    }
    let targets: Vec<f64> = blocks.members.iter().map(|members| mean(members, wished)).collect();
    let places = stack.places(&targets, limit);
    let mut heights = vec![0.0; layers.len()];
    for (members, place) in blocks.members.iter().zip(places) {
        for &vertex in members {
            heights[vertex] = place;
        }
    }
    heights
}

fn mean(members: &[usize], wished: &[f64]) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for &vertex in members {
        sum += wished[vertex];
        count += 1.0;
    }
    sum / count
}

/// Splits blocks before the given vertices.
fn cut(blocks: &mut Blocks, before: &[usize], count: usize) {
    let mut starts = vec![false; count];
    for &vertex in before {
        starts[vertex] = true;
    }
    let whole = std::mem::take(&mut blocks.members);
    for members in whole {
        blocks.members.extend(members.chunk_by(|_, &vertex| !starts[vertex]).map(<[usize]>::to_vec));
    }
}

/// That one block stands above another in some layer.
struct Above {
    upper: usize,
    lower: usize,
    /// Their vertices in that layer.
    vertices: (usize, usize),
    distance: f64,
}

/// Blocks with everything that keeps them apart.
struct Stack {
    pairs: Vec<Above>,
    /// By block: the pairs in which it is the lower one.
    uppers: Vec<Vec<usize>>,
    /// By block: the pairs in which it is the upper one.
    lowers: Vec<Vec<usize>>,
    /// Blocks from top to bottom.
    sequence: Vec<usize>,
    /// By block: how high it may be at most, given what stands above it.
    highest: Vec<f64>,
    /// By block: what it needs from its middle to the bottom.
    below: Vec<f64>,
}

impl Stack {
    fn new(layers: &Layers, blocks: &Blocks) -> Self {
        let count = blocks.members.len();
        let block_of = blocks.of_vertices(layers.len());
        let mut pairs = Vec::new();
        let (mut uppers, mut lowers) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for pair in layers.rows.iter().flat_map(|row| row.windows(2)) {
            let vertices = (pair[0], pair[1]);
            let (upper, lower) = (block_of[vertices.0], block_of[vertices.1]);
            lowers[upper].push(pairs.len());
            uppers[lower].push(pairs.len());
            pairs.push(Above { upper, lower, vertices, distance: layers.distance(pair[0], pair[1]) });
        }
        let half = |block: usize| {
            blocks.members[block].iter().map(|&vertex| layers.height(vertex) / 2.0).fold(0.0, f64::max)
        };
        let mut stack = Self {
            highest: (0..count).map(half).collect(),
            below: (0..count).map(half).collect(),
            sequence: Vec::with_capacity(count),
            pairs,
            uppers,
            lowers,
        };
        stack.arrange();
        stack
    }

    /// Finds the order from top to bottom, and the room that blocks need above and below.
    fn arrange(&mut self) {
        let mut missing: Vec<usize> = self.uppers.iter().map(Vec::len).collect();
        self.sequence = (0..missing.len()).filter(|&block| missing[block] == 0).collect();
        let mut index = 0;
        while let Some(&block) = self.sequence.get(index) {
            index += 1;
            for pair in self.lowers[block].iter().map(|&pair| &self.pairs[pair]) {
                self.highest[pair.lower] = self.highest[pair.lower].max(self.highest[block] + pair.distance);
                missing[pair.lower] -= 1;
                if missing[pair.lower] == 0 {
                    self.sequence.push(pair.lower);
                }
            }
        }
        for &block in self.sequence.iter().rev() {
            for pair in self.uppers[block].iter().map(|&pair| &self.pairs[pair]) {
                self.below[pair.upper] = self.below[pair.upper].max(self.below[block] + pair.distance);
            }
        }
    }

    /// Where to cut so that the stack gets lower: nothing if it fits already. A stack that stays in one
    /// layer has the height of that layer, which fits; so a stack that is too high changes layers somewhere.
    fn cuts(&self, layers: &Layers, blocks: &Blocks, limit: f64) -> Option<Vec<usize>> {
        let tallest = |&a: &usize, &b: &usize| {
            (self.highest[a] + self.below[a]).total_cmp(&(self.highest[b] + self.below[b]))
        };
        let mut block = self.sequence.iter().copied().max_by(tallest)?;
        if self.highest[block] + self.below[block] <= limit + 1e-6 {
            return None;
        }
        while let Some(pair) = self.supporting(block) {
            block = pair.upper;
        }
        let mut cuts = Vec::new();
        let mut entered: Option<usize> = None;
        while let Some(pair) = self.supported(block) {
            if let Some(entered) = entered {
                cuts.extend(seam(layers, blocks, block, entered, pair.vertices.0));
            }
            entered = Some(pair.vertices.1);
            block = pair.lower;
        }
        (!cuts.is_empty()).then_some(cuts)
    }

    /// The pair that keeps `block` from being higher.
    fn supporting(&self, block: usize) -> Option<&Above> {
        let pairs = self.uppers[block].iter().map(|&pair| &self.pairs[pair]);
        pairs.into_iter().find(|pair| self.highest[pair.upper] + pair.distance >= self.highest[block] - 1e-6)
    }

    /// The pair that keeps `block` from being lower.
    fn supported(&self, block: usize) -> Option<&Above> {
        let pairs = self.lowers[block].iter().map(|&pair| &self.pairs[pair]);
        pairs.into_iter().find(|pair| self.below[pair.lower] + pair.distance >= self.below[block] - 1e-6)
    }

    /// The place of each block, in whole px, which keeps lines sharp (and distances, which are whole numbers
    /// of px on the page). Pushing blocks down where they are too close gives one solution, pushing them up
    /// another; the middle of two solutions is one too.
    fn places(&self, targets: &[f64], limit: f64) -> Vec<f64> {
        let room = |block: usize| (self.highest[block], (limit - self.below[block]).max(self.highest[block]));
        let mut pushed_down: Vec<f64> = Vec::from(targets);
        for &block in &self.sequence {
            let pairs = self.uppers[block].iter().map(|&pair| &self.pairs[pair]);
            let least = pairs.map(|pair| pushed_down[pair.upper] + pair.distance).fold(0.0, f64::max);
            let (top, bottom) = room(block);
            pushed_down[block] = pushed_down[block].min(bottom).max(top).max(least);
        }
        let mut pushed_up: Vec<f64> = Vec::from(targets);
        for &block in self.sequence.iter().rev() {
            let pairs = self.lowers[block].iter().map(|&pair| &self.pairs[pair]);
            let most = pairs.map(|pair| pushed_up[pair.lower] - pair.distance).fold(f64::INFINITY, f64::min);
            let (top, bottom) = room(block);
            pushed_up[block] = pushed_up[block].max(top).min(bottom).min(most);
        }
        pushed_down.iter().zip(pushed_up).map(|(&down, up)| f64::midpoint(down, up).round()).collect()
    }
}

/// The vertex before which to cut a block between two of its members: the middle between them, on the side
/// of a box rather than inside a line. Nothing if they are the same.
fn seam(layers: &Layers, blocks: &Blocks, block: usize, a: usize, b: usize) -> Option<usize> {
    let members = &blocks.members[block];
    let index = |vertex: usize| members.iter().position(|&member| member == vertex);
    let (a, b) = (index(a)?, index(b)?);
    let between = a.min(b) + 1..=a.max(b);
    let cuts_line = |&at: &usize| !layers.is_box(members[at - 1]) && !layers.is_box(members[at]);
    let middle = between.start().midpoint(*between.end());
    between.min_by_key(|at| (cuts_line(at), at.abs_diff(middle))).map(|at| members[at])
}
