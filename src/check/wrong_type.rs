use super::form::{faults, quoted};
use super::indentation;
use super::suggestion::{closest, listed, rename, shown};
use super::{Context, declare_check};
use crate::config::{Fault, FaultKind};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::yaml;

declare_check! {
    /// ## What it does
    ///
    /// Finds values of a type that CircleCI does not take where they stand: a number for a string, a string
    /// for a list, a word that is not among those permitted, an empty list, a step with several keys. Values
    /// with `<< >>` are left alone, since their type is known only when the config is compiled.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `expected type: String, found: Mapping`. YAML decides the type:
    /// `1.10`, `yes` and `null` are no strings unless they are quoted. A step with several keys is mostly a
    /// slip of indentation:
    ///
    /// ```yaml
    /// steps:
    ///   - run:
    ///     command: make      # two keys: `run` and `command`
    ///   - run:
    ///       command: make    # one key, which has a mapping
    /// ```
    ///
    /// ## How to fix
    ///
    /// Quote what is to be a string, put `- ` or brackets around what is to be a list, and indent the keys of a
    /// step by four more than its dash.
    WRONG_TYPE = "wrong-type", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(root) = &context.config.root
        && root.as_mapping().is_none()
        && !root.is_null()
    {
        let message = "a config is a mapping of keys such as `version`, `jobs` and `workflows`";
        found.push(Diagnostic::error(WRONG_TYPE.id, root.span(), message));
    }
    for fault in faults(context).filter(|fault| !misread(context, fault)) {
        found.extend(match &fault.kind {
            FaultKind::WrongType { expected, found } => Some(type_wording(context, fault, expected, found)),
            FaultKind::WrongWord { word, permitted } => Some(word_wording(context, fault, word, permitted)),
            FaultKind::SeveralKeys { what, first, taken } => {
                Some(keys_wording(context, fault, (what, first), *taken))
            }
            FaultKind::TooFew { what } => Some(
                Diagnostic::error(WRONG_TYPE.id, fault.span, format!("{what} must not be empty"))
                    .with_help("Add at least one item, or take the key out where it is not needed"),
            ),
            _ => None,
        });
    }
}

/// Whether the value only looks wrong: a text such as `{{ checksum }}` without its quotes, or an alias of
/// nothing. The checks of YAML say so.
fn misread(context: &Context<'_>, fault: &Fault) -> bool {
    context.yaml_faults.iter().any(|found| match found.kind {
        yaml::FaultKind::ComplexKey => fault.span.contains(found.span),
        yaml::FaultKind::UndefinedAlias | yaml::FaultKind::RecursiveAlias => fault.span == found.span,
        _ => false,
    })
}

fn type_wording(context: &Context<'_>, fault: &Fault, expected: &str, is: &str) -> Diagnostic {
    let subject = subject(fault);
    let message = if is == "Null" {
        format!("{subject} has no value; it must be {}", in_words(expected))
    } else {
        format!("{subject} must be {}, not {}", in_words(expected), in_words(is))
    };
    if is == "Null" && idle_command(context, fault) {
        return Diagnostic::warning(WRONG_TYPE.id, fault.span, message)
            .with_help("Write its `steps`, or take it out. CircleCI takes it as long as nothing calls it");
    }
    let compiler = quoted(fault, &format!("expected type: {expected}, found: {is}"));
    let (advice, fix) = match advice(context, fault, expected, is) {
        Some((advice, fix)) => (format!("{advice}. "), fix),
        None => (String::new(), retyped(context, fault, expected, is)),
    };
    Diagnostic::error(WRONG_TYPE.id, fault.span, message)
        .with_help(format!("{advice}{compiler}"))
        .with_fix(fix)
}

/// What was most likely meant, and the fix.
fn advice(
    context: &Context<'_>,
    fault: &Fault,
    expected: &str,
    is: &str,
) -> Option<(&'static str, Option<Fix>)> {
    let mut segments = fault.pointer.rsplit('/');
    let (last, parent) = (segments.next()?, segments.next()?);
    match (expected, is, last) {
        // All keys of an image, but each step and each job of its own.
        ("List", "Mapping", "docker" | "triggers") => Some((
            "Each item of the list begins with `- `",
            indentation::as_items(context, fault.span, false),
        )),
        ("List", "Mapping", "steps" | "jobs" | "pre-steps" | "post-steps" | "requires") => {
            Some(("Each item of the list begins with `- `", indentation::as_items(context, fault.span, true)))
        }
        ("Mapping", "List", _) if parent == "workflows" => Some((
            "The jobs of a workflow are listed under `jobs`",
            indentation::under_key(context, fault.span, "jobs"),
        )),
        ("Mapping", "List", _) if parent == "commands" => Some((
            "The steps of a command are listed under `steps`",
            indentation::under_key(context, fault.span, "steps"),
        )),
        ("Mapping", "String", _) if parent == "parameters" => {
            Some(("A parameter is declared by a mapping with its `type`, such as `{type: string}`", None))
        }
        _ => None,
    }
}

