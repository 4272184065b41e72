use super::reach::{Gap, Wanted};
use super::undefined::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds steps that are neither built into CircleCI nor a command that is defined where the step is
    /// written: in jobs and commands, in `pre-steps` and `post-steps`, and in arguments and defaults of type
    /// `steps`.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Cannot find a definition for command named …`. In a job or command
    /// that no workflow comes to CircleCI does not look, and the finding is a warning.
    ///
    /// ## How to fix
    ///
    /// Correct the name, define the command under `commands`, or put a shell command under `run`. A command
    /// of an orb is written `alias/command`; a job cannot be a step.
    UNDEFINED_COMMAND = "undefined-command", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(context, found, UNDEFINED_COMMAND.id, |dangling| {
        dangling.wanted == Wanted::Command && matches!(dangling.gap, Gap::Undefined)
    });
}
