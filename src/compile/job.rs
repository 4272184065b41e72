//! A job for one invocation: its executor merged in, its steps expanded.

use super::arguments::{Callee, Given};
use super::compiler::{Bound, Call, Compiler, ExecutorArgument};
use super::environment::{as_list, override_variables};
use super::fault::FaultKind;
use super::origin::{FrameKind, Origin};
use super::output::{Value, key, plain};
use super::substitute::{text_of, through_merge};
use crate::config::schema::job_record;
use crate::config::{Argument, Executor, ExecutorUse, Job, Steps, read_steps};
use crate::orb::{Lookup, Scope};
use crate::sort::Map;
use crate::text::{Span, Spanned};
use crate::yaml::{Data, Field, Key};
use std::rc::Rc;

/// Keys of a job that are not in its compiled form, or come out in a form of their own.
const NOT_COPIED: &[&str] = &["description", "parameters", "executor", "steps"];

/// What an invocation adds to a job.
pub(super) struct Extras<'e> {
    /// The entry's own, and the row of its matrix.
    pub(super) arguments: &'e [Argument],
    /// Columns of the matrix of which the values are not known.
    pub(super) unknown: &'e [Spanned<String>],
    pub(super) pre_steps: Option<&'e Steps>,
    pub(super) post_steps: Option<&'e Steps>,
}

type Entries = Vec<(Key<Origin>, Value)>;

/// A compiled job, and where its executor is defined.
pub(super) struct CompiledJob {
    pub(super) body: Value,
    pub(super) executor: Option<Span>,
}

impl<'a> Compiler<'a> {
    /// Compiles `job`: the executor's keys in its order, then the job's own; where both have a key the job's
    /// value stands in the executor's place; an environment is a list, and one that only the executor has stands
    /// last, before what comes out of `machine` (all seen in real output). `job` was found in `scope` under `name`, for an invocation written where
    /// `call` stands.
    pub(super) fn job(
        &mut self,
        name: &Spanned<String>,
        job: &'a Job,
        scope: &Rc<Scope<'a>>,
        extras: &Extras<'_>,
        call: &Call<'a>,
    ) -> CompiledJob {
        self.compiled.reached.insert(job.name.span);
        let parameters = job.parameters();
        let callee = Callee { name, kind: "job", parameters, scope };
        let given = Given { arguments: extras.arguments, unknown: extras.unknown, call };
        let bindings = self.bind(&callee, &given, &call.origin);
        let origin = call.origin.within(FrameKind::Job, &job.name.value, job.name.span);
        let inside = Call { scope: Rc::clone(scope), bindings: bindings.into(), origin };
        let (executor, mut entries) = self.executor_of(job, &inside);
        let from_executor = take(&mut entries, "environment");
        let inherited = entries.iter().enumerate().map(|(place, (key, _))| (key.text.clone(), place));
        let inherited: Map<String, usize> = inherited.collect();
        let mut environment = from_executor.map(|(key, value)| (key, as_list(value)));
        for field in job.node.fields() {
            if field.key.text() == Some("steps") {
                let mark = inside.origin.within(FrameKind::Text, "", field.key.span());
                let steps = self.job_steps(&field, extras, &inside, call);
                entries.push((Key { text: "steps".to_owned(), mark }, steps));
            }
            for (key, value) in self.fields(std::slice::from_ref(&field), &inside) {
                self.refuse_unfit(job_record("build"), &key.text, &field.value, &value, &inside);
                let place = inherited.get(&key.text).copied();
                match (key.text.as_str(), place) {
                    ("environment", _) => {
                        let mut all = environment.take().map(|(_, inherited)| inherited);
                        let own = as_list(value);
                        match &mut all {
                            Some(inherited) => override_variables(inherited, own),
                            None => all = Some(own),
                        }
                        entries.extend(all.map(|all| (key, all)));
                    }
                    (_, Some(place)) => entries[place].1 = value,
                    (_, None) => entries.push((key, value)),
                }
            }
        }
        entries.extend(environment);
        hoist_machine_keys(&mut entries);
        CompiledJob { body: Value { data: Data::Map(entries), mark: inside.origin.clone() }, executor }
    }

    /// A job of an orb that is not at hand: `known` is its signature, where that is. What is given to it is
    /// looked at, and comes to nothing.
    pub(super) fn bodiless_job(
        &mut self,
        name: &Spanned<String>,
        known: Option<(&'a Job, &Rc<Scope<'a>>)>,
        extras: &Extras<'_>,
        call: &Call<'a>,
    ) {
        if let Some((job, scope)) = known {
            let callee = Callee { name, kind: "job", parameters: job.parameters(), scope };
            let given = Given { arguments: extras.arguments, unknown: extras.unknown, call };
            self.bind(&callee, &given, &call.origin);
        } else {
            self.fill_in(extras.arguments, call);
        }
        for steps in [extras.pre_steps, extras.post_steps].into_iter().flatten() {
            self.steps(steps, call, &mut Vec::new());
        }
    }

    /// Arguments for something that is not at hand: their `<< >>` have to stand for something all the same.
    fn fill_in(&mut self, arguments: &[Argument], call: &Call<'a>) {
        for argument in arguments {
            self.value(&argument.value, call);
        }
    }

