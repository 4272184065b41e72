use super::reach::Gap;
use super::undefined::{names_itself, report};
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds `alias/name` where no orb has that alias: neither a job, a command nor an executor can be meant.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config, for instance with `Cannot find a definition for command named
    /// alias/name`. The alias is the key under `orbs`, not the name of the orb in the registry. An orb sees
    /// the orbs that it imports itself, and no others.
    ///
    /// ## How to fix
    ///
    /// Write the alias as it stands under `orbs`, or import the orb:
    ///
    /// ```yaml
    /// orbs:
    ///   node: circleci/node@7.1.0
    /// ```
    UNDEFINED_ORB = "undefined-orb", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    report(context, found, UNDEFINED_ORB.id, |dangling| {
        matches!(dangling.gap, Gap::NoSuchOrb) && !names_itself(dangling)
    });
}
