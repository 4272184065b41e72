use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds configs that become far larger when they are compiled than any that a person wrote.
    ///
    /// ## Why it matters
    ///
    /// Commands that call commands, and matrices, multiply. Dryrun stops where the limit is met, and what it shows is
    /// not all there is.
    ///
    /// ## How to fix
    ///
    /// Look for the command or matrix at the place that is marked, and for what calls it.
    COMPILE_LIMIT = "compile-limit", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let FaultKind::TooLarge { values, bytes } = fault.kind else { continue };
        let message = format!("the compiled config has more than {values} values or {bytes} bytes of text");
        found.push(
            Diagnostic::error(COMPILE_LIMIT.id, fault.span, message)
                .with_help("Nothing more is compiled from here on"),
        );
    }
}
