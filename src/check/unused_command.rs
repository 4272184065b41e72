use super::reach::Wanted;
use super::unused::report;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds commands that nothing calls: no step of a job or command, no step before or after an entry of a
    /// workflow, and no step that is given as an argument. Commands of inline orbs are looked at too.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's compiler never looks inside such a command. Mostly it was left behind, or the step that was to
    /// call it has another name.
    ///
    /// ## How to fix
    ///
    /// Call the command, or take it out of the config.
    ///
    /// ```yaml
    /// commands:
    ///   install:
    ///     steps: [run: npm ci]
    /// jobs:
    ///   test:
    ///     docker: [{image: cimg/node:20.11}]
    ///     steps: [checkout, install]
    /// ```
    UNUSED_COMMAND = "unused-command", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(context, found, UNUSED_COMMAND.id, Wanted::Command, |name| {
        format!("nothing calls command {name}")
    });
}
