use super::reach::Gap;
use super::undefined::{names_itself, report};
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds `alias/name` where the orb is at hand, written in the config or given as a file, and has no such
    /// job, command or executor. An orb that calls its own elements by the alias under which a config imports
    /// it is found too. Of well-known orbs the names are known without a file, for the last release of each
    /// major version; where a config may get another release, the finding is a warning. Of other orbs that
    /// are not at hand nothing is said.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Cannot find a definition for … named alias/name`.
    ///
    /// ## How to fix
    ///
    /// Correct the name, or import a version of the orb that has the element. Inside an orb write its own
    /// elements without an alias:
    ///
    /// ```yaml
    /// orbs:
    ///   tools:
    ///     commands:
    ///       greet: {steps: [run: echo hello]}
    ///       twice: {steps: [greet, greet]}     # not tools/greet
    /// ```
    UNDEFINED_ORB_ELEMENT = "undefined-orb-element", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(context, found, UNDEFINED_ORB_ELEMENT.id, |dangling| {
        matches!(dangling.gap, Gap::NotInOrb(..)) || names_itself(dangling)
    });
}
