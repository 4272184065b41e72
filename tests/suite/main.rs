//! The native suite: one binary, a module a stage.

mod cli_render;
mod yaml_scalar;
mod yaml_writer;
