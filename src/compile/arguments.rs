//! Arguments bound to the parameters of a job, command or executor.

use super::compiler::{Bindings, Bound, Call, Compiler, ExecutorArgument};
use super::fault::{FaultKind, MOST_TOLD};
use super::fit;
use super::inputs::Inputs;
use super::origin::{FrameKind, Origin};
use super::output::{Value, plain};
use super::pipeline::typed;
use crate::config::{Argument, ExecutorUse, Parameter, ParameterType, Table, read_steps};
use crate::expression::{Namespace, Template};
use crate::orb::Scope;
use crate::text::Spanned;
use crate::yaml::{Data, Node};
use std::rc::Rc;

/// What is called.
pub(super) struct Callee<'c, 'a> {
    /// As the caller wrote it.
    pub(super) name: &'c Spanned<String>,
    /// `job`, `command` or `executor`.
    pub(super) kind: &'static str,
    pub(super) parameters: &'a Table<Parameter>,
    /// Where its defaults stand.
    pub(super) scope: &'c Rc<Scope<'a>>,
}

/// What a callee is given.
pub(super) struct Given<'g, 'a> {
    pub(super) arguments: &'g [Argument],
    /// Names of parameters that get a value which is not known here.
    pub(super) unknown: &'g [Spanned<String>],
    /// Where the arguments are written.
    pub(super) call: &'g Call<'a>,
}

impl<'g, 'a> Given<'g, 'a> {
    /// `arguments`, written where `call` stands, and nothing else.
    pub(super) fn all(arguments: &'g [Argument], call: &'g Call<'a>) -> Self {
        Self { arguments, unknown: &[], call }
    }
}

