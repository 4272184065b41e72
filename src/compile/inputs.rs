/// What starts a pipeline.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// Parameters for the continuation of a setup config.
    pub continuation_parameters: Vec<(String, String)>,
}
