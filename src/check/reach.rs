//! Every name that stands for a job, command or executor, and which of them stand for nothing.
//!
//! Names are looked up where they are written: those in an orb in that orb, those in a `steps` argument in
//! the scope of whoever gives it. First comes all that workflows come to, as in CircleCI's compiler; then
//! the rest, which the compiler never looks at. What is still to be walked waits in a list, so that a long
//! chain of calls takes no stack.

use crate::config::schema::{BUILTIN_STEPS, CHOICES};
use crate::config::{
    Argument, Command, Config, Executor, ExecutorUse, Invocation, Job, JobBody, JobGroup, JobType, OrbImport,
    Parameter, ParameterType, Step, StepKind, Steps, read_steps,
};
use crate::orb::{Element, Library, Lookup, Scope};
use crate::sort::{Map, Set};
use crate::text::{Span, Spanned};
use crate::yaml::Node;
use std::collections::VecDeque;
use std::rc::Rc;

/// What a name was to stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wanted {
    Job,
    Command,
    Executor,
}

/// Why a name stands for nothing.
#[derive(Debug)]
pub(super) enum Gap<'a> {
    /// The scope has no such element.
    Undefined,
    /// No orb has that alias.
    NoSuchOrb,
    /// The orb is at hand and has no such element.
    NotInOrb(&'a OrbImport, Rc<Scope<'a>>),
}

/// A name that stands for nothing, where it is written.
#[derive(Debug)]
pub(super) struct Dangling<'a> {
    pub(super) wanted: Wanted,
    pub(super) name: Spanned<String>,
    pub(super) gap: Gap<'a>,
    /// Where it was looked up.
    pub(super) scope: Rc<Scope<'a>>,
    /// Whether a workflow comes here; CircleCI's compiler does not look elsewhere.
    pub(super) reached: bool,
}

/// What workflows come to, and what stands for nothing.
#[derive(Debug)]
pub struct Reach<'a> {
    /// Each place once.
    pub(super) dangling: Vec<Dangling<'a>>,
    /// Keys of the definitions that a workflow comes to, through conditional steps too, whatever decides them:
    /// CircleCI looks into those before it decides.
    pub(super) reached: Set<Span>,
}

/// Walks `config`, and then what no workflow comes to.
#[must_use]
pub fn reach<'a>(config: &'a Config, library: &'a Library) -> Reach<'a> {
    let scope = Scope::config(&config.own, library);
    let mut walker = Walker {
        config,
        scope: Rc::clone(&scope),
        pending: VecDeque::new(),
        seen: Set::new(),
        reported: Set::new(),
        found: Vec::new(),
        reached: true,
    };
    walker.workflows();
    walker.drain();
    let reached = walker.seen.iter().map(|(_, span)| *span).collect();
    walker.reached = false;
    walker.groups();
    walker.elements(&scope);
    walker.drain();
    Reach { dangling: walker.found, reached }
}

