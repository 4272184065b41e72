//! What is not told beside its cause: a reader mends one word, and the finding that follows from it is gone too.

use super::unattached_workspace::UNATTACHED_WORKSPACE;
use super::{Context, nothing_to_attach::NOTHING_TO_ATTACH};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;

/// Takes out what says nothing of its own. What flows between jobs hangs on their order: while an error stands in
/// the workflows, that is not known.
pub(super) fn drop(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let Some(workflows) =
        context.document.root.as_ref().and_then(|root| root.get("workflows")).map(|node| node.span())
    else {
        return;
    };
    let is_inside = |span: Span| {
        span.source == workflows.source && workflows.start <= span.start && span.end <= workflows.end
    };
    let is_error = |one: &Diagnostic| one.severity == Severity::Error && is_inside(one.span);
    if found.iter().any(is_error) {
        found.retain(|one| ![UNATTACHED_WORKSPACE.id, NOTHING_TO_ATTACH.id].contains(&one.check));
    }
}
