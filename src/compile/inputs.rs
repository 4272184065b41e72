use serde::{Deserialize, Serialize};

/// What starts a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trigger {
    /// A push to a branch, or a pipeline that somebody starts on one.
    Branch(String),
    /// A push of a tag.
    Tag(String),
}

impl Default for Trigger {
    /// A push to `main`.
    fn default() -> Self {
        Self::Branch("main".to_owned())
    }
}

/// What a config is compiled with. Nothing looks at git: whatever is not given has a fixed default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    pub trigger: Trigger,
    /// Pipeline parameters by name, as they were typed; the declared type decides what they mean.
    pub parameters: Vec<(String, String)>,
    /// Pipeline values by their full name (`pipeline.git.branch`); they win over everything else.
    pub values: Vec<(String, String)>,
    /// Parameters that a setup config passes to its continuation.
    pub continuation_parameters: Vec<(String, String)>,
    /// Parameters with which the pipeline of the setup config was started: a continuation has those that it
    /// declares.
    pub inherited: Vec<(String, String)>,
}

impl Inputs {
    /// What the continuation of a setup config that was compiled with these is compiled with.
    #[must_use]
    pub fn continued(&self) -> Self {
        Self {
            trigger: self.trigger.clone(),
            parameters: self.continuation_parameters.clone(),
            values: self.values.clone(),
            continuation_parameters: Vec::new(),
            inherited: self.parameters.clone(),
        }
    }
}
