//! Sorting, and maps and sets in order, with one copy of the code. The standard library's make a copy for each
//! type, of 2 to 5 KB in wasm, and there were seventy of them: more than a tenth of the engine. Where time
//! matters more (`layout::order`), its own are used. Comes in: things and an order. Goes out: the things in it.
//! Must not know: what they are.

mod map;
mod places;
mod set;

pub use map::Map;
pub use set::Set;

use std::cmp::Ordering;

/// Sorts like [`slice::sort_by`]: what is equal stays in its order.
pub fn by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let ranks = ranks(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    put(ranks, &mut |a, b| items.swap(a, b));
}

/// Sorts like [`slice::sort_by_key`].
pub fn by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    by(items, |a, b| key(a).cmp(&key(b)));
}

/// The rank of each of `count` things.
#[inline(never)]
fn ranks(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| compare(a, b));
    inverse(&order)
}

/// By thing the rank that it has in `order`.
fn inverse(order: &[usize]) -> Vec<usize> {
    let mut ranks = vec![0; order.len()];
    for (rank, thing) in order.iter().enumerate() {
        ranks[*thing] = rank;
    }
    ranks
}

/// Puts each thing where its rank says, by exchanging two at a time.
#[inline(never)]
fn put(mut ranks: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for index in 0..ranks.len() {
        while ranks[index] != index {
            let rank = ranks[index];
            swap(index, rank);
            ranks.swap(index, rank);
        }
    }
}
