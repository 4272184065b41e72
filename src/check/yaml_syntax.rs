use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds text that is not YAML. What stands behind the error is not looked at.
    ///
    /// ## Why it matters
    ///
    /// CircleCI cannot read the config and runs nothing: `Unable to parse YAML`.
    ///
    /// ## How to fix
    ///
    /// Look at the place that is marked and at the line above it. The usual causes are a tab where spaces
    /// belong, a bracket or quote that is not closed, an item or key that is not in line with its
    /// neighbours, and `: ` inside a text without quotes:
    ///
    /// ```yaml
    /// - run: echo "time: now"      # wrong: ends at `time`
    /// - run: 'echo "time: now"'    # right
    /// ```
    YAML_SYNTAX = "yaml-syntax", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(YAML_SYNTAX.id, context, found);
}
