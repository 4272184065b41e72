//! A file that is dropped on the page: the next config, unless it can be something that is missing.

use super::{Effect, GivenChange, Notice, State};
use crate::report::OrbState;
use crate::worker::{NamedText, OrbFile};
use std::rc::Rc;

/// What a dropped file can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    Config,
    /// The source of the orb with this reference.
    Orb(String),
    Continuation,
}

impl State {
    pub(super) fn dropped(&mut self, name: String, text: Rc<str>) -> Vec<Effect> {
        let mut uses = self.other_uses(&name, &text);
        if uses.is_empty() {
            return self.opened(name, text);
        }
        uses.push(Use::Config);
        self.notice = Some(Notice::Offered { name, text, uses });
        Vec::new()
    }

    /// What the file can be other than a config: an orb that it is named after or, where it looks like one,
    /// any that is missing; or the continuation that is missing.
    fn other_uses(&self, name: &str, text: &str) -> Vec<Use> {
        let Some((_, report)) = &self.report else { return Vec::new() };
        let orbs = self.imported_orbs();
        let missing: Vec<&str> = orbs
            .iter()
            .filter(|orb| orb.state == OrbState::Missing)
            .map(|orb| orb.reference.as_str())
            .collect();
        let named: Vec<Use> = missing
            .iter()
            .filter(|reference| name.contains(orb_name(reference)))
            .map(|reference| Use::Orb((*reference).to_owned()))
            .collect();
        if !named.is_empty() {
            return named;
        }
        if looks_like_orb(text) {
            return missing.into_iter().map(|reference| Use::Orb(reference.to_owned())).collect();
        }
        if report.setup && self.given.continuation.is_none() {
            return vec![Use::Continuation];
        }
        Vec::new()
    }

    pub(super) fn offer_taken(&mut self, file_use: Use) -> Vec<Effect> {
        let Some(Notice::Offered { name, text, .. }) = self.notice.take() else { return Vec::new() };
        let text_of = |text: Rc<str>| String::from(&*text);
        match file_use {
            Use::Config => self.opened(name, text),
            Use::Orb(reference) => {
                let file = OrbFile { reference, name, text: text_of(text) };
                self.given_changed(GivenChange::Orb(file))
            }
            Use::Continuation => {
                self.given_changed(GivenChange::Continuation(NamedText { name, text: text_of(text) }))
            }
        }
    }
}

/// `node` of `circleci/node@5.1.0`.
fn orb_name(reference: &str) -> &str {
    let name = reference.split('@').next().unwrap_or(reference);
    name.rsplit('/').next().unwrap_or(name)
}

/// It has elements, describes itself as an orb does, and runs nothing.
fn looks_like_orb(text: &str) -> bool {
    let has = |key: &str| {
        text.lines().any(|line| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')))
    };
    let has_elements = ["commands", "jobs", "executors"].into_iter().any(has);
    has_elements && (has("description") || has("display")) && !has("workflows")
}
