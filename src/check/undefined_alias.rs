use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds `*name` without an anchor `&name` in front of it.
    ///
    /// ## Why it matters
    ///
    /// CircleCI cannot read the config: an alias stands for what the anchor named earlier in the text. An anchor
    /// further down does not count.
    ///
    /// ## How to fix
    ///
    /// Correct the name, or move the anchor above its first alias. A text that begins with `*` is to be quoted:
    ///
    /// ```yaml
    /// only: "*-stable"
    /// ```
    UNDEFINED_ALIAS = "undefined-alias", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(UNDEFINED_ALIAS.id, context, found);
}