/// Whether the fault is about a command of the config, as a whole, that nothing calls.
fn idle_command(context: &Context<'_>, fault: &Fault) -> bool {
    let name = fault.pointer.strip_prefix("#/commands/");
    let command = name.and_then(|name| context.config.own.command(name));
    command.is_some_and(|command| !context.reach.reached.contains(&command.name.span))
}

/// What the fault is about: the key, or an item of the list under a key.
fn subject(fault: &Fault) -> String {
    let mut segments = fault.pointer.rsplit('/');
    let last = segments.next().unwrap_or_default();
    if last.parse::<usize>().is_ok()
        && let Some(list) = segments.next()
    {
        return format!("an item of {}", shown(list));
    }
    shown(last)
}

/// A type in plain words.
fn in_words(compiler: &str) -> &str {
    match compiler {
        "String" => "a string",
        "Mapping" => "a mapping",
        "List" => "a list",
        "Boolean" => "a boolean",
        "Integer" => "an integer",
        "Number" => "a number",
        "Null" => "nothing",
        other => other,
    }
}

/// The same text as a value of the expected type, where quotes or brackets are all that it takes.
fn retyped(context: &Context<'_>, fault: &Fault, expected: &str, is: &str) -> Option<Fix> {
    let text = context.sources.slice(fault.span);
    let simple = |text: &str| {
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+' | ':');
        text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(word)
            && !text.ends_with(':')
    };
    let unquoted = text.trim_matches(['"', '\'']);
    match (expected, is) {
        ("String", "Boolean" | "Integer" | "Number") if simple(text) => {
            Some(Fix::replace(fault.span, format!("\"{text}\""), "put it in quotes"))
        }
        ("Boolean", "String") if matches!(unquoted, "true" | "false") && unquoted != text => {
            Some(Fix::replace(fault.span, unquoted, "take the quotes off"))
        }
        ("Integer", "String") if unquoted != text && unquoted.parse::<u32>().is_ok() => {
            Some(Fix::replace(fault.span, unquoted, "take the quotes off"))
        }
        ("List", "String")
            if text.split_whitespace().all(|item| item.strip_prefix('-').is_some_and(simple)) =>
        {
            let spaced = text
                .split_inclusive(char::is_whitespace)
                .map(|item| item.replacen('-', "- ", usize::from(item.starts_with('-'))));
            Some(Fix::replace(fault.span, spaced.collect::<String>(), "add the space behind the dash"))
        }
        ("List", "String") if simple(unquoted) => {
            Some(Fix::replace(fault.span, format!("[{text}]"), "make it a list of one"))
        }
        _ => None,
    }
}

fn word_wording(context: &Context<'_>, fault: &Fault, word: &str, permitted: &[&str]) -> Diagnostic {
    // `bool` is no slip of `boolean`, but short for it.
    let long = permitted.iter().copied().find(|long| word.len() > 2 && long.starts_with(word));
    let best = closest(word, permitted.iter().copied()).or(long);
    let choices = listed(permitted.iter().copied(), "or");
    let message = format!("{} cannot be {}", subject(fault), shown(word));
    let help = match best {
        Some(best) => format!("Did you mean `{best}`? It must be {choices}"),
        // In an entry of a workflow.
        None if permitted == ["approval"] => {
            "Only approvals are made in a workflow: define the job under `jobs`, with its type there, and let the \
             entry name it"
                .to_owned()
        }
        None => format!("It must be {choices}"),
    };
    Diagnostic::error(WRONG_TYPE.id, fault.span, message)
        .with_help(help)
        .with_fix(best.and_then(|best| rename(context.sources, fault.span, word, best)))
}

fn keys_wording(
    context: &Context<'_>,
    fault: &Fault,
    (what, first): (&str, &str),
    taken: bool,
) -> Diagnostic {
    let key = context.sources.slice(fault.span);
    let message = format!("{what} has one key; {} stands beside {}", shown(key), shown(first));
    let (help, fix) = indentation::mended(context, fault.span).map_or_else(
        || ("Each step or entry is an item of its own, and its options stand below it, further in", None),
        |(help, fix)| (help, Some(fix)),
    );
    let severity = if taken { Severity::Warning } else { Severity::Error };
    Diagnostic::new(WRONG_TYPE.id, severity, fault.span, message).with_help(help).with_fix(fix)
}
