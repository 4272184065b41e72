use super::call_chain::with_calls;
use super::elements::{NOT_COMPILED, elements, names, names_in};
use super::misspelled_key::Misplaced;
use super::suggestion::{closest, listed, rename, shown};
use super::{Context, declare_check};
use crate::compile::{FaultKind, FrameKind, is_value, value_names};
use crate::diagnostic::{Diagnostic, Severity};
use crate::expression::{Namespace, Reference};
use crate::sort::Set;
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds names in `<< >>`, in conditions and in expressions that stand for no value: `pipeline.x` that
    /// CircleCI does not have, `pipeline.parameters.x` that the config does not declare or that is used inside
    /// an orb, `matrix.x` outside of a matrix with such a parameter, and words without `pipeline.` before
    /// them.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Referred to a variable "pipeline.x" that does not exist:`.
    ///
    /// ## How to fix
    ///
    /// Correct the name, or declare the pipeline parameter under `parameters` at the top. An orb does not see
    /// pipeline parameters: give its command or job a parameter and pass the value. In an expression a text
    /// stands in double quotes: `pipeline.git.branch == "main"`.
    UNKNOWN_PIPELINE_VALUE = "unknown-pipeline-value", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut told = Set::new();
    let misplaced = Misplaced::of(context);
    for fault in &context.compiled.faults {
        if let FaultKind::UnknownVariable { name } = &fault.kind {
            let parameter = name.strip_prefix("pipeline.parameters.");
            if parameter.is_some_and(|name| misplaced.holds("parameters", name)) {
                continue;
            }
            told.insert(fault.span);
            let frames = || fault.origin.frames();
            let around = Around {
                default: frames().all(|frame| frame.kind == FrameKind::Parameter),
                matrix: frames().any(|frame| frame.kind == FrameKind::Row),
                compiled: true,
            };
            found.push(with_calls(diagnostic(context, fault.span, &around, name), fault));
        }
    }
    for element in elements(context) {
        let (in_config, reached) = (element.scope.is_config(), element.reached);
        let place = Place { in_config, reached, misplaced: &misplaced };
        names(context, &element, &mut |name, span| {
            not_compiled(context, &place, name, span, &mut told, found);
        });
    }
    let place = Place { in_config: true, reached: true, misplaced: &misplaced };
    // Pipeline parameters are filled in there before any orb is looked for.
    for import in &context.config.own.orbs {
        if import.inline.is_none() {
            names_in(context, &import.node, &mut |name, span| {
                not_compiled(context, &place, name, span, &mut told, found);
            });
        }
    }
    // The one key at the top, beside those of CircleCI's own, that is filled in.
    if let Some(agent) = context.config.root.as_ref().and_then(|root| root.get("build_agent")) {
        names_in(context, &agent, &mut |name, span| {
            not_compiled(context, &place, name, span, &mut told, found);
        });
    }
}

/// What decides whether a name is known, and how bad it is if not.
struct Place<'m> {
    /// Not in an orb.
    in_config: bool,
    reached: bool,
    misplaced: &'m Misplaced,
}

/// The same where the compiler did not come: in steps that a condition drops, and in what no workflow comes to.
fn not_compiled(
    context: &Context<'_>,
    place: &Place<'_>,
    reference: &Reference,
    span: Span,
    told: &mut Set<Span>,
    found: &mut Vec<Diagnostic>,
) {
    let declared = |name: &str| {
        context.config.parameters.named(name).is_some() || place.misplaced.holds("parameters", name)
    };
    let in_config = place.in_config && !context.config.is_orb;
    let unknown = match reference.namespace() {
        Namespace::PipelineParameters => !in_config || !declared(reference.name()),
        Namespace::Pipeline => !is_value(reference.name()),
        Namespace::Matrix => true,
        Namespace::Parameters | Namespace::Other => false,
    };
    if unknown && told.insert(span) {
        let around = Around { default: false, matrix: false, compiled: place.reached };
        found.push(diagnostic(context, span, &around, &reference.path));
    }
}

