use super::{Body, Given, Offer, Request, RequestKind, Response, Shown};
use crate::analysis::{Analysis, Inputs, analyze, complete};
use crate::report::playback::{Playback, playback};
use crate::report::{CompiledReport, Exported, GraphTexts, Range, Report, ReportedFix, RunInputs, markdown};
use crate::scene::{Direction, Theme, svg};
use crate::text::{Encoding, Position, Sources};

/// Does what a request asks for. The page counts columns in UTF-16 units, so positions are made in those.
#[must_use]
pub fn answer(request: Request) -> Response {
    let body = match request.kind {
        RequestKind::Analyze { name, text, given, direction } => {
            Body::Report(Box::new(report(name, text, &given, direction)))
        }
        RequestKind::Compile { name, text, given } => Body::Compiled(compiled(name, text, &given)),
        RequestKind::Run { name, text, given, run } => Body::Run(Box::new(played(name, text, &given, &run))),
        RequestKind::Ignore { name, text, given, finding } => {
            let sources = given.sources(name, text);
            let analysis = analyze(&sources, &given.inputs());
            Body::Ignore(ReportedFix::ignoring(&analysis, finding, Encoding::Utf16))
        }
        RequestKind::Complete { name, text, given, line, column } => {
            Body::Offered(offer(name, text, &given, Position { line, column }))
        }
        RequestKind::Export { name, text, given, shown, dark } => {
            let theme = if dark { Theme::Dark } else { Theme::Light };
            Body::Exported(Box::new(exported(name, text, &given, shown, theme)))
        }
    };
    Response { rev: request.rev, body }
}

fn offer(name: String, text: String, given: &Given, caret: Position) -> Offer {
    let sources = given.sources(name, text);
    let config = sources.config();
    let completion = complete(&sources, config.lines().offset(&config.text, caret, Encoding::Utf16));
    Offer { range: Range::of(&sources, completion.span, Encoding::Utf16), candidates: completion.candidates }
}

fn report(name: String, text: String, given: &Given, direction: Direction) -> Report {
    let (own, continuation) =
        each_config(name, text, given, |analysis| Report::of(analysis, Encoding::Utf16, direction));
    Report { continuation: continuation.map(Box::new), ..own }
}

fn played(name: String, text: String, given: &Given, inputs: &RunInputs) -> Playback {
    let started = RunInputs { schedule: given.schedule.clone(), ..inputs.clone() };
    let (mut own, continuation) = each_config(name, text, given, |analysis| playback(analysis, &started));
    if let Some(mut continuation) = continuation {
        own.workflows.append(&mut continuation.workflows);
        continuation.assumptions.retain(|assumed| !own.assumptions.contains(assumed));
        own.assumptions.append(&mut continuation.assumptions);
        own.errors += continuation.errors;
    }
    own
}

fn compiled(name: String, text: String, given: &Given) -> Vec<(String, CompiledReport)> {
    let (own, continuation) = each_config(name, text, given, |analysis| {
        let compiled = CompiledReport::of(analysis, Encoding::Utf16)?;
        Some((analysis.sources.config().name.clone(), compiled))
    });
    [own, continuation.flatten()].into_iter().flatten().collect()
}

fn exported(name: String, text: String, given: &Given, shown: Option<Box<Shown>>, theme: Theme) -> Exported {
    let (own, continuation) = each_config(name.clone(), text, given, |analysis| {
        markdown(analysis, &Report::without_drawings(analysis, Encoding::Scalar), None)
    });
    let report = [Some(own), continuation].into_iter().flatten().collect::<Vec<_>>().join("\n");
    let Some(shown) = shown else { return Exported { report, ..Exported::default() } };
    let Shown { text, workflow, scene } = *shown;
    let (mut graphs, continued) = each_config(name, text, given, GraphTexts::all);
    graphs.extend(continued.into_iter().flatten());
    let graph = graphs.into_iter().nth(workflow).unwrap_or_default();
    Exported { svg: svg(&scene, theme), graph, report }
}

/// What `read` makes of the config, and of the continuation where a setup config has one.
fn each_config<T>(
    name: String,
    text: String,
    given: &Given,
    read: impl Fn(&Analysis<'_>) -> T,
) -> (T, Option<T>) {
    each_config_with(analyze, name, text, given, &given.inputs(), read)
}

/// The same with another `analyze`, and with inputs that are not those of `given`.
pub(super) fn each_config_with<T>(
    analyze: for<'a> fn(&'a Sources, &Inputs) -> Analysis<'a>,
    name: String,
    text: String,
    given: &Given,
    inputs: &Inputs,
    read: impl Fn(&Analysis<'_>) -> T,
) -> (T, Option<T>) {
    let sources = given.sources(name, text);
    let own = analyze(&sources, inputs);
    let continued = sources.continued().filter(|_| own.config.is_setup());
    let continuation = continued.map(|sources| read(&analyze(&sources, &inputs.continued())));
    (read(&own), continuation)
}
