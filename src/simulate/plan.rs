//! Which workflows and jobs a pipeline has: triggers, conditions, filters, and what follows from them for the
//! jobs that require others.

use super::filter;
use super::why::{self, Why};
use crate::compile::{Compiled, Entry, JobKind, Matched, Requirement, Runs, Schedule, Trigger, Workflow};
use crate::diagnostic::shown;
use crate::text::Span;

/// A workflow, and whether the pipeline has it.
#[derive(Clone, Debug)]
pub struct WorkflowPlan {
    pub runs: Runs,
    pub why: Vec<Why<Span>>,
    /// By index the entries of the workflow: as if the workflow ran, also where it does not.
    pub jobs: Vec<JobPlan>,
}

/// A job, and whether its workflow has it.
#[derive(Clone, Debug)]
pub struct JobPlan {
    pub runs: Runs,
    pub why: Vec<Why<Span>>,
    /// The job that a chain of left-out jobs begins with; itself where its own filter decides.
    cause: Option<usize>,
}

/// Requirements that are told one by one.
const MOST_REQUIREMENTS: usize = 3;

/// Plans the pipeline that `trigger` starts. `schedule` is the scheduled workflow that is due, or the name of
/// a schedule that starts the whole pipeline.
#[must_use]
pub fn plan(compiled: &Compiled, trigger: &Trigger, schedule: Option<&str>) -> Vec<WorkflowPlan> {
    let due = |workflow: &&Workflow| workflow.triggers.is_some() && Some(workflow.name.as_str()) == schedule;
    let due = compiled.workflows.iter().find(due).map(|workflow| workflow.name.as_str());
    compiled.workflows.iter().map(|workflow| plan_workflow(workflow, trigger, due)).collect()
}

fn plan_workflow(workflow: &Workflow, trigger: &Trigger, due: Option<&str>) -> WorkflowPlan {
    let (mut runs, mut why) = started(workflow, trigger, due);
    if runs != Runs::No
        && let Some(condition) = &workflow.condition
    {
        runs = runs.and(workflow.runs);
        let key = if condition.negated { "unless" } else { "when" };
        why.push(why::of_condition(key, Some(condition.key), condition.reason.as_ref()));
    }
    let jobs = plan_jobs(workflow, trigger);
    if runs != Runs::No && !jobs.is_empty() {
        let any = |wanted| jobs.iter().any(|job| job.runs == wanted);
        if !any(Runs::Yes) {
            let (left, text) = if any(Runs::Unknown) {
                (Runs::Unknown, "Whether any of its jobs runs cannot be told")
            } else {
                (Runs::No, "None of its jobs runs")
            };
            runs = runs.and(left);
            why.push(Why::at(workflow.key, text));
        }
    }
    WorkflowPlan { runs, why, jobs }
}

/// A workflow with triggers starts by them and by nothing else (configuration reference, `triggers`).
fn started(workflow: &Workflow, trigger: &Trigger, due: Option<&str>) -> (Runs, Vec<Why<Span>>) {
    match (due, &workflow.triggers) {
        (Some(due), Some(schedules)) if due == workflow.name => by_schedule(schedules, trigger, workflow.key),
        (Some(due), _) => {
            let text = format!("The schedule of {} starts that workflow and no other", shown(due));
            (Runs::No, vec![Why::at(workflow.key, text)])
        }
        (None, Some(schedules)) => {
            let times = schedules
                .iter()
                .map(|schedule| Why::at(schedule.key, format!("Its schedule is {}", shown(&schedule.cron))));
            let why = Why::at(workflow.key, "Only its triggers start it, a push does not").because(times);
            (Runs::No, vec![why])
        }
        (None, None) => (Runs::Yes, Vec::new()),
    }
}

fn by_schedule(schedules: &[Schedule], trigger: &Trigger, key: Option<Span>) -> (Runs, Vec<Why<Span>>) {
    let mut runs = Runs::No;
    let mut parts = Vec::new();
    for schedule in schedules {
        let (passes, why) = filter::decide(schedule.filters.as_ref(), trigger, Some(schedule.key));
        parts.extend(why);
        runs = match (runs, passes) {
            (Runs::Yes, _) | (_, Runs::Yes) => Runs::Yes,
            (Runs::Unknown, _) | (_, Runs::Unknown) => Runs::Unknown,
            _ => Runs::No,
        };
    }
    let text = match runs {
        Runs::Yes => "Its schedule starts it",
        Runs::No => "None of its schedules is for this branch",
        Runs::Unknown => "Whether one of its schedules is for this branch cannot be told",
    };
    (runs, vec![Why::at(key, text).because(parts)])
}

fn plan_jobs(workflow: &Workflow, trigger: &Trigger) -> Vec<JobPlan> {
    let entries = &workflow.entries;
    let blank = JobPlan { runs: Runs::Unknown, why: Vec::new(), cause: None };
    let mut jobs = vec![blank; entries.len()];
    let mut planned = vec![false; entries.len()];
    for index in in_order(entries) {
        jobs[index] = plan_job(index, &entries[index], entries, &jobs, trigger);
        planned[index] = true;
    }
    for (index, entry) in entries.iter().enumerate().filter(|(index, _)| !planned[*index]) {
        let text = "It waits for jobs that require each other in a circle";
        let why = vec![Why::at(entry.job.span, text)];
        jobs[index] = JobPlan { runs: Runs::No, why, cause: Some(index) };
    }
    jobs
}

