use crate::compile::Trigger;
use crate::simulate::{Failure, RunInputs};
use serde::{Deserialize, Serialize};

/// How a step has the engine try a config. Crosses from the lesson to the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// How long the project's steps take, and which approvals somebody gives.
    pub run: RunInputs,
    /// What fails, `JOB` or `JOB/STEP`, for as long as a check finds something: its id. No config tells the
    /// simulation that a step will fail.
    pub fails: Vec<(String, Vec<String>)>,
    /// What else is pushed, each once.
    pub pushes: Vec<Trigger>,
}

impl Trial {
    /// With what a run is simulated where these checks find something; in a warm one the caches are there.
    #[must_use]
    pub fn run_inputs(&self, found: &[&str], warm: bool) -> RunInputs {
        let failing = self.fails.iter().filter(|(check, _)| found.contains(&check.as_str()));
        let failure = |target: &String| Failure { target: target.clone(), times: None };
        let failures = failing.flat_map(|(_, targets)| targets).map(failure).collect();
        RunInputs { failures, warm, ..self.run.clone() }
    }
}
