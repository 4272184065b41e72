//! The faults of the YAML of a config and of the orb files given with it. What is wrong with a text is known
//! best where it is read; the checks pick their own.

use super::Context;
use crate::diagnostic::Diagnostic;
use crate::yaml::Fault;

/// Reports what the reader found for the check `id`.
pub(super) fn report(id: &str, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let orbs = context.library.iter().flat_map(|orb| &orb.yaml_faults);
    let mine = context.yaml_faults.iter().chain(orbs).filter(|fault| fault.kind.check() == id);
    found.extend(mine.map(Fault::diagnostic));
}
