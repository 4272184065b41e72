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
    /// CircleCI cannot read the config: `found duplicate key environment`. Parsers that take it keep one of the two
    /// and lose what stands under the other.
    ///
    /// ## How to fix
    ///
    /// Remove one of the two, give it another name, or move what both hold under one key.
    DUPLICATE_KEY = "duplicate-key", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(DUPLICATE_KEY.id, context, found);
}
