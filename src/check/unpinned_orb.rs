use super::suggestion::shown;
use super::{Context, declare_check};
use crate::config::is_template;
use crate::diagnostic::{Diagnostic, Severity};
use crate::orb::{OrbReference, OrbVersion};

declare_check! {
    /// ## What it does
    ///
    /// Finds orbs of which no release is asked for: `@volatile` (whatever is newest) and `@dev:…` (a development
    /// version, which can be published over and is deleted after 90 days).
    ///
    /// ## Why it matters
    ///
    /// An orb runs with the secrets of the job. With these versions its author, or whoever has taken over their
    /// account, changes what runs in your pipeline at any time, and a new major release breaks it.
    ///
    /// ## How to fix
    ///
    /// Ask for a release:
    ///
    /// ```yaml
    /// orbs:
    ///   node: circleci/node@5.2.0
    /// ```
    UNPINNED_ORB = "unpinned-orb", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for orb in &context.config.own.orbs {
        let Some(written) = orb.reference.as_ref().filter(|_| !is_template(&orb.node)) else { continue };
        let Some(reference) = OrbReference::parse(written) else { continue };
        let (severity, what) = match reference.version {
            OrbVersion::Volatile => (Severity::Warning, "is whatever is newest"),
            // Mostly the orb's own author at work.
            OrbVersion::Development(_) => {
                (Severity::Info, "can change at any time and is deleted after 90 days")
            }
            OrbVersion::Numbers(_) => continue,
        };
        let at = written.value.find('@').unwrap_or_default();
        let message = format!("{} {what}", shown(&written.value[at..]));
        let help = format!("Ask for a release of `{}`, such as `@1.2.3`", reference.name);
        found.push(Diagnostic::new(UNPINNED_ORB.id, severity, written.span, message).with_help(help));
    }
}
