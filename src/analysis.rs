//! The façade: all that the command line, the worker, tests and docs call.
//!
//! Comes in: [`Sources`] and [`Inputs`]. Goes out: an [`Analysis`], with everything that was found out on the
//! way. Must not know: who asks, and how the answer is shown.

mod facts;
mod outside;
mod placed;

use crate::check::{self, Context, Findings, Suppression};
use crate::compile::{self, Compiled, JobKind, NotChecked};
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity, apply_edits, fixable};
use crate::flow::{self, Flow};
use crate::graph::{self, Graph};
use crate::layout::{self, Direction};
use crate::orb::Library;
use crate::orb::catalogue::{self, Update};
use crate::scene::{self, Scene};
use crate::simulate::{self, Run, WorkflowPlan};
use crate::text::{Source, Sources, Span};
use crate::yaml::{self, Document};
use placed::Placed;

pub use crate::check::Ignored;
pub use crate::compile::Inputs;
pub use crate::complete::{Candidate, CandidateKind, Completion, complete};
pub use crate::orb::catalogue::licence_note;
pub use crate::simulate::RunInputs;
pub use facts::{Attempt, attempt, facts};

/// All there is to know about a config.
#[derive(Debug)]
pub struct Analysis<'a> {
    pub sources: &'a Sources,
    /// What it was compiled with.
    pub inputs: Inputs,
    pub document: Document,
    pub config: Config,
    pub library: Library,
    pub compiled: Compiled,
    /// By index the workflows of `compiled`.
    pub graphs: Vec<Graph>,
    /// By index the workflows of `compiled`.
    pub flows: Vec<Flow>,
    /// Errors first, then by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Findings that comments ask to ignore: neither errors nor warnings, but said to be there.
    pub ignored: Vec<Ignored>,
    placed: Placed,
}

/// Reads, compiles and checks a config. Whatever is wrong with it is in the answer; there is always one.
#[must_use]
pub fn analyze<'a>(sources: &'a Sources, inputs: &Inputs) -> Analysis<'a> {
    analyze_with(check::run, sources, inputs)
}

/// The same, but looks for errors only.
#[must_use]
pub fn analyze_for_errors<'a>(sources: &'a Sources, inputs: &Inputs) -> Analysis<'a> {
    analyze_with(check::run_errors, sources, inputs)
}

fn analyze_with<'a>(
    run_checks: fn(&Context<'_>) -> Findings,
    sources: &'a Sources,
    inputs: &Inputs,
) -> Analysis<'a> {
    let (document, yaml_faults) = yaml::parse(sources.config());
    let config = config::read(&document);
    let library = Library::read(sources, &config.own);
    let mut compiled = compile::compile(sources, &config, &library, inputs);
    if document.stopped_at.is_some() {
        forgive_missing(&mut compiled);
    }
    let mut graphs: Vec<Graph> = compiled.workflows.iter().map(graph::build).collect();
    let flows = flow::trace(&compiled);
    for (index, graph) in graphs.iter_mut().enumerate() {
        graph.edges.extend(flow::edges(&flows, index));
    }
    let suppression = Suppression::read(sources, &document, &library);
    let Findings { diagnostics, ignored } = run_checks(&Context {
        sources,
        document: &document,
        yaml_faults: &yaml_faults,
        config: &config,
        library: &library,
        compiled: &compiled,
        graphs: &graphs,
        flows: &flows,
        reach: &check::reach(&config, &library),
        suppression: &suppression,
    });
    Analysis {
        placed: Placed::of(&diagnostics),
        inputs: inputs.clone(),
        sources,
        document,
        config,
        library,
        compiled,
        graphs,
        flows,
        diagnostics,
        ignored,
    }
}

/// In a text that was read only up to a syntax error, what is missing may stand in the rest.
fn forgive_missing(compiled: &mut Compiled) {
    for entry in compiled.workflows.iter_mut().flat_map(|workflow| &mut workflow.entries) {
        if entry.kind == JobKind::Missing {
            entry.kind = JobKind::Opaque;
        }
    }
}

