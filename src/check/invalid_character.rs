use super::yaml_fault::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds characters that YAML does not allow anywhere, such as NUL and most control characters.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's parser stops at such a character, even in a comment. They cannot be seen and mostly came along from
    /// a terminal or another document.
    ///
    /// ## How to fix
    ///
    /// Remove the character. Where it is meant, write it as an escape in double quotes:
    ///
    /// ```yaml
    /// - run: "printf '\\x1b[0m'"
    /// ```
    INVALID_CHARACTER = "invalid-character", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(INVALID_CHARACTER.id, context, found);
}
