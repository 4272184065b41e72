use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds a key that is written twice in one mapping. Merge keys, `<<`, may repeat.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's YAML parser keeps the last one without a word: everything under the first one is lost. With two
    /// jobs of one name, or two `environment` in one job, half of the config does nothing.
    ///
    /// ## How to fix
    ///
    /// Remove one of the two, give it another name, or move what both hold under one key.
    DUPLICATE_KEY = "duplicate-key", Warning, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(DUPLICATE_KEY.id, context, found);
}
