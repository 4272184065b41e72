//! Arguments bound to the parameters of a job, command or executor.

use super::compiler::{Bindings, Bound, Call, Compiler, ExecutorArgument, MAX_DEPTH};
use super::fault::FaultKind;
use super::inputs::Inputs;
use super::matrix::value_text;
use super::origin::{FrameKind, Origin};
use super::output::{Value, plain};
use super::pipeline::typed;
use crate::config::{Argument, ExecutorUse, Parameter, ParameterType, read_steps};
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
    pub(super) parameters: &'c [Parameter],
    /// Where its defaults stand.
    pub(super) scope: &'c Rc<Scope<'a>>,
}

impl<'a> Compiler<'a> {
    /// Binds `arguments` (written where `call` stands) and `bound` (from elsewhere: a row of a matrix, the
    /// arguments of an executor) to the parameters of `callee`. What is missing takes its default.
    pub(super) fn bind(
        &mut self,
        callee: &Callee<'_, 'a>,
        arguments: &[Argument],
        bound: &[(Spanned<String>, Bound<'a>)],
        call: &Call<'a>,
    ) -> Bindings<'a> {
        let mut bindings = Bindings::default();
        for parameter in callee.parameters {
            let name = parameter.name.value.as_str();
            let given = arguments.iter().find(|argument| argument.name.value == name);
            let elsewhere = bound.iter().find(|(known, _)| known.value == name);
            let value = match (given, elsewhere, &parameter.default) {
                (Some(argument), ..) => self.argument(parameter, &argument.value, call),
                (None, Some((_, value)), _) => value.clone(),
                (None, None, Some(default)) => self.default(parameter, default, callee, call),
                (None, None, None) => {
                    self.missing(callee, parameter, call);
                    Bound::Unknown
                }
            };
            bindings.parameters.push((name.to_owned(), value));
        }
        let names = arguments.iter().map(|argument| &argument.name);
        let unexpected: Vec<_> = names.chain(bound.iter().map(|(name, _)| name)).collect();
        for name in unexpected {
            if !callee.parameters.iter().any(|parameter| parameter.name.value == name.value) {
                self.unexpected(callee, name, call);
            }
        }
        bindings
    }

    /// The pipeline's own parameters, as given or by default.
    pub(super) fn bind_pipeline_parameters(&mut self, inputs: &Inputs) {
        let call = self.top();
        for parameter in &self.config.parameters {
            let kind = parameter.kind.as_ref().map(|kind| kind.value);
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
                // A typed text keeps its digits where a text is asked for.
                (Some((_, text)), _) if matches!(kind, Some(ParameterType::String | ParameterType::Enum)) => {
                    plain(Data::String(text))
                }
                (Some((_, text)), _) => {
                    let value = typed(&text);
                    self.check_type(parameter, kind, &value, None, &call);
                    value
                }
                (None, Some(default)) => {
                    let name = &parameter.name;
                    let origin = call.origin.within(FrameKind::Parameter, &name.value, name.span);
                    let value = self.value(default, &call.via(origin));
                    self.check_type(parameter, kind, &value, Some(default), &call);
                    value
                }
                (None, None) => plain(Data::Null),
            };
            self.pipeline_parameters.push((parameter.name.value.clone(), value));
        }
        self.unexpected_inputs(inputs);
    }

    /// Parameters that were given and are not declared.
    fn unexpected_inputs(&mut self, inputs: &Inputs) {
        let declared: Vec<String> =
            self.config.parameters.iter().map(|parameter| parameter.name.value.clone()).collect();
        let place = self.config.version.as_ref().map(|version| version.node.span()).unwrap_or_default();
        for (name, _) in inputs.parameters.iter().filter(|(name, _)| !declared.contains(name)) {
            let kind = FaultKind::UnexpectedArgument {
                argument: name.clone(),
                callee: "pipeline".to_owned(),
                callee_kind: "pipeline",
                declared: declared.clone(),
            };
            self.fault(kind, place, &Origin::default());
        }
    }

    fn missing(&mut self, callee: &Callee<'_, 'a>, parameter: &Parameter, call: &Call<'a>) {
        let kind = FaultKind::MissingArgument {
            parameter: parameter.name.value.clone(),
            declared: parameter.name.span,
            callee: callee.name.value.clone(),
            callee_kind: callee.kind,
        };
        self.fault(kind, callee.name.span, &call.origin);
    }

    fn unexpected(&mut self, callee: &Callee<'_, 'a>, name: &Spanned<String>, call: &Call<'a>) {
        let kind = FaultKind::UnexpectedArgument {
            argument: name.value.clone(),
            callee: callee.name.value.clone(),
            callee_kind: callee.kind,
            declared: callee.parameters.iter().map(|parameter| parameter.name.value.clone()).collect(),
        };
        self.fault(kind, name.span, &call.origin);
    }

