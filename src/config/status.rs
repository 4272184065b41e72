use serde::{Deserialize, Serialize};

/// How a job can end; what `requires` can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Success,
    Failed,
    Canceled,
    Unauthorized,
    NotRun,
    /// Any of the others.
    Terminal,
}

impl Status {
    /// Every status that may be written, in the order of the documentation.
    pub const ALL: [Self; 6] =
        [Self::Success, Self::Failed, Self::Canceled, Self::Unauthorized, Self::NotRun, Self::Terminal];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Canceled => "canceled",
            Self::Unauthorized => "unauthorized",
            Self::NotRun => "not_run",
            Self::Terminal => "terminal",
        }
    }

    /// The status that `name` writes.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}