/// Where a name stands.
struct Around {
    /// In the default of a pipeline parameter.
    default: bool,
    /// In an entry with a matrix.
    matrix: bool,
    /// Whether the compiler looks at it.
    compiled: bool,
}

/// What is particular about a kind of name.
struct Wording {
    message: String,
    help: String,
    /// The name that was most likely meant.
    best: Option<String>,
}

fn diagnostic(context: &Context<'_>, span: Span, around: &Around, name: &str) -> Diagnostic {
    let wording = if let Some(parameter) = name.strip_prefix("pipeline.parameters.") {
        parameter_wording(context, around, parameter)
    } else if let Some(cell) = name.strip_prefix("matrix.") {
        matrix_wording(around, cell)
    } else if name.starts_with("pipeline.") {
        value_wording(name)
    } else {
        bare_wording(context, name)
    };
    let mut help = wording.help;
    if let Some(best) = &wording.best {
        help = format!("Did you mean {}?", shown(best));
    }
    let compiler = if around.compiled {
        let name = shown(name);
        format!("CircleCI: `Referred to a variable \"{}\" that does not exist:`", name.trim_matches('`'))
    } else {
        NOT_COMPILED.to_owned()
    };
    let help = if help.is_empty() { compiler } else { format!("{help} {compiler}") };
    let fix = wording.best.and_then(|best| rename(context.sources, span, name, &best));
    let severity = if around.compiled { Severity::Error } else { Severity::Warning };
    Diagnostic::new(UNKNOWN_PIPELINE_VALUE.id, severity, span, wording.message).with_help(help).with_fix(fix)
}

fn parameter_wording(context: &Context<'_>, around: &Around, name: &str) -> Wording {
    let known = &context.config.parameters;
    let declared = || known.iter().map(|parameter| parameter.name.as_str());
    if known.named(name).is_some() {
        let (place, help) = if around.default {
            ("other pipeline parameters", "A default of a pipeline parameter has to stand for itself.")
        } else {
            ("an orb", "Give the orb's element a parameter and pass the value where it is called.")
        };
        let message = format!("pipeline parameter {} is out of scope in {place}", shown(name));
        return Wording { message, help: help.to_owned(), best: None };
    }
    let help = if known.is_empty() {
        "The config declares no pipeline parameters.".to_owned()
    } else {
        format!("The config declares {}.", listed(declared(), "and"))
    };
    Wording {
        message: format!("there is no pipeline parameter {}", shown(name)),
        help,
        best: closest(name, declared()).map(|best| format!("pipeline.parameters.{best}")),
    }
}

fn matrix_wording(around: &Around, name: &str) -> Wording {
    let (message, help) = if around.matrix {
        (format!("the matrix has no parameter {}", shown(name)), "")
    } else {
        (
            format!("{} stands outside of a matrix", shown(&format!("matrix.{name}"))),
            "Values of a matrix are seen in the options of its own entry; the job gets them as parameters.",
        )
    };
    Wording { message, help: help.to_owned(), best: None }
}

fn value_wording(name: &str) -> Wording {
    let names: Vec<String> = value_names().map(|known| format!("pipeline.{known}")).collect();
    Wording {
        message: format!("there is no pipeline value {}", shown(name)),
        help: String::new(),
        best: closest(name, names.iter().map(String::as_str)).map(str::to_owned),
    }
}

/// A word that no namespace stands before.
fn bare_wording(context: &Context<'_>, name: &str) -> Wording {
    let declared = context.config.parameters.named(name).is_some();
    let best = if declared {
        Some(format!("pipeline.parameters.{name}"))
    } else {
        value_names().any(|known| known == name).then(|| format!("pipeline.{name}"))
    };
    Wording {
        message: format!("{} stands for nothing in an expression", shown(name)),
        help: "A text in an expression stands in double quotes.".to_owned(),
        best,
    }
}
