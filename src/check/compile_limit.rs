use super::call_chain::with_calls;
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds configs that grow beyond all measure while they are compiled: commands that call the next one
    /// twice, arguments that double a text at each level, calls that are nested very deeply.
    ///
    /// ## Why it matters
    ///
    /// Ten lines can stand for millions of steps. CircleCI has limits of its own; Dryrun stops at the limit
    /// that the finding names, and everything behind it is neither compiled nor checked.
    ///
    /// ## How to fix
    ///
    /// Call the commands less often, or move what is repeated into a script of the repository.
    COMPILE_LIMIT = "compile-limit", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let message = match fault.kind {
            FaultKind::TooManyValues { limit } => {
                format!("the config compiles to more than {} values", grouped(limit))
            }
            FaultKind::TooMuchText { limit } => {
                format!("the config compiles to more than {} bytes of text", grouped(limit))
            }
            FaultKind::TooMuchRead { limit } => {
                format!("conditions and texts read more than {} bytes of arguments", grouped(limit))
            }
            FaultKind::TooManyEntries { limit } => {
                format!("the workflows have more than {} entries, rows of matrices included", grouped(limit))
            }
            FaultKind::TooManyRequirements { limit } => {
                format!("`requires` means more than {} entries, rows of matrices included", grouped(limit))
            }
            FaultKind::TooDeep { limit } => format!("steps are nested more than {limit} calls deep here"),
            _ => continue,
        };
        let diagnostic = Diagnostic::error(COMPILE_LIMIT.id, fault.span, message)
            .with_help("Dryrun stops here; what comes behind it is neither compiled nor checked");
        found.push(with_calls(diagnostic, fault));
    }
}

/// A number with its thousands apart.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
