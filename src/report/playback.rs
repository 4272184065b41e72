//! A simulated run made ready to be played: states by second, lines of a log, what moves along which line of
//! the graph. The page only looks up what holds at a time, so that jumping to it and playing to it come to the
//! same.

use super::RunInputs;
use super::run::{
    Bar, EventKind, JobRun, JobState, Seconds, WorkflowRun, WorkflowState, clock, describe, length,
};
use crate::analysis::Analysis;
use crate::diagnostic::shown;
use crate::graph::{EdgeKind, Graph, JobKind};
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// A pipeline, ready to be played.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Playback {
    /// Those of the config, then those of its continuation.
    pub workflows: Vec<Played>,
    /// What is assumed, and how long it takes; nothing where it is no length of time.
    pub assumptions: Vec<(String, Option<String>)>,
    /// Errors keep CircleCI from running any of it.
    pub errors: u32,
}

/// A workflow, ready to be played.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Played {
    /// The second of its last event.
    pub end: Seconds,
    /// Figures of the whole run: a name and a value.
    pub figures: Vec<(String, String)>,
    /// By index the jobs of the workflow.
    pub jobs: Vec<PlayedJob>,
    /// In order of time.
    pub log: Vec<LogLine>,
    pub moves: Vec<Move>,
    /// By index the edges of the graph: on the critical path.
    pub critical_edges: Vec<bool>,
}

/// A job, ready to be played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlayedJob {
    pub name: String,
    /// It waits for somebody's decision.
    pub asks: bool,
    /// Since when it is in which state, in order.
    pub states: Vec<(Seconds, JobState)>,
    /// At the end.
    pub outcome: JobState,
    pub critical: bool,
    /// How long all its steps take.
    pub seconds: Seconds,
    pub bars: Vec<Bar>,
}

/// Something that happened, as a sentence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogLine {
    pub t: Seconds,
    pub job: Option<u32>,
    pub text: String,
}

/// Data on its way along a line of the graph.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// Index of the edge.
    pub edge: u32,
    pub start: Seconds,
    /// The second in which it has arrived.
    pub end: Seconds,
    /// Nothing was found: it stays where it is.
    pub missed: bool,
}

impl Played {
    /// What job `job` is at second `t`.
    #[must_use]
    pub fn state_at(&self, job: usize, t: Seconds) -> Option<JobState> {
        let states = &self.jobs.get(job)?.states;
        states.iter().rev().find(|(since, _)| *since <= t).map(|(_, state)| *state)
    }

    /// The next second after `t` in which something happens, or the last before it.
    #[must_use]
    pub fn beside(&self, t: Seconds, forward: bool) -> Option<Seconds> {
        let mut times = self.log.iter().map(|line| line.t);
        if forward { times.find(|at| *at > t) } else { times.take_while(|at| *at < t).last() }
    }
}

/// The run of the config in `analysis`, ready to be played.
#[must_use]
pub fn playback(analysis: &Analysis<'_>, inputs: &RunInputs) -> Playback {
    let run = analysis.simulate(inputs);
    let workflows = run.workflows.iter().zip(&analysis.graphs);
    Playback {
        workflows: workflows.map(|(workflow, graph)| played(workflow, graph)).collect(),
        assumptions: run
            .assumptions
            .iter()
            .map(|assumed| (assumed.what.clone(), assumed.seconds.map(length)))
            .collect(),
        errors: run.errors,
    }
}

fn played(run: &WorkflowRun<Span>, graph: &Graph) -> Played {
    let critical = |job: u32| run.critical_path.contains(&job);
    let mut jobs: Vec<PlayedJob> =
        run.jobs.iter().zip(0..).map(|(job, index)| played_job(job, critical(index))).collect();
    for event in &run.events {
        let (EventKind::Job(state), Some(job)) = (&event.kind, event.job) else { continue };
        if let Some(job) = jobs.get_mut(job as usize) {
            job.states.push((event.t, *state));
        }
    }
    let is_step = |(from, to): (u32, u32)| run.critical_path.windows(2).any(|pair| pair == [from, to]);
    Played {
        end: run.events.last().map_or(0, |event| event.t),
        figures: figures(run),
        jobs,
        log: log(run),
        moves: moves(run, graph),
        critical_edges: graph
            .edges
            .iter()
            .map(|edge| matches!(edge.kind, EdgeKind::Requires { .. }) && is_step((edge.from.0, edge.to.0)))
            .collect(),
    }
}

