use super::Seconds;
use super::run::{Event, EventKind, JobState, WorkflowRun, WorkflowState};
use crate::compile::JobKind;
use crate::diagnostic::shown;

/// What happens in `event` of `run`, as a clause about its job or workflow: `build: starts`.
#[must_use]
pub fn describe<P>(event: &Event, run: &WorkflowRun<P>) -> String {
    let job = event.job.and_then(|job| run.jobs.get(job as usize));
    let step = |index: u32| {
        let step = job.and_then(|job| job.steps.get(index as usize));
        shown(step.map_or("?", |step| step.name.as_str()))
    };
    let name_of = |index: u32| shown(run.jobs.get(index as usize).map_or("?", |job| job.name.as_str()));
    match &event.kind {
        EventKind::Workflow(state) => workflow_enters(*state).to_owned(),
        EventKind::Rerun(times) => format!("the workflow starts over from what failed (rerun {times})"),
        EventKind::Job(JobState::Success) if job.is_some_and(|job| job.kind == JobKind::Approval) => {
            "is approved".to_owned()
        }
        EventKind::Job(state) => job_enters(*state).to_owned(),
        EventKind::Locked(group) => format!("waits for its serial group {}", shown(group)),
        EventKind::Step(index) => step(*index),
        EventKind::StepFailed(index) => format!("{} fails", step(*index)),
        EventKind::StepRerun { step: index, attempt } => {
            format!("{} starts over (rerun {attempt})", step(*index))
        }
        EventKind::CacheHit { key, from: Some(from), .. } => {
            format!("finds the cache {} that {} saved", shown(key), name_of(*from))
        }
        EventKind::CacheHit { key, from: None, .. } => {
            format!("finds the cache {} of an earlier run or another workflow", shown(key))
        }
        EventKind::CacheMiss { key, .. } => format!("finds no cache {}", shown(key)),
        EventKind::CacheUnknown { key, .. } => {
            format!("whether there is a cache {} is not known: taken as none", shown(key))
        }
        EventKind::CacheSaved { key, .. } => format!("saves the cache {}", shown(key)),
        EventKind::CacheKept { key, .. } => format!("leaves the cache {} as it is: it exists", shown(key)),
        EventKind::Persisted { paths, .. } => {
            let paths: Vec<String> = paths.iter().map(|path| shown(path)).collect();
            format!("adds {} to the workspace", paths.join(", "))
        }
        EventKind::Attached { from, .. } if from.is_empty() => "finds nothing in the workspace".to_owned(),
        EventKind::Attached { from, .. } => {
            let from: Vec<String> = from.iter().map(|job| name_of(*job)).collect();
            format!("unpacks the workspace of {}", from.join(", "))
        }
    }
}

fn job_enters(state: JobState) -> &'static str {
    match state {
        JobState::Skipped => "is left out",
        JobState::Waiting => "waits again",
        JobState::Queued => "is queued",
        JobState::Running => "starts",
        JobState::OnHold => "is on hold until somebody decides",
        JobState::Success => "succeeds",
        JobState::Failed => "fails",
        JobState::Canceled => "is canceled",
        JobState::Unauthorized => "is unauthorized",
        JobState::NotRun => "is not run: what it requires did not come to pass",
    }
}

fn workflow_enters(state: WorkflowState) -> &'static str {
    match state {
        WorkflowState::NotRun => "the workflow does not run",
        WorkflowState::Running => "the workflow is running",
        WorkflowState::Failing => "the workflow is failing",
        WorkflowState::OnHold => "the workflow is on hold",
        WorkflowState::Queued => "the workflow is queued",
        WorkflowState::Success => "the workflow succeeds",
        WorkflowState::Failed => "the workflow fails",
        WorkflowState::Canceled => "the workflow is canceled",
        WorkflowState::Unauthorized => "the workflow is unauthorized",
    }
}

/// A length of time: `1 h 5 min`, `2 min 30 s`.
#[must_use]
pub fn length(seconds: Seconds) -> String {
    let parts = [(seconds / 3_600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

/// A moment: `1:05`, `1:00:05`.
#[must_use]
pub fn clock(seconds: Seconds) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{rest:02}") } else { format!("{minutes}:{rest:02}") }
}
