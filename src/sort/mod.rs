//! Sorting with one copy of the code. The standard library's makes a copy for each type, of about 5 KB in
//! wasm, and there were thirty of them: a tenth of the engine. Where time matters more (`layout::order`), its
//! own is used. Comes in: things and an order. Goes out: the things in it. Must not know: what they are.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts like [`slice::sort_by`]: what is equal stays in its order.
pub fn by<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    let mut places = places(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    for index in 0..places.len() {
        while places[index] != index {
            let place = places[index];
            items.swap(index, place);
            places.swap(index, place);
        }
    }
}

/// Sorts like [`slice::sort_by_key`].
pub fn by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    by(items, |a, b| key(a).cmp(&key(b)));
}

/// Where each of `count` things goes.
#[inline(never)]
fn places(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| compare(a, b));
    let mut places = vec![0; count];
    for (place, thing) in order.into_iter().enumerate() {
        places[thing] = place;
    }
    places
}

/// Collects a set; the standard library sorts for it.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// Collects a map; of two values for the same key the later one stays.
pub fn map<K: Ord, V>(items: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(items);
    map
}
