//! Steps: commands expanded in place, conditions decided, lists spliced.

use super::arguments::{Callee, Given};
use super::compiler::{Bound, Call, Compiler, MAX_DEPTH};
use super::condition::Bare;
use super::fault::FaultKind;
use super::origin::FrameKind;
use super::output::{Value, key, map};
use super::substitute::{text_of, through_alias};
use crate::config::schema::builtin_step;
use crate::config::{Argument, Command, Step, StepKind, Steps};
use crate::orb::Lookup;
use crate::text::Spanned;
use crate::yaml::{Data, Key, Node};

impl<'a> Compiler<'a> {
    /// Expands `steps` where `call` stands and adds them to `into`.
    pub(super) fn steps(&mut self, steps: &Steps, call: &Call<'a>, into: &mut Vec<Value>) {
        match steps {
            Steps::List(steps) => {
                for step in steps {
                    // Commands without steps multiply as others do: each step is paid for, whatever it comes to.
                    if !self.afford(0, step.name.span, &call.origin) {
                        return;
                    }
                    if self.depth == MAX_DEPTH {
                        let kind = FaultKind::TooDeep { limit: MAX_DEPTH };
                        return self.fault(kind, step.name.span, &call.origin);
                    }
                    self.depth += 1;
                    self.step(step, call, into);
                    self.depth -= 1;
                }
            }
            Steps::Template(node) => self.splice(node, call, into),
            Steps::Unreadable(_) => {}
        }
    }

    fn step(&mut self, step: &Step, call: &Call<'a>, into: &mut Vec<Value>) {
        let call = &through_alias(&step.node, call);
        match &step.kind {
            StepKind::Call { value: None } if step.name.contains("<<") => self.filled_call(step, call, into),
            StepKind::Call { value } => self.call(&step.name, value.as_ref(), call, into),
            StepKind::Conditional { condition, steps } => {
                if self.holds(condition, Bare::Text, call) {
                    self.steps(steps, call, into);
                }
            }
            StepKind::Splice { value } => {
                let steps = crate::config::read_steps(value);
                self.steps(&steps, call, into);
            }
            StepKind::Unreadable => {
                let value = self.value(&step.node, call);
                into.push(value);
            }
        }
    }

    /// A step of which the name is put together: steps, or the command that it names then. (Undocumented, but
    /// configs that CircleCI runs do it.)
    ///
    /// ```yaml
    /// - install-<< parameters.os >>
    /// ```
    fn filled_call(&mut self, step: &Step, call: &Call<'a>, into: &mut Vec<Value>) {
        if let Some(Bound::Steps(_)) = self.whole(&step.node, call) {
            return self.splice(&step.node, call, into);
        }
        let name = Spanned::new(self.name(&step.name, call), step.name.span);
        self.call(&name, None, call, into);
    }

    /// `<< parameters.x >>` in place of steps.
    fn splice(&mut self, node: &Node, call: &Call<'a>, into: &mut Vec<Value>) {
        let value = match self.whole(node, call) {
            Some(Bound::Steps(steps)) => {
                for step in steps.iter() {
                    if !self.afford_tree(step, node.span(), &call.origin) {
                        return;
                    }
                    into.push(step.clone());
                }
                return;
            }
            Some(Bound::Unknown) => return,
            Some(bound) => bound.text(),
            None => text_of(&self.value(node, call).data),
        };
        let value = value.unwrap_or_default();
        let kind = FaultKind::Unfit { key: "steps".to_owned(), value, wanted: "a list of steps".to_owned() };
        self.fault(kind, node.span(), &call.origin);
    }

    /// A step by name: a command of the scope shadows a built-in step of the same name.
    fn call(&mut self, name: &Spanned<String>, value: Option<&Node>, call: &Call<'a>, into: &mut Vec<Value>) {
        match call.scope.lookup::<Command>(name) {
            Lookup::Found(command, scope) => {
                let arguments = value.map(|value| Argument::read_all(value, &[])).unwrap_or_default();
                let callee = Callee { name, kind: "command", parameters: &command.parameters, scope: &scope };
                let bindings = self.bind(&callee, &Given::all(&arguments, call), &call.origin);
                if let Some(listing) = scope.listing {
                    self.listed(listing);
                    let step = self.plain_step(name, value, call);
                    into.push(step);
                    return;
                }
                let origin = call.origin.within(FrameKind::Command, &name.value, name.span);
                let inner = Call { scope, bindings: bindings.into(), origin };
                self.expand(command, name, &inner, into);
            }
            other => {
                if let Lookup::Opaque(import) = other {
                    self.opaque(import);
                }
                let step = self.plain_step(name, value, call);
                into.push(step);
            }
        }
    }

    fn expand(
        &mut self,
        command: &'a Command,
        name: &Spanned<String>,
        call: &Call<'a>,
        into: &mut Vec<Value>,
    ) {
        self.compiled.reached.insert(command.name.span);
        if self.calls.contains(&command.name.span) {
            self.fault(FaultKind::Recursion { command: name.value.clone() }, name.span, &call.origin);
            return;
        }
        self.calls.push(command.name.span);
        if let Some(steps) = &command.steps {
            self.steps(steps, call, into);
        }
        self.calls.pop();
    }

    /// A built-in step, or one that nothing is known of: as written, with its `<< >>` filled in. A `run` that
    /// is only a text gets its `command`.
    fn plain_step(&mut self, name: &Spanned<String>, value: Option<&Node>, call: &Call<'a>) -> Value {
        let mark = call.origin.within(FrameKind::Text, "", name.span);
        let Some(node) = value else {
            self.afford(name.value.len(), name.span, &call.origin);
            return Value { data: Data::String(name.value.clone()), mark };
        };
        let mut value = self.value(node, call);
        if let Some(step) = builtin_step(name) {
            for field in node.fields() {
                let key = field.key.text().unwrap_or_default();
                if let Some(value) = value.get(key) {
                    self.refuse_unfit(step.record, key, &field.value, value, call);
                }
            }
        }
        let runs = matches!(name.as_str(), "run" | "deploy") && builtin_step(name).is_some();
        if runs && matches!(value.data, Data::String(_)) {
            let mut command = key("command");
            command.mark = value.mark.clone();
            value = map(vec![(command, value)]);
        }
        Value { data: Data::Map(vec![(Key { text: name.value.clone(), mark: mark.clone() }, value)]), mark }
    }
}
