use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds a second YAML document in the text: what follows a second `---`. Nothing in it is looked at.
    ///
    /// ## Why it matters
    ///
    /// A config is one document. CircleCI refuses a text with several.
    ///
    /// ## How to fix
    ///
    /// Remove the `---`, or move what follows into a file of its own.
    SEVERAL_DOCUMENTS = "several-documents", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(SEVERAL_DOCUMENTS.id, context, found);
}
