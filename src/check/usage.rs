//! Which commands, jobs and executors are used anywhere, by whatever is written, whether a workflow comes to it
//! or not.
//!
//! Names are looked up where they are written. What is given to an orb that is not at hand may be a name of
//! anything: there every text counts. The names of steps that a value stands for are the names in all the
//! values that can be given.

use super::Context;
use super::elements::{Element, elements, gave_up};
use super::reach::Wanted;
use crate::config::{
    Argument, Command, Executor, ExecutorUse, Invocation, Job, Parameter, ParameterType, Step, StepKind,
    Steps, Table, read_steps,
};
use crate::expression::{Namespace, Template};
use crate::orb::{self, Lookup, Scope};
use crate::sort::Set;
use crate::text::{Span, Spanned};
use crate::yaml::Node;
use std::rc::Rc;

/// What is used.
pub(super) struct Usage {
    /// Keys of definitions.
    used: Set<(Wanted, Span)>,
    /// Names that are put together from values (`install-<< parameters.os >>`): what stands before and behind.
    patterns: Set<(Wanted, String, String)>,
    /// The aliases that lead to the inline orbs of which something is used from outside.
    entered: Set<Vec<String>>,
}

/// More names that are put together are taken to mean anything: each is held against each definition.
const MAX_PATTERNS: usize = 256;

impl Usage {
    /// Whether anything names, or may name, the definition called `name`.
    pub(super) fn has(&self, wanted: Wanted, name: &Spanned<String>) -> bool {
        let fits = |(kind, before, behind): &(Wanted, String, String)| {
            *kind == wanted && name.starts_with(before.as_str()) && name.ends_with(behind.as_str())
        };
        self.used.contains(&(wanted, name.span))
            || self.patterns.len() > MAX_PATTERNS
            || self.patterns.iter().any(fits)
    }

    /// Whether anything outside asks for an element of `scope`. An orb that nothing asks is one finding, and its
    /// elements are none.
    pub(super) fn enters(&self, scope: &Scope<'_>) -> bool {
        scope.is_config() || self.entered.contains(&aliases(scope))
    }
}

/// Everything that is used; nothing where too little is known to say so: where the config runs nothing, as an
/// orb's source or a part of a config does, where the jobs of a workflow cannot be read, and where the compiler gave up.
pub(super) fn usage(context: &Context<'_>) -> Option<Usage> {
    let workflows = context.config.workflows.as_ref().is_some_and(|workflows| !workflows.all.is_empty());
    let implicit = context.config.own.job("build").is_some();
    if gave_up(context) || !(workflows || implicit) || !all_readable(context) {
        return None;
    }
    let mut usage = Usage { used: Set::new(), patterns: Set::new(), entered: Set::new() };
    for element in elements(context) {
        usage.element(&element);
    }
    let scope = Scope::config(&context.config.own, context.library);
    for parameter in &context.config.parameters {
        usage.defaults(parameter, &scope);
    }
    for invocation in invocations(context) {
        usage.invocation(invocation, &scope);
    }
    Some(usage)
}

/// Whether each workflow has its list of jobs: who knows what one without it was to invoke.
fn all_readable(context: &Context<'_>) -> bool {
    let mut workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    workflows.all(|workflow| workflow.node.get("jobs").is_some_and(|jobs| jobs.as_sequence().is_some()))
}

/// Every entry of every workflow and job group.
pub(super) fn invocations<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Invocation> {
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let groups = context.config.job_groups.iter().flat_map(|group| &group.jobs);
    workflows.flat_map(|workflow| &workflow.jobs).chain(groups)
}

/// Called with a step, the scope it is written in, and the element around it.
type Visit<'v, 'a> = &'v mut dyn FnMut(&Step, &Rc<Scope<'a>>, Option<&Element<'a>>);

/// Every step as it is written, in conditional steps too, with the scope it is written in and the job or command
/// around it; none around one that stands before or after an entry of a workflow.
pub(super) fn every_step<'a>(context: &Context<'a>, visit: Visit<'_, 'a>) {
    for element in elements(context) {
        if let Some(steps) = element.steps {
            steps.walk(&mut |step| visit(step, &element.scope, Some(&element)));
        }
    }
    let scope = Scope::config(&context.config.own, context.library);
    for invocation in invocations(context) {
        for steps in [&invocation.pre_steps, &invocation.post_steps].into_iter().flatten() {
            steps.walk(&mut |step| visit(step, &scope, None));
        }
    }
}

fn aliases(scope: &Scope<'_>) -> Vec<String> {
    scope.path.iter().map(|alias| (*alias).to_owned()).collect()
}

impl Usage {
    fn element(&mut self, element: &Element<'_>) {
        let scope = &element.scope;
        if let Some(name) = element.node.text() {
            match element.kind {
                "job" => self.name::<Job>(Wanted::Job, name, scope),
                "command" => self.name::<Command>(Wanted::Command, name, scope),
                _ => self.name::<Executor>(Wanted::Executor, name, scope),
            }
        }
        if let Some(executor) = element.executor {
            self.executor(executor, scope);
        }
        if let Some(steps) = element.steps {
            self.steps(steps, scope);
        }
        for parameter in element.parameters {
            self.defaults(parameter, scope);
        }
    }

