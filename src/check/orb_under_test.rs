use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Severity};

declare_check! {
    /// ## What it does
    ///
    /// Tells of orbs that are written in place and empty, as `slack: {}`, and of an orb that is used and not imported
    /// in the config that publishes it (`orb-tools/publish`).
    ///
    /// ## Why it matters
    ///
    /// This is the orb under test: before the config runs, the orb development kit puts the real orb in. Compiled as
    /// it stands, CircleCI finds none of the orb's elements. Dryrun takes it for an orb whose source is not at hand:
    /// its jobs are drawn, and nothing about it is checked.
    ///
    /// ## How to fix
    ///
    /// Nothing, if the config is continued with the orb put in. To look inside, give the orb's source:
    /// on the command line a released version with `--orb acme/slack@1.2.3=orb.yml` and the same reference in
    /// the config. An orb that is not meant to be empty gets its `commands`, `jobs` or `executors`.
    ORB_UNDER_TEST = "orb-under-test", Hint, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for orb in &context.config.own.orbs {
        let used = || context.compiled.not_checked.iter().any(|item| item.span == orb.alias.span);
        let (message, help) = if orb.is_put_in && used() {
            (
                format!("orb {} is used and published here, and not imported", shown(&orb.alias)),
                "The orb development kit puts it in before the config runs; its elements are not checked",
            )
        } else if !orb.is_put_in && orb.inline.as_ref().is_some_and(|inline| inline.is_empty()) {
            (
                format!("orb {} is an empty placeholder", shown(&orb.alias)),
                "The orb development kit puts the orb under test here; its elements are not checked",
            )
        } else {
            continue;
        };
        found.push(
            Diagnostic::new(ORB_UNDER_TEST.id, Severity::Hint, orb.alias.span, message).with_help(help),
        );
    }
}
