//! The compiled config: `version`, `jobs`, `workflows`, in the compiler's order.

pub(super) use super::compiled::Value;
use super::origin::Origin;
use crate::sort;
use crate::yaml::{Data, Key};

/// Up to this many jobs come out in the order in which they are invoked.
const MOST_IN_ORDER: usize = 8;

/// The whole document.
pub(super) fn document(jobs: Vec<(Key<Origin>, Value)>, workflows: Value) -> Value {
    map(vec![(key("version"), plain(Data::Int(2))), (key("jobs"), map(jobs)), (key("workflows"), workflows)])
}

/// `jobs`, given in the order of their first invocation, in the order in which they come out.
pub(super) fn in_order(jobs: Vec<(Key<Origin>, Value)>) -> Vec<(Key<Origin>, Value)> {
    if jobs.len() > MOST_IN_ORDER { hashed(jobs) } else { jobs }
}

/// Nine jobs or more come out in the order of a Clojure hash map over their names (seen in every real
/// output with that many): by the five-bit digits of the hash, lowest digit first.
fn hashed(mut jobs: Vec<(Key<Origin>, Value)>) -> Vec<(Key<Origin>, Value)> {
    sort::by_key(&mut jobs, |(name, _)| {
        let hash = clojure_hash(&name.text);
        // The lowest digit counts most.
        (0..7).fold(0_u64, |order, digit| order << 5 | u64::from(hash >> (5 * digit) & 31))
    });
    jobs
}

/// Clojure's hash of a string: the string's hash code in Java, mixed by Murmur3 as one 32-bit integer.
fn clojure_hash(text: &str) -> u32 {
    let code = text.encode_utf16().fold(0_u32, |code, unit| code.wrapping_mul(31).wrapping_add(unit.into()));
    if code == 0 {
        return 0;
    }
    let k = code.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    let mut hash = k.rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64);
    hash ^= 4;
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

pub(super) fn key(text: &str) -> Key<Origin> {
    Key { text: text.to_owned(), mark: Origin::default() }
}

pub(super) fn map(entries: Vec<(Key<Origin>, Value)>) -> Value {
    plain(Data::Map(entries))
}

pub(super) fn plain(data: Data<Origin>) -> Value {
    Value { data, mark: Origin::default() }
}

#[cfg(test)]
mod tests {
    use super::clojure_hash;

    #[test]
    fn the_hash_is_clojures() {
        assert_eq!(clojure_hash("build"), 0xb1f9_c651);
        assert_eq!(clojure_hash("j8_unit_tests"), 0x55e9_d3b7);
        assert_eq!(clojure_hash("utests_long"), 0x51f1_b6dc);
    }
}
