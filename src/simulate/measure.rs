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

/// One time that a job ran or was on hold.
struct Turn {
    job: usize,
    start: Seconds,
    /// Nothing while it lasts.
    end: Option<Seconds>,
    /// The turn that the longest chain up to this one comes from, and how long that chain is.
    before: Option<usize>,
    waited: Seconds,
}

impl Turn {
    /// How long the longest chain up to its end is.
    fn length(&self) -> Option<Seconds> {
        Some(self.waited + (self.end? - self.start))
    }
}

/// The longest chain of jobs that ran, each requiring the one before, with holds and reruns; of equally long
/// ones the first. A job that ran before one that it requires was rerun does not stand behind that rerun.
fn critical_path(run: &WorkflowRun<Span>, model: &Model, shift: &Shift) -> (Vec<u32>, Seconds) {
    let mut turns: Vec<Turn> = Vec::new();
    let mut last: Vec<Option<usize>> = vec![None; run.jobs.len()];
    for event in &run.events {
        let (Some(job), EventKind::Job(state)) = (event.job.map(|job| job as usize), &event.kind) else {
            continue;
        };
        let open = last[job].filter(|turn| turns[*turn].end.is_none());
        if let Some(open) = open {
            turns[open].end = Some(event.t);
        }
        let begins = matches!(state, JobState::Running | JobState::OnHold);
        // What takes no time begins and ends at once.
        let passes = open.is_none() && *state == JobState::Success;
        if begins || passes {
            let needs = model.jobs[shift.jobs.start + job].needs.iter();
            let before = needs.filter_map(|(need, _)| last[need - shift.jobs.start]).chain(last[job]);
            let before = before.filter_map(|turn| Some((turns[turn].length()?, turn)));
            let longest = before.reduce(|best, other| if other.0 > best.0 { other } else { best });
            last[job] = Some(turns.len());
            turns.push(Turn {
                job,
                start: event.t,
                end: passes.then_some(event.t),
                before: longest.map(|(_, turn)| turn),
                waited: longest.map_or(0, |(length, _)| length),
            });
        }
    }
    let lengths = turns.iter().enumerate().filter_map(|(turn, own)| Some((own.length()?, turn)));
    let longest = lengths.reduce(|best, other| if other.0 > best.0 { other } else { best });
    let mut path: Vec<u32> = Vec::new();
    let mut at = longest.map(|(_, turn)| turn);
    while let Some(turn) = at {
        path.push(number(turns[turn].job));
        at = turns[turn].before;
    }
    path.reverse();
    path.dedup();
    (path, longest.map_or(0, |(length, _)| length))
}
