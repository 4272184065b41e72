//! Which jobs end before which: the transitive closure of `requires`, whatever the statuses.

use super::{Flow, MAX_JOBS};
use crate::compile::{Matched, Workflow};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Bits of a word of a [`Row`].
const WORD: usize = u64::BITS as usize;

/// The jobs of a workflow in an order in which they can run, and for each job the ones before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Upstream {
    /// Jobs by rank. Jobs in and behind a cycle are not in it: they never run.
    order: Vec<usize>,
    /// By job, its place in `order`.
    ranks: Vec<Option<usize>>,
    /// By job, a set of ranks.
    rows: Vec<Row>,
}

/// A set of numbers, one bit each.
type Row = Vec<u64>;

impl Upstream {
    /// How many jobs can run.
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether `other` ends before `job` starts.
    pub(super) fn before(&self, other: usize, job: usize) -> bool {
        let Some(rank) = self.ranks.get(other).copied().flatten() else { return false };
        self.rows.get(job).is_some_and(|row| row[rank / WORD] >> (rank % WORD) & 1 == 1)
    }

    /// The jobs of `among` that end before `job` starts, in the order of `order`. `among` is a set of ranks.
    pub(super) fn of(&self, job: usize, among: &Row) -> Vec<usize> {
        let Some(row) = self.rows.get(job) else { return Vec::new() };
        let mut found = Vec::new();
        for (index, (row, among)) in row.iter().zip(among).enumerate() {
            let mut word = row & among;
            while word != 0 {
                found.push(self.order[index * WORD + word.trailing_zeros() as usize]);
                word &= word - 1;
            }
        }
        found
    }

    /// The ranks of `jobs`; those that never run are left out.
    pub(super) fn ranks(&self, jobs: impl Iterator<Item = usize>) -> Row {
        let mut row = vec![0; self.order.len().div_ceil(WORD)];
        for rank in jobs.filter_map(|job| self.ranks.get(job).copied().flatten()) {
            row[rank / WORD] |= 1 << (rank % WORD);
        }
        row
    }
}

/// Finds out which jobs end before which, and notes in `flow` which jobs know everything before them.
pub(super) fn find(flow: &mut Flow, workflow: &Workflow) -> Upstream {
    let entries = &workflow.entries;
    if entries.len() > MAX_JOBS {
        return Upstream::default();
    }
    let required = |entry: usize| entries[entry].requires.iter().flat_map(|item| item.matched.entries());
    let order = in_order(entries.len(), required);
    let mut ranks = vec![None; entries.len()];
    for (rank, job) in order.iter().enumerate() {
        ranks[*job] = Some(rank);
    }
    let width = order.len().div_ceil(WORD);
    let mut rows: Vec<Row> = vec![vec![0; width]; entries.len()];
    for job in &order {
        let mut row = vec![0; width];
        let mut known = entries[*job].requires.iter().all(|item| item.matched != Matched::None);
        for other in required(*job) {
            known &= flow.jobs[*other].known && flow.jobs[*other].upstream_known;
            row.iter_mut().zip(&rows[*other]).for_each(|(word, before)| *word |= before);
            if let Some(rank) = ranks[*other] {
                row[rank / WORD] |= 1 << (rank % WORD);
            }
        }
        flow.jobs[*job].upstream_known = known;
        rows[*job] = row;
    }
    Upstream { order, ranks, rows }
}

/// The entries, each behind all that it requires; of several that could come next the first in the source.
fn in_order<'a, I: Iterator<Item = &'a usize>>(count: usize, required: impl Fn(usize) -> I) -> Vec<usize> {
    let mut followers = vec![Vec::new(); count];
    let mut waiting = vec![0_usize; count];
    for (entry, waiting) in waiting.iter_mut().enumerate() {
        for other in required(entry) {
            followers[*other].push(entry);
            *waiting += 1;
        }
    }
    let mut free: BinaryHeap<_> = (0..count).filter(|entry| waiting[*entry] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(Reverse(entry)) = free.pop() {
        order.push(entry);
        for next in &followers[entry] {
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                free.push(Reverse(*next));
            }
        }
    }
    order
}
