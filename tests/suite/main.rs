//! The native suite: one binary, a module a stage.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in `#[test]` functions; this is for what they call"
)]

mod app_compiled;
mod app_engine;
mod app_export;
mod app_link;
mod app_run;
mod app_state;
mod architecture;
mod catalogue;
mod check_pages;
mod checks;
mod cli;
mod cli_formats;
mod cli_lesson;
mod cli_many;
mod cli_markdown;
mod cli_render;
mod compile;
mod compile_limits;
mod complete;
mod corpus;
mod diagnostic_fix;
mod docs;
mod expression;
mod filters;
mod fixes;
mod flow;
mod graph_readers;
mod graph_text;
mod graphs;
mod hostile;
mod layout;
mod lesson_answers;
mod lessons;
mod many;
mod outside;
mod picture;
mod refused;
mod runs;
mod scene;
mod seeded;
mod shelf;
mod simulate;
mod sort;
mod suppression;
mod template;
mod text_lines;
mod values;
mod yaml_reader;
mod yaml_scalar;
mod yaml_writer;