impl Analysis<'_> {
    /// What nobody could look at.
    pub fn not_checked(&self) -> &[NotChecked] {
        &self.compiled.not_checked
    }

    /// What only CircleCI knows: contexts, images, values that are decided when a pipeline starts.
    pub fn outside(&self) -> Vec<NotChecked> {
        outside::outside(self.sources.config(), &self.config, &self.compiled)
    }

    /// The line (from 1) of the syntax error behind which nothing was read.
    pub fn partial_before_line(&self) -> Option<u32> {
        let stopped_at = self.document.stopped_at?;
        Some(self.sources.config().position(stopped_at, crate::text::Encoding::Utf8).line)
    }

    /// Which workflows and jobs the pipeline of these inputs has, and why.
    #[must_use]
    pub fn plan(&self) -> Vec<WorkflowPlan> {
        let values = &self.inputs.values;
        let schedule = values.iter().find(|(name, _)| name == "pipeline.schedule.name");
        simulate::plan(&self.compiled, &self.inputs.trigger, schedule.map(|(_, name)| name.as_str()))
    }

    /// Which jobs would run, and how: a pipeline of these inputs, started and run as `run` says. What `run` means
    /// for pipeline values must be among the inputs already: see [`RunInputs::compiled_with`].
    #[must_use]
    pub fn simulate(&self, run: &RunInputs) -> Run<Span> {
        let errors =
            self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        let errors = u32::try_from(errors).unwrap_or(u32::MAX);
        Run { errors, ..simulate::simulate(&self.compiled, &self.flows, &self.inputs.trigger, run) }
    }

    /// The compiled config as text, without any comment; nothing where a limit was met.
    pub fn compiled_text(&self) -> Option<String> {
        Some(yaml::write(self.compiled.document.as_ref()?).text)
    }

    /// The comments above and below the compiled config.
    pub fn comments(&self) -> (String, String) {
        let header = compile::comments::header(&self.config, &self.library);
        (header, compile::comments::footer(self.sources.config()))
    }

    /// How to have `diagnostic` ignored: the comment to write, and where. Nothing for a finding that no comment
    /// for its line can hide.
    pub fn ignore_fix(&self, diagnostic: &Diagnostic) -> Option<Fix> {
        let source = self.sources.get(diagnostic.span.source);
        let orb = self.library.iter().find(|orb| orb.source == source.id);
        check::ignore_fix(source, orb.map_or(&self.document, |orb| &orb.document), diagnostic)
    }

    /// The drawing of workflow `index`, with the worst finding about each job.
    pub fn scene(&self, index: usize, direction: Direction) -> Scene {
        let graph = &self.graphs[index];
        scene::draw(graph, &layout::arrange_graph(graph, direction), direction, &self.problems(index))
    }

    /// The worst finding about each node of workflow `index`: inside its entry or its definition.
    fn problems(&self, index: usize) -> Vec<Option<Severity>> {
        let entries = &self.compiled.workflows[index].entries;
        let places = entries.iter().map(|entry| [entry.item, entry.definition_extent]);
        let mut problems: Vec<Option<Severity>> = places.map(|places| self.placed.worst(&places)).collect();
        problems.resize(self.graphs[index].nodes.len(), None);
        problems
    }
}

/// `source`'s text with the fixes of `diagnostics` applied that can be applied together: see [`fixable`].
#[must_use]
pub fn fixed(source: &Source, diagnostics: &[Diagnostic], unsafe_too: bool) -> String {
    let fixes = fixable(source.id, diagnostics, unsafe_too);
    let edits: Vec<Edit> = fixes.into_iter().flat_map(|(_, fix)| fix.edits.iter().cloned()).collect();
    apply_edits(&source.text, &edits)
}

/// The catalogue of orb signatures that is part of the program, with the orb files of `sources` in it.
#[must_use]
pub fn catalogue_with(sources: &Sources) -> Update {
    catalogue::update(catalogue::BUILT_IN, &Library::of_files(sources))
}
