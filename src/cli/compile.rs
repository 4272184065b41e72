use super::arguments;
use super::files;
use super::given::Given;
use super::terminal::{self, plain};
use super::{Problem, Status, output};
use crate::analysis::{Inputs, analyze};
use crate::report::{CompiledLine, CompiledReport, Location, ReportedFrame};
use crate::text::{Encoding, Sources};

/// Origins stand in one column behind lines up to this length, in characters; longer lines push theirs out.
const WIDEST: usize = 60;

/// `dryrun compile`
pub(super) fn run(arguments: &arguments::Compile) -> Result<Status, Problem> {
    let given = Given::read(&arguments.given)?;
    let place = files::chosen_one(arguments.path.as_deref())?;
    let sources = given.sources(&place.name(), place.read()?);
    let status = print(arguments, &sources, &given.inputs)?;
    let Some(continued) = sources.continued() else { return Ok(status) };
    output::write("---\n")?;
    Ok(status.max(print(arguments, &continued, &given.inputs.continued())?))
}

/// Prints one compiled config; what is wrong with it goes to standard error.
fn print(arguments: &arguments::Compile, sources: &Sources, inputs: &Inputs) -> Result<Status, Problem> {
    let analysis = analyze(sources, inputs);
    output::note(&terminal::render_all(&analysis));
    let body = if arguments.origins {
        let compiled = CompiledReport::of(&analysis, Encoding::Scalar);
        compiled.map(|compiled| with_origins(&sources.config().name, &compiled))
    } else {
        analysis.compiled_text()
    };
    if let Some(body) = body {
        let (header, footer) = if arguments.comments { analysis.comments() } else { Default::default() };
        output::write(&(header + &body + &footer))?;
    }
    let status = Status::of(&analysis.diagnostics);
    // The process is about to end: giving back each of a million nodes would take a third of the time.
    std::mem::forget(analysis);
    Ok(status)
}

/// The text with the chain of each line beside it, the place in the source first. Not for machines: in a
/// literal block it is no comment.
fn with_origins(config: &str, compiled: &CompiledReport) -> String {
    let texts = || compiled.text.split_terminator('\n');
    let lengths = texts().map(|text| text.chars().count());
    let width = lengths.filter(|length| *length <= WIDEST).max().unwrap_or_default();
    let line = |(text, line): (&str, &CompiledLine)| {
        let frames = line.chain.iter().filter_map(|index| compiled.frames.get(*index as usize));
        let links: Vec<String> = frames.map(|frame| link(config, frame)).collect();
        if links.is_empty() {
            format!("{text}\n")
        } else {
            format!("{text:width$}  # {}\n", links.join(" < "))
        }
    };
    texts().zip(&compiled.lines).map(line).collect()
}

/// ``command `greet` 12:7``, with the file where it is not the config; for a text itself only the place.
fn link(config: &str, frame: &ReportedFrame) -> String {
    let Location { file, span } = &frame.place;
    let place = format!("{}:{}", span.start.line, span.start.column);
    let place = if file == config { place } else { format!("{}:{place}", plain(file)) };
    match (frame.kind.as_str(), frame.name.as_str()) {
        ("text", _) => place,
        (kind, "") => format!("{kind} {place}"),
        (kind, name) => format!("{kind} `{}` {place}", plain(name)),
    }
}