/// A definition that is still to be walked.
enum Body<'a> {
    Job(&'a Job),
    Command(&'a Command),
    Group(&'a JobGroup),
}

struct Walker<'a> {
    config: &'a Config,
    scope: Rc<Scope<'a>>,
    pending: VecDeque<(Body<'a>, Rc<Scope<'a>>)>,
    /// Definitions and defaults that were walked or wait: by scope, since an alias can put one definition into two.
    seen: Set<(Vec<&'a str>, Span)>,
    reported: Set<(Wanted, Span)>,
    found: Vec<Dangling<'a>>,
    reached: bool,
}

/// Elements that only name other elements are followed this many times.
const MAX_REFERENCES: usize = 16;

impl<'a> Walker<'a> {
    fn workflows(&mut self) {
        match &self.config.workflows {
            Some(workflows) if !workflows.all.is_empty() => {
                for invocation in workflows.all.iter().flat_map(|workflow| &workflow.jobs) {
                    self.invocation(invocation);
                }
            }
            _ if self.config.is_orb => {
                let scope = Rc::clone(&self.scope);
                self.elements(&scope);
            }
            // The implicit workflow of a config without any.
            _ => {
                if let Some(job) = self.config.own.job("build") {
                    let scope = Rc::clone(&self.scope);
                    self.job(job, &[], &scope, &scope);
                }
            }
        }
    }

    /// The job groups that no workflow invokes.
    fn groups(&mut self) {
        for group in &self.config.job_groups {
            self.group(group);
        }
        self.drain();
    }

    fn group(&mut self, group: &'a JobGroup) {
        if self.enter(&[], group.name.span) {
            self.pending.push_back((Body::Group(group), Rc::clone(&self.scope)));
        }
    }

    /// All elements of a config and of its inline orbs that were not walked yet.
    fn elements(&mut self, scope: &Rc<Scope<'a>>) {
        for job in &scope.elements.jobs {
            if !self.seen.contains(&(scope.path.clone(), job.name.span)) {
                self.job(job, &[], scope, scope);
            }
        }
        for command in &scope.elements.commands {
            if !self.seen.contains(&(scope.path.clone(), command.name.span)) {
                self.command(command, &[], scope, scope);
            }
        }
        for executor in &scope.elements.executors {
            if let Some(reference) = executor.reference() {
                self.refer::<Executor>(Wanted::Executor, reference, scope);
            }
        }
        for import in scope.elements.orbs.iter().filter(|import| import.inline.is_some()) {
            if let Some(inner) = scope.enter(import) {
                self.elements(&inner);
            }
        }
    }

    fn drain(&mut self) {
        while let Some((body, scope)) = self.pending.pop_front() {
            match body {
                Body::Group(group) => group.jobs.iter().for_each(|invocation| self.invocation(invocation)),
                Body::Job(job) => self.job_body(job, &scope),
                Body::Command(command) => {
                    if let Some(steps) = &command.steps {
                        self.steps(steps, &scope);
                    }
                }
            }
        }
    }

    fn invocation(&mut self, invocation: &'a Invocation) {
        let scope = Rc::clone(&self.scope);
        for steps in [&invocation.pre_steps, &invocation.post_steps].into_iter().flatten() {
            self.steps(steps, &scope);
        }
        let defined = self.config.job_group(&invocation.job).is_some()
            || !matches!(scope.lookup_direct::<Job>(&invocation.job), Lookup::Undefined);
        // Another type than `approval` is the one fault, where the entry was to define the job.
        if invocation.kind.as_ref().is_some_and(|kind| kind.as_str() == "approval" || !defined) {
            return;
        }
        if let Some(group) = self.config.job_group(&invocation.job) {
            return self.group(group);
        }
        let mut arguments = invocation.arguments.clone();
        for column in invocation.matrix.iter().flat_map(|matrix| &matrix.parameters) {
            let cell = |value: &_| Argument { name: column.name.clone(), value: Clone::clone(value) };
            arguments.extend(column.value.items().iter().map(cell));
        }
        if let Some((job, inner)) = self.refer::<Job>(Wanted::Job, &invocation.job, &scope) {
            self.job(job, &arguments, &scope, &inner);
        }
    }

    /// A job as `caller` invokes it.
    fn job(&mut self, job: &'a Job, given: &[Argument], caller: &Rc<Scope<'a>>, scope: &Rc<Scope<'a>>) {
        match &job.body {
            JobBody::Keys { kind: JobType::Build, parameters, .. } => {
                self.arguments(parameters, given, caller, scope);
                if self.enter(&scope.path, job.name.span) {
                    self.pending.push_back((Body::Job(job), Rc::clone(scope)));
                }
            }
            JobBody::Reference(reference) => {
                self.refer::<Job>(Wanted::Job, reference, scope);
            }
            // Of one without anything below it the compiler says that.
            JobBody::Unreadable => {
                self.enter(&scope.path, job.name.span);
            }
            JobBody::Keys { .. } => {}
        }
    }

    fn job_body(&mut self, job: &'a Job, scope: &Rc<Scope<'a>>) {
        let JobBody::Keys { executor, steps, .. } = &job.body else { return };
        if let Some(executor) = executor {
            self.executor(executor, scope);
        }
        if let Some(steps) = steps {
            self.steps(steps, scope);
        }
    }

    fn executor(&mut self, executor: &ExecutorUse, scope: &Rc<Scope<'a>>) {
        if let ExecutorUse::Named { name, .. } = executor
            && let Some((executor, inner)) = self.refer::<Executor>(Wanted::Executor, name, scope)
        {
            self.enter(&inner.path, executor.name.span);
        }
    }

    fn command(
        &mut self,
        command: &'a Command,
        given: &[Argument],
        caller: &Rc<Scope<'a>>,
        scope: &Rc<Scope<'a>>,
    ) {
        if let Some(reference) = &command.reference {
            self.refer::<Command>(Wanted::Command, reference, scope);
            return;
        }
        self.arguments(&command.parameters, given, caller, scope);
        if self.enter(&scope.path, command.name.span) {
            self.pending.push_back((Body::Command(command), Rc::clone(scope)));
        }
    }

    fn steps(&mut self, steps: &Steps, scope: &Rc<Scope<'a>>) {
        let mut calls: Vec<Step> = Vec::new();
        steps.walk(&mut |step| calls.push(step.clone()));
        for step in &calls {
            if let StepKind::Call { value } = &step.kind {
                let given = value.as_ref().map(|value| Argument::read_all(value, &[])).unwrap_or_default();
                if let Some((command, inner)) = self.refer::<Command>(Wanted::Command, &step.name, scope) {
                    self.command(command, &given, scope, &inner);
                }
            }
        }
    }

    /// Steps and executors that are given as arguments are names of the caller's scope, defaults of the
    /// definition's own.
    fn arguments(
        &mut self,
        declared: &'a [Parameter],
        given: &[Argument],
        caller: &Rc<Scope<'a>>,
        own: &Rc<Scope<'a>>,
    ) {
        let mut by_name: Map<&str, Vec<&Node>> = Map::new();
        for argument in given {
            by_name.get_or_default(argument.name.as_str()).push(&argument.value);
        }
        for parameter in declared {
            let Some(kind) = parameter.kind.as_ref().map(|kind| kind.value) else { continue };
            if !matches!(kind, ParameterType::Steps | ParameterType::Executor) {
                continue;
            }
            let given = by_name.get(parameter.name.as_str()).into_iter().flatten();
            let mut values: Vec<(&Node, &Rc<Scope<'a>>)> = given.map(|value| (*value, caller)).collect();
            // A default is walked once: it may call the very command that it belongs to. One that comes
            // with a mere signature is not for us to look at.
            if let (true, None, Some(default)) = (values.is_empty(), own.listing, &parameter.default)
                && self.enter(&own.path, default.span())
            {
                values.push((default, own));
            }
            for (value, scope) in values {
                if kind == ParameterType::Steps {
                    self.steps(&read_steps(value), scope);
                } else {
                    self.executor(&ExecutorUse::read(value), scope);
                }
            }
        }
    }

    /// What `name` stands for in `scope`; nothing, and a finding where one is due, if for nothing.
    fn refer<T: Element>(
        &mut self,
        wanted: Wanted,
        name: &Spanned<String>,
        scope: &Rc<Scope<'a>>,
    ) -> Option<(&'a T, Rc<Scope<'a>>)> {
        let (mut name, mut scope) = (name.clone(), Rc::clone(scope));
        for _ in 0..MAX_REFERENCES {
            if name.value.contains("<<") || name.value.is_empty() {
                return None;
            }
            let gap = match scope.lookup_direct::<T>(&name.value) {
                Lookup::Found(element, inner) => match element.reference() {
                    None => return Some((element, inner)),
                    Some(reference) => {
                        name = reference.clone();
                        scope = inner;
                        continue;
                    }
                },
                Lookup::Opaque(_) | Lookup::Circular => return None,
                Lookup::Undefined if wanted == Wanted::Command && is_builtin(&name.value) => return None,
                Lookup::Undefined => Gap::Undefined,
                Lookup::NoSuchOrb => Gap::NoSuchOrb,
                Lookup::NotInOrb(import, inner) => Gap::NotInOrb(import, inner),
            };
            if self.reported.insert((wanted, name.span)) {
                self.found.push(Dangling { wanted, name, gap, scope, reached: self.reached });
            }
            return None;
        }
        None
    }

    /// Notes that the definition at `key` is being walked. False if it was before.
    fn enter(&mut self, path: &[&'a str], key: Span) -> bool {
        self.seen.insert((path.to_vec(), key))
    }
}

/// Whether `name` is a step without any command: `run`, `checkout`, …
fn is_builtin(name: &str) -> bool {
    BUILTIN_STEPS.iter().chain(CHOICES).any(|step| step.name == name)
}
