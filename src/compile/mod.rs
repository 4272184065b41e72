//! What CircleCI's compiler makes of a config.
//!
//! Comes in: a [`Config`](crate::config::Config), the orbs at hand, [`Inputs`] (trigger, pipeline parameters
//! and values). Goes out: [`Compiled`]: each workflow's entries with their final names, and what they
//! require; what was wrong on the way as [`Fault`]s; what could not be looked at. Each value knows its
//! [`Origin`]. Partial is normal: a job that does not compile stays in its workflow. Must not know: how
//! findings are worded, how anything is drawn.

mod arguments;
pub mod comments;
mod compiled;
mod compiler;
mod condition;
mod environment;
mod fault;
mod fit;
mod group;
mod inputs;
mod job;
mod matrix;
mod names;
mod origin;
mod output;
mod pipeline;
mod reason;
mod steps;
mod substitute;
mod workflow;

pub use compiled::{
    Compiled, Condition, Entry, JobKind, Matched, NotChecked, Requirement, Runs, Schedule, Value, Workflow,
};
pub use fault::{Fault, FaultKind};
pub use fit::misfit_as_written;
pub use inputs::{Inputs, Trigger};
pub use origin::{Frame, FrameKind, Origin};
pub use pipeline::{is_value, value_names};
pub use reason::{NamedValue, Reason};

use crate::config::Config;
use crate::orb::{Library, Scope};
use crate::text::Sources;

/// Compiles `config`, which was read from `sources`, with `inputs`.
#[must_use]
pub fn compile(sources: &Sources, config: &Config, library: &Library, inputs: &Inputs) -> Compiled {
    let scope = Scope::config(&config.own, library);
    compiler::Compiler::new(sources, config, scope, inputs).run()
}
