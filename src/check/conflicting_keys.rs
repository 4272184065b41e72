use super::form::faults;
use super::{Context, declare_check};
use crate::config::FaultKind;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds two keys in one mapping that exclude each other: two of `docker`, `machine` and `macos` in a job
    /// or an executor, or both `when` and `unless` in a workflow.
    ///
    /// ## Why it matters
    ///
    /// A job runs in one place, and a workflow has one condition. CircleCI refuses a config that gives two.
    ///
    /// ## How to fix
    ///
    /// Keep one of the two. Services that a job needs beside its own container are further items of `docker`.
    /// Two conditions become one:
    ///
    /// ```yaml
    /// when:
    ///   and:
    ///     - << pipeline.parameters.deploy >>
    ///     - not: << pipeline.parameters.dry >>
    /// ```
    CONFLICTING_KEYS = "conflicting-keys", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in faults(context) {
        let FaultKind::Conflict { first, second, first_span } = &fault.kind else { continue };
        let message = format!("`{second}` and `{first}` exclude each other");
        found.push(
            Diagnostic::error(CONFLICTING_KEYS.id, fault.span, message)
                .with_related(*first_span, format!("`{first}` is here"))
                .with_help("Keep one of the two"),
        );
    }
}
