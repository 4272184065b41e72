use super::call_chain::{place, with_calls};
use super::elements::{Element, NOT_COMPILED, elements, names};
use super::suggestion::{closest, listed, rename, shown};
use super::{Context, declare_check};
use crate::compile::{FaultKind, FrameKind};
use crate::diagnostic::{Diagnostic, Severity};
use crate::expression::Namespace;
use crate::sort::Set;
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds `<< parameters.x >>` where the job, command or executor around it declares no parameter `x`. A
    /// parameter is seen only in the element that declares it: not in the commands which that one calls, not
    /// in the executor that it uses, and not in workflows.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Arguments referenced without declared parameters: parameters.x`.
    /// Where no workflow comes it does not look, and the finding is a warning.
    ///
    /// ## How to fix
    ///
    /// Declare the parameter and pass the value on, or correct the name. What all of the config is to see is a
    /// pipeline parameter: `<< pipeline.parameters.x >>`.
    ///
    /// ```yaml
    /// commands:
    ///   greet:
    ///     parameters: {to: {type: string}}
    ///     steps: [run: echo hello << parameters.to >>]
    /// jobs:
    ///   build:
    ///     parameters: {name: {type: string}}
    ///     docker: [{image: cimg/base:2024.01}]
    ///     steps:
    ///       - greet: {to: << parameters.name >>}   # passed on
    /// ```
    UNDECLARED_PARAMETER = "undeclared-parameter", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told = Set::new();
    for fault in &context.compiled.faults {
        let FaultKind::UndeclaredParameter { name, declared } = &fault.kind else { continue };
        let around = match place(fault) {
            Some(frame) if frame.kind == FrameKind::Parameter => Around::Default,
            Some(frame) => match frame.kind {
                FrameKind::Job => Around::Element("job", &frame.name),
                FrameKind::Command => Around::Element("command", &frame.name),
                FrameKind::Executor => Around::Element("executor", &frame.name),
                _ => Around::Nothing,
            },
            None => Around::Nothing,
        };
        let declared: Vec<&str> = declared.iter().map(String::as_str).collect();
        if told.insert(fault.span) {
            let diagnostic = diagnostic(context, fault.span, name, &around, &declared, true);
            found.push(with_calls(diagnostic, fault));
        }
    }
    for element in elements(context) {
        not_compiled(context, &element, &mut told, found);
    }
}

/// The same where the compiler did not come.
fn not_compiled(
    context: &Context<'_>,
    element: &Element<'_>,
    told: &mut Set<Span>,
    found: &mut Vec<Diagnostic>,
) {
    let declared: Vec<&str> = element.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    names(context, element, &mut |reference, span| {
        let unknown = reference.namespace() == Namespace::Parameters
            && element.parameters.named(reference.name()).is_none();
        if unknown && told.insert(span) {
            let around = Around::Element(element.kind, element.name);
            found.push(diagnostic(context, span, &reference.path, &around, &declared, element.reached));
        }
    });
}

/// What decides which parameters a place sees.
enum Around<'a> {
    Element(&'static str, &'a str),
    /// A workflow, or the top of the config.
    Nothing,
    /// The default of a parameter.
    Default,
}

fn diagnostic(
    context: &Context<'_>,
    span: Span,
    path: &str,
    around: &Around<'_>,
    declared: &[&str],
    compiled: bool,
) -> Diagnostic {
    let name = path.strip_prefix("parameters.").unwrap_or(path);
    let message = match around {
        Around::Element(kind, element) => {
            format!("{kind} {} declares no parameter {}", shown(element), shown(name))
        }
        Around::Nothing => format!("parameter {} is out of scope: no element is around it", shown(name)),
        Around::Default => {
            format!("parameter {} is out of scope: a default sees no parameters", shown(name))
        }
    };
    let of_pipeline = context.config.parameters.named(name).is_some();
    let best = closest(name, declared.iter().copied());
    let (help, new) = match best {
        Some(best) => (format!("Did you mean {}?", shown(best)), Some(format!("parameters.{best}"))),
        None if of_pipeline => {
            let new = format!("pipeline.{path}");
            (format!("There is a pipeline parameter of that name: {}.", shown(&new)), Some(new))
        }
        None if declared.is_empty() => ("It declares none.".to_owned(), None),
        None => (format!("It declares {}.", listed(declared.iter().copied(), "and")), None),
    };
    let note = if compiled {
        format!(
            "CircleCI: `Arguments referenced without declared parameters: {}`",
            shown(path).trim_matches('`')
        )
    } else {
        NOT_COMPILED.to_owned()
    };
    let help = match (around, new.is_some()) {
        (Around::Element(..), _) | (_, true) => format!("{help} {note}"),
        _ => note,
    };
    let severity = if compiled { Severity::Error } else { Severity::Warning };
    Diagnostic::new(UNDECLARED_PARAMETER.id, severity, span, message)
        .with_help(help)
        .with_fix(new.and_then(|new| rename(context.sources, span, path, &new)))
}
