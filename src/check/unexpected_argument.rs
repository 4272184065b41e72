use super::call_chain::with_calls;
use super::calls::written;
use super::elements::NOT_COMPILED;
use super::listed::with_release;
use super::suggestion::{closest, is_slip, listed, rename, shown};
use super::usage::invocations;
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::config::{Job, schema};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::orb::{Lookup, Scope};
use crate::sort::Set;
use crate::text::Span;
use crate::yaml::Node;

declare_check! {
    /// ## What it does
    ///
    /// Finds arguments for which the called job, command or executor declares no parameter. Every key of a
    /// workflow's entry that is not an option of CircleCI's is an argument, and so is every parameter of its
    /// matrix, of which `exclude` can name no others. Job groups take none. A parameter that is passed to the
    /// pipeline has to be declared too, and a continuation must not get another value for it than the setup config
    /// had. Of a job of an orb that is not at hand only arguments are told that look like a slip of an option.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Unexpected argument(s): x`. Where no workflow comes it does not
    /// look, and the finding is a warning.
    ///
    /// ## How to fix
    ///
    /// Correct the name, declare the parameter, or take the argument out.
    UNEXPECTED_ARGUMENT = "unexpected-argument", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told: Set<Span> = Set::new();
    for fault in &context.compiled.faults {
        if let FaultKind::ConflictingParameters { name } = &fault.kind {
            found.push(conflicting(fault.span, name));
        }
        let FaultKind::UnexpectedArgument { argument, callee, callee_kind, declared, import } = &fault.kind
        else {
            continue;
        };
        let declared: Vec<&str> = declared.iter().map(String::as_str).collect();
        if told.insert(fault.span) {
            let callee = Callee { kind: callee_kind, name: callee, declared: &declared };
            let diagnostic = with_calls(diagnostic(context, fault.span, argument, &callee, true), fault);
            found.push(with_release(context, diagnostic, *import));
        }
    }
    excluded(context, found);
    options(context, found);
    for call in written(context) {
        let declared: Vec<&str> = call.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let callee = Callee { kind: call.kind, name: &call.callee, declared: &declared };
        for argument in &call.arguments {
            let name = &argument.name;
            if call.parameters.named(name.as_str()).is_none() && told.insert(name.span) {
                let diagnostic = diagnostic(context, name.span, name, &callee, call.reached);
                found.push(with_release(context, diagnostic, call.import));
            }
        }
    }
}

/// Arguments for jobs of orbs that are not at hand, which look like a slip of an option: nothing else would tell.
fn options(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let scope = Scope::config(&context.config.own, context.library);
    for invocation in invocations(context) {
        let Some(options) = &invocation.options else { continue };
        if invocation.arguments.is_empty()
            || !matches!(scope.lookup::<Job>(&invocation.job), Lookup::Opaque(_))
        {
            continue;
        }
        let free = schema::ENTRY.keys.iter().map(|key| key.name).filter(|key| options.field(key).is_none());
        let free: Vec<&str> = free.collect();
        for argument in &invocation.arguments {
            let name = &argument.name;
            let best = closest(name, free.iter().copied()).filter(|best| is_slip(name, best));
            let Some(best) = best else { continue };
            let message = format!("{} goes to job {} as an argument", shown(name), shown(&invocation.job));
            let help =
                format!("Did you mean `{best}`? The orb is not at hand: what its jobs take is not known");
            let fix = rename(context.sources, name.span, name, best);
            found.push(
                Diagnostic::warning(UNEXPECTED_ARGUMENT.id, name.span, message)
                    .with_help(help)
                    .with_fix(fix.map(Fix::behaviour_changing)),
            );
        }
    }
}

/// Rows that `exclude` describes by a parameter which the matrix does not have.
fn excluded(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let groups = context.config.job_groups.iter().flat_map(|group| &group.jobs);
    let entries = workflows.flat_map(|workflow| &workflow.jobs).chain(groups);
    for matrix in entries.filter_map(|invocation| invocation.matrix.as_ref()) {
        let names: Vec<&str> = matrix.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let known = names.iter().copied().collect::<Set<_>>();
        for field in matrix.exclude.iter().flat_map(Node::fields) {
            let Some(name) = field.key.text().filter(|name| !known.contains(name)) else { continue };
            let best = closest(name, names.iter().copied());
            let help = format!("It has {}", listed(names.iter().copied(), "and"));
            let message = format!("the matrix has no parameter {} to exclude a row by", shown(name));
            found.push(
                Diagnostic::error(UNEXPECTED_ARGUMENT.id, field.key.span(), message)
                    .with_help(help)
                    .with_fix(best.and_then(|best| rename(context.sources, field.key.span(), name, best))),
            );
        }
    }
}

/// A pipeline parameter that has two values.
fn conflicting(span: Span, name: &str) -> Diagnostic {
    let message = format!("pipeline parameter {} is given two different values", shown(name));
    Diagnostic::error(UNEXPECTED_ARGUMENT.id, span, message)
        .with_help("Pass it once, or with the same value. CircleCI: `Conflicting pipeline parameters.`")
}

/// What is called, and the parameters it declares.
struct Callee<'a> {
    kind: &'a str,
    name: &'a str,
    declared: &'a [&'a str],
}

fn diagnostic(
    context: &Context<'_>,
    span: Span,
    argument: &str,
    callee: &Callee<'_>,
    compiled: bool,
) -> Diagnostic {
    let message = if callee.kind == "pipeline" {
        format!("the config declares no pipeline parameter {}", shown(argument))
    } else {
        format!("{} {} has no parameter {}", callee.kind, shown(callee.name), shown(argument))
    };
    // Beside its arguments an entry has options, which are as easily mistyped.
    let options = if callee.kind == "job" { schema::ENTRY.keys } else { &[] };
    let candidates = callee.declared.iter().copied().chain(options.iter().map(|key| key.name));
    let best = closest(argument, candidates);
    let help = match (best, callee.declared) {
        (Some(best), _) => format!("Did you mean {}?", shown(best)),
        (None, _) if callee.kind == "job group" => "Job groups take no arguments.".to_owned(),
        (None, []) => "It declares no parameters.".to_owned(),
        (None, names) => format!("It declares {}.", listed(names.iter().copied(), "and")),
    };
    let note = if compiled {
        format!("CircleCI: `Unexpected argument(s): {}`", shown(argument).trim_matches('`'))
    } else {
        NOT_COMPILED.to_owned()
    };
    let severity = if compiled { Severity::Error } else { Severity::Warning };
    Diagnostic::new(UNEXPECTED_ARGUMENT.id, severity, span, message)
        .with_help(format!("{help} {note}"))
        .with_fix(best.and_then(|best| rename(context.sources, span, argument, best)))
}