    /// The keys of the job's executor, filled in; none for a job that has its own `docker`, `machine` or
    /// `macos`.
    fn executor_of(&mut self, job: &Job, inside: &Call<'a>) -> (Option<Span>, Entries) {
        let Some(executor) = job.executor() else { return (None, Entries::new()) };
        match executor {
            ExecutorUse::Named { name, arguments } => {
                let scope = Rc::clone(&inside.scope);
                self.executor(name, &scope, &Given::all(arguments, inside), inside)
            }
            ExecutorUse::Template { name: node, arguments } => match self.whole(node, inside) {
                Some(Bound::Executor(argument)) => {
                    let given = if arguments.is_empty() {
                        Given::all(&argument.arguments, &argument.call)
                    } else {
                        Given::all(arguments, inside)
                    };
                    self.executor(&argument.name, &argument.call.scope, &given, inside)
                }
                Some(Bound::Unknown | Bound::Steps(_)) => (None, Entries::new()),
                _ => {
                    let Some(name) = text_of(&self.value(node, inside).data) else {
                        return (None, Entries::new());
                    };
                    let scope = Rc::clone(&inside.scope);
                    // What is written out in full is looked up without being compiled.
                    if !name.is_empty() && matches!(scope.lookup::<Executor>(&name), Lookup::Undefined) {
                        let kind = FaultKind::UndefinedExecutor { name: name.clone() };
                        self.fault(kind, node.span(), &inside.origin);
                    }
                    let name = Spanned::new(name, node.span());
                    self.executor(&name, &scope, &Given::all(arguments, inside), inside)
                }
            },
            ExecutorUse::Unreadable => (None, Entries::new()),
        }
    }

    fn executor(
        &mut self,
        name: &Spanned<String>,
        scope: &Rc<Scope<'a>>,
        given: &Given<'_, 'a>,
        call: &Call<'a>,
    ) -> (Option<Span>, Entries) {
        let (executor, scope) = match scope.lookup::<Executor>(name) {
            Lookup::Found(executor, scope) => (executor, scope),
            Lookup::Opaque(import) => {
                self.opaque(import);
                self.fill_in(given.arguments, given.call);
                return (None, vec![self.opaque_executor(name, call)]);
            }
            _ => return (None, vec![self.opaque_executor(name, call)]),
        };
        let callee = Callee { name, kind: "executor", parameters: &executor.parameters, scope: &scope };
        let bindings = self.bind(&callee, given, &call.origin);
        if let Some(listing) = scope.listing {
            self.listed(listing);
            return (None, vec![self.opaque_executor(name, call)]);
        }
        self.compiled.reached.insert(executor.name.span);
        let origin = call.origin.within(FrameKind::Executor, &executor.name.value, executor.name.span);
        let inside = Call { scope, bindings: bindings.into(), origin };
        let entries = self.fields(&executor.node.fields(), &inside);
        (Some(executor.name.span), entries)
    }

    /// The definition of an executor as it is written; its name where it cannot be found.
    pub(super) fn definition(&mut self, argument: &ExecutorArgument<'a>) -> Value {
        match argument.call.scope.lookup::<Executor>(&argument.name) {
            Lookup::Found(executor, scope) if scope.listing.is_none() => {
                let call = Call { scope, bindings: Rc::default(), origin: Origin::default() };
                self.value(&executor.node, &call)
            }
            _ => plain(Data::String(argument.name.value.clone())),
        }
    }

    /// An executor that cannot be looked at stays a name.
    fn opaque_executor(&mut self, name: &Spanned<String>, call: &Call<'a>) -> (Key<Origin>, Value) {
        let mark = call.origin.within(FrameKind::Text, "", name.span);
        self.afford(name.value.len(), name.span, &call.origin);
        (key("executor"), Value { data: Data::String(name.value.clone()), mark })
    }

    fn fields(&mut self, fields: &[Field], call: &Call<'a>) -> Entries {
        let mut entries = Entries::new();
        for field in fields {
            let Some(name) = field.key.text().filter(|name| !NOT_COPIED.contains(name)) else { continue };
            // What every job is unless it says otherwise; the other types stay.
            if name == "type" && field.value.text() == Some("build") {
                continue;
            }
            let call = through_merge(self.sources, field, call);
            let mark = call.origin.within(FrameKind::Text, "", field.key.span());
            let value = self.value(&field.value, &call);
            entries.push((Key { text: name.to_owned(), mark }, value));
        }
        entries
    }

    fn job_steps(&mut self, field: &Field, extras: &Extras<'_>, inside: &Call<'a>, call: &Call<'a>) -> Value {
        let mut all = Vec::new();
        if let Some(steps) = extras.pre_steps {
            let origin = call.origin.within(FrameKind::PreStep, "pre-steps", field.key.span());
            self.steps(steps, &call.via(origin), &mut all);
        }
        self.steps(&read_steps(&field.value), inside, &mut all);
        if let Some(steps) = extras.post_steps {
            let origin = call.origin.within(FrameKind::PostStep, "post-steps", field.key.span());
            self.steps(steps, &call.via(origin), &mut all);
        }
        Value { data: Data::List(all), mark: inside.origin.clone() }
    }
}

fn take(entries: &mut Entries, name: &str) -> Option<(Key<Origin>, Value)> {
    let place = entries.iter().position(|(key, _)| key.text == name)?;
    Some(entries.remove(place))
}

/// `resource_class` and `shell` inside `machine` are keys of the job, behind all others, an environment of the
/// executor's included (seen in outputs for executors that have them there).
fn hoist_machine_keys(entries: &mut Entries) {
    let Some((_, machine)) = entries.iter_mut().find(|(key, _)| key.text == "machine") else { return };
    let Data::Map(keys) = &mut machine.data else { return };
    let hoisted = |entry: &(Key<Origin>, Value)| matches!(entry.0.text.as_str(), "resource_class" | "shell");
    let (moved, kept): (Entries, Entries) = std::mem::take(keys).into_iter().partition(hoisted);
    *keys = kept;
    for (key, value) in moved {
        if !entries.iter().any(|(known, _)| known.text == key.text) {
            entries.push((key, value));
        }
    }
}
