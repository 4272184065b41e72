//! How the compiler came to a fault, as labels: the calls from the inside out.

use super::suggestion::shown;
use crate::compile::{Fault, Frame, FrameKind, Origin};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// A longer chain is shown by its inner and its outer end.
const INNER: usize = 5;
const OUTER: usize = 3;

/// `diagnostic` with the calls that led to `fault`, innermost first.
pub(super) fn with_calls(diagnostic: Diagnostic, fault: &Fault) -> Diagnostic {
    with_frames(diagnostic, &fault.origin, fault.span)
}

/// `diagnostic` with the calls that led to a step at `span`, where it is one of a command.
pub(super) fn with_commands(diagnostic: Diagnostic, origin: &Origin, span: Span) -> Diagnostic {
    if origin.frames().any(|frame| frame.kind == FrameKind::Command) {
        return with_frames(diagnostic, origin, span);
    }
    diagnostic
}

fn with_frames(mut diagnostic: Diagnostic, origin: &Origin, span: Span) -> Diagnostic {
    let frames: Vec<&Frame> = origin.frames().collect();
    let workflow = frames.iter().find(|frame| frame.kind == FrameKind::Workflow);
    let mut calls: Vec<(&Frame, String)> = Vec::new();
    for frame in &frames {
        let known = frame.span == span || calls.iter().any(|(known, _)| known.span == frame.span);
        if let (false, Some(words)) = (known, words(frame, workflow.copied())) {
            calls.push((frame, words));
        }
    }
    let left_out = INNER..calls.len().saturating_sub(OUTER).max(INNER);
    for (index, (frame, words)) in calls.into_iter().enumerate() {
        if !left_out.contains(&index) {
            diagnostic = diagnostic.with_related(frame.span, words);
        }
    }
    diagnostic
}

/// What happens at a frame; nothing for one that is no call.
fn words(frame: &Frame, workflow: Option<&Frame>) -> Option<String> {
    let name = shown(&frame.name);
    Some(match frame.kind {
        FrameKind::Command => format!("command {name} is called here"),
        FrameKind::Executor => format!("in executor {name}"),
        FrameKind::Job => format!("in job {name}"),
        FrameKind::JobGroup => format!("in job group {name}"),
        FrameKind::Parameter => format!("in the default of parameter {name}"),
        FrameKind::Entry => match workflow {
            Some(workflow) => format!("invoked here in workflow {}", shown(&workflow.name)),
            None => "invoked here".to_owned(),
        },
        FrameKind::Row => "in a row of this matrix".to_owned(),
        FrameKind::Anchor => "through this alias".to_owned(),
        FrameKind::Workflow | FrameKind::PreStep | FrameKind::PostStep | FrameKind::Text => return None,
    })
}

/// The job, command, executor or other place in whose words the fault is written: what decides which
/// parameters it sees.
pub(super) fn place(fault: &Fault) -> Option<&Frame> {
    let outer = |kind| matches!(kind, FrameKind::Text | FrameKind::Anchor | FrameKind::Row);
    fault.origin.frames().find(|frame| !outer(frame.kind))
}

/// A sentence of the compiler within a finding's message: it goes on, so it starts small.
pub(super) fn going_on(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
