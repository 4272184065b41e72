//! What an analysis has to say, in owned values with positions made: with the worker's messages the only
//! thing that crosses a border. Comes in: an analysis. Goes out: a [`Report`], the same for the page (as
//! postcard bytes, so no `flatten`, `skip` or tagged enums here) and for the command line (as JSON).
//! Must not know: who shows it.

use crate::diagnostic::{Safety, Severity};
use crate::graph::{JobKind, Runs};
use crate::scene::Scene;
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
}

/// Everything there is to say about a config.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Name of the config's source.
    pub file: String,
    pub verdict: Verdict,
    /// Errors first, then by place.
    pub diagnostics: Vec<ReportedDiagnostic>,
    pub not_checked: Vec<NotChecked>,
    pub workflows: Vec<WorkflowReport>,
    /// The line of the syntax error before which everything here was read; nothing when all was read.
    pub partial_before_line: Option<u32>,
}
