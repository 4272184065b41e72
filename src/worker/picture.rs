use super::Given;
use super::answer::each_config_with;
use crate::analysis::{Analysis, analyze_for_errors};
use crate::report::{Range, Verdict};
use crate::scene::{Direction, Theme, svg};
use crate::text::Encoding;

/// What the embed asks for: rows of words as in a link, and `direction` (`down`, else to the right).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    pub name: String,
    pub text: String,
    pub given: Given,
    pub direction: Direction,
}

/// A config as the embed shows it. Only errors are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub verdict: &'static str,
    pub findings: Vec<PictureFinding>,
    pub workflows: Vec<PictureWorkflow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFinding {
    pub check: &'static str,
    pub severity: &'static str,
    pub message: String,
    pub help: String,
    pub file: String,
    /// Line and UTF-16 column of both ends, from 1.
    pub place: [u32; 4],
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureWorkflow {
    pub name: String,
    pub svg: String,
}

impl Sketch {
    /// Reads rows. One that is unknown or too short is left out.
    #[must_use]
    pub fn read(rows: &[Vec<String>]) -> Self {
        let mut sketch = Self { name: "config.yml".to_owned(), ..Self::default() };
        for row in rows {
            match *row.iter().map(String::as_str).collect::<Vec<_>>() {
                ["text", text] => text.clone_into(&mut sketch.text),
                ["name", name] => name.clone_into(&mut sketch.name),
                ["direction", "down"] => sketch.direction = Direction::TopToBottom,
                ref row => _ = sketch.given.take(row),
            }
        }
        sketch
    }

    /// Looks at the config, and at its continuation where it has one, and draws all their workflows.
    #[must_use]
    pub fn draw(self) -> Picture {
        let Self { name, text, given, direction } = self;
        let inputs = given.inputs();
        let (own, continuation) =
            each_config_with(analyze_for_errors, name, text, &given, &inputs, |analysis| {
                Picture::of(analysis, direction)
            });
        let Some(continued) = continuation else { return own };
        let verdict = if own.findings.is_empty() { continued.verdict } else { own.verdict };
        Picture {
            verdict,
            findings: [own.findings, continued.findings].concat(),
            workflows: [own.workflows, continued.workflows].concat(),
        }
    }
}

impl Picture {
    fn of(analysis: &Analysis<'_>, direction: Direction) -> Self {
        let findings = analysis.diagnostics.iter().map(|diagnostic| {
            let Range { start, end } = Range::of(analysis.sources, diagnostic.span, Encoding::Utf16);
            PictureFinding {
                check: diagnostic.check,
                severity: diagnostic.severity.name(),
                message: diagnostic.message.clone(),
                help: diagnostic.help.clone().unwrap_or_default(),
                file: analysis.sources.get(diagnostic.span.source).name.clone(),
                place: [start.line, start.column, end.line, end.column],
            }
        });
        let workflows = analysis.graphs.iter().enumerate().map(|(index, graph)| PictureWorkflow {
            name: graph.name.clone(),
            svg: svg(&analysis.scene(index, direction), Theme::Auto),
        });
        Self {
            verdict: Verdict::of(analysis).name(),
            findings: findings.collect(),
            workflows: workflows.collect(),
        }
    }
}
