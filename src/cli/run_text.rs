//! A run as a person reads it in a terminal: per workflow a timeline, what is left out and why, a log. With
//! colour codes, which whoever prints it strips where there is no terminal.

use super::terminal::plain;
use crate::compile::Trigger;
use crate::report::run::{
    Bar, EventKind, JobRun, JobState, RunInputs, RunReport, Seconds, Why, WorkflowRun, WorkflowState, clock,
    describe, length,
};
use crate::report::{Location, Runs, counted};
use crate::text::Sources;
use std::fmt::Write;

/// What was asked for.
pub(super) struct Shown<'a> {
    pub(super) trigger: &'a Trigger,
    pub(super) inputs: &'a RunInputs,
    /// Each step in the log.
    pub(super) steps: bool,
}

/// Columns of a timeline.
const WIDTH: u64 = 40;
/// Longer names of jobs push their line out of its columns.
const LONGEST_NAME: usize = 28;
/// Jobs that a line names before it counts the rest.
const MOST_NAMES: usize = 3;

/// The whole answer.
pub(super) fn text(report: &RunReport, shown: &Shown<'_>, continued: Option<&Sources>) -> String {
    let mut text = String::new();
    run(&mut text, report, shown);
    if let (Some(continuation), Some(sources)) = (&report.continuation, continued) {
        let _ =
            writeln!(text, "\nThen {} continues it, with seconds of its own.", plain(&sources.config().name));
        run(&mut text, continuation, shown);
    }
    text
}

fn run(text: &mut String, report: &RunReport, shown: &Shown<'_>) {
    let running = report.workflows.iter().filter(|workflow| workflow.runs == Runs::Yes).count();
    let unknown = report.workflows.iter().filter(|workflow| workflow.runs == Runs::Unknown).count();
    let perhaps = if unknown > 0 { format!(", {unknown} perhaps") } else { String::new() };
    let workflows = counted(report.workflows.len(), "workflow");
    let _ = writeln!(text, "{} starts {running} of {workflows}{perhaps}.", cause(shown));
    if report.errors > 0 {
        let errors = counted(report.errors as usize, "error");
        let _ =
            writeln!(text, "The config has {errors}: CircleCI would run none of this until they are fixed.");
    }
    for workflow in &report.workflows {
        text.push('\n');
        if workflow.runs == Runs::No {
            let _ = writeln!(text, "{} does not run.", bold(&workflow.name));
            whys(text, &workflow.why, 1);
        } else {
            workflow_text(text, workflow, shown);
        }
    }
    if !report.assumptions.is_empty() {
        text.push_str("\nAssumed, not measured:\n");
        for assumption in &report.assumptions {
            let _ = match assumption.seconds {
                Some(seconds) => writeln!(text, "  {:>12}  {}", length(seconds), assumption.what),
                None => writeln!(text, "  {:>12}  {}", "", assumption.what),
            };
        }
    }
}

fn cause(shown: &Shown<'_>) -> String {
    let (kind, name) = match shown.trigger {
        Trigger::Branch(name) => ("branch", name),
        Trigger::Tag(name) => ("tag", name),
    };
    let (name, inputs) = (plain(name), shown.inputs);
    match (&inputs.schedule, inputs.trigger_source.as_deref()) {
        (Some(schedule), _) => format!("The schedule `{}` on {kind} `{name}`", plain(schedule)),
        (None, None | Some("webhook")) => format!("A push of {kind} `{name}`"),
        (None, Some(source)) => format!("A pipeline by `{}` on {kind} `{name}`", plain(source)),
    }
}

fn workflow_text(text: &mut String, workflow: &WorkflowRun<Location>, shown: &Shown<'_>) {
    let maybe = if workflow.runs == Runs::Unknown { ": whether it runs is not known; if so, it" } else { "" };
    let _ = writeln!(text, "{}{maybe} {}", bold(&workflow.name), outcome(workflow));
    whys(text, &workflow.why, 1);
    let mut jobs: Vec<&JobRun<Location>> =
        workflow.jobs.iter().filter(|job| job.state != JobState::Skipped).collect();
    jobs.sort_by_key(|job| job.bars.first().map(|bar| bar.start).or(job.start).unwrap_or(Seconds::MAX));
    let width = jobs.iter().map(|job| plain(&job.name).chars().count()).max().unwrap_or(0).min(LONGEST_NAME);
    for job in jobs {
        job_line(text, job, workflow, width);
    }
    path(text, workflow);
    let all = |runs: Runs| workflow.jobs.iter().filter(move |job| job.runs == runs && !job.why.is_empty());
    reasons(text, "Left out", all(Runs::No));
    reasons(text, "Not known to run", all(Runs::Unknown));
    reasons(text, "Not left out", all(Runs::Yes));
    log(text, workflow, width, shown.steps);
}

fn outcome(workflow: &WorkflowRun<Location>) -> String {
    let wall = length(workflow.wall);
    match workflow.state {
        WorkflowState::Success => format!("succeeds after {wall}"),
        WorkflowState::Failed => format!("fails after {wall}"),
        WorkflowState::Canceled => format!("is canceled: it ends after {wall}"),
        WorkflowState::Unauthorized => format!("is unauthorized: it ends after {wall}"),
        WorkflowState::OnHold => format!("is on hold: nothing happens after {wall} until somebody approves"),
        WorkflowState::Failing => format!("is failing: nothing happens after {wall} until somebody approves"),
        WorkflowState::NotRun | WorkflowState::Running | WorkflowState::Queued => {
            format!("does not end: nothing happens after {wall}")
        }
    }
}

