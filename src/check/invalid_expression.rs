use super::call::with_calls;
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds expressions that cannot be read or worked out, and conditions that are no logic statement.
    ///
    /// ## Why it matters
    ///
    /// CircleCI cannot compile the config and runs nothing.
    ///
    /// ## How to fix
    ///
    /// Texts in an expression stand in double quotes; a logic statement is a mapping with one of the keys `and`, `or`,
    /// `not`, `equal` and `matches`:
    ///
    /// ```yaml
    /// when:
    ///   equal: [main, << pipeline.git.branch >>]
    /// ```
    INVALID_EXPRESSION = "invalid-expression", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let (FaultKind::Expression { message } | FaultKind::Condition { message }) = &fault.kind else {
            continue;
        };
        let diagnostic = Diagnostic::error(INVALID_EXPRESSION.id, fault.span, message.clone());
        found.push(with_calls(diagnostic, fault));
    }
}
