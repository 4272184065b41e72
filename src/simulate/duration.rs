//! How long things are assumed to take. Nobody measured these: they are round numbers that make the shape of a
//! run visible, and every answer lists those that it used.

use super::Seconds;
use serde::{Deserialize, Serialize};

/// An assumption of a run, in words, with its seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumption {
    pub what: String,
    /// Nothing for an assumption that is not about time.
    pub seconds: Option<Seconds>,
}

/// What takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Work {
    Checkout,
    Run,
    /// A `run` that installs dependencies, and the same after its cache was found.
    Install,
    CachedInstall,
    Restore,
    Save,
    Attach,
    Persist,
    /// Any other built-in step.
    Other,
    /// A `run` in the background: the next step does not wait for it.
    Background,
    /// A step of an orb that is not at hand.
    OpaqueStep,
    /// A whole job of an orb that is not at hand.
    OpaqueJob,
    Release,
}

/// Each kind of work with its seconds, and in words.
const ASSUMED: [(Work, Seconds, &str); 13] = [
    (Work::Checkout, 5, "checkout"),
    (Work::Run, 30, "a `run` step"),
    (Work::Install, 90, "a step that installs dependencies"),
    (Work::CachedInstall, 10, "the same after its cache was found"),
    (Work::Restore, 5, "restoring a cache"),
    (Work::Save, 5, "saving a cache"),
    (Work::Attach, 5, "attaching the workspace"),
    (Work::Persist, 5, "persisting to the workspace"),
    (Work::Other, 5, "any other built-in step"),
    (Work::Background, 0, "a step in the background"),
    (Work::OpaqueStep, 30, "a step of an orb that is not at hand"),
    (Work::OpaqueJob, 60, "a job of an orb that is not at hand"),
    (Work::Release, 60, "a release job"),
];

impl Work {
    pub(super) fn seconds(self) -> Seconds {
        self.row().map_or(0, |(_, seconds, _)| *seconds)
    }

    pub(super) fn assumption(self) -> Option<Assumption> {
        self.row().map(|(_, seconds, what)| Assumption { what: (*what).to_owned(), seconds: Some(*seconds) })
    }

    fn row(self) -> Option<&'static (Self, Seconds, &'static str)> {
        ASSUMED.iter().find(|(work, _, _)| *work == self)
    }
}
