use super::Diagnostic;
use crate::sort::{self, Map};
use crate::text::{SourceId, Span};
use serde::{Deserialize, Serialize};

/// Whether a fix keeps the meaning of the config.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// Mends what could not have worked; nothing that worked behaves differently.
    Safe,
    /// Changes what the config does. Offered, never applied unasked; its title says so.
    Unsafe,
}

/// Replaces the bytes of `span` with `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

/// A change that makes a finding go away. Edits never overlap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// An imperative: ``change to `build` ``.
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A safe fix that replaces one place.
    #[must_use]
    pub fn replace(span: Span, text: impl Into<String>, title: impl Into<String>) -> Self {
        Self { title: title.into(), safety: Safety::Safe, edits: vec![Edit { span, text: text.into() }] }
    }

    /// The same fix, marked as one that changes what the config does.
    #[must_use]
    pub fn behaviour_changing(mut self) -> Self {
        self.safety = Safety::Unsafe;
        self
    }
}

/// `text` with `edits` applied. An edit that overlaps an earlier one (in order of their start) is left out,
/// so that the fixes of many findings can be applied at once; apply again for the rest.
#[must_use]
pub fn apply_edits(text: &str, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sort::by_key(&mut sorted, |edit| (edit.span.start, edit.span.end));
    sorted.dedup();
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        let range = edit.span.range();
        if range.start < done || text.get(range.clone()).is_none() {
            continue;
        }
        result.push_str(&text[done..range.start]);
        result.push_str(&edit.text);
        done = range.end;
    }
    result.push_str(&text[done..]);
    result
}

/// The findings, by index and in their order, whose fixes can be applied to `source` at once. A fix is taken whole
/// or not at all: one that touches what an earlier fix changes, or another source, is left for later. Unsafe fixes
/// only where `unsafe_too`.
#[must_use]
pub fn fixable(source: SourceId, diagnostics: &[Diagnostic], unsafe_too: bool) -> Vec<(usize, &Fix)> {
    let mut changed = Changed::default();
    let mut chosen = Vec::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        let Some(fix) = diagnostic.fix.as_ref().filter(|fix| unsafe_too || fix.safety == Safety::Safe) else {
            continue;
        };
        if fix.edits.iter().all(|edit| edit.span.source == source && changed.is_free(edit.span)) {
            changed.ends.extend(fix.edits.iter().map(|edit| (edit.span.start, edit.span.end)));
            chosen.push((index, fix));
        }
    }
    chosen
}

/// The places of edits that are made together: the end of each, by its start. None touches another.
#[derive(Default)]
struct Changed {
    ends: Map<u32, u32>,
}

impl Changed {
    /// Whether an edit can be made too. Not at the start of another one: the order of two insertions would be
    /// chance.
    fn is_free(&self, span: Span) -> bool {
        let [before, next] = self.ends.around(&span.start);
        before.is_none_or(|(_, end)| *end <= span.start)
            && next.is_none_or(|(start, _)| *start != span.start && *start >= span.end)
    }
}
