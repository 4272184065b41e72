//! What an analysis has to say, in owned values with positions made: with the worker's messages the only
//! thing that crosses a border. Comes in: an analysis. Goes out: a [`Report`], the same for the page (as
//! postcard bytes, so no `flatten`, `skip` or tagged enums here) and for the command line (as JSON).
//! Must not know: who shows it.

mod compiled;
mod export;
mod markdown;
pub mod playback;
mod reason;
pub mod run;

pub use compiled::{CompiledLine, CompiledReport, ReportedFrame};
pub use export::{Exported, GraphTexts};
pub use markdown::markdown;
pub use reason::WhyLine;
pub use run::{RunInputs, RunReport};
// What a report is made of, so that whoever shows one needs nothing else.
pub use crate::diagnostic::{Safety, Severity};
pub use crate::graph::{JobKind, Runs};

use crate::analysis::{Analysis, Ignored};
use crate::compile;
use crate::config;
use crate::diagnostic::{Diagnostic, Fix, fixable};
use crate::graph::{EdgeKind, Graph};
use crate::scene::{Direction, Scene};
use crate::simulate::WorkflowPlan;
use crate::text::{Encoding, Sources, Span};
use crate::yaml::Node;

use serde::{Deserialize, Serialize};

/// The answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Neither errors nor warnings.
    Ok,
    Warnings,
    Errors,
    /// A syntax error: only what stands before it was looked at.
    Unparsable,
}

impl Verdict {
    /// The word of the JSON contract and of the page's `data-verdict`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warnings => "warnings",
            Self::Errors => "errors",
            Self::Unparsable => "unparsable",
        }
    }
}

/// A point in a text. Line and column count from 1; the column counts UTF-16 units for the page and Unicode
/// scalar values for the command line; the offset counts bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub line: u32,
    pub column: u32,
    pub offset: u32,
}

/// From the first character to behind the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub start: Place,
    pub end: Place,
}

/// A range in a named file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    pub file: String,
    pub span: Range,
}

/// A finding. See [`crate::diagnostic::Diagnostic`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportedDiagnostic {
    pub check: String,
    pub severity: Severity,
    pub message: String,
    pub file: String,
    pub span: Range,
    pub related: Vec<ReportedLabel>,
    pub help: Option<String>,
    pub fix: Option<ReportedFix>,
    pub alternatives: Vec<ReportedFix>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportedLabel {
    pub file: String,
    pub span: Range,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportedFix {
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<ReportedEdit>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportedEdit {
    pub file: String,
    pub span: Range,
    pub text: String,
}

/// A finding that a comment asks to ignore. See [`Ignored`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IgnoredDiagnostic {
    pub diagnostic: ReportedDiagnostic,
    /// The comment.
    pub by: Location,
    pub reason: Option<String>,
}

/// Something that nobody looked at, so that silence is not taken for approval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotChecked {
    /// For instance ``orb `node` ``.
    pub what: String,
    pub why: String,
    pub span: Range,
}

/// One workflow, drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkflowReport {
    pub name: String,
    pub runs: Runs,
    /// Why it runs or does not.
    pub why: Vec<WhyLine>,
    /// The key of the workflow; nothing for the implicit one.
    pub place: Option<Location>,
    pub scene: Scene,
    /// By index the nodes of the scene.
    pub jobs: Vec<JobReport>,
    /// By index the edges of the scene: where each is written.
    pub edges: Vec<Option<Location>>,
    /// Errors and warnings inside the workflow and the jobs it invokes.
    pub problems: Option<Severity>,
}

/// A job of a workflow: what to select in the text for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobReport {
    pub name: String,
    pub job: String,
    pub kind: JobKind,
    /// Definition, workflow entry, executor: as many as there are, in this order; a second click on the node
    /// goes to the next one. `span` is what to select.
    pub places: Vec<Location>,
    /// The whole definition and the whole workflow entry: a caret inside one marks the node.
    pub extents: Vec<Location>,
    /// Names of the jobs it requires.
    pub needs: Vec<String>,
    /// Whether the pipeline has it, and why.
    pub runs: Runs,
    pub why: Vec<WhyLine>,
}

