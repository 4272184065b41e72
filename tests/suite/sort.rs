//! Sorting, held against the standard library's.

use dryrun::sort::{self, Map, Set};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_equal_stays_in_its_order(items in proptest::collection::vec((0_u8..8, 0_u16..1000), 0..60)) {
        let mut expected = items.clone();
        expected.sort_by_key(|(key, _)| *key);
        let mut sorted = items.clone();
        sort::by_key(&mut sorted, |(key, _)| *key);
        prop_assert_eq!(&sorted, &expected);
        let mut falling = items;
        sort::by(&mut falling, |one, other| other.cmp(one));
        prop_assert!(falling.is_sorted_by(|one, other| one >= other));
    }

    #[test]
    fn sets_and_maps_hold_what_the_standard_library_collects(
        items in proptest::collection::vec((0_u8..8, 0_u16..1000), 0..60),
    ) {
        let set: Set<_> = items.iter().copied().collect();
        prop_assert!(set.iter().eq(&items.iter().copied().collect::<BTreeSet<_>>()));
        let map: Map<_, _> = items.iter().copied().collect();
        prop_assert!(map.iter().eq(&items.into_iter().collect::<BTreeMap<_, _>>()));
    }

    // Long enough for several blocks.
    #[test]
    fn a_map_answers_as_the_standard_librarys(items in proptest::collection::vec((0_u16..3000, 0_u16..9), 0..3000)) {
        let (mut map, mut expected) = (Map::new(), BTreeMap::new());
        for (key, value) in items {
            prop_assert_eq!(map.insert(key, value), expected.insert(key, value));
        }
        for key in 0..3001 {
            let own = |entry: Option<&(u16, u16)>| entry.copied();
            let theirs = |entry: Option<(&u16, &u16)>| entry.map(|(key, value)| (*key, *value));
            let [before, behind] = map.around(&key);
            prop_assert_eq!(own(before), theirs(expected.range(..key).next_back()));
            prop_assert_eq!(own(behind), theirs(expected.range(key..).next()));
            prop_assert_eq!(map.get(&key), expected.get(&key));
        }
        prop_assert_eq!(map.len(), expected.len());
        prop_assert!(map.values().eq(expected.values()));
        prop_assert!(map.into_iter().eq(expected));
    }
}

#[test]
fn a_value_is_made_where_there_is_none() {
    let mut map: Map<&str, Vec<u8>> = Map::default();
    map.get_or_default("one").push(1);
    map.get_or_default("one").push(2);
    assert_eq!(map.get_or_insert("two", vec![3]), &[3]);
    assert_eq!(map.get_or_insert_with("two", || unreachable!()), &[3]);
    assert_eq!(map.get("one"), Some(&vec![1, 2]));
    assert!(map.contains_key("two") && !map.contains_key("three") && !map.is_empty());
}

#[test]
fn a_set_tells_what_is_new_and_what_comes_next() {
    let mut set = Set::new();
    assert!(set.insert(3) && set.insert(1) && !set.insert(3));
    assert_eq!(set.first_from(&2), Some(&3));
    assert_eq!(set.first_from(&4), None);
    assert_eq!((set.len(), set.contains(&1), set.contains(&2)), (2, true, false));
    assert_eq!(set.into_iter().collect::<Vec<_>>(), [1, 3]);
}
