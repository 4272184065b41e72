use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};

declare_check! {
    /// ## What it does
    ///
    /// Finds a config of version 2 (or 2.0).
    ///
    /// ## Why it matters
    ///
    /// Since September 2026 circleci.com compiles configs of version 2.1 only: a pipeline whose config says `2` ends
    /// with an error. A CircleCI Server may still take it.
    ///
    /// ## How to fix
    ///
    /// Change the version. Most configs need nothing else. In 2.1 `<<` begins a template: a here-document is
    /// written `\<<EOF` (`unclosed-tag` finds them and puts the backslash in), and `branches` of a job moves into
    /// the `filters` of its invocation.
    ///
    /// ```yaml
    /// version: 2.1
    /// ```
    OUTDATED_VERSION = "outdated-version", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // What sets up another config has always needed 2.1: an error of its own.
    let outdated = context.config.version.as_ref().filter(|version| version.is_2_0());
    let Some(version) = outdated.filter(|_| !context.config.is_setup()) else { return };
    let span = version.node.span();
    found.push(
        Diagnostic::warning(
            OUTDATED_VERSION.id,
            span,
            format!("CircleCI no longer compiles configs of version {}", shown(&version.text)),
        )
        .with_help(
            "It has taken `2.1` only since September 2026; in 2.1 a here-document is written `\\<<EOF`",
        )
        .with_fix(Some(Fix::replace(span, "2.1", "change to `2.1`").behaviour_changing())),
    );
}
