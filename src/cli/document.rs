use super::arguments::CheckFormat;
use super::terminal;
use super::{Problem, github, json, link, sarif};
use crate::analysis::Analysis;
use crate::report::{Report, markdown};

/// How a call reports.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style<'a> {
    pub(super) format: CheckFormat,
    /// The address of the playground that Markdown links to.
    pub(super) playground: Option<&'a str>,
}

/// What one config adds to the output of a call.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Its findings, in the format that was asked for.
    findings: String,
    /// What stands at the end of the whole: in SARIF the notes on what was not looked at.
    notes: String,
}

impl Part {
    pub(super) fn of(analysis: &Analysis<'_>, report: &Report, style: Style<'_>) -> Result<Self, Problem> {
        let (findings, notes) = match style.format {
            CheckFormat::Text => (terminal::render_all(analysis), String::new()),
            CheckFormat::Json => (json::file(report)?, String::new()),
            CheckFormat::Sarif => (sarif::results(report), sarif::notes(report)),
            CheckFormat::Github => (github::annotations(report), String::new()),
            CheckFormat::Markdown => {
                let link = style.playground.and_then(|address| link::link(address, analysis));
                (markdown(analysis, report, link.as_deref()), String::new())
            }
        };
        Ok(Self { findings, notes })
    }
}

/// The output of `check`, written part by part: what was written need not be held in memory.
#[derive(Debug)]
pub(super) struct Document {
    format: CheckFormat,
    is_begun: bool,
    /// What was kept for the end.
    notes: Vec<String>,
}

impl Document {
    pub(super) fn new(format: CheckFormat) -> Self {
        Self { format, is_begun: false, notes: Vec::new() }
    }

    /// What comes before the first part.
    pub(super) fn head(&self) -> String {
        match self.format {
            CheckFormat::Text | CheckFormat::Github | CheckFormat::Markdown => String::new(),
            CheckFormat::Json => json::HEAD.to_owned(),
            CheckFormat::Sarif => sarif::head(),
        }
    }

    /// The next part.
    pub(super) fn add(&mut self, part: Part) -> String {
        if !part.notes.is_empty() {
            self.notes.push(part.notes);
        }
        let between = match self.format {
            CheckFormat::Json | CheckFormat::Sarif => ",",
            CheckFormat::Markdown => "\n",
            CheckFormat::Text | CheckFormat::Github => "",
        };
        if part.findings.is_empty() {
            return part.findings;
        }
        let separator = if self.is_begun { between } else { "" };
        self.is_begun = true;
        format!("{separator}{}", part.findings)
    }

    /// What comes behind the last part. `all_read` is false where a file could not be read, and `summary` is
    /// for people.
    pub(super) fn end(&self, all_read: bool, summary: &str) -> String {
        match self.format {
            CheckFormat::Text => format!("{summary}\n"),
            CheckFormat::Json => json::END.to_owned(),
            CheckFormat::Sarif => sarif::end(&self.notes.join(","), all_read),
            CheckFormat::Github | CheckFormat::Markdown => String::new(),
        }
    }
}
