//! Texts to take along: the picture that is shown, its graph for other programs, the report.

use super::{Effect, State};
use crate::report::Exported;
use crate::worker::{Given, RequestKind, Shown};

/// What is wanted, as it was when it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Export {
    text: String,
    shown: Option<Box<Shown>>,
    dark: bool,
    /// The picture goes into a file, unasked; else all of it into the panel.
    as_file: bool,
}

impl State {
    /// Nothing is asked about a text that the engine did not survive.
    pub(super) fn export_wanted(&mut self, dark: bool, as_file: bool) -> Vec<Effect> {
        let shown = self.drawing.as_ref().zip(self.shown_workflow()).map(|(drawing, workflow)| {
            let scene = workflow.scene.showing(self.layers());
            Box::new(Shown { text: drawing.text.to_string(), workflow: self.workflow, scene })
        });
        let text = match &shown {
            // The report is not wanted then.
            Some(shown) if as_file => shown.text.clone(),
            _ if as_file || self.is_unchecked() => return Vec::new(),
            _ => self.text.to_string(),
        };
        self.wanted_export = Some(Export { text, shown, dark, as_file });
        self.ask()
    }

    pub(super) fn export_request(&self) -> Option<RequestKind> {
        let Export { text, shown, dark, .. } = self.wanted_export.clone()?;
        Some(RequestKind::Export {
            name: self.file.clone(),
            text,
            given: Given::clone(&self.given),
            shown,
            dark,
        })
    }

    pub(super) fn exported(&mut self, texts: Exported) -> Vec<Effect> {
        let Some(export) = self.wanted_export.take() else { return Vec::new() };
        let stem = export.shown.map(|shown| file_stem(&shown.scene.title)).unwrap_or_default();
        vec![if export.as_file {
            Effect::Download { name: format!("{stem}.svg"), media: "image/svg+xml", text: texts.svg }
        } else {
            Effect::ShowExported { stem, texts: Box::new(texts) }
        }]
    }
}

/// A workflow's name as a file's: letters, digits and `-_.`, at most 64 of them.
fn file_stem(name: &str) -> String {
    let stem: String = name
        .chars()
        .take(64)
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    if stem.trim_matches(['-', '.']).is_empty() { "workflow".to_owned() } else { stem }
}
