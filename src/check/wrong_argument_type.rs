use super::call_chain::with_calls;
use super::calls::written;
use super::elements::{NOT_COMPILED, elements};
use super::listed::with_release;
use super::suggestion::{closest, listed, rename, shown};
use super::{Context, declare_check};
use crate::compile::{FaultKind, misfit_as_written};
use crate::config::{Parameter, ParameterType};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::sort::Set;
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds arguments that are not of the type which the parameter declares, or not among the values of its
    /// `enum`, and defaults that do not fit their own declaration. A value that comes through `<< >>` is
    /// looked at with its type: an integer parameter is no string.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Type error for argument version: expected type: string`. YAML
    /// decides the type: `1.20` is a number, and loses its zero; `on` and `yes` are booleans.
    ///
    /// ## How to fix
    ///
    /// Put a number or a boolean in quotes where a string is wanted, and take the quotes off where it is not:
    ///
    /// ```yaml
    /// - test:
    ///     go: "1.20"     # type: string
    ///     race: true     # type: boolean
    ///     shards: 4      # type: integer
    /// ```
    WRONG_ARGUMENT_TYPE = "wrong-argument-type", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told = Set::new();
    for parameter in declared(context) {
        let Some(default) = &parameter.default else { continue };
        if let Some(misfit) = misfit_as_written(parameter, default)
            && told.insert(default.span())
        {
            found.extend(diagnostic(context, default.span(), &misfit, Stands::AsDefault));
        }
    }
    for fault in &context.compiled.faults {
        if let Some(diagnostic) = diagnostic(context, fault.span, &fault.kind, Stands::Compiled)
            && told.insert(fault.span)
        {
            found.push(with_calls(diagnostic, fault));
        }
    }
    for call in written(context) {
        for argument in &call.arguments {
            let parameter =
                call.parameters.iter().find(|parameter| parameter.name.value == argument.name.value);
            let misfit = parameter.and_then(|parameter| misfit_as_written(parameter, &argument.value));
            let span = argument.value.span();
            if let Some(misfit) = misfit
                && told.insert(span)
            {
                let stands = if call.reached { Stands::Compiled } else { Stands::NotCompiled };
                found.extend(diagnostic(context, span, &misfit, stands));
            }
        }
    }
}

/// Every declaration of a parameter in the config and its inline orbs.
fn declared<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Parameter> {
    let of_elements = elements(context).into_iter().flat_map(|element| element.parameters);
    context.config.parameters.iter().chain(of_elements)
}

/// Where the value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    AsDefault,
    Compiled,
    NotCompiled,
}

/// What is said about a value that does not fit; nothing for faults of another kind.
fn diagnostic(context: &Context<'_>, span: Span, kind: &FaultKind, stands: Stands) -> Option<Diagnostic> {
    let (parameter, declared, message, help, fix) = match kind {
        FaultKind::WrongArgument { parameter, declared, expected, value, found } => (
            parameter,
            declared,
            type_message(parameter, *expected, found, value, stands),
            type_help(parameter, *expected, found, value, stands),
            retyped(context, span, *expected, found),
        ),
        FaultKind::NotInEnum { parameter, declared, value, permitted } => {
            let choices = permitted.iter().map(String::as_str);
            let best = closest(value, choices.clone());
            let choices = listed(choices, "or");
            let help = match best {
                Some(best) => format!("Did you mean {}? It can be {choices}", shown(best)),
                None => format!("It can be {choices}"),
            };
            let subject = subject(parameter, stands);
            let message = format!("{subject} cannot be {}", shown(value));
            let fix = best.and_then(|best| rename(context.sources, span, value, best));
            (parameter, declared, message, help, fix)
        }
        _ => return None,
    };
    let (severity, help) = match stands {
        Stands::NotCompiled => (Severity::Warning, format!("{help}. {NOT_COMPILED}")),
        Stands::AsDefault | Stands::Compiled => (Severity::Error, help),
    };
    let mut diagnostic =
        Diagnostic::new(WRONG_ARGUMENT_TYPE.id, severity, span, message).with_help(help).with_fix(fix);
    if *declared != span {
        diagnostic = diagnostic.with_related(*declared, format!("{} is declared here", shown(parameter)));
    }
    Some(with_release(context, diagnostic, Some(*declared)))
}

