use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds texts that are beyond what is read: more than 8 MB, more than 128 lists and mappings inside each other,
    /// or aliases that stand for more than a million values.
    ///
    /// ## Why it matters
    ///
    /// No config that a person wrote comes near these limits. Texts beyond them are mistakes of what generated them,
    /// or were written to do harm.
    ///
    /// ## How to fix
    ///
    /// Look at what wrote the file. Aliases of aliases multiply: commands with parameters say the same once.
    YAML_LIMIT = "yaml-limit", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(YAML_LIMIT.id, context, found);
}
