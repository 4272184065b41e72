use super::Context;
use crate::diagnostic::Diagnostic;

/// Reports what the reader found for the check `id`: it knows best what to say of it.
pub(super) fn report(id: &str, context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mine = context.yaml_faults.iter().filter(|fault| fault.kind.check() == id);
    found.extend(mine.map(crate::yaml::Fault::diagnostic));
}
