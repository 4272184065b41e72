//! Which saves can serve which restores.
//!
//! A restore tries its keys in order; a key finds every cache that was saved under a key beginning with it. A
//! cache cannot be changed: the first to save under a key is the one that did.
//! Source: <https://circleci.com/docs/guides/optimize/caching/>.

use super::upstream::Upstream;
use super::{Flow, Key, Match, Part, Restore, Service, StepId, StepKind, Symbol};
use crate::sort;
use crate::sort::Map;

/// At most this many keys are compared, and this many saves looked at, in a config: beyond it, a restore is
/// perhaps served by something that is not listed.
const MAX_LOOKS: usize = 10_000_000;
/// At most this many saves are listed for a config, and for one key of a restore.
const MAX_SERVICES: usize = 100_000;
const MAX_FOR_A_KEY: usize = 100;

/// A key under which something is saved, and by whom.
struct Saved {
    key: Key,
    /// By workflow: all saves.
    saves: Vec<Vec<StepId>>,
    /// By workflow: the saves that no other save under the same key comes before.
    first: Vec<Vec<StepId>>,
    restored: bool,
}

/// What a key finds: indices of saved keys, exact matches first.
type Found = Vec<(usize, Match)>;

/// Fills in what serves each restore, and which saves are restored.
pub(super) fn serve(flows: &mut [Flow]) {
    let mut looks = MAX_LOOKS;
    let mut saved = saved_keys(flows, &mut looks);
    let all_known = flows.iter().flat_map(|flow| &flow.jobs).all(|job| job.known);
    let mut known: Map<Vec<Part>, Found> = Map::new();
    let index = Index::new(&saved);
    for (_, restore) in flows.iter_mut().flat_map(restores) {
        for key in &restore.keys {
            known.get_or_insert_with(key.parts.clone(), || index.find(key, &saved, &mut looks));
        }
    }
    let mut left = MAX_SERVICES;
    for (workflow, flow) in flows.iter_mut().enumerate() {
        let upstream = std::mem::take(&mut flow.upstream);
        for (id, restore) in restores(flow) {
            restore.perhaps_served = !all_known || looks == 0;
            let mut supply = Supply { workflow, id, upstream: &upstream, looks: &mut looks, left: &mut left };
            for number in 0..restore.keys.len() {
                let hits = known.get(&restore.keys[number].parts).map(Vec::as_slice).unwrap_or_default();
                supply.serve(restore, number, hits, &saved);
            }
        }
        flow.upstream = upstream;
    }
    for (hit, _) in known.into_values().flatten() {
        saved[hit].restored = true;
    }
    // Where not everything could be looked at, nobody may say that nothing is restored.
    for key in saved.iter().filter(|key| key.restored || !all_known || looks == 0) {
        for (flow, saves) in flows.iter_mut().zip(&key.saves) {
            for id in saves {
                if let StepKind::Save(save) = &mut flow.jobs[id.job].steps[id.step].kind {
                    save.restored = true;
                }
            }
        }
    }
}

/// The restores of a workflow.
fn restores(flow: &mut Flow) -> impl Iterator<Item = (StepId, &mut Restore)> {
    flow.jobs.iter_mut().enumerate().flat_map(|(job, all)| {
        all.steps.iter_mut().enumerate().filter_map(move |(step, found)| match &mut found.kind {
            StepKind::Restore(restore) => Some((StepId { job, step }, restore)),
            _ => None,
        })
    })
}

/// The different keys under which something is saved.
fn saved_keys(flows: &[Flow], looks: &mut usize) -> Vec<Saved> {
    let mut places: Map<&[Part], usize> = Map::new();
    let mut saved: Vec<Saved> = Vec::new();
    for (workflow, flow) in flows.iter().enumerate() {
        for (id, step) in flow.steps() {
            let StepKind::Save(save) = &step.kind else { continue };
            let place = *places.get_or_insert_with(&save.key.parts, || {
                let none = vec![Vec::new(); flows.len()];
                saved.push(Saved {
                    key: save.key.clone(),
                    saves: none.clone(),
                    first: none,
                    restored: false,
                });
                saved.len() - 1
            });
            saved[place].saves[workflow].push(id);
        }
    }
    for key in &mut saved {
        for ((saves, first), flow) in key.saves.iter().zip(&mut key.first).zip(flows) {
            let mut is_first = |one: &&StepId| {
                !saves.iter().any(|other| {
                    *looks = looks.saturating_sub(1);
                    let sooner = other.job == one.job && other.step < one.step;
                    *looks > 0 && (sooner || flow.before(other.job, one.job))
                })
            };
            *first = saves.iter().filter(|one| is_first(one)).copied().collect();
        }
    }
    saved
}

