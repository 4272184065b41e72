use super::{Analysis, Inputs, analyze};
use crate::compile::{Entry, FrameKind, JobKind, Runs, Trigger, Value};
use crate::config::ExecutorUse;
use crate::diagnostic::Severity;
use crate::flow::{Flow, Job, Persist, Place, StepKind, Symbol};
use crate::graph::{EdgeKind, Graph};
use crate::lesson::{
    Content, EdgeFacts, Facts, GraphFacts, JobFacts, LineKind, Restored, RunFacts, Step, StepFacts, Trial,
    judge,
};
use crate::simulate::{EventKind, JobRun, Run, WorkflowRun};
use crate::text::{Sources, Span};
use crate::yaml::Data;

/// What a config comes to as an answer to a step of a lesson.
#[derive(Debug)]
pub struct Attempt {
    /// By index the goals of the step: reached, or what is so instead, as [`judge`] has it.
    pub goals: Vec<Result<(), String>>,
    pub facts: Facts,
}

impl Attempt {
    /// Whether all goals are reached.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.goals.iter().all(Result::is_ok)
    }
}

/// Holds the config `text` against the goals of `step`.
#[must_use]
pub fn attempt(text: &str, step: &Step) -> Attempt {
    let facts = facts(text.to_owned(), step.trial.clone());
    Attempt { goals: step.goals.iter().map(|goal| judge(&goal.wanted, &facts)).collect(), facts }
}

/// What is so about the config `text`, tried as `trial` says.
#[must_use]
pub fn facts(text: String, mut trial: Trial) -> Facts {
    let sources = Sources::new("config.yml", text);
    let analysis = analyze(&sources, &Inputs::default());
    let is_problem = |severity| severity <= Severity::Warning;
    let found: Vec<&str> = analysis.diagnostics.iter().map(|diagnostic| diagnostic.check).collect();
    let ignored: Vec<&str> = analysis.ignored.iter().map(|ignored| ignored.diagnostic.check).collect();
    // What a comment hides happens all the same.
    let all = [&found[..], &ignored[..]].concat();
    trial.run.failures = trial.failures(&all);
    let cold = analysis.simulate(&trial.run);
    trial.run.warm = true;
    let warm = analysis.simulate(&trial.run);
    let owned = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect();
    Facts {
        errors: cold.errors,
        problems: analysis.diagnostics.iter().filter(|diagnostic| is_problem(diagnostic.severity)).count(),
        found: owned(&found),
        ignored: owned(&ignored),
        lines: sources.config().text.lines().filter(|line| counts(line)).count(),
        graphs: analysis.graphs.iter().map(graph_facts).collect(),
        contents: contents(&analysis, &cold),
        cold: run_facts(&cold),
        warm: run_facts(&warm),
        pushes: trial.pushes.into_iter().map(|push| (push.clone(), pushed(&sources, push))).collect(),
        unmatched: cold.unmatched,
    }
}

