//! The compiled config: `version`, `jobs`, `workflows`, in the compiler's order.

use super::compiled::Runs;
pub(super) use super::compiled::Value;
use super::names::Draft;
use super::origin::{FrameKind, Origin};
use crate::config::Status;
use crate::sort;
use crate::sort::Set;
use crate::yaml::{Data, Key};

/// Up to this many jobs come out in the order in which they are invoked, whatever stands beside them.
const ALWAYS_IN_ORDER: usize = 8;

/// The same for the jobs together with the approvals.
const MOST_NAMES_IN_ORDER: usize = 9;

/// The whole document.
pub(super) fn document(jobs: Vec<(Key<Origin>, Value)>, workflows: Value) -> Value {
    map(vec![(key("version"), plain(Data::Int(2))), (key("jobs"), map(jobs)), (key("workflows"), workflows)])
}

/// An entry of the compiled workflow: a bare name, or a name with `filters`, `type`, `requires` and then the
/// other options in the order of the source. With `newer`, `upstream` follows `requires`: what each job in it may
/// end with. CircleCI writes it since statuses can be named.
///
/// ```yaml
/// - deploy:
///     requires: [test]
///     upstream:
///       test: [success]
/// ```
pub(super) fn entry(draft: &Draft, drafts: &[Draft], newer: bool) -> Value {
    let name = draft.entry.name_span.unwrap_or(draft.entry.job.span);
    let mark = draft.entry.origin.within(FrameKind::Text, "", name);
    let mut options = draft.options.clone();
    let rank = |name: &str| match name {
        "filters" => 0,
        "type" => 1,
        _ => 3,
    };
    sort::by_key(&mut options, |(key, _)| rank(&key.text));
    let mut required = requirements(draft, drafts);
    if !required.is_empty() {
        let place = options.iter().take_while(|(key, _)| rank(&key.text) < 2).count();
        let origin = &draft.entry.origin;
        let name = |(key, _): &(Key<Origin>, _)| Value {
            data: Data::String(key.text.clone()),
            mark: key.mark.clone(),
        };
        let names = required.iter().map(name).collect();
        if newer {
            let mut known = Set::new();
            required.retain(|(key, _)| known.insert(key.text.clone()));
            options
                .insert(place, (key("upstream"), Value { data: Data::Map(required), mark: origin.clone() }));
        }
        options.insert(place, (key("requires"), Value { data: Data::List(names), mark: origin.clone() }));
    }
    let name = draft.entry.name.clone();
    let data = if options.is_empty() {
        Data::String(name)
    } else {
        let options = Value { data: Data::Map(options), mark: mark.clone() };
        Data::Map(vec![(Key { text: name, mark: mark.clone() }, options)])
    };
    Value { data, mark }
}

/// The final names of what an entry requires, with the statuses that each may end with. What an expression
/// filtered out is no longer required.
fn requirements(draft: &Draft, drafts: &[Draft]) -> Vec<(Key<Origin>, Value)> {
    let mut required = Vec::new();
    for requirement in &draft.entry.requires {
        let mark = draft.entry.origin.within(FrameKind::Text, "", requirement.name.span);
        let status = |name: &str, mark: Origin| Value { data: Data::String(name.to_owned()), mark };
        let mut statuses: Vec<Value> = Vec::new();
        for asked in &requirement.statuses {
            statuses.push(status(asked.name(), draft.entry.origin.within(FrameKind::Text, "", asked.span)));
        }
        if statuses.is_empty() {
            // Nobody wrote it.
            statuses.push(status(Status::Success.name(), draft.entry.origin.clone()));
        }
        let mut require = |name: &str| {
            let statuses = Value { data: Data::List(statuses.clone()), mark: mark.clone() };
            required.push((Key { text: name.to_owned(), mark: mark.clone() }, statuses));
        };
        let entries = requirement.matched.entries().iter().map(|entry| &drafts[*entry].entry);
        entries.filter(|entry| entry.runs != Runs::No).for_each(|entry| require(&entry.name));
        if requirement.matched.entries().is_empty() {
            require(&requirement.name.value);
        }
    }
    required
}

/// `jobs`, given in the order of their first invocation, in the order in which they come out. `names` counts
/// what the workflows invoke, approvals included: nine jobs alone were seen in order, nine beside approvals
/// not. Nobody has seen eight beside two approvals.
pub(super) fn in_order(jobs: Vec<(Key<Origin>, Value)>, names: usize) -> Vec<(Key<Origin>, Value)> {
    if jobs.len() > ALWAYS_IN_ORDER && names > MOST_NAMES_IN_ORDER { hashed(jobs) } else { jobs }
}

/// More jobs come out in the order of a Clojure hash map over their names (seen in every real output with that
/// many): by the five-bit digits of the hash, lowest digit first.
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
