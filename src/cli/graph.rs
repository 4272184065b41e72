use super::arguments::{self, GraphFormat, Layer};
use super::files::{self, Place};
use super::given::Given;
use super::terminal::{self, plain};
use super::{Problem, Status, output};
use crate::analysis::{Analysis, analyze};
use crate::graph::{EdgeKind, Graph, dot, mermaid};
use crate::scene::{Direction, Scene, Theme, graph_json, svg_stacked};

/// `dryrun graph`
pub(super) fn run(arguments: &arguments::Graph) -> Result<Status, Problem> {
    let given = Given::read(&arguments.given)?;
    let place = files::chosen_one(arguments.path.as_deref())?;
    let sources = given.sources(&place.name(), place.read()?);
    let continued = sources.continued();
    let mut analyses = vec![analyze(&sources, &given.inputs)];
    analyses.extend(continued.as_ref().map(|sources| analyze(sources, &given.inputs.continued())));
    for graph in analyses.iter_mut().flat_map(|analysis| &mut analysis.graphs) {
        graph.edges.retain(|edge| arguments.layers.contains(&layer(&edge.kind)));
    }
    let workflows = chosen(&analyses, arguments.workflow.as_deref(), &place)?;
    for analysis in &analyses {
        output::note(&terminal::render_all(analysis));
    }
    output::write(&drawn(&workflows, arguments.format))?;
    let statuses = analyses.iter().map(|analysis| Status::of(&analysis.diagnostics));
    Ok(statuses.max().unwrap_or(Status::Clean))
}

fn layer(kind: &EdgeKind) -> Layer {
    match kind {
        EdgeKind::Requires { .. } => Layer::Requires,
        EdgeKind::Workspace { .. } => Layer::Workspace,
        EdgeKind::Cache { .. } => Layer::Cache,
    }
}

/// A workflow to draw: the analysis it is in, and its index there.
type Chosen<'a> = (&'a Analysis<'a>, usize);

/// The workflows to draw, those of a continuation last.
fn chosen<'a>(
    analyses: &'a [Analysis<'a>],
    name: Option<&str>,
    place: &Place,
) -> Result<Vec<Chosen<'a>>, Problem> {
    let all = || analyses.iter().flat_map(|analysis| (0..analysis.graphs.len()).map(move |i| (analysis, i)));
    let Some(name) = name else {
        return Ok(all().collect());
    };
    let found: Vec<Chosen<'_>> =
        all().filter(|(analysis, index)| analysis.graphs[*index].name == name).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let names: Vec<String> = all().map(|(analysis, index)| plain(&analysis.graphs[index].name)).collect();
    let there =
        if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
    Err(Problem(format!("no workflow `{}` in {}: {there}", plain(name), plain(&place.name()))))
}

fn drawn(workflows: &[Chosen<'_>], format: GraphFormat) -> String {
    let graphs = || workflows.iter().map(|(analysis, index)| &analysis.graphs[*index]);
    let scenes = || {
        workflows
            .iter()
            .map(|(analysis, index)| analysis.scene(*index, Direction::default()))
            .collect::<Vec<Scene>>()
    };
    match format {
        GraphFormat::Svg => svg_stacked(&scenes(), Theme::default()),
        GraphFormat::Mermaid => mermaid_blocks(&graphs().collect::<Vec<_>>()),
        GraphFormat::Dot => dot(&graphs().collect::<Vec<_>>()),
        GraphFormat::Json => graph_json(&graphs().zip(&scenes()).collect::<Vec<_>>()),
    }
}

/// One workflow as it is, for tools that read Mermaid; several as blocks of Markdown, since a Mermaid text
/// holds one diagram only.
fn mermaid_blocks(graphs: &[&Graph]) -> String {
    if let [graph] = graphs {
        return mermaid(graph);
    }
    let block = |graph: &&Graph| format!("### {}\n\n```mermaid\n{}```\n", plain(&graph.name), mermaid(graph));
    graphs.iter().map(block).collect::<Vec<_>>().join("\n")
}
