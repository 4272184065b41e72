//! Which caches there are. A cache never changes: of two saves under one key the first one stays, and a restore
//! takes the newest that its first matching key finds (documentation, caching).

use crate::flow::{Flow, Key, Match, Part, Restore, Symbol};
use crate::sort::{Map, Set};

/// Keys that a run compares, at most; beyond, a restore is not known to find anything.
const MAX_LOOKS: usize = 2_000_000;

/// The caches of a project.
#[derive(Clone, Debug, Default)]
pub(super) struct Stock {
    /// From the oldest to the newest.
    caches: Vec<Cache>,
    keys: Set<Vec<Part>>,
    /// What each key that was tried has found so far: caches only ever become more.
    tried: Map<Vec<Part>, Tried>,
    looks: usize,
    /// Some job may save under keys that are not known.
    unknown: bool,
}

#[derive(Clone, Debug)]
struct Cache {
    key: Key,
    /// The workflow and job that saved it; nothing where an earlier run did.
    from: Option<(usize, usize)>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Tried {
    /// How many caches were looked at.
    seen: usize,
    newest: Option<usize>,
    perhaps: bool,
}

/// What a restore finds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found {
    /// The index of the key that found it, and who saved it: see [`Cache::from`].
    Hit(usize, Option<(usize, usize)>),
    Miss,
    Unknown,
}

impl Stock {
    /// No cache at all, as before the first run.
    pub(super) fn empty(flows: &[Flow]) -> Self {
        let unknown = flows.iter().flat_map(|flow| &flow.jobs).any(|job| !job.known);
        Self { looks: MAX_LOOKS, unknown, ..Self::default() }
    }

    /// The caches as a later run finds them.
    pub(super) fn aged(&self) -> Self {
        let age = |cache: &Cache| Cache { from: None, ..cache.clone() };
        let lasting = self.keys.iter().filter(|parts| !parts.iter().any(changes_with_each_run));
        Self {
            caches: self.caches.iter().map(age).collect(),
            keys: lasting.cloned().collect(),
            tried: Map::new(),
            looks: MAX_LOOKS,
            unknown: self.unknown,
        }
    }

    /// Saves as `job` of `workflow`; false where there is a cache of that key already.
    pub(super) fn save(&mut self, key: &Key, workflow: usize, job: usize) -> bool {
        let always_new = key.symbols().any(|symbol| matches!(symbol, Symbol::BuildNum | Symbol::Epoch));
        if !self.keys.insert(key.parts.clone()) && !always_new {
            return false;
        }
        self.caches.push(Cache { key: key.clone(), from: Some((workflow, job)) });
        true
    }

    pub(super) fn find(&mut self, restore: &Restore) -> Found {
        let mut perhaps = self.unknown;
        for (index, key) in restore.keys.iter().enumerate() {
            let tried = self.look(key);
            if let Some(cache) = tried.newest.and_then(|newest| self.caches.get(newest)) {
                return Found::Hit(index, cache.from);
            }
            perhaps |= tried.perhaps;
        }
        if perhaps || self.looks == 0 { Found::Unknown } else { Found::Miss }
    }

    /// What `key` finds among the caches there are now.
    fn look(&mut self, key: &Key) -> Tried {
        let mut tried = self.tried.get(&key.parts).copied().unwrap_or_default();
        let new = self.caches.len() - tried.seen;
        if new == 0 || self.looks < new {
            self.looks = if new == 0 { self.looks } else { 0 };
            return tried;
        }
        self.looks -= new;
        let of_one_run = key.parts.iter().any(changes_with_each_run);
        for (index, cache) in self.caches.iter().enumerate().skip(tried.seen) {
            match key.finds(&cache.key) {
                Match::No => {}
                Match::Perhaps => tried.perhaps = true,
                // Only a run of the same commit can find it.
                Match::Prefix | Match::Exact if of_one_run && cache.from.is_none() => tried.perhaps = true,
                Match::Prefix | Match::Exact => tried.newest = Some(index),
            }
        }
        tried.seen = self.caches.len();
        self.tried.insert(key.parts.clone(), tried);
        tried
    }
}

fn changes_with_each_run(part: &Part) -> bool {
    matches!(part, Part::Symbol(symbol) if symbol.changes_with_each_run())
}
