//! What a log comes to: how long, how much, and which chain of jobs decides how long.

use super::Seconds;
use super::engine::{Log, number};
use super::model::{Model, Shift};
use super::plan::WorkflowPlan;
use super::progress::{Progress, bars};
use super::run::{Bar, Event, EventKind, JobRun, JobState, Run, StepRun, WorkflowRun};
use crate::compile::{Compiled, Workflow};
use crate::text::Span;

pub(super) fn report(compiled: &Compiled, plans: Vec<WorkflowPlan>, model: &Model, log: Log) -> Run<Span> {
    let assumptions = model.assumptions(&plans);
    let parts = compiled.workflows.iter().zip(plans).zip(&model.workflows).zip(log.events);
    let workflows: Vec<WorkflowRun<Span>> = parts
        .map(|(((workflow, plan), shift), events)| measured(workflow, plan, model, shift, events))
        .collect();
    Run {
        wall: workflows.iter().map(|workflow| workflow.wall).max().unwrap_or_default(),
        compute: workflows.iter().map(|workflow| workflow.compute).sum(),
        sequence: workflows.iter().map(|workflow| workflow.sequence).sum(),
        workflows,
        assumptions,
        unmatched: model.unmatched.clone(),
        errors: 0,
        continuation: None,
    }
}

fn measured(
    workflow: &Workflow,
    plan: WorkflowPlan,
    model: &Model,
    shift: &Shift,
    events: Vec<Event>,
) -> WorkflowRun<Span> {
    let all_bars = bars(workflow.entries.len(), &events);
    let ends = ends(workflow.entries.len(), &events);
    let rows =
        workflow.entries.iter().zip(plan.jobs).zip(&model.jobs[shift.jobs.clone()]).zip(all_bars).zip(&ends);
    let jobs = rows.map(|((((entry, plan), job), bars), end)| JobRun {
        name: entry.name.clone(),
        kind: entry.kind,
        runs: plan.runs,
        why: plan.why,
        state: JobState::Skipped,
        // What takes no time has no bars.
        start: bars.iter().find(|bar| bar.state != JobState::Queued).map(|bar| bar.start).or(end.ran),
        end: end.last,
        active: bars.iter().filter(|bar| bar.state != JobState::Queued).map(length).sum(),
        needs: job.needs.iter().map(|(need, _)| number(need - shift.jobs.start)).collect(),
        containers: job.containers,
        steps: job
            .steps
            .iter()
            .map(|step| StepRun { name: step.name.clone(), seconds: step.seconds })
            .collect(),
        bars,
    });
    let mut run = WorkflowRun {
        name: workflow.name.clone(),
        runs: plan.runs,
        why: plan.why,
        state: super::run::WorkflowState::NotRun,
        jobs: jobs.collect(),
        events,
        wall: 0,
        compute: 0,
        sequence: 0,
        critical_path: Vec::new(),
        critical: 0,
    };
    sum_up(&mut run, shift.jobs.clone().map(|job| model.rounds(job)));
    (run.critical_path, run.critical) = critical_path(&run, model, shift);
    let last = Progress::at(&run, Seconds::MAX);
    run.state = last.state;
    for (job, last) in run.jobs.iter_mut().zip(last.jobs) {
        job.state = last.state;
        if !job.state.is_final() {
            job.end = None;
        }
    }
    run
}

fn length(bar: &Bar) -> Seconds {
    bar.end.map_or(0, |end| end - bar.start)
}

fn sum_up(run: &mut WorkflowRun<Span>, rounds: impl Iterator<Item = Seconds>) {
    for (job, rounds) in run.jobs.iter().zip(rounds) {
        let running = job.bars.iter().filter(|bar| bar.state == JobState::Running).map(length);
        let seconds: Seconds = running.sum();
        run.sequence += seconds;
        run.compute += seconds.saturating_mul(job.containers.into()) / rounds;
        let last = job.bars.iter().map(|bar| bar.end.unwrap_or(bar.start)).max();
        run.wall = run.wall.max(last.or(job.end).unwrap_or_default());
    }
}

/// When a job ended.
#[derive(Clone, Copy, Default)]
struct End {
    last: Option<Seconds>,
    /// With success, for the first time.
    ran: Option<Seconds>,
}

fn ends(jobs: usize, events: &[Event]) -> Vec<End> {
    let mut ends = vec![End::default(); jobs];
    for event in events {
        let (Some(index), EventKind::Job(state)) = (event.job, &event.kind) else { continue };
        let Some(end) = ends.get_mut(index as usize).filter(|_| state.is_final()) else { continue };
        end.last = Some(event.t);
        if *state == JobState::Success {
            end.ran.get_or_insert(event.t);
        }
    }
    ends
}

/// The longest chain of jobs that ran, each requiring the one before, with holds and reruns; of equally long
/// ones the first.
fn critical_path(run: &WorkflowRun<Span>, model: &Model, shift: &Shift) -> (Vec<u32>, Seconds) {
    let first = shift.jobs.start;
    let mut longest: Vec<Option<(Seconds, Option<usize>)>> = vec![None; run.jobs.len()];
    let mut last: Option<usize> = None;
    // In the order in which they first did something, every job stands behind those it requires.
    for event in &run.events {
        let Some(index) = event.job.map(|job| job as usize) else { continue };
        if longest[index].is_some() || run.jobs[index].start.is_none() {
            continue;
        }
        let before = |(need, _): &(usize, _)| Some((longest[need - first]?.0, need - first));
        let needs = model.jobs[first + index].needs.iter().filter_map(before);
        let need = needs.reduce(|best, other| if other.0 > best.0 { other } else { best });
        let length = run.jobs[index].active + need.map_or(0, |(length, _)| length);
        longest[index] = Some((length, need.map(|(_, need)| need)));
        let best = last.and_then(|last| longest[last]).map(|(length, _)| length);
        if best.is_none_or(|best| length > best) {
            last = Some(index);
        }
    }
    let length = last.and_then(|last| longest[last]).map_or(0, |(length, _)| length);
    let mut path = Vec::new();
    while let Some(index) = last {
        path.push(number(index));
        last = longest[index].and_then(|(_, before)| before);
    }
    path.reverse();
    (path, length)
}
