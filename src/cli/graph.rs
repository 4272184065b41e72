use super::arguments::{self, GraphFormat};
use super::files::{self, Place};
use super::given::Given;
use super::terminal::{self, plain};
use super::{Problem, Status, output};
use crate::analysis::{Analysis, analyze};
use crate::graph::{Graph, dot, mermaid};
use crate::scene::{Scene, Theme, graph_json, svg_stacked};

/// `dryrun graph`
pub(super) fn run(arguments: &arguments::Graph) -> Result<Status, Problem> {
    let given = Given::read(&arguments.given)?;
    let place = files::chosen_one(arguments.path.as_deref())?;
    let sources = given.sources(&place.name(), place.read()?);
    let analysis = analyze(&sources, &given.inputs);
    let workflows = chosen(&analysis, arguments.workflow.as_deref(), &place)?;
    output::note(&terminal::render_all(&analysis));
    output::write(&drawn(&analysis, &workflows, arguments.format))?;
    Ok(Status::of(&analysis.diagnostics))
}

/// Indices of the workflows to draw.
fn chosen(analysis: &Analysis<'_>, name: Option<&str>, place: &Place) -> Result<Vec<usize>, Problem> {
    let all = 0..analysis.graphs.len();
    let Some(name) = name else {
        return Ok(all.collect());
    };
    let found: Vec<usize> = all.filter(|index| analysis.graphs[*index].name == name).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let names: Vec<String> = analysis.graphs.iter().map(|graph| plain(&graph.name)).collect();
    let there =
        if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", names.join(", ")) };
    Err(Problem(format!("no workflow `{}` in {}: {there}", plain(name), plain(&place.name()))))
}

fn drawn(analysis: &Analysis<'_>, workflows: &[usize], format: GraphFormat) -> String {
    let graphs = || workflows.iter().map(|index| &analysis.graphs[*index]);
    let scenes = || workflows.iter().map(|index| analysis.scene(*index)).collect::<Vec<Scene>>();
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