/// The entries, each behind all that it requires; without those in and behind circles.
fn in_order(entries: &[Entry]) -> Vec<usize> {
    let mut dependents = vec![Vec::new(); entries.len()];
    let mut missing = vec![0_usize; entries.len()];
    for (index, entry) in entries.iter().enumerate() {
        for required in entry.requires.iter().flat_map(|requirement| requirement.matched.entries()) {
            dependents[*required].push(index);
            missing[index] += 1;
        }
    }
    let mut order: Vec<usize> = (0..entries.len()).filter(|index| missing[*index] == 0).collect();
    let mut next = 0;
    while let Some(done) = order.get(next).copied() {
        for dependent in &dependents[done] {
            missing[*dependent] -= 1;
            if missing[*dependent] == 0 {
                order.push(*dependent);
            }
        }
        next += 1;
    }
    order
}

fn plan_job(index: usize, entry: &Entry, entries: &[Entry], jobs: &[JobPlan], trigger: &Trigger) -> JobPlan {
    if entry.kind == JobKind::Missing {
        let why = vec![Why::at(entry.job.span, format!("There is no job {}", shown(&entry.job)))];
        return JobPlan { runs: Runs::No, why, cause: Some(index) };
    }
    let (own, mut why) = own_filter(entry, trigger);
    if own == Runs::No {
        return JobPlan { runs: Runs::No, why, cause: Some(index) };
    }
    let required = required(&entry.requires, jobs);
    let (runs, cause) = match required {
        Required::Nothing | Required::Present => (own, None),
        Required::LeftOut(cause) => (Runs::No, Some(cause)),
        Required::Unnamed => (Runs::No, Some(index)),
        Required::Unknown => (Runs::Unknown, None),
    };
    match runs {
        Runs::No => why = left_out(entry, entries, jobs),
        Runs::Unknown if own != Runs::Unknown => {
            why.push(Why::at(entry.job.span, "Whether any job that it requires runs cannot be told"));
        }
        _ => why.extend(ignored(entry, entries, jobs)),
    }
    JobPlan { runs, why, cause }
}

/// What the entry's own filter says. Filters that are expressions have no rule for tags of their own.
fn own_filter(entry: &Entry, trigger: &Trigger) -> (Runs, Vec<Why<Span>>) {
    if entry.filter_reason.is_some() || entry.runs != Runs::Yes {
        let why = why::of_condition("filters", None, entry.filter_reason.as_ref());
        return (entry.runs, vec![why]);
    }
    if entry.ends_group {
        return (Runs::Yes, Vec::new());
    }
    let (runs, why) = filter::decide(entry.filters.as_ref(), trigger, Some(entry.job.span));
    (runs, why.into_iter().collect())
}

enum Required {
    Nothing,
    /// At least one job of them runs: the others are not waited for.
    Present,
    /// All of them are left out; the job with which that began.
    LeftOut(usize),
    /// A name that no job bears.
    Unnamed,
    Unknown,
}

/// What is left out is not waited for; where all is left out, the job itself is (documentation, `filters`).
fn required(requires: &[Requirement], jobs: &[JobPlan]) -> Required {
    if requires.is_empty() {
        return Required::Nothing;
    }
    if requires.iter().any(|requirement| requirement.matched == Matched::None) {
        return Required::Unnamed;
    }
    let all = || requires.iter().flat_map(|requirement| requirement.matched.entries());
    if all().any(|job| jobs[*job].runs == Runs::Yes) {
        return Required::Present;
    }
    if all().any(|job| jobs[*job].runs == Runs::Unknown) {
        return Required::Unknown;
    }
    let first = all().next().copied();
    first.map_or(Required::Nothing, |job| Required::LeftOut(jobs[job].cause.unwrap_or(job)))
}

fn left_out(entry: &Entry, entries: &[Entry], jobs: &[JobPlan]) -> Vec<Why<Span>> {
    let unnamed = entry.requires.iter().find(|requirement| requirement.matched == Matched::None);
    if let Some(requirement) = unnamed {
        let text = format!("No job is called {}, which it requires", shown(&requirement.name));
        return vec![Why::at(requirement.name.span, text)];
    }
    let all: Vec<(usize, Span)> = (entry.requires.iter())
        .flat_map(|requirement| requirement.matched.entries().iter().map(|job| (*job, requirement.name.span)))
        .collect();
    let parts = all.iter().take(MOST_REQUIREMENTS).map(|(job, span)| {
        let name = shown(&entries[*job].name);
        let cause = jobs[*job].cause.unwrap_or(*job);
        let text = if cause == *job {
            format!("{name} is left out")
        } else {
            format!("{name} is left out because {} is", shown(&entries[cause].name))
        };
        Why::at(*span, text).because(jobs[cause].why.iter().cloned())
    });
    let text = match all.len() {
        1 => "The job that it requires is left out".to_owned(),
        many => format!("All {many} jobs that it requires are left out"),
    };
    vec![Why::at(entry.job.span, text).because(parts)]
}

/// Notes on the requirements of a job that runs although they do not.
fn ignored(entry: &Entry, entries: &[Entry], jobs: &[JobPlan]) -> Vec<Why<Span>> {
    let requires = entry.requires.iter();
    let all = requires.flat_map(|item| item.matched.entries().iter().map(|job| (*job, item.name.span)));
    all.filter(|(job, _)| jobs[*job].runs == Runs::No)
        .take(MOST_REQUIREMENTS)
        .map(|(job, span)| {
            Why::at(span, format!("It does not wait for {}, which is left out", shown(&entries[job].name)))
        })
        .collect()
}
