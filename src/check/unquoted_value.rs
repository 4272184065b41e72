use super::elements::{Element, elements};
use super::suggestion::shown;
use super::usage::{every_step, invocations};
use super::{Context, declare_check};
use crate::config::{
    Argument, Command, Executor, ExecutorUse, Job, Parameter, ParameterType, StepKind, Table,
};
use crate::diagnostic::{Diagnostic, Fix};
use crate::orb::{self, Lookup, Scope};
use crate::sort::Set;
use crate::text::Span;
use crate::yaml::{Kind, Node, Resolved, ScalarStyle};
use std::rc::Rc;

declare_check! {
    /// ## What it does
    ///
    /// Finds values without quotes that do not arrive as they are written. YAML 1.1 makes numbers of `3.10`
    /// (3.1), `0777` (511), `12:30` (750) and `1_000` (1000), and booleans of `yes`, `no`, `on` and `off`; and
    /// CircleCI writes a whole number of more than six digits with an exponent into the environment
    /// (`1234567`: `1.234567e+06`). Looked at are environment variables; and, for numbers that lose a zero,
    /// values of `enum`, matrices, arguments of orbs, Xcode and remote Docker versions. A value that arrives
    /// as it stands is left alone.
    ///
    /// ## Why it matters
    ///
    /// A job tests Python 3.1 instead of 3.10, or fails to find it; a script compares `yes` with `true`.
    ///
    /// ## How to fix
    ///
    /// Put the value in quotes, or write what arrives.
    ///
    /// ```yaml
    /// environment:
    ///   PYTHON: "3.10"
    ///   VERBOSE: "yes"
    /// ```
    UNQUOTED_VALUE = "unquoted-value", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut finder = Finder { context, told: Set::new(), found };
    for element in elements(context) {
        finder.element(&element);
    }
    every_step(context, &mut |step, scope, _| {
        let StepKind::Call { value: Some(value) } = &step.kind else { return };
        match scope.lookup::<Command>(&step.name) {
            Lookup::Found(command, _) => {
                finder.arguments(&Argument::read_all(value, &[]), Some(&command.parameters));
            }
            Lookup::Undefined if step.name.as_str() == "setup_remote_docker" => {
                finder.numbers(value.get("version").as_ref());
            }
            Lookup::Undefined => finder.environment(value.get("environment").as_ref()),
            Lookup::Opaque(_) => finder.arguments(&Argument::read_all(value, &[]), None),
            _ => {}
        }
    });
    let scope = Scope::config(&context.config.own, context.library);
    for invocation in invocations(context) {
        let Some(declared) = parameters::<Job>(&scope, &invocation.job, Job::parameters) else { continue };
        finder.arguments(&invocation.arguments, declared);
        for column in invocation.matrix.iter().flat_map(|matrix| &matrix.parameters) {
            if may_be_anything(declared, column.name.as_str()) {
                column.value.items().iter().for_each(|value| finder.numbers(Some(value)));
            }
        }
    }
    finder.choices(&context.config.parameters);
}

struct Finder<'c, 'f> {
    context: &'c Context<'c>,
    /// A value behind an anchor is met wherever an alias stands.
    told: Set<Span>,
    found: &'f mut Vec<Diagnostic>,
}

impl Finder<'_, '_> {
    fn element(&mut self, element: &Element<'_>) {
        self.choices(element.parameters);
        self.environment(element.node.get("environment").as_ref());
        for image in element.node.get("docker").iter().flat_map(Node::items) {
            self.environment(image.get("environment").as_ref());
        }
        self.numbers(element.node.get("macos").and_then(|macos| macos.get("xcode")).as_ref());
        if let Some(ExecutorUse::Named { name, arguments }) = element.executor
            && let Some(declared) =
                parameters::<Executor>(&element.scope, name, |executor| &executor.parameters)
        {
            self.arguments(arguments, declared);
        }
    }

    /// What a parameter of type `enum` can be. For the other types a wrong type is an error of its own.
    fn choices(&mut self, declared: &[Parameter]) {
        for parameter in declared {
            if parameter.kind.as_ref().is_some_and(|kind| kind.value == ParameterType::Enum) {
                parameter
                    .default
                    .iter()
                    .chain(&parameter.choices)
                    .for_each(|value| self.numbers(Some(value)));
            }
        }
    }

