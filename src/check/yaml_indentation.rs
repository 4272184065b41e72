use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds lines that stand further left than YAML 1.2 allows, in a text or between brackets that go over several
    /// lines.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's YAML parser is an older one, which reads them; editors and other tools may not, and a reader takes
    /// the line for a key of its own.
    ///
    /// ## How to fix
    ///
    /// Indent the line by at least one space more than the key that it belongs to:
    ///
    /// ```yaml
    /// filter: [main,
    ///   release]
    /// ```
    YAML_INDENTATION = "yaml-indentation", Warning, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(YAML_INDENTATION.id, context, found);
}
