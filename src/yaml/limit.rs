use super::{Fault, FaultKind};
use crate::sort::Map;
use crate::text::{Source, Span};

/// The longest text that is read, in bytes: 8 MB.
pub(super) const BYTES: usize = 8 * 1024 * 1024;

/// How deep collections may stand in each other, aliases followed.
pub(super) const NESTING: usize = 128;

/// How many nodes all aliases of a text may stand for.
pub(super) const EXPANSION: u64 = 1_000_000;

/// How many faults of one kind are reported: what is left comes up when these are mended.
pub(super) const FAULTS_OF_A_KIND: usize = 200;

pub(super) fn size_fault(source: &Source) -> Fault {
    let start = Span::new(source.id, 0..0);
    Fault::new(FaultKind::Size, start, format!("the text has {} bytes; 8 MB can be read", source.text.len()))
        .with_help("a config this long is mostly generated: check that the right file was given")
}

pub(super) fn nesting_fault(span: Span) -> Fault {
    Fault::new(FaultKind::Nesting, span, format!("more than {NESTING} lists and mappings inside each other"))
        .with_help("nothing after this place is read")
}

pub(super) fn alias_nesting_fault(span: Span) -> Fault {
    let message = format!("this alias puts more than {NESTING} lists and mappings inside each other");
    Fault::new(FaultKind::Nesting, span, message).with_help("the alias is read as if it had no anchor")
}

pub(super) fn expansion_fault(span: Span) -> Fault {
    Fault::new(FaultKind::Expansion, span, "the aliases up to here stand for more than 1,000,000 nodes")
        .with_help("aliases of aliases multiply; write what is meant, or use commands and parameters")
}

/// Keeps the first [`FAULTS_OF_A_KIND`] of each kind. The faults come in the order of the text.
pub(super) fn thin_out(faults: &mut Vec<Fault>) {
    let mut counts = Map::new();
    faults.retain(|fault| {
        let count = counts.get_or_insert(fault.kind, 0);
        *count += 1;
        *count <= FAULTS_OF_A_KIND
    });
}
