use crate::compile::Trigger;
use crate::simulate::{Failure, RunInputs};
use serde::{Deserialize, Serialize};

/// How a step has the engine try a config. Crosses from the lesson to the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// How long the project's steps take, and which approvals somebody gives.
    pub run: RunInputs,
    /// The id of a check, and what fails (`JOB` or `JOB/STEP`) for as long as that finds something. No config tells
    /// the simulation that a step will fail.
    pub fails: Vec<(String, String)>,
    /// What else is pushed, each once.
    pub pushes: Vec<Trigger>,
}

impl Trial {
    /// What fails where these checks find something.
    #[must_use]
    pub fn failures(&self, found: &[&str]) -> Vec<Failure> {
        let failing = self.fails.iter().filter(|(check, _)| found.contains(&check.as_str()));
        failing.map(|(_, target)| Failure { target: target.clone(), times: None }).collect()
    }
}
