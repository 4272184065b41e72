//! The native suite: one binary, a module a stage.

mod yaml_scalar;
mod yaml_writer;
