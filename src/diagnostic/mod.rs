//! What is wrong, where, why, and what to do about it.
//!
//! Comes in: findings of the stages and checks. Goes out: [`Diagnostic`]s that are complete: whoever shows
//! one (terminal, JSON, page) adds nothing to it. Must not know: YAML, CircleCI, how anything is shown.

mod fix;
mod name;

pub use fix::{Edit, Fix, Safety, apply_edits, fixable};
pub use name::shown;

use crate::text::Span;
use serde::{Deserialize, Serialize};

/// How bad a finding is. The order is from bad to mild, so that sorting puts errors first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// CircleCI would reject the config, or a job would fail for certain.
    Error,
    /// CircleCI accepts it, and it is very likely not what was meant.
    Warning,
    /// Worth knowing.
    Info,
    /// A small improvement.
    Hint,
}

impl Severity {
    /// The word of the JSON contract and of the page's `data-severity`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Hint => "hint",
        }
    }
}

/// A place that belongs to a diagnostic, and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub message: String,
}

/// One finding. `span` is the smallest wrong thing; what is missing is reported at the key of the mapping
/// that lacks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Id of the check that found it, for instance `undefined-job`.
    pub check: &'static str,
    pub severity: Severity,
    /// One sentence without a full stop; names in backticks.
    pub message: String,
    pub span: Span,
    /// Other places that explain this one, in the order in which they are to be read.
    pub related: Vec<Label>,
    /// How to fix it, in words.
    pub help: Option<String>,
    pub fix: Option<Fix>,
    /// Other ways out, the better ones first. Offered to people, never applied unasked.
    pub alternatives: Vec<Fix>,
}

impl Diagnostic {
    #[must_use]
    pub fn new(check: &'static str, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self {
            check,
            severity,
            message: message.into(),
            span,
            related: Vec::new(),
            help: None,
            fix: None,
            alternatives: Vec::new(),
        }
    }

    #[must_use]
    pub fn error(check: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(check, Severity::Error, span, message)
    }

    #[must_use]
    pub fn warning(check: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(check, Severity::Warning, span, message)
    }

    /// Adds a place that explains the finding.
    #[must_use]
    pub fn with_related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { span, message: message.into() });
        self
    }

    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub fn with_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// Adds several ways out, the best one first.
    #[must_use]
    pub fn with_fixes(mut self, fixes: impl IntoIterator<Item = Fix>) -> Self {
        let mut fixes = fixes.into_iter();
        self.fix = fixes.next();
        self.alternatives = fixes.collect();
        self
    }
}
