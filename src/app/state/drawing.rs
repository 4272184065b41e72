//! Which graph is shown: that of the text as it is, or, while it does not parse, the last one that did.

use super::State;
use crate::report::{JobReport, Location, Report, Runs, Severity, Verdict, WhyLine, WorkflowReport};
use crate::scene::Scene;
use std::rc::Rc;

/// The graphs on screen.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The revision they were made from.
    pub rev: u32,
    /// The text of that revision.
    pub text: Rc<str>,
    pub workflows: Vec<Workflow>,
    pub standing: Standing,
}

/// One of the graphs. See [`WorkflowReport`].
#[derive(Clone, Debug, PartialEq)]
pub struct Workflow {
    pub name: String,
    /// It stands in the continuation of a setup config.
    pub continued: bool,
    pub runs: Runs,
    /// Why it runs or does not.
    pub why: Vec<WhyLine>,
    pub place: Option<Location>,
    pub jobs: Vec<JobReport>,
    pub edges: Vec<Option<Location>>,
    pub problems: Option<Severity>,
    /// Places move with every edit, the picture seldom does: while it is the same, this is the same pointer,
    /// and nothing is drawn again.
    pub scene: Rc<Scene>,
}

impl Workflow {
    /// `file` is the one in the editor: places in others lead nowhere.
    fn new(report: WorkflowReport, continued: bool, file: &str, before: Option<&Self>) -> Self {
        let WorkflowReport { name, runs, why, place, scene, mut jobs, mut edges, problems } = report;
        let is_here = |place: &Location| !continued && place.file == file;
        let place = place.filter(is_here);
        for job in &mut jobs {
            job.places.retain(is_here);
            job.extents.retain(is_here);
        }
        for edge in &mut edges {
            *edge = edge.take().filter(is_here);
        }
        let scene = match before {
            Some(before) if *before.scene == scene => Rc::clone(&before.scene),
            _ => Rc::new(scene),
        };
        Self { name, continued, runs, why, place, jobs, edges, problems, scene }
    }
}

/// How the graphs stand to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They show all of it.
    Whole,
    /// They show what stands before the syntax error on this line; there was no better text before.
    Partial { line: u32 },
    /// They show an older text, since this one has a syntax error on this line.
    Kept { line: u32 },
}

/// The line of the syntax error, as its finding has it: a bracket that is never closed is missed only where the
/// reading stopped, but reported where it opens.
fn syntax_error_line(report: &Report) -> Option<u32> {
    if report.verdict != Verdict::Unparsable && report.partial_before_line.is_none() {
        return None;
    }
    let stopped = report.partial_before_line.unwrap_or(u32::MAX);
    let errors = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let last = errors.map(|found| found.span.start.line).filter(|&line| line <= stopped).max();
    Some(last.or(report.partial_before_line).unwrap_or(1))
}

impl State {
    /// The workflow whose tab is open.
    #[must_use]
    pub fn shown_workflow(&self) -> Option<&Workflow> {
        self.drawing.as_ref()?.workflows.get(self.workflow)
    }

    /// The places of the drawing are places of the text as it is.
    pub(super) fn has_true_places(&self) -> bool {
        self.drawing.as_ref().is_some_and(|drawing| !matches!(drawing.standing, Standing::Kept { .. }))
    }

    /// Takes the workflows out of the report.
    pub(super) fn take_drawing(&mut self, report: &mut Report) {
        let error_line = syntax_error_line(report);
        let standing = match (error_line, &mut self.drawing) {
            (None, _) => Standing::Whole,
            (Some(line), Some(drawing)) if !matches!(drawing.standing, Standing::Partial { .. }) => {
                drawing.standing = Standing::Kept { line };
                self.current.clear();
                return;
            }
            (Some(line), _) => Standing::Partial { line },
        };
        let open = self.shown_workflow().map(|workflow| (workflow.continued, workflow.name.clone()));
        let before = self.drawing.take().map_or_else(Vec::new, |drawing| drawing.workflows);
        let own = std::mem::take(&mut report.workflows).into_iter().map(|workflow| (false, workflow));
        let continued = report.continuation.as_mut().map(|report| std::mem::take(&mut report.workflows));
        let continued = continued.into_iter().flatten().map(|workflow| (true, workflow));
        let workflows: Vec<_> = own
            .chain(continued)
            .enumerate()
            .map(|(index, (continued, workflow))| {
                Workflow::new(workflow, continued, &report.file, before.get(index))
            })
            .collect();
        // The open tab stays open, also when a workflow came or went before it.
        let wanted = self.wanted_workflow.take().and_then(|name| {
            let shown = workflows.iter().find(|shown| shown.name == name)?;
            Some((shown.continued, shown.name.clone()))
        });
        self.workflow = wanted
            .or(open)
            .and_then(|(continued, name)| {
                workflows.iter().position(|shown| shown.continued == continued && shown.name == name)
            })
            .unwrap_or_else(|| self.workflow.min(workflows.len().saturating_sub(1)));
        self.drawing = Some(Drawing { rev: self.rev, text: Rc::clone(&self.text), workflows, standing });
        self.keep_focus_inside();
        self.current = self.spots_at_caret();
    }

    /// The focus stays on something that is drawn.
    pub(super) fn keep_focus_inside(&mut self) {
        self.forget_hidden();
    }
}