    /// What a parameter stands for without an argument, and what it can stand for at all.
    fn defaults(&mut self, parameter: &Parameter, scope: &Rc<Scope<'_>>) {
        let kind = parameter.kind.as_ref().map(|kind| kind.value);
        for value in parameter.default.iter().chain(&parameter.choices) {
            self.value(value, kind, scope);
        }
    }

    fn invocation(&mut self, invocation: &Invocation, scope: &Rc<Scope<'_>>) {
        for steps in [&invocation.pre_steps, &invocation.post_steps].into_iter().flatten() {
            self.steps(steps, scope);
        }
        if let Some(other) = &invocation.override_with {
            self.name::<Job>(Wanted::Job, other, scope);
        }
        // An approval's name is its own.
        if invocation.kind.as_ref().is_none_or(|kind| kind.as_str() != "approval") {
            self.name::<Job>(Wanted::Job, &invocation.job, scope);
        }
        let job = match scope.lookup::<Job>(&invocation.job) {
            Lookup::Found(job, _) => Some(job.parameters()),
            _ => None,
        };
        self.arguments(&invocation.arguments, job, scope);
        for column in invocation.matrix.iter().flat_map(|matrix| &matrix.parameters) {
            for value in column.value.items() {
                self.value(value, kind_of(job, &column.name), scope);
            }
        }
    }

    fn steps(&mut self, steps: &Steps, scope: &Rc<Scope<'_>>) {
        steps.walk(&mut |step| {
            let StepKind::Call { value } = &step.kind else { return };
            self.name::<Command>(Wanted::Command, &step.name, scope);
            let Some(value) = value else { return };
            let declared = match scope.lookup::<Command>(&step.name) {
                Lookup::Found(command, _) => Some(&command.parameters),
                // Of a built-in step: nothing in it is a name.
                Lookup::Undefined => return,
                _ => None,
            };
            self.arguments(&Argument::read_all(value, &[]), declared, scope);
        });
    }

    fn executor(&mut self, executor: &ExecutorUse, scope: &Rc<Scope<'_>>) {
        match executor {
            ExecutorUse::Named { name, arguments } => {
                self.name::<Executor>(Wanted::Executor, name, scope);
                let declared = match scope.lookup::<Executor>(name) {
                    Lookup::Found(executor, _) => Some(&executor.parameters),
                    _ => None,
                };
                self.arguments(arguments, declared, scope);
            }
            ExecutorUse::Template { name, arguments } => {
                if !stands_for_parameter(name) {
                    self.pattern(Wanted::Executor, name.text().unwrap_or_default());
                }
                self.arguments(arguments, None, scope);
            }
            ExecutorUse::Unreadable => {}
        }
    }

    /// `declared` is nothing where the callee is not at hand.
    fn arguments(&mut self, given: &[Argument], declared: Option<&Table<Parameter>>, scope: &Rc<Scope<'_>>) {
        for argument in given {
            self.value(&argument.value, kind_of(declared, &argument.name), scope);
        }
    }

    fn value(&mut self, value: &Node, kind: Option<ParameterType>, scope: &Rc<Scope<'_>>) {
        if matches!(kind, None | Some(ParameterType::Steps)) {
            self.steps(&read_steps(value), scope);
        }
        // A string that is given for a parameter can be the name of an executor there.
        let name = matches!(
            kind,
            None | Some(ParameterType::Executor | ParameterType::String | ParameterType::Enum)
        );
        if name && !crate::config::is_template(value) {
            self.executor(&ExecutorUse::read(value), scope);
        }
    }

    fn name<T: orb::Element + Keyed>(&mut self, wanted: Wanted, name: &str, scope: &Rc<Scope<'_>>) {
        if let Lookup::Found(element, inner) = scope.lookup_direct::<T>(name) {
            if name.contains('/') {
                self.entered.insert(aliases(&inner));
            }
            self.used.insert((wanted, element.key()));
        } else {
            self.pattern(wanted, name);
        }
    }

    fn pattern(&mut self, wanted: Wanted, name: &str) {
        if let (Some(open), Some(close)) = (name.find("<<"), name.rfind(">>"))
            && open < close
        {
            let element = |part: &str| part.rsplit('/').next().unwrap_or_default().to_owned();
            self.patterns.insert((wanted, element(&name[..open]), element(&name[close + 2..])));
        }
    }
}

/// The declared type of a parameter; nothing where it is not known.
fn kind_of(declared: Option<&Table<Parameter>>, name: &Spanned<String>) -> Option<ParameterType> {
    let parameter = declared?.named(name.as_str())?;
    parameter.kind.as_ref().map(|kind| kind.value)
}

/// Whether a value is just `<< parameters.x >>`: what it stands for is then given or a default somewhere.
fn stands_for_parameter(node: &Node) -> bool {
    let (template, _) = Template::parse(node.text().unwrap_or_default());
    let reference = template.whole().and_then(|placeholder| placeholder.expression.as_reference());
    reference.is_some_and(|reference| reference.namespace() == Namespace::Parameters)
}

/// A definition with a key of its own.
trait Keyed {
    fn key(&self) -> Span;
}

impl Keyed for Job {
    fn key(&self) -> Span {
        self.name.span
    }
}

impl Keyed for Command {
    fn key(&self) -> Span {
        self.name.span
    }
}

impl Keyed for Executor {
    fn key(&self) -> Span {
        self.name.span
    }
}
