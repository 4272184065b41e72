//! What can be written where the caret stands.
//!
//! Comes in: a config, its orbs and an offset. Goes out: a [`Completion`]: what would be replaced, and the
//! names, keys and values that are valid there and nothing else. The line of the caret is mostly broken, so it
//! is mended first: a mark takes the place of the word, and the tree says where the mark stands. Must not
//! know: what is wrong with the config, who shows the list.

mod candidate;
mod caret;
mod names;
mod part;
mod template;
mod write;

pub use candidate::{Candidate, CandidateKind, Completion};

use crate::config;
use crate::orb::{Library, Scope};
use crate::text::{Sources, Span};
use caret::{Caret, Held, Line};

/// What can be written at byte `offset` of the config. Nothing is a usual answer.
#[must_use]
pub fn complete(sources: &Sources, offset: usize) -> Completion {
    let source = sources.config();
    let line = Line::at(source, offset);
    let span = Span::new(source.id, line.word.clone());
    let candidates = Caret::find(sources, &line).map(|caret| candidates(&line, &caret)).unwrap_or_default();
    Completion { span, candidates: candidate::sorted(candidates) }
}

fn candidates(line: &Line<'_>, caret: &Caret) -> Vec<Candidate> {
    let config = config::read(&caret.document);
    let library = Library::read(&caret.sources, &config.own);
    let names = names::Names::new(&config, Scope::config(&config.own, &library), caret);
    if line.template.is_some() {
        return template::candidates(&names, line);
    }
    if line.is_alias() {
        let anchors =
            caret.document.anchors.iter().filter(|anchor| (anchor.name.span.end as usize) < line.word.start);
        return anchors.map(|anchor| Candidate::new(CandidateKind::Anchor, &anchor.name, "anchor")).collect();
    }
    let (parts, node) = part::at(&names, caret);
    match &caret.held {
        Held::Key { siblings } => write::keys(&names, &parts, node.as_ref(), siblings, line),
        Held::Scalar => write::values(&names, &parts, line),
    }
}