fn subject(parameter: &str, stands: Stands) -> String {
    match stands {
        Stands::AsDefault => format!("the default of parameter {}", shown(parameter)),
        Stands::Compiled | Stands::NotCompiled => format!("argument {}", shown(parameter)),
    }
}

fn type_message(
    parameter: &str,
    expected: ParameterType,
    found: &str,
    value: &str,
    stands: Stands,
) -> String {
    let subject = subject(parameter, stands);
    if expected == ParameterType::EnvVarName && found == "string" {
        return format!("{subject} must be the name of an environment variable, not {}", shown(value));
    }
    let value = if value.is_empty() { String::new() } else { format!(" {}", shown(value)) };
    format!("{subject} must be {}, not {}{value}", in_words(expected), with_article(found))
}

/// The compiler's sentence as far as it is known: how it shows values that are no strings is not.
fn type_help(parameter: &str, expected: ParameterType, found: &str, value: &str, stands: Stands) -> String {
    let name = shown(parameter);
    let name = name.trim_matches('`');
    let value = shown(value);
    let value = value.trim_matches('`');
    let expected = expected.name();
    match (stands, found) {
        (Stands::AsDefault, "string") => format!(
            "CircleCI: `Parameter error: default value of parameter '{name}' is '{value}' (type string): \
             expected type {expected}`"
        ),
        (Stands::AsDefault, _) => format!("CircleCI: `expected type {expected}`"),
        (_, "string") => format!(
            "CircleCI: `Type error for argument {name}: expected type: {expected}, actual value: \"{value}\" \
             (type string)`"
        ),
        _ => format!("CircleCI: `Type error for argument {name}: expected type: {expected}`"),
    }
}

fn in_words(kind: ParameterType) -> &'static str {
    match kind {
        ParameterType::String => "a string",
        ParameterType::Boolean => "a boolean",
        ParameterType::Integer => "an integer",
        ParameterType::Enum => "one of the values of its `enum`",
        ParameterType::Executor => "the name of an executor",
        ParameterType::Steps => "a list of steps",
        ParameterType::EnvVarName => "the name of an environment variable",
    }
}

fn with_article(found: &str) -> String {
    match found {
        "steps" => "a list of steps".to_owned(),
        "integer" | "executor" => format!("the {found}"),
        other => format!("the {other}"),
    }
}

/// The same text as a value of the expected type, where quotes or brackets are all that it takes.
fn retyped(context: &Context<'_>, span: Span, expected: ParameterType, found: &str) -> Option<Fix> {
    let text = context.sources.slice(span);
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | ':' | '/');
    let plain = !text.is_empty() && text.chars().all(word) && !text.ends_with(':');
    let unquoted = text.trim_matches(['"', '\'']);
    let quoted = unquoted != text;
    match (expected, found) {
        (ParameterType::String | ParameterType::EnvVarName, "boolean" | "integer" | "number") if plain => {
            Some(Fix::replace(span, format!("\"{text}\""), "put it in quotes"))
        }
        (ParameterType::Boolean, "string") if quoted && matches!(unquoted, "true" | "false") => {
            Some(Fix::replace(span, unquoted, "take the quotes off"))
        }
        (ParameterType::Integer, "string") if quoted && unquoted.parse::<u32>().is_ok() => {
            Some(Fix::replace(span, unquoted, "take the quotes off"))
        }
        (ParameterType::Steps, "string") if plain => {
            Some(Fix::replace(span, format!("[{text}]"), "make it a list of one"))
        }
        _ => None,
    }
}