fn job_line(text: &mut String, job: &JobRun<Location>, workflow: &WorkflowRun<Location>, width: usize) {
    let bars = bars(job, workflow.wall.max(1));
    let state = state(job);
    let when = match (job.start, job.end) {
        (Some(start), Some(end)) if end > start => format!(" {} to {}", clock(start), clock(end)),
        (Some(start), _) => format!(" {}", clock(start)),
        _ => String::new(),
    };
    let maybe = if job.runs == Runs::Unknown { ", if it runs" } else { "" };
    let containers =
        if job.containers > 1 { format!(", {} containers", job.containers) } else { String::new() };
    let needs = names(&job.needs, workflow);
    let after = if needs.is_empty() { String::new() } else { format!(", after {needs}") };
    let _ = writeln!(text, "  {:width$}  {bars}  {state}{when}{containers}{after}{maybe}", plain(&job.name));
}

/// The final state, coloured.
fn state(job: &JobRun<Location>) -> String {
    let (colour, word) = match job.state {
        JobState::Success => ("32", "success"),
        JobState::Failed => ("31", "failed"),
        JobState::Canceled => ("33", "canceled"),
        JobState::Unauthorized => ("31", "unauthorized"),
        JobState::OnHold => ("33", "on hold"),
        JobState::NotRun => ("2", "not run"),
        JobState::Queued => ("33", "still queued"),
        JobState::Waiting => ("33", "still waits"),
        JobState::Running => ("36", "running"),
        JobState::Skipped => ("2", "left out"),
    };
    format!("\u{1b}[{colour}m{word}\u{1b}[0m")
}

/// What the job does when, in [`WIDTH`] columns: `█` running, `░` queued, `┄` on hold.
fn bars(job: &JobRun<Location>, wall: Seconds) -> String {
    let column = |second: Seconds| usize::try_from(second.min(wall) * WIDTH / wall).unwrap_or_default();
    let mut line = vec![' '; usize::try_from(WIDTH).unwrap_or_default()];
    let fill = |line: &mut Vec<char>, bar: &Bar| {
        let mark = match bar.state {
            JobState::Queued => '░',
            JobState::OnHold => '┄',
            _ => '█',
        };
        let start = column(bar.start).min(line.len() - 1);
        // Short ones are seen too.
        let end = column(bar.end.unwrap_or(wall)).max(start + 1);
        for place in &mut line[start..end] {
            *place = mark;
        }
    };
    for bar in &job.bars {
        fill(&mut line, bar);
    }
    if let (true, Some(start)) = (job.bars.is_empty(), job.start) {
        let place = column(start).min(line.len() - 1);
        line[place] = '·';
    }
    line.into_iter().collect()
}

fn path(text: &mut String, workflow: &WorkflowRun<Location>) {
    if workflow.sequence == 0 {
        return;
    }
    let jobs = workflow.critical_path.iter().filter_map(|job| workflow.jobs.get(*job as usize));
    let chain: Vec<String> = jobs.map(|job| plain(&job.name)).collect();
    let _ = writeln!(text, "  Critical path: {} ({})", chain.join(" → "), length(workflow.critical));
    let (sequence, compute) = (length(workflow.sequence), length(workflow.compute));
    let saved = match workflow.sequence.checked_sub(workflow.wall) {
        Some(saved) if saved > 0 => format!(", {} more", length(saved)),
        _ => String::new(),
    };
    let _ = writeln!(
        text,
        "  One job after the other would take {sequence}{saved}; all containers together run for {compute}."
    );
}

fn reasons<'a>(text: &mut String, title: &str, jobs: impl Iterator<Item = &'a JobRun<Location>>) {
    let mut title = Some(format!("  {title}:\n"));
    for job in jobs {
        text.push_str(&title.take().unwrap_or_default());
        let _ = writeln!(text, "    {}", bold(&job.name));
        whys(text, &job.why, 3);
    }
}

fn log(text: &mut String, workflow: &WorkflowRun<Location>, width: usize, steps: bool) {
    text.push_str("  Log:\n");
    for event in &workflow.events {
        if matches!(event.kind, EventKind::Step(_)) && !steps {
            continue;
        }
        let job = event.job.and_then(|job| workflow.jobs.get(job as usize));
        let name = job.map(|job| plain(&job.name)).unwrap_or_default();
        let what = plain(&describe(event, workflow));
        let _ = writeln!(text, "    {:>7}  {name:width$}  {what}", clock(event.t));
    }
}

/// Reasons with what stands behind them, each with its line and column.
fn whys(text: &mut String, all: &[Why<Location>], depth: usize) {
    for why in all {
        let place = why.place.as_ref().map(|place| {
            let start = place.span.start;
            format!("  \u{1b}[2m{}:{}\u{1b}[0m", start.line, start.column)
        });
        let indent = "  ".repeat(depth);
        let _ = writeln!(text, "{indent}{}{}", plain(&why.text), place.unwrap_or_default());
        whys(text, &why.parts, depth + 1);
    }
}

fn names(jobs: &[u32], workflow: &WorkflowRun<Location>) -> String {
    let all = jobs.iter().filter_map(|job| workflow.jobs.get(*job as usize));
    let shown: Vec<String> = all.take(MOST_NAMES).map(|job| plain(&job.name)).collect();
    let more = jobs.len().saturating_sub(MOST_NAMES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    shown.join(", ") + &more
}

fn bold(name: &str) -> String {
    format!("\u{1b}[1m{}\u{1b}[0m", plain(name))
}
