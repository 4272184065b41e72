use super::call_chain::with_calls;
use super::calls::{Written, written};
use super::elements::NOT_COMPILED;
use super::listed::with_release;
use super::suggestion::{closest, shown};
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::{Diagnostic, Severity};
use crate::sort::{Map, Set};
use crate::text::{Span, Spanned};

declare_check! {
    /// ## What it does
    ///
    /// Finds calls of jobs, commands and executors that leave out an argument for a parameter which has no
    /// default.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Missing required argument(s): x`. Where no workflow comes it does
    /// not look, and the finding is a warning.
    ///
    /// ## How to fix
    ///
    /// Pass the argument, or give the parameter a `default`:
    ///
    /// ```yaml
    /// workflows:
    ///   main:
    ///     jobs:
    ///       - deploy:
    ///           environment: staging    # a value for the parameter `environment` of the job
    /// ```
    MISSING_ARGUMENT = "missing-argument", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told: Set<Span> = Set::new();
    let misspelt = misspelt(context);
    for fault in &context.compiled.faults {
        let FaultKind::MissingArguments { parameters, callee, callee_kind } = &fault.kind else { continue };
        told.insert(fault.span);
        if parameters.iter().all(|parameter| misspelt.contains(&(fault.span, parameter.as_str()))) {
            continue;
        }
        let callee = Spanned::new(callee.clone(), fault.span);
        let diagnostic = with_calls(diagnostic(callee_kind, &callee, parameters, true), fault);
        found.push(with_release(context, diagnostic, parameters.first().map(|parameter| parameter.span)));
    }
    for call in written(context) {
        let missing = missing(&call);
        if !missing.is_empty() && told.insert(call.callee.span) {
            let diagnostic = diagnostic(call.kind, &call.callee, &missing, call.reached);
            found.push(with_release(context, diagnostic, call.import));
        }
    }
}

/// Arguments that are there under a name which is a slip of theirs, by the call that lacks them: one slip is one
/// finding.
fn misspelt<'a>(context: &Context<'a>) -> Set<(Span, &'a str)> {
    let faults = &context.compiled.faults;
    let lacking = faults.iter().filter_map(|fault| match &fault.kind {
        FaultKind::MissingArguments { callee, .. } => Some(((callee.as_str(), fault.span), ())),
        _ => None,
    });
    let lacking: Map<(&str, Span), ()> = lacking.collect();
    if lacking.is_empty() {
        return Set::new();
    }
    let slips = faults.iter().filter_map(|fault| {
        let FaultKind::UnexpectedArgument { argument, callee, declared, .. } = &fault.kind else {
            return None;
        };
        // The call is the last one before its argument.
        let [Some(((name, call), ())), _] = lacking.around(&(callee.as_str(), fault.span)) else {
            return None;
        };
        let is_call = name == callee && call.source == fault.span.source;
        let meant = closest(argument, declared.iter().map(String::as_str))?;
        is_call.then_some((*call, meant))
    });
    slips.collect()
}

fn missing(call: &Written<'_>) -> Vec<Spanned<String>> {
    let given = |name: &str| call.arguments.iter().any(|argument| argument.name.as_str() == name);
    let missing = call.parameters.iter().filter(|parameter| parameter.is_required());
    missing.map(|parameter| parameter.name.clone()).filter(|name| !given(name)).collect()
}

fn diagnostic(
    kind: &str,
    callee: &Spanned<String>,
    missing: &[Spanned<String>],
    compiled: bool,
) -> Diagnostic {
    let names: Vec<String> = missing.iter().map(|name| shown(name)).collect();
    let (word, list) = match names.as_slice() {
        [one] => ("an argument", one.clone()),
        [front @ .., last] => ("arguments", format!("{} and {last}", front.join(", "))),
        [] => ("arguments", String::new()),
    };
    let message = format!("{kind} {} needs {word} for {list}", shown(callee));
    let help = if compiled {
        let names: Vec<&str> = names.iter().map(|name| name.trim_matches('`')).collect();
        format!("CircleCI: `Missing required argument(s): {}`", names.join(", "))
    } else {
        NOT_COMPILED.to_owned()
    };
    let severity = if compiled { Severity::Error } else { Severity::Warning };
    let mut diagnostic = Diagnostic::new(MISSING_ARGUMENT.id, severity, callee.span, message).with_help(help);
    for name in missing {
        diagnostic = diagnostic
            .with_related(name.span, format!("{} is declared here, without a default", shown(name)));
    }
    diagnostic
}
