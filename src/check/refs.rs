//! On which branches and tags the entries of a workflow run, as far as that is certain.
//!
//! All branches cannot be tried. Tried are those that some filter of the workflow names, and one that stands for
//! every other; the same for tags. On that one a filter by pattern may let an entry run or not, and nobody
//! concludes anything from it.

use crate::compile::{Entry, Workflow};
use crate::config::{Filter, FilterItems, Filters};
use crate::expression::{full_match, item_pattern};
use crate::sort::{Map, Set};

/// Workflows whose filters name more than this are not looked at.
const MOST_NAMES: usize = 64;
/// The same for the patterns that would be held against these names.
const MOST_MATCHES: usize = 500;

/// Patterns that match every name.
const EVERYTHING: &[&str] = &[".*", ".+", "^.*", ".*$", "^.*$", "^.+$", "(.*)", "(.+)"];

/// Whether an entry runs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Chance {
    Never,
    Perhaps,
    Always,
}

/// A branch or tag; without a name it stands for all that no filter names.
struct Ref {
    tag: bool,
    name: Option<String>,
}

/// What is known of one entry: its chance on each branch and tag that is tried.
#[derive(Clone)]
pub(super) struct Chances {
    branches: Vec<Chance>,
    tags: Vec<Chance>,
}

impl Chances {
    pub(super) fn on_branches(&self) -> bool {
        self.branches.iter().any(|chance| *chance != Chance::Never)
    }

    pub(super) fn on_tags(&self) -> bool {
        self.tags.iter().any(|chance| *chance != Chance::Never)
    }

    pub(super) fn anywhere(&self) -> bool {
        self.on_branches() || self.on_tags()
    }
}

/// The entries of a workflow, by their index.
pub(super) struct Refs {
    /// By their own filters.
    pub(super) own: Vec<Chances>,
    /// With the entries that they require: one of these has to run.
    pub(super) real: Vec<Chances>,
}

/// What can be said about `workflow`. Nothing for one with schedules, which decide over its branches, and for one
/// of which the entries require each other in a circle.
pub(super) fn refs(workflow: &Workflow) -> Option<Refs> {
    if workflow.triggers.is_some() {
        return None;
    }
    let [branches, tags] = [false, true].map(|tag| items(workflow, tag));
    let names =
        [&branches, &tags].map(|items| items.iter().filter(|item| item_pattern(item).is_none()).count());
    let names: usize = names.iter().sum();
    let patterns = branches.len() + tags.len() - names;
    if names > MOST_NAMES || names * patterns > MOST_MATCHES {
        return None;
    }
    let tried = |items: &Set<&'_ str>, tag| {
        let names = items.iter().filter(|item| item_pattern(item).is_none());
        let some = names.map(|name| Ref { tag, name: Some((*name).to_owned()) });
        some.chain([Ref { tag, name: None }]).collect::<Vec<_>>()
    };
    let (branches, tags) = (tried(&branches, false), tried(&tags, true));
    let mut matches = Matches::default();
    let mut own = Vec::new();
    for entry in &workflow.entries {
        let mut on = |refs: &[Ref]| refs.iter().map(|to| matches.own_chance(entry, to)).collect();
        own.push(Chances { branches: on(&branches), tags: on(&tags) });
    }
    let real = with_requirements(workflow, &own)?;
    Some(Refs { own, real })
}

/// Every item of the workflow's filters.
fn items(workflow: &Workflow, tag: bool) -> Set<&str> {
    let filters = workflow.entries.iter().filter_map(|entry| side(entry.filters.as_ref()?, tag));
    let lists = filters.flat_map(|filter| [&filter.only, &filter.ignore]).flatten();
    lists.flat_map(|list| &list.items).map(|item| item.value.as_str()).collect()
}

fn side(filters: &Filters, tag: bool) -> Option<&Filter> {
    if tag { filters.tags.as_ref() } else { filters.branches.as_ref() }
}

/// Patterns and names that were held against each other: many entries have the same filters.
#[derive(Default)]
struct Matches(Map<(String, String), Chance>);