fn counts(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

fn graph_facts(graph: &Graph) -> GraphFacts {
    let edges = graph.edges.iter().filter_map(|edge| {
        let kind = match &edge.kind {
            EdgeKind::Requires { .. } => LineKind::Requires,
            EdgeKind::Workspace { .. } => LineKind::Workspace,
            EdgeKind::Cache { earlier_run: true, .. } => return None,
            EdgeKind::Cache { .. } => LineKind::Cache,
        };
        Some(EdgeFacts { kind, from: edge.from.0, to: edge.to.0 })
    });
    GraphFacts { jobs: graph.nodes.iter().map(|node| node.name.clone()).collect(), edges: edges.collect() }
}

fn contents(analysis: &Analysis<'_>, run: &Run<Span>) -> Vec<Content> {
    let mut found = Vec::new();
    for ((workflow, flow), run) in analysis.compiled.workflows.iter().zip(&analysis.flows).zip(&run.workflows)
    {
        for ((entry, job), run) in workflow.entries.iter().zip(&flow.jobs).zip(&run.jobs) {
            found.push(content(analysis, entry, flow, job, run));
        }
    }
    found
}

fn content(analysis: &Analysis<'_>, entry: &Entry, flow: &Flow, job: &Job, run: &JobRun<Span>) -> Content {
    let compiled = analysis.compiled.job(entry).and_then(|job| job.get("steps"));
    let steps = run.steps.iter().zip(compiled.map(Value::items).unwrap_or_default());
    let mut content = Content {
        job: entry.name.clone(),
        steps: steps.map(|(run, step)| StepFacts { name: run.name.clone(), does: does(step) }).collect(),
        calls: Vec::new(),
        checksums: Vec::new(),
        unpacked: Vec::new(),
    };
    let definition = analysis.config.own.jobs.named(&entry.job.value);
    if let Some(ExecutorUse::Named { name, .. }) = definition.and_then(|job| job.executor()) {
        content.calls.push(name.value.clone());
    }
    for step in &job.steps {
        let commands = step.origin.frames().filter(|frame| frame.kind == FrameKind::Command);
        content.calls.extend(commands.map(|frame| frame.name.clone()));
        match &step.kind {
            StepKind::Save(save) => {
                let file = |symbol: &Symbol| match symbol {
                    Symbol::Checksum(file) => Some(file.clone()),
                    _ => None,
                };
                content.checksums.extend(save.key.symbols().filter_map(file));
            }
            StepKind::Attach(attach) => {
                let Some(at) = &attach.at.place else { continue };
                let own = job.surroundings.working_directory.as_ref();
                for persist in attach.layers.iter().filter_map(|layer| flow.persist(*layer)) {
                    content
                        .unpacked
                        .extend(landing(persist, at).flat_map(|place| told(&place, own)).flatten());
                }
            }
            _ => {}
        }
    }
    content
}

/// Of a `run` its command, of any other step what it is.
fn does(step: &Value) -> String {
    let (word, command) = match &step.data {
        Data::Map(entries) => match entries.first() {
            Some((key, options)) => (key.text.as_str(), options.get("command").and_then(Value::text)),
            None => ("", None),
        },
        _ => (step.text().unwrap_or_default(), None),
    };
    command.unwrap_or(word).to_owned()
}

/// Where the paths of a layer are that is unpacked at `at`.
fn landing<'p>(persist: &'p Persist, at: &'p Place) -> impl Iterator<Item = Place> + 'p {
    let root = persist.root.place.as_ref();
    let below = move |place: &Place| root?.inside(place).map(|path| at.join(path));
    persist.paths.iter().filter_map(move |path| below(path.place.as_ref()?))
}

/// `place` as a job in the directory `own` sees it, `.` where all of that is in it; and as it is.
fn told(place: &Place, own: Option<&Place>) -> [Option<String>; 2] {
    let seen = own.and_then(|own| if place.contains(own) { Some(".") } else { own.inside(place) });
    [seen.map(str::to_owned), Some(place.as_str().to_owned())]
}

fn run_facts(run: &Run<Span>) -> RunFacts {
    let workflows = &run.workflows;
    // A `flat_map` here would have the code of `add_jobs` twice.
    let mut jobs = Vec::new();
    for workflow in workflows {
        add_jobs(workflow, &mut jobs);
    }
    RunFacts {
        runs: workflows.iter().any(|workflow| workflow.runs == Runs::Yes),
        wall: run.wall,
        compute: run.compute,
        critical: workflows.iter().map(|workflow| workflow.critical).max().unwrap_or_default(),
        states: workflows.iter().map(|workflow| workflow.state).collect(),
        jobs,
    }
}

fn add_jobs(workflow: &WorkflowRun<Span>, jobs: &mut Vec<JobFacts>) {
    let first = jobs.len();
    jobs.extend(workflow.jobs.iter().map(|job| JobFacts {
        name: job.name.clone(),
        asks: job.kind == JobKind::Approval,
        state: job.state,
        bars: job.bars.clone(),
        cache: Restored::Nothing,
    }));
    for event in &workflow.events {
        let outcome = match event.kind {
            EventKind::CacheHit { .. } => Restored::Found,
            EventKind::CacheMiss { .. } | EventKind::CacheUnknown { .. } => Restored::Missed,
            _ => continue,
        };
        let job = event.job.and_then(|job| jobs.get_mut(first + job as usize));
        if let Some(job) = job.filter(|job| job.cache != Restored::Found) {
            job.cache = outcome;
        }
    }
}

/// The jobs of all workflows, and whether `trigger` starts them. Looked at anew: conditions may ask for the branch.
fn pushed(sources: &Sources, trigger: Trigger) -> Vec<(String, Runs)> {
    let analysis = analyze(sources, &Inputs { trigger, ..Inputs::default() });
    let mut jobs = Vec::new();
    for (workflow, plan) in analysis.compiled.workflows.iter().zip(analysis.plan()) {
        for (entry, job) in workflow.entries.iter().zip(&plan.jobs) {
            jobs.push((entry.name.clone(), plan.runs.and(job.runs)));
        }
    }
    jobs
}
