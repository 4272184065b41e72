use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds `<<` with a value that cannot be merged.
    ///
    /// ## Why it matters
    ///
    /// A merge key takes over the keys of another mapping. With a text or a list of texts CircleCI cannot read the
    /// config.
    ///
    /// ## How to fix
    ///
    /// Write an alias of a mapping, or a list of such aliases:
    ///
    /// ```yaml
    /// test:
    ///   <<: *base
    /// ```
    MERGE_VALUE = "merge-value", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(MERGE_VALUE.id, context, found);
}