impl Matches {
    /// By the entry's own filters: branches run unless a filter says otherwise, tags only where one says so.
    fn own_chance(&mut self, entry: &Entry, to: &Ref) -> Chance {
        let unfiltered = if to.tag { Chance::Never } else { Chance::Always };
        let Some(filters) = &entry.filters else {
            // An expression looks at whatever it likes; what the compiler added has the filters of another entry.
            let open = entry.filter_reason.is_some() || entry.item.is_none();
            return if open { Chance::Perhaps } else { unfiltered };
        };
        let Some(filter) = side(filters, to.tag) else { return unfiltered };
        match (&filter.only, &filter.ignore) {
            (Some(only), _) => self.any(only, to),
            (None, Some(ignore)) => match self.any(ignore, to) {
                Chance::Always => Chance::Never,
                Chance::Perhaps => Chance::Perhaps,
                Chance::Never => Chance::Always,
            },
            (None, None) => unfiltered,
        }
    }

    /// Whether one of `list` means `to`. An empty list may be one that was forgotten.
    fn any(&mut self, list: &FilterItems, to: &Ref) -> Chance {
        list.items.iter().map(|item| self.one(item, to)).max().unwrap_or(Chance::Perhaps)
    }

    fn one(&mut self, item: &str, to: &Ref) -> Chance {
        match (item_pattern(item), &to.name) {
            _ if item.contains("<<") => Chance::Perhaps,
            (Some(pattern), _) if EVERYTHING.contains(&pattern) => Chance::Always,
            (Some(_), None) => Chance::Perhaps,
            (Some(pattern), Some(name)) => {
                let key = (pattern.to_owned(), name.clone());
                *self.0.get_or_insert_with(key, || match full_match(pattern, name) {
                    Ok(true) => Chance::Always,
                    Ok(false) => Chance::Never,
                    Err(_) => Chance::Perhaps,
                })
            }
            (None, Some(name)) if item == name => Chance::Always,
            (None, _) => Chance::Never,
        }
    }
}

/// An entry runs where it is let, and where at least one of the entries that it requires runs.
fn with_requirements(workflow: &Workflow, own: &[Chances]) -> Option<Vec<Chances>> {
    let mut real: Vec<Option<Chances>> = vec![None; own.len()];
    for index in in_order(workflow)? {
        let entry = &workflow.entries[index];
        let mut chances = own[index].clone();
        let required: Vec<usize> =
            entry.requires.iter().flat_map(|requirement| requirement.matched.entries()).copied().collect();
        // A name that stands for nothing is another finding's, and takes certainty away here.
        let sure = entry.requires.iter().all(|requirement| !requirement.matched.entries().is_empty());
        if sure && !required.is_empty() {
            limit(&mut chances.branches, &required, &real, |chances| &chances.branches);
            limit(&mut chances.tags, &required, &real, |chances| &chances.tags);
        }
        real[index] = Some(chances);
    }
    real.into_iter().collect()
}

fn limit(
    chances: &mut [Chance],
    required: &[usize],
    real: &[Option<Chances>],
    side: fn(&Chances) -> &Vec<Chance>,
) {
    for (place, chance) in chances.iter_mut().enumerate() {
        let of = |index: &usize| real[*index].as_ref().map(|chances| side(chances)[place]);
        let best = required.iter().filter_map(of).max();
        *chance = (*chance).min(best.unwrap_or(Chance::Always));
    }
}

/// The entries, each after those that it requires; nothing where that cannot be.
fn in_order(workflow: &Workflow) -> Option<Vec<usize>> {
    let count = workflow.entries.len();
    let mut waiting = vec![0_usize; count];
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (index, entry) in workflow.entries.iter().enumerate() {
        for required in entry.requires.iter().flat_map(|requirement| requirement.matched.entries()) {
            followers[*required].push(index);
            waiting[index] += 1;
        }
    }
    let mut order: Vec<usize> = (0..count).filter(|index| waiting[*index] == 0).collect();
    let mut done = 0;
    while let Some(&next) = order.get(done) {
        done += 1;
        for follower in std::mem::take(&mut followers[next]) {
            waiting[follower] -= 1;
            if waiting[follower] == 0 {
                order.push(follower);
            }
        }
    }
    (order.len() == count).then_some(order)
}