fn played_job(job: &JobRun<Span>, critical: bool) -> PlayedJob {
    let first = if job.state == JobState::Skipped { JobState::Skipped } else { JobState::Waiting };
    PlayedJob {
        name: job.name.clone(),
        asks: job.kind == JobKind::Approval,
        states: vec![(0, first)],
        outcome: job.state,
        critical,
        seconds: job.steps.iter().map(|step| step.seconds).sum(),
        bars: job.bars.clone(),
    }
}

fn figures(run: &WorkflowRun<Span>) -> Vec<(String, String)> {
    let wall = match run.state {
        WorkflowState::OnHold | WorkflowState::Failing | WorkflowState::Queued => "Time until it waits",
        _ => "Wall time",
    };
    let path = run.critical_path.iter().filter_map(|job| run.jobs.get(*job as usize));
    let path: Vec<String> = path.map(|job| shown(&job.name)).collect();
    let mut figures = vec![(wall, length(run.wall)), ("Compute time", length(run.compute))];
    if let Some(saved) = run.sequence.checked_sub(run.wall).filter(|saved| *saved > 0) {
        figures.push(("Saved by running in parallel", length(saved)));
    }
    if !path.is_empty() {
        figures.push(("Critical path", format!("{}: {}", length(run.critical), path.join(" → "))));
    }
    figures.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A line for each event but the steps, which would drown the rest.
fn log(run: &WorkflowRun<Span>) -> Vec<LogLine> {
    let told = run.events.iter().filter(|event| !matches!(event.kind, EventKind::Step(_)));
    told.map(|event| {
        let name = event.job.and_then(|job| run.jobs.get(job as usize)).map(|job| shown(&job.name));
        let clause = describe(event, run);
        let text = match name {
            Some(name) => format!("{} {name}: {clause}", clock(event.t)),
            None => format!("{} {clause}", clock(event.t)),
        };
        LogLine { t: event.t, job: event.job, text }
    })
    .collect()
}

fn moves(run: &WorkflowRun<Span>, graph: &Graph) -> Vec<Move> {
    let mut moves = Vec::new();
    for event in &run.events {
        let Some(to) = event.job else { continue };
        let steps = run.jobs.get(to as usize).map_or(&[][..], |job| &job.steps);
        let mut add = |step: u32, missed: bool, fits: &dyn Fn(u32, &EdgeKind) -> bool| {
            let seconds = steps.get(step as usize).map_or(0, |step| step.seconds);
            let edges = graph.edges.iter().zip(0..).filter(|(edge, _)| edge.to.0 == to);
            let found = edges.filter(|(edge, _)| fits(edge.from.0, &edge.kind));
            moves.extend(found.map(|(_, edge)| Move {
                edge,
                start: event.t,
                end: event.t + seconds,
                missed,
            }));
        };
        match &event.kind {
            EventKind::Attached { step, from } => add(*step, false, &|own, kind| {
                matches!(kind, EdgeKind::Workspace { .. }) && from.contains(&own)
            }),
            EventKind::CacheHit { step, key, from } => add(*step, false, &|own, kind| {
                matches!(kind, EdgeKind::Cache { found_by, earlier_run, .. }
                    if found_by == key && (*earlier_run == from.is_none()) && from.is_none_or(|from| from == own))
            }),
            EventKind::CacheMiss { step, .. } | EventKind::CacheUnknown { step, .. } => {
                add(*step, true, &|_, kind| matches!(kind, EdgeKind::Cache { .. }));
            }
            _ => {}
        }
    }
    moves
}
