//! Sorting, held against the standard library's.

use dryrun::sort;
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
        prop_assert_eq!(sort::set(items.clone()), items.iter().copied().collect::<BTreeSet<_>>());
        prop_assert_eq!(sort::map(items.clone()), items.into_iter().collect::<BTreeMap<_, _>>());
    }
}
