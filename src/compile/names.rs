//! What the names in `requires` mean, and the final names of entries.

use super::compiled::{Entry, Matched};
use super::output::Value;
use crate::sort::Map;
use crate::text::Span;
use crate::yaml::Data;

/// An entry before its final name is known.
pub(super) struct Draft {
    pub(super) entry: Entry,
    /// Index of the invocation that made it.
    pub(super) invocation: usize,
    /// The name under which `requires` finds it, before it gets a number or a group's prefix; nothing for
    /// what nobody can require.
    pub(super) called: Option<String>,
    /// For a row of a matrix, the name under which `requires` finds all rows.
    pub(super) alias: Option<String>,
    /// Where its name can be required, and where the names it requires are looked up: the workflow itself,
    /// or one invocation of a job group in it.
    pub(super) seen_in: Space,
    pub(super) looks_in: Space,
    /// The compiled job; nothing for an approval and for what cannot be compiled.
    pub(super) body: Option<Value>,
    /// The options of the entry in the compiled config, `requires` left out.
    pub(super) options: Vec<(crate::yaml::Key<super::Origin>, Value)>,
}

/// Whether an entry is written in a way that only a compiler knows which writes `upstream`.
pub(super) fn needs_upstream(draft: &Draft) -> bool {
    draft.looks_in != Space::Workflow
        || draft.entry.serial_group.is_some()
        || draft.entry.requires.iter().any(|requirement| !requirement.statuses.is_empty())
}

/// Names are found within one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    Workflow,
    /// The jobs of a group, by the index of the group's invocation.
    Group(usize),
}

/// Fills in what each requirement of a workflow means. Takes every entry that is meant off `left`; once none
/// are left, a name that means many entries is taken for the first of them. Answers where that began.
pub(super) fn resolve_requirements(drafts: &mut [Draft], left: &mut usize) -> Option<Span> {
    let mut all = Vec::with_capacity(drafts.len());
    let index = Index::new(drafts);
    let mut crowded = None;
    for (at, draft) in drafts.iter().enumerate() {
        let mut meanings = Vec::with_capacity(draft.entry.requires.len());
        for requirement in &draft.entry.requires {
            let mut matched = index.meaning(drafts, at, &requirement.name.value);
            if let Matched::Matrix(rows) = &mut matched
                && rows.len() > *left
            {
                rows.truncate(1);
                crowded = crowded.or(Some(requirement.name.span));
            }
            *left = left.saturating_sub(matched.entries().len());
            meanings.push(matched);
        }
        all.push(meanings);
    }
    for (draft, meanings) in drafts.iter_mut().zip(all) {
        for (requirement, matched) in draft.entry.requires.iter_mut().zip(meanings) {
            requirement.matched = matched;
        }
    }
    crowded
}

/// The entries by name and by matrix alias.
struct Index {
    named: Map<(Space, String), Vec<usize>>,
    rows: Map<(Space, String), Vec<usize>>,
}

impl Index {
    fn new(drafts: &[Draft]) -> Self {
        let (mut named, mut rows): (Map<_, Vec<_>>, Map<_, Vec<_>>) = Default::default();
        for (at, draft) in drafts.iter().enumerate() {
            if let Some(called) = &draft.called {
                named.get_or_default((draft.seen_in, called.clone())).push(at);
            }
            if let Some(alias) = &draft.alias {
                rows.get_or_default((draft.seen_in, alias.clone())).push(at);
            }
        }
        Self { named, rows }
    }

    /// The entry, other than the one at `at`, that is called `name`; else the rows of the matrix with that
    /// alias.
    fn meaning(&self, drafts: &[Draft], at: usize, name: &str) -> Matched {
        let name = &(drafts[at].looks_in, name.to_owned());
        let called = self.named.get(name).map(Vec::as_slice).unwrap_or_default();
        let called: Vec<usize> = called.iter().copied().filter(|other| *other != at).collect();
        match called.as_slice() {
            [one] => return Matched::One(*one),
            [] => {}
            _ => return Matched::Ambiguous(called),
        }
        let own = drafts[at].invocation;
        let rows = self.rows.get(name).map(Vec::as_slice).unwrap_or_default();
        let rows: Vec<usize> = rows.iter().copied().filter(|row| drafts[*row].invocation != own).collect();
        if rows.is_empty() { Matched::None } else { Matched::Matrix(rows) }
    }
}

/// Gives entries that share a name and are not the same job their numbers: `-1`, `-2`, … in the order of their
/// invocation, over all workflows. Entries that come to the same job keep their name, even within one
/// workflow (seen in real output).
pub(super) fn number(workflows: &mut [Vec<Draft>]) {
    let mut places: Map<String, Vec<(usize, usize)>> = Map::new();
    for (workflow, drafts) in workflows.iter().enumerate() {
        for (at, draft) in drafts.iter().enumerate() {
            places.get_or_default(draft.entry.name.clone()).push((workflow, at));
        }
    }
    for (name, places) in places {
        let numbers = numbers(workflows, &places);
        if numbers.iter().any(|number| *number > 1) {
            for ((workflow, at), number) in places.into_iter().zip(numbers) {
                workflows[workflow][at].entry.name = format!("{name}-{number}");
            }
        }
    }
}

/// A number for each place: equal for equal jobs.
fn numbers(workflows: &[Vec<Draft>], places: &[(usize, usize)]) -> Vec<usize> {
    let body = |(workflow, at): (usize, usize)| workflows[workflow][at].body.as_ref();
    // By number less one: a place that bears it.
    let mut bearers: Vec<(usize, usize)> = Vec::new();
    let mut numbers = Vec::with_capacity(places.len());
    for place in places {
        let equal = bearers.iter().position(|bearer| match (body(*bearer), body(*place)) {
            (Some(one), Some(other)) => same_data(one, other),
            (None, None) => true,
            _ => false,
        });
        let number = equal.unwrap_or(bearers.len());
        if number == bearers.len() {
            bearers.push(*place);
        }
        numbers.push(number + 1);
    }
    numbers
}

/// Equality of values, wherever they come from.
fn same_data(one: &Value, other: &Value) -> bool {
    match (&one.data, &other.data) {
        (Data::List(one), Data::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same_data(one, other))
        }
        (Data::Map(one), Data::Map(other)) => {
            let same = |((key, value), (other_key, other)): (&(_, Value), &(_, Value))| {
                let (key, other_key): (&crate::yaml::Key<_>, &crate::yaml::Key<_>) = (key, other_key);
                key.text == other_key.text && same_data(value, other)
            };
            one.len() == other.len() && one.iter().zip(other).all(same)
        }
        (one, other) => {
            super::substitute::text_of(one) == super::substitute::text_of(other)
                && std::mem::discriminant(one) == std::mem::discriminant(other)
        }
    }
}
