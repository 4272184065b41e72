//! Dryrun shows what CircleCI would do with a `.circleci/config.yml`, without CircleCI.
//!
//! The way of a text through the house is in ARCHITECTURE.md. CLI, worker, tests and docs call
//! nothing but the façade, [`analysis`].

pub mod analysis;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compile;
pub mod config;
pub mod diagnostic;
pub mod graph;
pub mod layout;
pub mod orb;
pub mod report;
pub mod scene;
pub mod text;
pub mod yaml;