/// A parameter that a pipeline can be started with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PipelineParameter {
    pub name: String,
    /// `string`, `boolean`, `integer` or `enum`; empty where it is missing.
    pub kind: String,
    pub description: String,
    /// As text; empty where there is none.
    pub default: String,
    /// The values of an enum.
    pub choices: Vec<String>,
}

/// An import of an orb.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrbReport {
    /// The name before the slash.
    pub alias: String,
    /// `namespace/name@version`, or a URL; empty for an inline orb.
    pub reference: String,
    pub state: OrbState,
    /// Its source is among [`Report::not_checked`]: something of it is used, and nobody looked inside.
    pub needed: bool,
}

/// Whether the source of an orb is at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrbState {
    /// Written in the config itself.
    Inline,
    /// A file was given for it.
    Given,
    Missing,
}

/// Everything there is to say about a config.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Name of the config's source.
    pub file: String,
    pub verdict: Verdict,
    /// Errors first, then by place.
    pub diagnostics: Vec<ReportedDiagnostic>,
    /// Findings that count for nothing, since comments ask to ignore them.
    pub ignored: Vec<IgnoredDiagnostic>,
    /// The findings, by index, whose safe fixes can be made at once.
    pub fix_all: Vec<usize>,
    /// What nobody could look at.
    pub not_checked: Vec<NotChecked>,
    /// What only CircleCI knows; empty in a report without drawings.
    pub outside: Vec<NotChecked>,
    pub workflows: Vec<WorkflowReport>,
    /// The pipeline parameters it declares, in order.
    pub parameters: Vec<PipelineParameter>,
    /// The orbs it imports, in order.
    pub orbs: Vec<OrbReport>,
    /// `setup: true`: another config continues it.
    pub setup: bool,
    /// The config that continues it, where one was given.
    pub continuation: Option<Box<Report>>,
    /// The line of the syntax error before which everything here was read; nothing when all was read.
    pub partial_before_line: Option<u32>,
}

impl Report {
    /// What `analysis` has to say, with columns counted in `encoding` and graphs that run in `direction`.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>, encoding: Encoding, direction: Direction) -> Self {
        let border = Border { sources: analysis.sources, encoding };
        let plans = analysis.plan();
        let workflow = |index| border.workflow(analysis, &plans, index, direction);
        let workflows = (0..analysis.graphs.len()).map(workflow).collect();
        let outside = analysis.outside().iter().map(|item| border.not_checked(item)).collect();
        Self { outside, workflows, ..Self::without_drawings(analysis, encoding) }
    }

    /// The same without the workflows, for those who only want the findings: nothing is laid out.
    #[must_use]
    pub fn without_drawings(analysis: &Analysis<'_>, encoding: Encoding) -> Self {
        let border = Border { sources: analysis.sources, encoding };
        let config = analysis.sources.config();
        let fixable = fixable(config.id, &analysis.diagnostics, false);
        Self {
            file: config.name.clone(),
            fix_all: fixable.into_iter().map(|(index, _)| index).collect(),
            verdict: Verdict::of(analysis),
            diagnostics: analysis
                .diagnostics
                .iter()
                .map(|diagnostic| border.diagnostic(diagnostic))
                .collect(),
            ignored: analysis.ignored.iter().map(|ignored| border.ignored(ignored)).collect(),
            not_checked: analysis.not_checked().iter().map(|item| border.not_checked(item)).collect(),
            outside: Vec::new(),
            workflows: Vec::new(),
            parameters: analysis.config.parameters.iter().map(PipelineParameter::of).collect(),
            orbs: analysis.config.own.orbs.iter().map(|orb| OrbReport::of(orb, analysis)).collect(),
            setup: analysis.config.is_setup(),
            continuation: None,
            partial_before_line: analysis.partial_before_line(),
        }
    }
}