/// Looks for the saves that serve one restore.
struct Supply<'a> {
    /// Where the restore is.
    workflow: usize,
    id: StepId,
    upstream: &'a Upstream,
    looks: &'a mut usize,
    left: &'a mut usize,
}

impl Supply<'_> {
    /// Adds the saves that key `number` of `restore` finds.
    fn serve(&mut self, restore: &mut Restore, number: usize, hits: &[(usize, Match)], saved: &[Saved]) {
        for (hit, matched) in hits {
            if *matched == Match::Perhaps {
                restore.perhaps_served = true;
                continue;
            }
            let (suppliers, this_run) = self.suppliers(&saved[*hit].first);
            if !this_run && restore.keys[number].symbols().any(Symbol::changes_with_each_run) {
                // Only another run of the same commit can find it.
                restore.perhaps_served = true;
                continue;
            }
            let room = MAX_FOR_A_KEY.min(*self.left);
            restore.perhaps_served |= *self.looks == 0 || suppliers.len() > room;
            for (workflow, save) in suppliers.into_iter().take(room) {
                let known = |other: &Service| (other.workflow, other.save) == (workflow, save);
                if !restore.served.iter().any(known) {
                    *self.left -= 1;
                    let exact = *matched == Match::Exact;
                    restore.served.push(Service { workflow, save, key: number, exact, this_run });
                }
            }
        }
    }

    /// Who can have saved a cache before the restore, and whether in the same run: a save before it in the same
    /// job or in a job that ends before; else, in an earlier run, the same job; else any other.
    fn suppliers(&mut self, first: &[Vec<StepId>]) -> (Vec<(usize, StepId)>, bool) {
        let here = &first[self.workflow];
        *self.looks = self.looks.saturating_sub(here.len());
        if *self.looks == 0 {
            return (Vec::new(), false);
        }
        let before = |save: &&StepId| {
            let same_job = save.job == self.id.job && save.step < self.id.step;
            same_job || self.upstream.before(save.job, self.id.job)
        };
        let in_workflow = |save: &StepId| (self.workflow, *save);
        let sooner: Vec<_> = here.iter().filter(before).map(in_workflow).collect();
        if !sooner.is_empty() {
            return (sooner, true);
        }
        if let Some(own) = here.iter().find(|save| save.job == self.id.job) {
            return (vec![in_workflow(own)], false);
        }
        if !here.is_empty() {
            return (here.iter().map(in_workflow).collect(), false);
        }
        let elsewhere = first.iter().enumerate();
        (elsewhere.flat_map(|(other, saves)| saves.iter().map(move |save| (other, *save))).collect(), false)
    }
}

/// Saved keys by the text that they begin with.
struct Index<'a> {
    sorted: Vec<(&'a str, usize)>,
}

impl<'a> Index<'a> {
    fn new(saved: &'a [Saved]) -> Self {
        let start = |(place, saved): (usize, &'a Saved)| (saved.key.start(), place);
        let mut sorted: Vec<_> = saved.iter().enumerate().map(start).collect();
        sort::by(&mut sorted, Ord::cmp);
        Self { sorted }
    }

    /// What `key` finds. Only keys come into question that begin with its first text, or with a part of that.
    fn find(&self, key: &Key, saved: &[Saved], looks: &mut usize) -> Found {
        let start = key.start();
        let from = |text: &str| self.sorted.partition_point(|(known, _)| *known < text);
        let longer = self.sorted[from(start)..].iter().take_while(|(text, _)| text.starts_with(start));
        let parts = (0..start.len()).filter_map(|end| start.get(..end));
        let part = parts
            .flat_map(|text| self.sorted[from(text)..].iter().take_while(move |(known, _)| *known == text));
        let mut found = Found::new();
        for (_, place) in part.chain(longer) {
            *looks = looks.saturating_sub(1);
            let matched = if *looks == 0 { Match::Perhaps } else { key.finds(&saved[*place].key) };
            if matched != Match::No {
                found.push((*place, matched));
            }
        }
        sort::by_key(&mut found, |(place, matched)| (*matched != Match::Exact, *place));
        found
    }
}