    /// `declared` is nothing where the callee is not at hand.
    fn arguments(&mut self, given: &[Argument], declared: Option<&Table<Parameter>>) {
        for argument in given.iter().filter(|argument| may_be_anything(declared, &argument.name)) {
            self.numbers(Some(&argument.value));
        }
    }

    /// A mapping of variables, or a list of such.
    fn environment(&mut self, environment: Option<&Node>) {
        let Some(environment) = environment else { return };
        for item in environment.items() {
            self.environment(Some(item));
        }
        for field in environment.fields() {
            let Some(meaning) = field.value.meaning() else { continue };
            self.compare(&field.value, &meaning);
        }
    }

    /// A version with a point that loses its last zero.
    fn numbers(&mut self, value: Option<&Node>) {
        let Some(value) = value else { return };
        let ends_in_zero = value.text().is_some_and(|text| text.ends_with('0') && text.contains('.'));
        if let (Some(meaning @ Resolved::Float(_)), true) = (value.meaning(), ends_in_zero) {
            self.compare(value, &meaning);
        }
    }

    fn compare(&mut self, value: &Node, meaning: &Resolved) {
        let node = value.resolved();
        let Kind::Scalar(scalar) = node.kind() else { return };
        if scalar.style != ScalarStyle::Plain || node.tag().is_some() || !self.told.insert(node.span()) {
            return;
        }
        let Some(arrives) = arriving(meaning).filter(|arrives| *arrives != scalar.text) else { return };
        let kind = if matches!(meaning, Resolved::Bool(_)) { "a boolean" } else { "a number" };
        let quoted = self.context.sources.slice(node.span()) == scalar.text;
        let fix = || Fix::replace(node.span(), format!("\"{}\"", scalar.text), "put it in quotes");
        self.found.push(
            Diagnostic::warning(
                UNQUOTED_VALUE.id,
                node.span(),
                format!("{} is {kind} and arrives as `{arrives}`", shown(&scalar.text)),
            )
            .with_help("In quotes it arrives as it is written")
            .with_fix(quoted.then(|| fix().behaviour_changing())),
        );
    }
}

/// The text that reaches a script; nothing where it is as written, or not known.
fn arriving(meaning: &Resolved) -> Option<String> {
    match meaning {
        Resolved::Bool(value) => Some(value.to_string()),
        Resolved::Int(value) if value.unsigned_abs() > 999_999 => {
            // The documentation's example of a variable with a long number; Go writes the exponent in two digits.
            let digits = value.unsigned_abs().to_string();
            let fraction = digits[1..].trim_end_matches('0');
            let point = if fraction.is_empty() { "" } else { "." };
            let sign = if *value < 0 { "-" } else { "" };
            Some(format!("{sign}{}{point}{fraction}e+{:02}", &digits[..1], digits.len() - 1))
        }
        Resolved::Int(value) => Some(value.to_string()),
        Resolved::Float(value) => Some(format!("{value:?}")),
        _ => None,
    }
}

/// Whether an argument is not held to be text, number or boolean by its declaration.
fn may_be_anything(declared: Option<&Table<Parameter>>, name: &str) -> bool {
    let Some(declared) = declared else { return true };
    declared
        .named(name)
        .and_then(|parameter| parameter.kind.as_ref())
        .is_some_and(|kind| kind.value == ParameterType::Enum)
}

/// What the element called `name` declares; nothing inside where it is not at hand, and nothing at all where
/// there is none.
#[expect(
    clippy::option_option,
    reason = "the outer one: is there such an element; the inner one: is it at hand"
)]
fn parameters<'a, T: orb::Element + 'a>(
    scope: &Rc<Scope<'a>>,
    name: &str,
    of: impl Fn(&'a T) -> &'a Table<Parameter>,
) -> Option<Option<&'a Table<Parameter>>> {
    match scope.lookup::<T>(name) {
        Lookup::Found(element, _) => Some(Some(of(element))),
        Lookup::Opaque(_) => Some(None),
        _ => None,
    }
}
