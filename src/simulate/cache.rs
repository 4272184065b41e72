//! Which caches there are. A cache never changes: of two saves under one key the first one stays, and a restore
//! takes the newest that its first matching key finds (documentation, caching).

use crate::flow::{Key, Part, Restore, Save, StepId, Symbol};
use std::collections::{HashMap, HashSet};

/// The caches of a project.
#[derive(Clone, Debug, Default)]
pub(super) struct Stock {
    /// By the step that saved it, with its workflow.
    saved: HashMap<(usize, StepId), Cache>,
    keys: HashSet<Vec<Part>>,
}

#[derive(Clone, Copy, Debug)]
struct Cache {
    /// Its place among all saves.
    order: usize,
    /// An earlier run left it.
    earlier: bool,
}

/// A cache that a restore finds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// Index of the key that found it.
    pub(super) key: usize,
    /// The workflow and job that saved it; nothing where an earlier run did.
    pub(super) from: Option<(usize, usize)>,
}

impl Stock {
    /// The caches as a later run finds them.
    pub(super) fn aged(&self) -> Self {
        let age = |cache: &Cache| Cache { earlier: true, ..*cache };
        let lasting = self.keys.iter().filter(|parts| !parts.iter().any(is_of_its_run));
        Self {
            saved: self.saved.iter().map(|(step, cache)| (*step, age(cache))).collect(),
            keys: lasting.cloned().collect(),
        }
    }

    /// Saves; false where there is a cache of that key already.
    pub(super) fn save(&mut self, workflow: usize, step: StepId, save: &Save) -> bool {
        let always_new = save.key.symbols().any(|symbol| matches!(symbol, Symbol::BuildNum | Symbol::Epoch));
        if !self.keys.insert(save.key.parts.clone()) && !always_new {
            return false;
        }
        self.saved.insert((workflow, step), Cache { order: self.saved.len(), earlier: false });
        true
    }

    /// What `restore` finds.
    pub(super) fn find(&self, restore: &Restore) -> Option<Found> {
        let mut best: Option<(usize, usize, Found)> = None;
        for service in &restore.served {
            let Some(cache) = self.saved.get(&(service.workflow, service.save)) else { continue };
            let lost = |key: &Key| cache.earlier && key.parts.iter().any(is_of_its_run);
            if restore.keys.get(service.key).is_none_or(lost) {
                continue;
            }
            let newer = best.as_ref().is_none_or(|(key, order, _)| {
                service.key < *key || service.key == *key && cache.order > *order
            });
            if newer {
                let from = (!cache.earlier).then_some((service.workflow, service.save.job));
                best = Some((service.key, cache.order, Found { key: service.key, from }));
            }
        }
        best.map(|(_, _, found)| found)
    }
}

/// Whether another run has another value there.
fn is_of_its_run(part: &Part) -> bool {
    matches!(part, Part::Symbol(Symbol::Revision | Symbol::BuildNum | Symbol::Epoch | Symbol::Run(_)))
}