impl<'a> Compiler<'a> {
    /// Binds what is `given` to the parameters of `callee`, which is called where `origin` says. What is
    /// missing takes its default.
    pub(super) fn bind(
        &mut self,
        callee: &Callee<'_, 'a>,
        given: &Given<'_, 'a>,
        origin: &Origin,
    ) -> Bindings<'a> {
        let mut bindings = Bindings { declared: Some(callee.parameters), ..Bindings::default() };
        let mut missing = Vec::new();
        let values = placed(callee.parameters, given);
        for (parameter, value) in callee.parameters.iter().zip(values) {
            let value = match (value, &parameter.default) {
                (Supply::Value(argument), _) => self.argument(parameter, argument, given.call),
                (Supply::Unknown, _) => Bound::Unknown,
                // The default of something without a body is used nowhere.
                (Supply::Nothing, Some(_)) if callee.scope.listing.is_some() => Bound::Unknown,
                (Supply::Nothing, Some(default)) => self.default(parameter, default, callee, origin),
                (Supply::Nothing, None) if !parameter.is_required() => Bound::Unknown,
                (Supply::Nothing, None) => {
                    missing.push(parameter.name.clone());
                    Bound::Unknown
                }
            };
            bindings.parameters.push(value);
        }
        if !missing.is_empty() {
            let kind = FaultKind::MissingArguments {
                parameters: missing,
                callee: callee.name.value.clone(),
                callee_kind: callee.kind,
            };
            self.fault(kind, callee.name.span, origin);
        }
        let names = given.arguments.iter().map(|argument| &argument.name).chain(given.unknown);
        for name in names.filter(|name| callee.parameters.place(name.as_str()).is_none()) {
            self.unexpected(callee, name, origin);
        }
        // Another version of the orb may have that parameter: what it is given has to stand for something.
        if callee.scope.listing.is_some() {
            let unknown = |argument: &&Argument| callee.parameters.place(argument.name.as_str()).is_none();
            for argument in given.arguments.iter().filter(unknown) {
                self.value(&argument.value, given.call);
            }
        }
        bindings
    }

    /// The pipeline's own parameters, as given or by default.
    pub(super) fn bind_pipeline_parameters(&mut self, inputs: &Inputs) {
        let call = self.top();
        let mut bound = Vec::new();
        for parameter in &self.config.parameters {
            let find = |pairs: &'_ [(String, String)]| {
                pairs.iter().rev().find(|(name, _)| *name == parameter.name.value).cloned()
            };
            let (own, inherited) = (find(&inputs.parameters), find(&inputs.inherited));
            if let (Some((name, own)), Some((_, inherited))) = (&own, &inherited)
                && own != inherited
            {
                let kind = FaultKind::ConflictingParameters { name: name.clone() };
                self.fault(kind, parameter.name.span, &call.origin);
            }
            let given = own.or(inherited);
            let value = match (given, &parameter.default) {
                (Some((_, text)), _) => self.typed_in(parameter, text),
                (None, Some(default)) => {
                    let name = &parameter.name;
                    let origin = call.origin.within(FrameKind::Parameter, &name.value, name.span);
                    let value = self.value(default, &call.via(origin));
                    if let Some(misfit) = fit::misfit(parameter, &value.data) {
                        self.fault(misfit, default.span(), &call.origin);
                    }
                    value
                }
                (None, None) => plain(Data::Null),
            };
            bound.push(value);
        }
        // Only now: no declaration sees the parameters of another.
        self.pipeline_parameters = bound;
        self.unexpected_inputs(inputs);
    }

    /// The value of a pipeline parameter that was typed by hand. A text keeps its digits where a text is asked
    /// for. It stands nowhere: a misfit is reported at the declaration.
    fn typed_in(&mut self, parameter: &Parameter, text: String) -> Value {
        let value = match parameter.kind.as_ref().map(|kind| kind.value) {
            Some(ParameterType::String | ParameterType::Enum) => plain(Data::String(text)),
            _ => typed(&text),
        };
        if let Some(misfit) = fit::misfit(parameter, &value.data) {
            self.fault(misfit, parameter.name.span, &Origin::default());
        }
        value
    }

    /// Parameters that were given and are not declared.
    fn unexpected_inputs(&mut self, inputs: &Inputs) {
        let declared = &self.config.parameters;
        let place = self.config.version.as_ref().map(|version| version.node.span()).unwrap_or_default();
        for (name, _) in inputs.parameters.iter().filter(|(name, _)| declared.place(name).is_none()) {
            let kind = FaultKind::UnexpectedArgument {
                argument: name.clone(),
                callee: "pipeline".to_owned(),
                callee_kind: "pipeline",
                declared: told(declared),
                import: None,
            };
            self.fault(kind, place, &Origin::default());
        }
    }

    /// Notes an argument for which `callee` declares no parameter.
    fn unexpected(&mut self, callee: &Callee<'_, 'a>, name: &Spanned<String>, origin: &Origin) {
        let kind = FaultKind::UnexpectedArgument {
            argument: name.value.clone(),
            callee: callee.name.value.clone(),
            callee_kind: callee.kind,
            declared: told(callee.parameters),
            import: callee.scope.listing.map(|listing| listing.asked.span),
        };
        self.fault(kind, name.span, origin);
    }

    /// A default, which means what it means where it is declared. Steps can call the very command that they
    /// are a default of, so they count as a call.
    fn default(
        &mut self,
        parameter: &Parameter,
        default: &Node,
        callee: &Callee<'_, 'a>,
        origin: &Origin,
    ) -> Bound<'a> {
        let name = &parameter.name;
        let origin = origin.within(FrameKind::Parameter, &name.value, name.span);
        let place = default.span();
        if self.calls.contains(&place) {
            self.fault(FaultKind::Recursion { command: callee.name.value.clone() }, name.span, &origin);
            return Bound::Unknown;
        }
        let inside = Call { scope: Rc::clone(callee.scope), bindings: Rc::default(), origin };
        self.calls.push(place);
        let bound = self.argument(parameter, default, &inside);
        self.calls.pop();
        bound
    }

    /// The value of `node`, written where `call` stands, as `parameter` takes it.
    pub(super) fn argument(&mut self, parameter: &Parameter, node: &Node, call: &Call<'a>) -> Bound<'a> {
        let kind = parameter.kind.as_ref().map(|kind| kind.value);
        match (kind, self.whole(node, call)) {
            (_, Some(Bound::Unknown)) => Bound::Unknown,
            (Some(ParameterType::Steps) | None, Some(steps @ Bound::Steps(_))) => steps,
            (Some(expected), Some(Bound::Steps(_))) => {
                self.refuse(fit::wrong(parameter, expected, "steps", String::new()), node, call)
            }
            (Some(expected @ ParameterType::Steps), Some(Bound::Executor(executor))) => {
                let name = executor.name.value.clone();
                self.refuse(fit::wrong(parameter, expected, "executor", name), node, call)
            }
            // What an executor's name does as a text is not known.
            (_, Some(executor @ Bound::Executor(_))) => executor,
            (Some(ParameterType::Steps), None) => self.steps_argument(parameter, node, call),
            (Some(ParameterType::Executor), _) => self.executor_argument(parameter, node, call),
            _ => {
                let value = self.value(node, call);
                match fit::misfit(parameter, &value.data) {
                    Some(misfit) if !taken_as_text(kind, node) => self.refuse(misfit, node, call),
                    _ => Bound::Value(value),
                }
            }
        }
    }

    /// Notes why `node` cannot be the argument. Its value is unknown from here on, so that one mistake is told
    /// once.
    fn refuse(&mut self, why: FaultKind, node: &Node, call: &Call<'a>) -> Bound<'a> {
        self.fault(why, node.span(), &call.origin);
        Bound::Unknown
    }

    fn steps_argument(&mut self, parameter: &Parameter, node: &Node, call: &Call<'a>) -> Bound<'a> {
        if node.as_sequence().is_none() && !node.is_null() {
            let value = self.value(node, call);
            if let Some(misfit) = fit::misfit(parameter, &value.data) {
                return self.refuse(misfit, node, call);
            }
        }
        let mut steps = Vec::new();
        self.steps(&read_steps(node), call, &mut steps);
        Bound::Steps(Rc::new(steps))
    }

    fn executor_argument(&mut self, parameter: &Parameter, node: &Node, call: &Call<'a>) -> Bound<'a> {
        let (name, arguments) = match ExecutorUse::read(node) {
            ExecutorUse::Named { name, arguments } => (name, arguments),
            ExecutorUse::Template { name: node, arguments } => {
                match (self.whole(&node, call), self.value(&node, call).data) {
                    (Some(bound @ (Bound::Executor(_) | Bound::Unknown)), _) => return bound,
                    (_, Data::String(name)) => (Spanned::new(name, node.span()), arguments),
                    (_, data) => {
                        let misfit = fit::misfit(parameter, &data);
                        return misfit.map_or(Bound::Unknown, |misfit| self.refuse(misfit, &node, call));
                    }
                }
            }
            ExecutorUse::Unreadable if node.is_null() => return Bound::Unknown,
            ExecutorUse::Unreadable => {
                let found = super::substitute::type_name(&self.value(node, call).data);
                let misfit = fit::wrong(parameter, ParameterType::Executor, found, String::new());
                return self.refuse(misfit, node, call);
            }
        };
        Bound::Executor(Rc::new(ExecutorArgument { name, arguments, call: call.clone() }))
    }
}

/// What a parameter is given.
#[derive(Clone, Copy)]
enum Supply<'g> {
    Nothing,
    Value(&'g Node),
    /// A value that is not known here.
    Unknown,
}

/// For each of the `declared` parameters what it is given.
fn placed<'g>(declared: &Table<Parameter>, given: &Given<'g, '_>) -> Vec<Supply<'g>> {
    let mut values = vec![Supply::Nothing; declared.len()];
    let known = given.arguments.iter().map(|argument| (&argument.name, Supply::Value(&argument.value)));
    for (name, value) in known.chain(given.unknown.iter().map(|name| (name, Supply::Unknown))) {
        // Of several for the same parameter the first counts.
        if let Some(slot @ Supply::Nothing) = declared.place(name.as_str()).map(|place| &mut values[place]) {
            *slot = value;
        }
    }
    values
}

/// The names of parameters, as many as are told.
pub(super) fn told(declared: &Table<Parameter>) -> Vec<String> {
    declared.iter().take(MOST_TOLD).map(|parameter| parameter.name.value.clone()).collect()
}

/// Whether `node` hands a pipeline value to a string. They are documented as integers and booleans too, but
/// the command line hands all of them over as text, so no type of theirs is certain.
fn taken_as_text(kind: Option<ParameterType>, node: &Node) -> bool {
    let template = node.text().map(|text| Template::parse(text).0);
    let placeholder = template.as_ref().and_then(Template::whole);
    let reference = placeholder.and_then(|placeholder| placeholder.expression.as_reference());
    kind == Some(ParameterType::String)
        && reference.is_some_and(|reference| reference.namespace() == Namespace::Pipeline)
}
