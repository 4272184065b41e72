//! The command line.
//!
//! Comes in: arguments, files, standard input. Goes out: text on the terminal, JSON, fixed files, an exit code.
//! clap and `std::fs` are named here and nowhere else. Must not know: how anything is found out; it asks the
//! façade, [`crate::analysis`].

mod excerpt;
mod terminal;

pub use terminal::render;
