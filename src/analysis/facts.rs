use super::{Inputs, analyze};
use crate::compile::{JobKind, Runs, Trigger};
use crate::diagnostic::Severity;
use crate::graph::{EdgeKind, Graph};
use crate::lesson::{
    EdgeFacts, Facts, GraphFacts, JobFacts, LineKind, Restored, RunFacts, Step, Trial, judge,
};
use crate::simulate::{EventKind, Run, WorkflowRun};
use crate::text::{Sources, Span};

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
        steps: job.steps.iter().map(|step| step.name.clone()).collect(),
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
