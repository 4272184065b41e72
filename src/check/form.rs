//! The faults of form in a config and in the orb files given with it, and the mappings they are in.

use super::Context;
use crate::config::Fault;
use crate::text::Span;
use crate::yaml::{Kind, Mapping, Node};

/// Every fault of form: the config's, then those of the orb files.
pub(super) fn faults<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Fault> {
    context.config.faults.iter().chain(context.library.iter().flat_map(|orb| &orb.faults))
}

/// The compiler's sentence about a place: `[#/jobs/build] required key [steps] not found`.
pub(super) fn quoted(fault: &Fault, sentence: &str) -> String {
    format!("CircleCI: `[{}] {sentence}`", fault.pointer.replace('`', "'"))
}

/// The verb behind `what`: `a job has`, `filters have`.
pub(super) fn verb(what: &str, one: &'static str, many: &'static str) -> &'static str {
    if what.starts_with("a ") || what.starts_with("an ") { one } else { many }
}

/// The mapping of the config that has a key at `key`, and its node.
pub(super) fn mapping_with_key<'a>(context: &Context<'a>, key: Span) -> Option<(&'a Node, &'a Mapping)> {
    let mut node = context.document.root.as_ref()?;
    // What is written stands in the order of the text: the last one that begins before `key`, or at it, holds it.
    loop {
        node = match node.kind() {
            Kind::Mapping(mapping) => {
                let begun = mapping.entries.partition_point(|entry| entry.key.span().start <= key.start);
                let entry = &mapping.entries[begun.checked_sub(1)?];
                if entry.key.span() == key {
                    return Some((node, mapping));
                }
                [&entry.key, &entry.value].into_iter().find(|child| child.span().contains(key))?
            }
            Kind::Sequence(sequence) => {
                let begun = sequence.items.partition_point(|item| item.span().start <= key.start);
                let item = &sequence.items[begun.checked_sub(1)?];
                Some(item).filter(|item| item.span().contains(key))?
            }
            Kind::Scalar(_) | Kind::Alias(_) => return None,
        };
    }
}