impl ReportedFix {
    /// The comment that asks to ignore the finding of this index. Nothing where no comment can.
    #[must_use]
    pub fn ignoring(analysis: &Analysis<'_>, finding: usize, encoding: Encoding) -> Option<Self> {
        let fix = analysis.ignore_fix(analysis.diagnostics.get(finding)?)?;
        Some(Border { sources: analysis.sources, encoding }.fix(&fix))
    }
}

impl PipelineParameter {
    fn of(parameter: &config::Parameter) -> Self {
        let text = |node: &Node| node.text().unwrap_or_default().to_owned();
        Self {
            name: parameter.name.value.clone(),
            kind: parameter.kind.as_ref().map(|kind| kind.name().to_owned()).unwrap_or_default(),
            description: parameter.description.as_ref().map(text).unwrap_or_default(),
            default: parameter.default.as_ref().map(text).unwrap_or_default(),
            choices: parameter.choices.iter().map(text).collect(),
        }
    }
}

impl OrbReport {
    fn of(orb: &config::OrbImport, analysis: &Analysis<'_>) -> Self {
        let reference = orb.reference.as_ref().map(|reference| reference.value.clone());
        let state = match &reference {
            Some(reference) if analysis.library.find(reference).is_some() => OrbState::Given,
            None if orb.inline.as_ref().is_some_and(|inline| !inline.is_empty()) => OrbState::Inline,
            _ => OrbState::Missing,
        };
        let place = orb.reference.as_ref().map(|reference| reference.span);
        let needed = analysis.not_checked().iter().any(|item| Some(item.span) == place);
        Self { alias: orb.alias.value.clone(), reference: reference.unwrap_or_default(), state, needed }
    }
}

/// `1 error`, `2 errors`
#[must_use]
pub fn counted(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

impl Verdict {
    /// The answer in one word.
    #[must_use]
    pub fn of(analysis: &Analysis<'_>) -> Self {
        let worst = analysis.diagnostics.iter().map(|diagnostic| diagnostic.severity).min();
        match worst {
            _ if analysis.document.stopped_at.is_some() => Self::Unparsable,
            Some(Severity::Error) => Self::Errors,
            Some(Severity::Warning) => Self::Warnings,
            _ => Self::Ok,
        }
    }
}

/// Where bytes become lines and columns.
struct Border<'a> {
    sources: &'a Sources,
    encoding: Encoding,
}

impl Range {
    /// The range of `span`, with columns counted in `encoding`.
    #[must_use]
    pub fn of(sources: &Sources, span: Span, encoding: Encoding) -> Self {
        Border { sources, encoding }.range(span)
    }
}

