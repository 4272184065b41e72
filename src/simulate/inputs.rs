use super::Seconds;
use crate::compile::Inputs;
use serde::{Deserialize, Serialize};

/// What a pipeline is run with, beside what its config is compiled with. A job is named as in its workflow,
/// else by the job that it invokes, which means every invocation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunInputs {
    /// `pipeline.trigger_source`: `webhook`, `api`, `scheduled_pipeline`.
    pub trigger_source: Option<String>,
    /// The scheduled workflow that starts, or the name of the schedule that starts the pipeline.
    pub schedule: Option<String>,
    pub durations: Vec<Duration>,
    pub failures: Vec<Failure>,
    /// Approvals that somebody gives; all others stay on hold.
    pub approvals: Vec<Moment>,
    /// Approvals that somebody refuses.
    pub denials: Vec<Moment>,
    pub cancels: Vec<Moment>,
    /// Jobs whose contexts are closed to whoever pushed.
    pub unauthorized: Vec<String>,
    /// Containers that run at once, at most.
    pub concurrency: Option<u32>,
    /// Whether an earlier run of the same config has left its caches.
    pub warm: bool,
}

/// How long a job takes altogether, or one step of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duration {
    /// `JOB`, or `JOB/STEP` with a step's name, or what it is (`checkout`).
    pub target: String,
    pub seconds: Seconds,
}

/// A job that fails, at the step that is named or else at its last `run` step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// `JOB` or `JOB/STEP`.
    pub target: String,
    /// How often it fails before it succeeds; nothing: always. Matters where something is rerun.
    pub times: Option<u32>,
}

/// What happens to a job at a time: for an approval, not before it is on hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    pub job: String,
    pub at: Seconds,
}

/// What becomes of an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    Approved(Seconds),
    Denied(Seconds),
    /// Nobody decides.
    Held,
}

impl RunInputs {
    /// `inputs` with the pipeline values that follow from how the pipeline was started. What was given by name
    /// stays.
    #[must_use]
    pub fn compiled_with(&self, mut inputs: Inputs) -> Inputs {
        let scheduled = self.schedule.as_ref().map(|_| "scheduled_pipeline".to_owned());
        let values = [
            ("pipeline.trigger_source", self.trigger_source.clone().or(scheduled)),
            ("pipeline.schedule.name", self.schedule.clone()),
        ];
        for (name, value) in values {
            let given = inputs.values.iter().any(|(known, _)| known == name);
            inputs.values.extend(value.filter(|_| !given).map(|value| (name.to_owned(), value)));
        }
        inputs
    }
}
