//! The inputs of a run, put on the jobs that they name.

use super::Seconds;
use super::duration::Work;
use super::inputs::{Decision, Moment, RunInputs};
use super::model::Model;
use super::steps::{Fails, Step, When, whole};
use crate::compile::{Compiled, Entry, JobKind};
use crate::sort::{self, Map};

/// No time in the inputs is longer: sums stay far from the end of the numbers.
const LONGEST: Seconds = 1_000_000_000;

/// Puts `inputs` on the jobs of `model`, and notes in it what names nothing.
pub(super) fn apply(model: &mut Model, compiled: &Compiled, inputs: &RunInputs) {
    let names = Names::of(compiled);
    durations(model, &names, inputs);
    failures(model, &names, inputs);
    moments(model, &names, &inputs.approvals, |model, job, at| decide(model, job, Decision::Approved(at)));
    moments(model, &names, &inputs.denials, |model, job, at| decide(model, job, Decision::Denied(at)));
    moments(model, &names, &inputs.cancels, |model, job, at| {
        model.cancels.push((at, job));
        true
    });
    for name in &inputs.unauthorized {
        match names.jobs(name) {
            None => model.unmatched.push(name.clone()),
            Some(jobs) => {
                for job in jobs {
                    model.jobs[*job].unauthorized = true;
                }
            }
        }
    }
    sort::by(&mut model.cancels, Ord::cmp);
}

/// Whole jobs first: the seconds of a step win over those of its job, in whatever order they are given.
fn durations(model: &mut Model, names: &Names<'_>, inputs: &RunInputs) {
    let mut steps = Vec::new();
    for duration in &inputs.durations {
        let seconds = duration.seconds.min(LONGEST);
        match names.target(&duration.target) {
            None => model.unmatched.push(duration.target.clone()),
            Some((jobs, Some(step))) => steps.push((jobs, step, seconds, &duration.target)),
            Some((jobs, None)) => {
                for job in jobs {
                    stretch(&mut model.jobs[*job].steps, seconds);
                }
            }
        }
    }
    for (jobs, step, seconds, target) in steps {
        if !set_steps(model, jobs, step, |found| (found.seconds, found.given) = (seconds, true)) {
            model.unmatched.push(target.clone());
        }
    }
}

fn failures(model: &mut Model, names: &Names<'_>, inputs: &RunInputs) {
    for failure in &inputs.failures {
        let fails = failure.times.map_or(Fails::Always, Fails::Times);
        let matched = match names.target(&failure.target) {
            None => false,
            Some((jobs, Some(step))) => set_steps(model, jobs, step, |found| found.fails = fails),
            Some((jobs, None)) => {
                for job in jobs {
                    fail(&mut model.jobs[*job].steps, fails);
                }
                true
            }
        };
        if !matched {
            model.unmatched.push(failure.target.clone());
        }
    }
}

fn moments(
    model: &mut Model,
    names: &Names<'_>,
    moments: &[Moment],
    put: impl Fn(&mut Model, usize, Seconds) -> bool,
) {
    for moment in moments {
        let jobs = names.jobs(&moment.job).unwrap_or_default();
        let mut matched = false;
        for job in jobs {
            matched |= put(model, *job, moment.at.min(LONGEST));
        }
        if !matched {
            model.unmatched.push(moment.job.clone());
        }
    }
}

/// False for a job that asks nobody.
fn decide(model: &mut Model, job: usize, decision: Decision) -> bool {
    let job = &mut model.jobs[job];
    job.decision = decision;
    job.kind == JobKind::Approval
}

/// Changes every step called `name` of `jobs`; false where there is none.
fn set_steps(model: &mut Model, jobs: &[usize], name: &str, change: impl Fn(&mut Step)) -> bool {
    let mut found = false;
    for job in jobs {
        for step in &mut model.jobs[*job].steps {
            if step.name == name || step.word == name {
                change(step);
                found = true;
            }
        }
    }
    found
}

/// Gives each step its share of `total`.
fn stretch(steps: &mut Vec<Step>, total: Seconds) {
    let sum: Seconds = steps.iter().map(|step| step.seconds).sum();
    if sum == 0 {
        if !steps.is_empty() {
            let all = Step { seconds: total, given: true, ..whole(Work::Run, "all of its steps") };
            *steps = vec![all];
        }
        return;
    }
    let (mut before, mut used) = (0, 0);
    for step in steps {
        before += step.seconds;
        let end = total * before / sum;
        (step.seconds, step.given) = (end - used, true);
        used = end;
    }
}

/// Lets a job fail at its last `run` step that runs without a failure before it, else at its last step.
fn fail(steps: &mut [Step], fails: Fails) {
    let ordinary = |step: &Step| step.when == When::Success;
    let at = steps.iter().rposition(|step| ordinary(step) && step.word == "run");
    let at = at.or_else(|| steps.iter().rposition(ordinary)).or(steps.len().checked_sub(1));
    if let Some(step) = at.and_then(|at| steps.get_mut(at)) {
        step.fails = fails;
    }
}

/// The jobs by name.
struct Names<'c> {
    in_workflow: Map<&'c str, Vec<usize>>,
    invoked: Map<&'c str, Vec<usize>>,
}

impl<'c> Names<'c> {
    fn of(compiled: &'c Compiled) -> Self {
        let (mut in_workflow, mut invoked): (Map<_, Vec<_>>, Map<_, Vec<_>>) = Default::default();
        let entries = compiled.workflows.iter().flat_map(|workflow| &workflow.entries);
        for (index, entry) in entries.enumerate() {
            let Entry { name, job, .. } = entry;
            in_workflow.get_or_default(name.as_str()).push(index);
            invoked.get_or_default(job.as_str()).push(index);
        }
        Self { in_workflow, invoked }
    }

    fn jobs(&self, name: &str) -> Option<&[usize]> {
        self.in_workflow.get(name).or_else(|| self.invoked.get(name)).map(Vec::as_slice)
    }

    /// The jobs and the step that `target` names. Names of jobs may have slashes themselves (`node/test`): the
    /// longest job counts.
    fn target<'t>(&self, target: &'t str) -> Option<(&[usize], Option<&'t str>)> {
        if let Some(jobs) = self.jobs(target) {
            return Some((jobs, None));
        }
        let slashes = target.rmatch_indices('/');
        slashes.into_iter().find_map(|(at, _)| Some((self.jobs(&target[..at])?, Some(&target[at + 1..]))))
    }
}
