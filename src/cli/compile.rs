use super::arguments;
use super::files;
use super::given::Given;
use super::terminal::{self, plain};
use super::{Problem, Status, output};
use crate::analysis::{Analysis, Frame, FrameKind, Origin, analyze};
use crate::text::Encoding;
use crate::yaml::{Line, Written};

/// Origins stand in one column behind lines up to this length, in characters; longer lines push theirs out.
const WIDEST: usize = 60;

/// `dryrun compile`
pub(super) fn run(arguments: &arguments::Compile) -> Result<Status, Problem> {
    let given = Given::read(&arguments.given)?;
    let place = files::chosen_one(arguments.path.as_deref())?;
    let sources = given.sources(&place.name(), place.read()?);
    let analysis = analyze(&sources, &given.inputs);
    output::note(&terminal::render_all(&analysis));
    if let Some(written) = analysis.compiled_text() {
        let body = if arguments.origins { with_origins(&analysis, &written) } else { written.text };
        let (header, footer) = if arguments.comments { analysis.comments() } else { Default::default() };
        output::write(&(header + &body + &footer))?;
    }
    Ok(Status::of(&analysis.diagnostics))
}

/// The text with the origin of each line beside it. Not for machines: in a literal block it is no comment.
fn with_origins(analysis: &Analysis<'_>, written: &Written<'_, Origin>) -> String {
    let text = |line: &Line<'_, Origin>| &written.text[line.range.clone()];
    let lengths = written.lines.iter().map(|line| text(line).chars().count());
    let width = lengths.filter(|length| *length <= WIDEST).max().unwrap_or_default();
    let line = |line: &Line<'_, Origin>| match chain(analysis, line) {
        Some(chain) => format!("{:width$}  # {chain}\n", text(line)),
        None => format!("{}\n", text(line)),
    };
    written.lines.iter().map(line).collect()
}

/// The frames of the innermost value on a line that has an origin, from the text outwards.
fn chain(analysis: &Analysis<'_>, line: &Line<'_, Origin>) -> Option<String> {
    let origin = line.marks.iter().rev().find(|origin| origin.span().is_some())?;
    let frames: Vec<String> = origin.frames().map(|frame| link(analysis, frame)).collect();
    Some(frames.join(" < "))
}

/// ``command `greet` 12:7``; with the file where it is not the config.
fn link(analysis: &Analysis<'_>, frame: &Frame) -> String {
    let source = analysis.sources.get(frame.span.source);
    let position = source.position(frame.span.start, Encoding::Scalar);
    let file =
        if source.id == analysis.sources.config().id { String::new() } else { plain(&source.name) + ":" };
    let place = format!("{file}{}:{}", position.line, position.column);
    let what = match frame.kind {
        FrameKind::Text => return place,
        FrameKind::Parameter => "parameter",
        FrameKind::Command => "command",
        FrameKind::Executor => "executor",
        FrameKind::Job => "job",
        FrameKind::Entry => "entry",
        FrameKind::Row => "matrix row",
        FrameKind::PreStep => "pre-step",
        FrameKind::PostStep => "post-step",
        FrameKind::Anchor => "anchor",
        FrameKind::Workflow => "workflow",
        FrameKind::JobGroup => "job group",
    };
    let name = if frame.name.is_empty() { String::new() } else { format!(" `{}`", plain(&frame.name)) };
    format!("{what}{name} {place}")
}
