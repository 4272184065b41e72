use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds lists and mappings that stand where a key is expected.
    ///
    /// ## Why it matters
    ///
    /// Every key of a config is a text. Mostly a value that begins with `{{` was to be a text: YAML takes it for two
    /// mappings inside each other.
    ///
    /// ## How to fix
    ///
    /// Quote the text:
    ///
    /// ```yaml
    /// key: "{{ checksum \"go.sum\" }}"
    /// ```
    COMPLEX_KEY = "complex-key", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(COMPLEX_KEY.id, context, found);
}
