//! The text: edits, files, examples, and whether it is kept for the next visit.

use super::{Effect, Notice, Pane, Spot, State};
use crate::app::examples::EXAMPLES;
use std::rc::Rc;

/// A text of at most this many bytes is kept for the next visit.
pub const LARGEST_KEPT: usize = 1_000_000;

/// The name of a text that came without one.
pub(super) const FILE: &str = "config.yml";

/// Whether the text survives a reload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    Kept,
    /// Over [`LARGEST_KEPT`].
    TooLarge,
    /// The browser does not store anything for this page.
    Denied,
}

impl Keeping {
    pub(super) fn of(text: &str) -> Self {
        if text.len() > LARGEST_KEPT { Self::TooLarge } else { Self::Kept }
    }

    /// After the store was asked to take `text`.
    pub(super) fn after(text: &str, taken: bool) -> Self {
        if taken { Self::of(text) } else { Self::Denied }
    }
}

impl State {
    pub(super) fn edited(&mut self, text: Rc<str>) -> Vec<Effect> {
        if text == self.text {
            return Vec::new();
        }
        self.take_text(text);
        let mut effects = vec![Effect::Publish];
        effects.extend(self.keep(Effect::SaveText));
        effects.extend(self.ask());
        effects
    }

    /// Keeps the text, or what it is looked at with. One that came by a link is kept with the other: neither belongs
    /// to what the last visit kept.
    pub(super) fn keep(&mut self, changed: Effect) -> Vec<Effect> {
        if std::mem::take(&mut self.linked) {
            vec![Effect::SaveText, Effect::KeepGiven]
        } else {
            vec![changed]
        }
    }

    pub(super) fn opened(&mut self, name: String, text: Rc<str>) -> Vec<Effect> {
        let by = format!("the file {name}");
        self.replaced(text, name, by)
    }

    pub(super) fn example_chosen(&mut self, index: usize) -> Vec<Effect> {
        let mut effects = self.popover_closed();
        if let Some(example) = EXAMPLES.get(index) {
            let by = format!("the example “{}”", example.name);
            effects.extend(self.replaced(example.text.into(), FILE.to_owned(), by));
        }
        effects
    }

    /// Brings back the text that an example or a file replaced.
    pub(super) fn undone(&mut self) -> Vec<Effect> {
        let Some(Notice::Replaced { previous, file, given, .. }) = self.notice.take() else {
            return Vec::new();
        };
        let brings_given = given.is_some();
        self.given = given.unwrap_or_else(|| Rc::clone(&self.given));
        self.linked |= brings_given;
        let effects = self.replaced(previous, file, String::new());
        self.notice = None;
        effects
    }

    /// Another document takes the place of this one, and is kept.
    pub(super) fn replaced(&mut self, text: Rc<str>, file: String, by: String) -> Vec<Effect> {
        let mut effects = self.exchanged(text, file, by);
        if !effects.is_empty() {
            effects.extend(self.keep(Effect::SaveText));
        }
        effects
    }

    /// Another document: nothing of the old one stays, neither its graph nor the selection in it.
    pub(super) fn exchanged(&mut self, text: Rc<str>, file: String, by: String) -> Vec<Effect> {
        let previous = std::mem::replace(&mut self.file, file);
        if text == self.text {
            return Vec::new();
        }
        self.notice = is_own(&self.text).then(|| Notice::Replaced {
            by,
            previous: Rc::clone(&self.text),
            file: previous,
            given: None,
        });
        self.take_text(Rc::clone(&text));
        let mut effects = self.run_emptied();
        self.drawing = None;
        self.compiled = None;
        self.focus = Spot::default();
        self.details = None;
        self.workflow = 0;
        self.scale = None;
        self.all_problems = false;
        self.pane = Pane::Code;
        effects.extend([Effect::Replace(text), Effect::Mark(Vec::new()), Effect::Publish]);
        effects.extend(self.ask());
        effects
    }

    fn take_text(&mut self, text: Rc<str>) {
        self.keeping = match self.keeping {
            Keeping::Denied => Keeping::Denied,
            Keeping::Kept | Keeping::TooLarge => Keeping::of(&text),
        };
        self.text = text;
        self.rev = self.rev.wrapping_add(1);
        self.problem = None;
        self.wanted_ignore = None;
        self.visited = None;
    }

    pub(super) fn text_downloaded(&self) -> Vec<Effect> {
        vec![Effect::Download { name: self.file.clone(), media: "text/yaml", text: self.text.to_string() }]
    }
}

/// Whether the text is the user's. An example that was only looked at is no loss: no notice for it.
pub(super) fn is_own(text: &str) -> bool {
    !text.trim().is_empty() && EXAMPLES.iter().all(|example| example.text != text)
}
