use super::Problem;
use crate::diagnostic::{Safety, Severity};
use crate::report::{
    IgnoredDiagnostic, Location, NotChecked, Range, Report, ReportedDiagnostic, ReportedFix, ReportedLabel,
    Verdict,
};
use serde::Serialize;

/// What comes before the files in the document of `check --format json`, which is on one line. Its keys are a
/// contract: they only ever become more.
pub(super) const HEAD: &str = r#"{"files":["#;
/// What comes behind them.
pub(super) const END: &str = "]}\n";

/// What was found in one file.
pub(super) fn file(report: &Report) -> Result<String, Problem> {
    serde_json::to_string(&FileFindings::of(report)).map_err(|error| Problem(error.to_string()))
}

#[derive(Serialize)]
struct FileFindings<'a> {
    path: &'a str,
    verdict: Verdict,
    diagnostics: Vec<Finding<'a>>,
    ignored: Vec<IgnoredFinding<'a>>,
    not_checked: &'a [NotChecked],
}

impl<'a> FileFindings<'a> {
    fn of(report: &'a Report) -> Self {
        Self {
            path: &report.file,
            verdict: report.verdict,
            diagnostics: report.diagnostics.iter().map(Finding::of).collect(),
            ignored: report.ignored.iter().map(IgnoredFinding::of).collect(),
            not_checked: &report.not_checked,
        }
    }
}

#[derive(Serialize)]
struct Finding<'a> {
    check: &'a str,
    severity: Severity,
    message: &'a str,
    file: &'a str,
    span: Range,
    related: &'a [ReportedLabel],
    help: Option<&'a str>,
    fix: Option<OfferedFix<'a>>,
    /// Other ways out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<OfferedFix<'a>>,
}

impl<'a> Finding<'a> {
    fn of(diagnostic: &'a ReportedDiagnostic) -> Self {
        Self {
            check: &diagnostic.check,
            severity: diagnostic.severity,
            message: &diagnostic.message,
            file: &diagnostic.file,
            span: diagnostic.span,
            related: &diagnostic.related,
            help: diagnostic.help.as_deref(),
            fix: diagnostic.fix.as_ref().map(OfferedFix::of),
            alternatives: diagnostic.alternatives.iter().map(OfferedFix::of).collect(),
        }
    }
}

/// A finding that does not count, and the comment that asks for that.
#[derive(Serialize)]
struct IgnoredFinding<'a> {
    finding: Finding<'a>,
    by: &'a Location,
    reason: Option<&'a str>,
}

impl<'a> IgnoredFinding<'a> {
    fn of(ignored: &'a IgnoredDiagnostic) -> Self {
        let reason = ignored.reason.as_deref();
        Self { finding: Finding::of(&ignored.diagnostic), by: &ignored.by, reason }
    }
}

#[derive(Serialize)]
struct OfferedFix<'a> {
    title: &'a str,
    safety: Safety,
    edits: Vec<OfferedEdit<'a>>,
}

/// An edit of the file that the finding is in.
#[derive(Serialize)]
struct OfferedEdit<'a> {
    span: Range,
    text: &'a str,
}

impl<'a> OfferedFix<'a> {
    fn of(fix: &'a ReportedFix) -> Self {
        let edits = fix.edits.iter().map(|edit| OfferedEdit { span: edit.span, text: &edit.text });
        Self { title: &fix.title, safety: fix.safety, edits: edits.collect() }
    }
}
