//! What is not told beside its cause: a reader mends one word, and the finding that follows from it is gone too.

use super::form::faults;
use super::outdated_version::OUTDATED_VERSION;
use super::unattached_workspace::UNATTACHED_WORKSPACE;
use super::unknown_key::UNKNOWN_KEY;
use super::unsupported_version::UNSUPPORTED_VERSION;
use super::unused_ignore::UNUSED_IGNORE;
use super::{Context, nothing_to_attach::NOTHING_TO_ATTACH};
use crate::config::FaultKind;
use crate::diagnostic::{Diagnostic, Severity};
use crate::sort::{self, Set};
use crate::text::Span;

/// Takes out what says nothing of its own. What flows between jobs hangs on their order: while an error stands in
/// the workflows, that is not known.
pub(super) fn drop(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    inside_strays(context, found);
    // Who is told that orbs need another version need not hear that this one is old.
    let versions = found.iter().filter(|one| one.check == UNSUPPORTED_VERSION.id).map(|one| one.span);
    let versions: Set<Span> = versions.collect();
    found.retain(|one| one.check != OUTDATED_VERSION.id || !versions.contains(&one.span));
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

/// What slipped out of its element is looked at once it is back, and so is whether anything uses what is used there.
fn inside_strays(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let strays = faults(context).filter_map(|fault| match &fault.kind {
        FaultKind::Stray { extent, .. } => Some((fault.span, *extent)),
        _ => None,
    });
    let strays: Vec<(Span, Span)> = strays.collect();
    if strays.is_empty() {
        return;
    }
    let extents = Extents::of(strays.iter().map(|(_, extent)| *extent).collect());
    let told: Set<Span> = strays.iter().map(|(key, _)| *key).collect();
    found.retain(|one| {
        let itself = one.check == UNKNOWN_KEY.id && told.contains(&one.span);
        let unused = one.check.starts_with("unused-") && one.check != UNUSED_IGNORE.id;
        itself || !(unused || extents.hold(one.span))
    });
}

/// Stretches of the sources, none inside another, in order.
struct Extents(Vec<Span>);

impl Extents {
    fn of(mut extents: Vec<Span>) -> Self {
        sort::by_key(&mut extents, |extent| (extent.source, extent.start));
        Self(extents)
    }

    fn hold(&self, span: Span) -> bool {
        let before =
            self.0.partition_point(|extent| (extent.source, extent.start) <= (span.source, span.start));
        before
            .checked_sub(1)
            .is_some_and(|last| self.0[last].source == span.source && span.end <= self.0[last].end)
    }
}
