//! The faults of the YAML of a config and of the orb files given with it. What is wrong with a text is known
//! best where it is read; the checks pick their own.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::yaml::{Document, Fault};

/// Reports what the reader found for the check `id`.
pub(super) fn report(id: &str, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let orbs = context.library.iter().flat_map(|orb| &orb.yaml_faults);
    let mine = context.yaml_faults.iter().chain(orbs).filter(|fault| fault.kind.check() == id);
    found.extend(mine.map(Fault::diagnostic));
}

/// The document that holds `place`.
pub(super) fn document<'a>(context: &Context<'a>, place: Span) -> &'a Document {
    let orb = context.library.iter().find(|orb| orb.source == place.source);
    orb.map_or(context.document, |orb| &orb.document)
}
