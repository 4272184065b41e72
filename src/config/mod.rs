//! The config as its author wrote it: nothing resolved, every scalar with its place.
//!
//! Comes in: a YAML tree. Goes out: a [`Config`] of jobs, commands, executors, orbs, parameters, workflows
//! and job groups, typed as far as later stages read it, each with the [`Node`](crate::yaml::Node) it was
//! read from; and the [`Fault`]s of its form against [`schema`]. What cannot be read is left out of the
//! typed part and reported as a fault, never guessed. Must not know: what a name refers to (but for the form of
//! what is given to a command or job of the same scope), what any `<< >>` means.

mod element;
mod fault;
mod filter;
mod invocation;
mod job;
mod logic;
mod parameter;
mod read;
mod record;
pub mod schema;
mod shape;
mod status;
mod step;
mod stray;
mod table;

pub use fault::{Fault, FaultKind, Home};
pub use filter::{Filter, FilterItems, Filters};
pub use invocation::{Argument, Invocation, JobGroup, Matrix, Requirement, Schedule, Workflow, Workflows};
pub use job::{Command, Executor, ExecutorUse, Job, JobBody, JobType};
pub use parameter::{Parameter, ParameterType};
pub use read::{Config, OrbImport, OrbSource, Version, read, read_orb};
pub use shape::is_template;
pub use status::Status;
pub use step::{Condition, Step, StepKind, Steps, read_steps};
pub use table::{Named, Table};
