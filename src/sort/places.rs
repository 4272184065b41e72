use std::cmp::Ordering;

/// A block of this length is split in two.
const MOST_IN_BLOCK: usize = 512;

/// The places of things that stand elsewhere, in the order of the things. In blocks, so that one that comes
/// between others moves few of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    /// None of them is empty.
    blocks: Vec<Vec<usize>>,
}

/// A point in the order: block, and index in it.
pub(super) type Point = (usize, usize);

impl Places {
    /// The point between what comes before a thing and what does not. `compare` says how the thing at a place
    /// stands to the one that is looked for.
    #[inline(never)]
    pub(super) fn point(&self, compare: &mut dyn FnMut(usize) -> Ordering) -> Point {
        let mut is_before = |place: usize| compare(place) == Ordering::Less;
        let block = self.blocks.partition_point(|block| is_before(block[0])).saturating_sub(1);
        let index = self.blocks.get(block).map(|places| places.partition_point(|place| is_before(*place)));
        (block, index.unwrap_or_default())
    }

    /// The place behind a point.
    pub(super) fn behind(&self, (block, index): Point) -> Option<usize> {
        let places = self.blocks.get(block)?;
        places.get(index).or_else(|| self.blocks.get(block + 1)?.first()).copied()
    }

    /// The place before a point.
    pub(super) fn before(&self, (block, index): Point) -> Option<usize> {
        self.blocks.get(block)?.get(index.checked_sub(1)?).copied()
    }

    /// Adds a place at a point.
    #[inline(never)]
    pub(super) fn insert(&mut self, (block, index): Point, place: usize) {
        let Some(places) = self.blocks.get_mut(block) else {
            self.blocks.push(vec![place]);
            return;
        };
        places.insert(index, place);
        if places.len() >= MOST_IN_BLOCK {
            let rest = places.split_off(MOST_IN_BLOCK / 2);
            self.blocks.insert(block + 1, rest);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.blocks.iter().flatten().copied()
    }

    /// By place the rank of the thing there.
    #[inline(never)]
    pub(super) fn into_ranks(self) -> Vec<usize> {
        let order: Vec<usize> = self.blocks.concat();
        super::inverse(&order)
    }
}
