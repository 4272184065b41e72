//! The command line.
//!
//! Comes in: arguments, files, standard input. Goes out: text on the terminal, JSON, fixed files, an exit code.
//! clap and `std::fs` are named here and nowhere else. Must not know: how anything is found out; it asks the
//! façade, [`crate::analysis`]. A command is one file; each file of a call is worked on by itself, several at
//! once, and printed in the order of the arguments.

mod arguments;
mod catalogue;
mod check;
mod compile;
mod document;
mod excerpt;
mod files;
mod fix;
mod github;
mod given;
mod graph;
mod json;
mod lesson;
mod link;
mod output;
mod parallel;
mod run;
mod run_document;
mod run_text;
mod sarif;
mod signatures;
mod terminal;

pub use terminal::render;

use crate::diagnostic::{Diagnostic, Severity};
use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

/// What a call comes to, from good to bad: of several files the worst counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    /// No errors.
    Clean,
    /// Errors in a config.
    Errors,
    /// A wrong call, or a file that cannot be read or written.
    Failed,
}

impl Status {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let errors = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        if errors { Self::Errors } else { Self::Clean }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Clean => Self::SUCCESS,
            Status::Errors => Self::from(1),
            Status::Failed => Self::from(2),
        }
    }
}

/// Why a file or a whole call came to nothing. Not about what stands in a config: that is a diagnostic.
#[derive(Debug)]
struct Problem(String);

impl Problem {
    /// Says so on standard error.
    fn tell(&self) -> Status {
        output::note(&format!("\u{1b}[1;31merror\u{1b}[0m: {}\n", self.0));
        Status::Failed
    }
}

/// Does what the arguments of this process ask for.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(answer) => {
            // Help and version come this way too; a closed pipe is no reason to fail.
            let _ = answer.print();
            return if answer.use_stderr() { Status::Failed.into() } else { Status::Clean.into() };
        }
    };
    let result = match &arguments.command {
        Command::Check(check) => check::run(check),
        Command::Compile(compile) => compile::run(compile),
        Command::Graph(graph) => graph::run(graph),
        Command::Run(run) => run::run(run),
        Command::Lesson(lesson) => lesson::run(lesson),
        Command::Checks => catalogue::list(),
        Command::Explain(explain) => catalogue::explain(&explain.id),
        Command::Signatures(signatures) => signatures::run(signatures),
    };
    result.unwrap_or_else(|problem| problem.tell()).into()
}
