//! Which saves can serve which restores.
//!
//! A restore tries its keys in order; a key finds every cache that was saved under a key beginning with it. A
//! cache cannot be changed: the first to save under a key is the one that did.
//! Source: <https://circleci.com/docs/guides/optimize/caching/>.

use super::upstream::Upstream;
use super::{Flow, Key, Match, Part, Service, StepId, StepKind};
use std::collections::HashMap;

/// At most this many keys are compared, and this many saves looked at, in a config: beyond it, a restore is
/// perhaps served by something that is not listed.
const MAX_LOOKS: usize = 10_000_000;
/// At most this many saves are listed for a config, and for one key of a restore.
const MAX_SERVICES: usize = 100_000;
const MAX_FOR_A_KEY: usize = 100;

/// A key under which something is saved, and by whom.
struct Saved {
    key: Key,
    /// By workflow: the saves that no other save under the same key comes before.
    first: Vec<Vec<StepId>>,
}

/// What a key finds.
#[derive(Clone, Default)]
struct Found {
    /// Indices of saved keys, and whether the whole key is the same.
    sure: Vec<(usize, bool)>,
    perhaps: bool,
}

/// Fills in what serves each restore.
pub(super) fn serve(flows: &mut [Flow], upstreams: &[Upstream]) {
    let mut looks = MAX_LOOKS;
    let saved = saved_keys(flows, upstreams, &mut looks);
    let all_known = flows.iter().flat_map(|flow| &flow.jobs).all(|job| job.known);
    let index = Index::new(&saved);
    let mut known: HashMap<Vec<Part>, Found> = HashMap::new();
    let mut left = MAX_SERVICES;
    for (workflow, upstream) in upstreams.iter().enumerate() {
        for (id, found) in restores(&mut flows[workflow]) {
            let mut served: Vec<Service> = Vec::new();
            found.perhaps_served = !all_known;
            for (number, key) in found.keys.iter().enumerate() {
                let hits =
                    known.entry(key.parts.clone()).or_insert_with(|| index.find(key, &saved, &mut looks));
                found.perhaps_served |= hits.perhaps;
                for (hit, exact) in &hits.sure {
                    let (suppliers, this_run) =
                        suppliers(&saved[*hit].first, workflow, id, upstream, &mut looks);
                    if !this_run && key.symbols().any(super::Symbol::changes_with_each_run) {
                        // Only another run of the same commit can find it.
                        found.perhaps_served = true;
                        continue;
                    }
                    found.perhaps_served |= looks == 0 || suppliers.len() > MAX_FOR_A_KEY.min(left);
                    for (other, save) in suppliers.into_iter().take(MAX_FOR_A_KEY.min(left)) {
                        if !served.iter().any(|known| (known.workflow, known.save) == (other, save)) {
                            left -= 1;
                            let service =
                                Service { workflow: other, save, key: number, exact: *exact, this_run };
                            served.push(service);
                        }
                    }
                }
            }
            found.served = served;
        }
    }
}

fn restores(flow: &mut Flow) -> impl Iterator<Item = (StepId, &mut super::Restore)> {
    flow.jobs.iter_mut().enumerate().flat_map(|(job, all)| {
        all.steps.iter_mut().enumerate().filter_map(move |(step, found)| match &mut found.kind {
            StepKind::Restore(restore) => Some((StepId { job, step }, restore)),
            _ => None,
        })
    })
}

/// The different keys under which something is saved.
fn saved_keys(flows: &[Flow], upstreams: &[Upstream], looks: &mut usize) -> Vec<Saved> {
    let mut places: HashMap<&[Part], usize> = HashMap::new();
    let mut saved: Vec<Saved> = Vec::new();
    for (workflow, flow) in flows.iter().enumerate() {
        for (id, step) in flow.steps() {
            let StepKind::Save(save) = &step.kind else { continue };
            let place = *places.entry(&save.key.parts).or_insert_with(|| {
                saved.push(Saved { key: save.key.clone(), first: vec![Vec::new(); flows.len()] });
                saved.len() - 1
            });
            saved[place].first[workflow].push(id);
        }
    }
    for saves in &mut saved {
        for (saves, upstream) in saves.first.iter_mut().zip(upstreams) {
            let all = saves.clone();
            let after = |one: &StepId| {
                all.iter().any(|other| {
                    *looks = looks.saturating_sub(1);
                    let earlier = other.job == one.job && other.step < one.step;
                    *looks > 0 && (earlier || upstream.before(other.job, one.job))
                })
            };
            let mut after = after;
            saves.retain(|one| !after(one));
        }
    }
    saved
}

/// Who can have saved a cache before the restore `id`, and whether in the same run: a save before it in the same
/// job or in a job that ends before; else, in an earlier run, the same job; else any other.
fn suppliers(
    first: &[Vec<StepId>],
    workflow: usize,
    id: StepId,
    upstream: &Upstream,
    looks: &mut usize,
) -> (Vec<(usize, StepId)>, bool) {
    let here = &first[workflow];
    *looks = looks.saturating_sub(here.len());
    if *looks == 0 {
        return (Vec::new(), false);
    }
    let before =
        |save: &&StepId| (save.job == id.job && save.step < id.step) || upstream.before(save.job, id.job);
    let in_workflow = |save: &StepId| (workflow, *save);
    let sooner: Vec<_> = here.iter().filter(before).map(in_workflow).collect();
    if !sooner.is_empty() {
        return (sooner, true);
    }
    if let Some(own) = here.iter().find(|save| save.job == id.job) {
        return (vec![(workflow, *own)], false);
    }
    if !here.is_empty() {
        return (here.iter().map(in_workflow).collect(), false);
    }
    let elsewhere = first.iter().enumerate();
    (elsewhere.flat_map(|(other, saves)| saves.iter().map(move |save| (other, *save))).collect(), false)
}

/// Saved keys by the text that they begin with.
struct Index<'a> {
    sorted: Vec<(&'a str, usize)>,
}

impl<'a> Index<'a> {
    fn new(saved: &'a [Saved]) -> Self {
        let mut sorted: Vec<_> =
            saved.iter().enumerate().map(|(place, saved)| (saved.key.start(), place)).collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// What `key` finds. Only keys come into question that begin with its first text, or with a part of that.
    fn find(&self, key: &Key, saved: &[Saved], looks: &mut usize) -> Found {
        let start = key.start();
        let from = self.sorted.partition_point(|(text, _)| *text < start);
        let longer = self.sorted[from..].iter().take_while(|(text, _)| text.starts_with(start));
        let part = (0..start.len()).filter(|end| start.is_char_boundary(*end)).flat_map(|end| {
            let text = &start[..end];
            let from = self.sorted.partition_point(|(known, _)| *known < text);
            self.sorted[from..].iter().take_while(move |(known, _)| *known == text)
        });
        let mut found = Found::default();
        for (_, place) in part.chain(longer) {
            if *looks == 0 {
                found.perhaps = true;
                break;
            }
            *looks -= 1;
            match key.finds(&saved[*place].key) {
                Match::No => {}
                Match::Perhaps => found.perhaps = true,
                Match::Prefix => found.sure.push((*place, false)),
                Match::Exact => found.sure.push((*place, true)),
            }
        }
        found.sure.sort_unstable_by_key(|(place, exact)| (!exact, *place));
        found
    }
}
