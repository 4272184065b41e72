use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds words that begin with `!`, which YAML takes for tags, other than the tags of YAML itself.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's parser does not know what to make of the value and refuses the config.
    ///
    /// ## How to fix
    ///
    /// Remove the tag. If the `!` belongs to the text, quote the text:
    ///
    /// ```yaml
    /// - run: '! grep TODO src/main.c'
    /// ```
    UNKNOWN_TAG = "unknown-tag", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(UNKNOWN_TAG.id, context, found);
}
