use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds what YAML 1.2 allows and CircleCI's parser, which reads YAML 1.1, does not: tabs between words or on
    /// lines that are otherwise empty, `?` in an unquoted text between brackets, and keys of more than 1,024
    /// characters.
    ///
    /// ## Why it matters
    ///
    /// Editors and other tools find nothing wrong, and CircleCI refuses the config: `Unable to parse YAML`.
    ///
    /// ## How to fix
    ///
    /// Write spaces for tabs, quote the text with the `?`, shorten the key:
    ///
    /// ```yaml
    /// only: ["release?", main]
    /// ```
    YAML_VERSION = "yaml-version", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(YAML_VERSION.id, context, found);
}
