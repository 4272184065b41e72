//! The way on which the compiler came to a fault, as labels.

use super::suggestion::shown;
use crate::compile::{Fault, FrameKind};
use crate::diagnostic::Diagnostic;

/// At most this many calls are shown.
const MAX_CALLS: usize = 6;

/// `diagnostic` with the calls that lead to the fault, the innermost first.
pub(super) fn with_calls(mut diagnostic: Diagnostic, fault: &Fault) -> Diagnostic {
    let told = fault.origin.frames().filter_map(|frame| Some((frame, sentence(frame.kind)?)));
    for (frame, sentence) in told.filter(|(frame, _)| frame.span != fault.span).take(MAX_CALLS) {
        diagnostic = diagnostic.with_related(frame.span, format!("{sentence} {}", shown(&frame.name)));
    }
    diagnostic
}

/// What a link of the chain is called; nothing for those that say no more than the place itself.
fn sentence(kind: FrameKind) -> Option<&'static str> {
    match kind {
        FrameKind::Command => Some("in the call of command"),
        FrameKind::Executor => Some("in executor"),
        FrameKind::Entry => Some("for the entry"),
        FrameKind::JobGroup => Some("in job group"),
        _ => None,
    }
}
