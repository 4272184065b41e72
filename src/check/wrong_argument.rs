use super::call::with_calls;
use super::suggestion::{closest, listed, rename, shown};
use super::{Context, declare_check};
use crate::compile::{Fault, FaultKind};
use crate::diagnostic::{Diagnostic, Fix};

declare_check! {
    /// ## What it does
    ///
    /// Finds arguments and defaults of another type than their parameter, and values that an `enum` does not list.
    ///
    /// ## Why it matters
    ///
    /// CircleCI cannot compile the config and runs nothing. YAML decides the type of what is not quoted: `1.10` is a
    /// number, `yes` a boolean, and neither is a `string`.
    ///
    /// ## How to fix
    ///
    /// Quote what is to be a string, take the quotes off a number or boolean, use a value of the `enum`:
    ///
    /// ```yaml
    /// - test:
    ///     go: "1.10"
    ///     parallel: 4
    /// ```
    WRONG_ARGUMENT = "wrong-argument", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in &context.compiled.faults {
        let (message, declared, help, fix) = match &fault.kind {
            FaultKind::WrongArgument { parameter, declared, expected, found } => (
                format!("{} takes {}, not {}", shown(parameter), article(expected), article(found)),
                *declared,
                None,
                quoted(context, fault, expected),
            ),
            FaultKind::NotInEnum { parameter, declared, value, permitted } => {
                let best = closest(value, permitted.iter().map(String::as_str));
                (
                    format!("{} cannot be {}", shown(parameter), shown(value)),
                    *declared,
                    Some(format!("It can be {}", listed(permitted.iter().map(String::as_str), "or"))),
                    best.and_then(|best| rename(context.sources, fault.span, value, best)),
                )
            }
            _ => continue,
        };
        let mut diagnostic = Diagnostic::error(WRONG_ARGUMENT.id, fault.span, message).with_fix(fix);
        diagnostic.help = help;
        found.push(with_calls(diagnostic.with_related(declared, "declared here"), fault));
    }
}

fn article(kind: &str) -> String {
    let vowel = kind.starts_with(['a', 'e', 'i', 'o', 'u', 'I', 'E']);
    format!("{} {}", if vowel { "an" } else { "a" }, kind.to_lowercase())
}

/// The value in quotes, where a string is wanted and a plain word of another type was written.
fn quoted(context: &Context<'_>, fault: &Fault, expected: &str) -> Option<Fix> {
    let text = context.sources.slice(fault.span);
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let simple = !text.is_empty() && text.chars().all(plain) && !text.starts_with('-');
    (expected == "string" && simple)
        .then(|| Fix::replace(fault.span, format!("\"{text}\""), "put it in quotes"))
}
