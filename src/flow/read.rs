//! The steps of compiled jobs, as far as they move data.

use super::surroundings::{Surroundings, written};
use super::upstream::Upstream;
use super::{Attach, Flow, Job, Key, Path, Persist, Place, Restore, Run, Save, Step, StepKind, tool};
use crate::compile::{Compiled, Entry, JobKind, Value, Workflow};

/// The jobs of a workflow. What other jobs have to do with them is still left open.
pub(super) fn jobs(compiled: &Compiled, workflow: &Workflow) -> Flow {
    let read = |entry| job(entry, compiled.job(entry));
    Flow { jobs: workflow.entries.iter().map(read).collect(), upstream: Upstream::default() }
}

fn job(entry: &Entry, body: Option<&Value>) -> Job {
    let mut job = Job {
        surroundings: body.map(Surroundings::read).unwrap_or_default(),
        steps: Vec::new(),
        known: body.is_some() || !matches!(entry.kind, JobKind::Build | JobKind::Missing | JobKind::Opaque),
        upstream_known: false,
    };
    if entry.kind == JobKind::Build
        && let Some(steps) = body.and_then(|body| body.get("steps"))
    {
        let reader = Reader { surroundings: &job.surroundings, name: &entry.name };
        job.steps = steps.items().iter().map(|step| reader.step(step)).collect();
        job.known = !job.steps.iter().any(|step| matches!(step.kind, StepKind::Unknown));
    }
    job
}

struct Reader<'a> {
    surroundings: &'a Surroundings,
    /// The name of the job in the compiled config: `CIRCLE_JOB`.
    name: &'a str,
}

impl Reader<'_> {
    fn step(&self, step: &Value) -> Step {
        if let Some(name) = step.text() {
            return Step { kind: kind_without_keys(name), origin: step.mark.clone() };
        }
        match step.entries() {
            [(name, keys)] => Step { kind: self.kind(&name.text, keys), origin: name.mark.clone() },
            _ => Step { kind: StepKind::Unknown, origin: step.mark.clone() },
        }
    }

    fn kind(&self, name: &str, keys: &Value) -> StepKind {
        let kind = match name {
            "run" | "deploy" => keys
                .get("command")
                .and_then(Value::text)
                .map(|command| StepKind::Run(Run { installs: tool::installed_by(command), cached_by: None })),
            "checkout" => Some(StepKind::Checkout),
            "persist_to_workspace" => self.persist(keys).map(StepKind::Persist),
            "attach_workspace" => self.attach(keys).map(StepKind::Attach),
            "save_cache" => self.save(keys).map(StepKind::Save),
            "restore_cache" => self.restore(keys).map(StepKind::Restore),
            _ => Some(kind_without_keys(name)),
        };
        // A built-in step without what it needs is no step of an orb: it does nothing, and another check says so.
        kind.unwrap_or(StepKind::Other)
    }

    fn persist(&self, keys: &Value) -> Option<Persist> {
        let root = self.path(keys.get("root")?)?;
        let below = |value: &Value| {
            let written = written(value)?;
            let place = root.place.as_ref().filter(|_| !written.text.contains("<<"));
            let place = if written.text.starts_with(['/', '~']) {
                self.place(&written.text)
            } else {
                place.map(|root| root.join(&written.text))
            };
            Some(Path { written, place })
        };
        let paths = list(keys.get("paths").or_else(|| keys.get("path"))?).iter().filter_map(below).collect();
        Some(Persist { root, paths })
    }

    fn attach(&self, keys: &Value) -> Option<Attach> {
        Some(Attach { at: self.path(keys.get("at")?)?, layers: Vec::new() })
    }

    fn save(&self, keys: &Value) -> Option<Save> {
        let key = self.key(keys.get("key")?)?;
        let paths = list(keys.get("paths")?).iter().filter_map(|path| self.path(path)).collect();
        Some(Save { key, paths, restored: false })
    }

    fn restore(&self, keys: &Value) -> Option<Restore> {
        let tried = keys.get("key").into_iter().chain(keys.get("keys").map(list).unwrap_or_default());
        let keys: Vec<Key> = tried.filter_map(|key| self.key(key)).collect();
        (!keys.is_empty()).then(|| Restore { keys, served: Vec::new(), perhaps_served: false })
    }

    fn key(&self, value: &Value) -> Option<Key> {
        Some(Key::parse(written(value)?, self.surroundings, self.name))
    }

    fn path(&self, value: &Value) -> Option<Path> {
        let written = written(value)?;
        let place = self.place(&written.text);
        Some(Path { written, place })
    }

    fn place(&self, text: &str) -> Option<Place> {
        Place::resolve(text, self.surroundings.working_directory.as_ref(), self.surroundings.home)
    }
}

/// The items of a list; a single value is taken for a list of one, as CircleCI takes it.
fn list(value: &Value) -> &[Value] {
    if value.text().is_some() { std::slice::from_ref(value) } else { value.items() }
}

/// A step of which only the name counts.
fn kind_without_keys(name: &str) -> StepKind {
    match name {
        "checkout" => StepKind::Checkout,
        "run"
        | "deploy"
        | "setup_remote_docker"
        | "store_artifacts"
        | "store_test_results"
        | "add_ssh_keys"
        | "install_signing_bundle"
        | "persist_to_workspace"
        | "attach_workspace"
        | "save_cache"
        | "restore_cache" => StepKind::Other,
        _ => StepKind::Unknown,
    }
}