impl Border<'_> {
    fn place(&self, span: Span, offset: u32) -> Place {
        let position = self.sources.get(span.source).position(offset, self.encoding);
        Place { line: position.line, column: position.column, offset }
    }

    fn range(&self, span: Span) -> Range {
        Range { start: self.place(span, span.start), end: self.place(span, span.end) }
    }

    fn file(&self, span: Span) -> String {
        self.sources.get(span.source).name.clone()
    }

    fn location(&self, span: Span) -> Location {
        Location { file: self.file(span), span: self.range(span) }
    }

    fn diagnostic(&self, diagnostic: &Diagnostic) -> ReportedDiagnostic {
        let related = diagnostic.related.iter().map(|label| ReportedLabel {
            file: self.file(label.span),
            span: self.range(label.span),
            message: label.message.clone(),
        });
        ReportedDiagnostic {
            check: diagnostic.check.to_owned(),
            severity: diagnostic.severity,
            message: diagnostic.message.clone(),
            file: self.file(diagnostic.span),
            span: self.range(diagnostic.span),
            related: related.collect(),
            help: diagnostic.help.clone(),
            fix: diagnostic.fix.as_ref().map(|fix| self.fix(fix)),
            alternatives: diagnostic.alternatives.iter().map(|fix| self.fix(fix)).collect(),
        }
    }

    fn not_checked(&self, item: &compile::NotChecked) -> NotChecked {
        NotChecked { what: item.what.clone(), why: item.why.clone(), span: self.range(item.span) }
    }

    fn ignored(&self, ignored: &Ignored) -> IgnoredDiagnostic {
        IgnoredDiagnostic {
            diagnostic: self.diagnostic(&ignored.diagnostic),
            by: self.location(ignored.by),
            reason: ignored.reason.clone(),
        }
    }

    fn fix(&self, fix: &Fix) -> ReportedFix {
        let edits = fix.edits.iter().map(|edit| ReportedEdit {
            file: self.file(edit.span),
            span: self.range(edit.span),
            text: edit.text.clone(),
        });
        ReportedFix { title: fix.title.clone(), safety: fix.safety, edits: edits.collect() }
    }

    fn workflow(
        &self,
        analysis: &Analysis<'_>,
        plans: &[WorkflowPlan],
        index: usize,
        direction: Direction,
    ) -> WorkflowReport {
        let graph = &analysis.graphs[index];
        let scene = analysis.scene(index, direction);
        let plan = plans.get(index);
        let runs = plan.map_or(graph.runs, |plan| plan.runs);
        let needs = needs(graph).into_iter().enumerate();
        let jobs = needs.map(|(node, needs)| self.job(analysis, index, node, plan, needs)).collect();
        let problems = scene.nodes.iter().filter_map(|node| node.problem).min();
        WorkflowReport {
            name: graph.name.clone(),
            runs,
            why: plan.map(|plan| reason::lines(&plan.why)).unwrap_or_default(),
            place: graph.span.map(|span| self.location(span)),
            jobs,
            edges: graph.edges.iter().map(|edge| edge.span.map(|span| self.location(span))).collect(),
            problems,
            scene,
        }
    }

    fn job(
        &self,
        analysis: &Analysis<'_>,
        workflow: usize,
        node: usize,
        plan: Option<&WorkflowPlan>,
        needs: Vec<String>,
    ) -> JobReport {
        let graph = &analysis.graphs[workflow];
        let job = &graph.nodes[node];
        let places = [job.definition, job.invocation, job.executor];
        let entry = analysis.compiled.workflows[workflow].entries.get(node);
        let extents = entry.map(|entry| [entry.definition_extent, entry.item]).unwrap_or_default();
        let (runs, why) = plan.map_or((Runs::Yes, Vec::new()), |plan| job_runs(plan, node));
        JobReport {
            runs,
            why,
            name: job.name.clone(),
            job: job.job.clone(),
            kind: job.kind,
            places: places.into_iter().flatten().map(|span| self.location(span)).collect(),
            extents: extents.into_iter().flatten().map(|span| self.location(span)).collect(),
            needs,
        }
    }
}

/// For each node the names of the jobs that it requires.
fn needs(graph: &Graph) -> Vec<Vec<String>> {
    let mut needs = vec![Vec::new(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Requires { .. })) {
        needs[edge.to.0 as usize].push(graph.nodes[edge.from.0 as usize].name.clone());
    }
    needs
}

/// Whether a pipeline has a job, and why: what keeps its workflow from running comes first.
fn job_runs(plan: &WorkflowPlan, node: usize) -> (Runs, Vec<WhyLine>) {
    let Some(job) = plan.jobs.get(node) else { return (Runs::Yes, Vec::new()) };
    let own = reason::lines(&job.why);
    let workflow = || reason::lines(&plan.why);
    match (plan.runs, job.runs) {
        // Where no job runs the workflow does not either, which says nothing about the job.
        (Runs::No, _) if own.is_empty() => (Runs::No, workflow()),
        (Runs::No, _) | (_, Runs::No) => (Runs::No, own),
        (Runs::Unknown, _) if own.is_empty() => (Runs::Unknown, workflow()),
        (Runs::Unknown, _) | (_, Runs::Unknown) => (Runs::Unknown, own),
        (Runs::Yes, Runs::Yes) => (Runs::Yes, own),
    }
}