    fn default(
        &mut self,
        parameter: &Parameter,
        default: &Node,
        callee: &Callee<'_, 'a>,
        call: &Call<'a>,
    ) -> Bound<'a> {
        let origin = call.origin.within(FrameKind::Parameter, &parameter.name.value, parameter.name.span);
        let inside = Call { scope: Rc::clone(callee.scope), bindings: Rc::default(), origin };
        // Default steps can call the very command that they belong to.
        if self.calls.contains(&parameter.name.span) || self.calls.len() >= MAX_DEPTH {
            let command = callee.name.value.clone();
            self.fault(FaultKind::Recursion { command }, callee.name.span, &call.origin);
            return Bound::Unknown;
        }
        self.calls.push(parameter.name.span);
        let bound = self.argument(parameter, default, &inside);
        self.calls.pop();
        bound
    }

    /// The value of `node`, written where `call` stands, as `parameter` takes it.
    pub(super) fn argument(&mut self, parameter: &Parameter, node: &Node, call: &Call<'a>) -> Bound<'a> {
        match parameter.kind.as_ref().map(|kind| kind.value) {
            Some(ParameterType::Steps) => {
                let mut steps = Vec::new();
                self.steps(&read_steps(node), call, &mut steps);
                Bound::Steps(Rc::new(steps))
            }
            Some(ParameterType::Executor) => self.executor_argument(node, call),
            kind => match self.whole(node, call) {
                // Steps or an executor handed to a parameter of another type.
                Some(other @ (Bound::Steps(_) | Bound::Executor(_))) => other,
                Some(Bound::Unknown) => Bound::Unknown,
                _ => {
                    let value = self.value(node, call);
                    self.check_type(parameter, kind, &value, Some(node), call);
                    Bound::Value(value)
                }
            },
        }
    }

    fn executor_argument(&mut self, node: &Node, call: &Call<'a>) -> Bound<'a> {
        match ExecutorUse::read(node) {
            ExecutorUse::Named { name, arguments } => {
                let arguments = arguments
                    .into_iter()
                    .map(|argument| {
                        let value = self.value(&argument.value, call);
                        (argument.name, Bound::Value(value))
                    })
                    .collect();
                Bound::Executor(Rc::new(ExecutorArgument { name, arguments, scope: Rc::clone(&call.scope) }))
            }
            ExecutorUse::Template(node) => match self.whole(&node, call) {
                Some(bound @ Bound::Executor(_)) => bound,
                _ => match self.value(&node, call).data {
                    Data::String(name) => Bound::Executor(Rc::new(ExecutorArgument {
                        name: Spanned::new(name, node.span()),
                        arguments: Vec::new(),
                        scope: Rc::clone(&call.scope),
                    })),
                    _ => Bound::Unknown,
                },
            },
            ExecutorUse::Unreadable => Bound::Unknown,
        }
    }

    fn check_type(
        &mut self,
        parameter: &Parameter,
        kind: Option<ParameterType>,
        value: &Value,
        node: Option<&Node>,
        call: &Call<'a>,
    ) {
        let Some(kind) = kind else { return };
        // A value that came from outside stands nowhere: it is reported at the declaration.
        let span = node.map_or(parameter.name.span, Node::span);
        let fits = match (kind, &value.data) {
            (_, Data::Null)
            | (ParameterType::Boolean, Data::Bool(_))
            | (ParameterType::Integer, Data::Int(_))
            | (ParameterType::Executor | ParameterType::Steps, _) => true,
            (ParameterType::String | ParameterType::EnvVarName, data) => {
                matches!(data, Data::String(_) | Data::Verbatim(_))
            }
            (ParameterType::Enum, data) => {
                let text = super::substitute::text_of(data);
                if text.is_some() && !parameter.choices.iter().any(|choice| Some(value_text(choice)) == text)
                {
                    let permitted = parameter.choices.iter().map(value_text).collect();
                    let kind = FaultKind::NotInEnum {
                        parameter: parameter.name.value.clone(),
                        declared: parameter.name.span,
                        value: text.unwrap_or_default(),
                        permitted,
                    };
                    return self.fault(kind, span, &call.origin);
                }
                text.is_some()
            }
            _ => false,
        };
        if !fits {
            let kind = FaultKind::WrongArgument {
                parameter: parameter.name.value.clone(),
                declared: parameter.name.span,
                expected: kind.name(),
                found: super::substitute::type_name(&value.data),
            };
            self.fault(kind, span, &call.origin);
        }
    }
}
