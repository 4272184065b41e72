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

/// The mapping of the config that has a key at `key`, and its node.
pub(super) fn mapping_with_key<'a>(context: &Context<'a>, key: Span) -> Option<(&'a Node, &'a Mapping)> {
    let mut node = context.document.root.as_ref()?;
    'down: loop {
        let children: Vec<&Node> = match node.kind() {
            Kind::Mapping(mapping) => {
                if mapping.entries.iter().any(|entry| entry.key.span() == key) {
                    return Some((node, mapping));
                }
                mapping.entries.iter().flat_map(|entry| [&entry.key, &entry.value]).collect()
            }
            Kind::Sequence(sequence) => sequence.items.iter().collect(),
            Kind::Scalar(_) | Kind::Alias(_) => return None,
        };
        for child in children {
            if child.span().contains(key) {
                node = child;
                continue 'down;
            }
        }
        return None;
    }
}
