//! A simulated run, with places as a reader finds them.

pub use crate::analysis::RunInputs;
pub use crate::simulate::{
    Assumption, Bar, Duration, Event, EventKind, Failure, JobProgress, JobRun, JobState, Moment, Progress,
    Run, Seconds, StepRun, Why, WorkflowRun, WorkflowState, clock, describe, length,
};

use super::{Border, Location};
use crate::analysis::Analysis;
use crate::text::Encoding;

/// Which jobs would run, why, and how. Fold its events with [`Progress`].
pub type RunReport = Run<Location>;

/// What a run of the config in `analysis` would be, with columns counted in `encoding`.
#[must_use]
pub fn run(analysis: &Analysis<'_>, inputs: &RunInputs, encoding: Encoding) -> RunReport {
    let border = Border { sources: analysis.sources, encoding };
    analysis.simulate(inputs).map(&mut |span| border.location(span))
}
