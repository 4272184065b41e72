use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds `*name` inside the very part of the text that `&name` names.
    ///
    /// ## Why it matters
    ///
    /// The part would contain itself without end, and CircleCI refuses it.
    ///
    /// ## How to fix
    ///
    /// Move the anchor to the smaller part that is meant, or write that part out:
    ///
    /// ```yaml
    /// base: &base
    ///   docker:
    ///     - image: cimg/base:2024.01
    /// ```
    RECURSIVE_ALIAS = "recursive-alias", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(RECURSIVE_ALIAS.id, context, found);
}
