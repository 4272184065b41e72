//! What jobs wait for besides each other: containers and serial groups, first come, first served.

use std::collections::VecDeque;

/// Containers that run at once.
#[derive(Debug)]
pub(super) struct Containers {
    limit: Option<u32>,
    used: u64,
    waiting: VecDeque<usize>,
}

impl Containers {
    pub(super) fn new(limit: Option<u32>) -> Self {
        Self { limit, used: 0, waiting: VecDeque::new() }
    }

    /// Takes containers for `job` now, or notes that it waits. Nobody overtakes: a wide job comes to its turn.
    pub(super) fn take(&mut self, job: usize, containers: u32) -> bool {
        let free = self.waiting.is_empty() && self.fits(containers);
        if free {
            self.used += self.size(containers);
        } else {
            self.waiting.push_back(job);
        }
        free
    }

    pub(super) fn give_back(&mut self, containers: u32) {
        self.used -= self.size(containers).min(self.used);
    }

    /// The next job whose turn it is, if there is room for it.
    pub(super) fn next(&mut self, containers: impl Fn(usize) -> u32) -> Option<usize> {
        let job = *self.waiting.front()?;
        if !self.fits(containers(job)) {
            return None;
        }
        self.waiting.pop_front();
        self.used += self.size(containers(job));
        Some(job)
    }

    pub(super) fn leave(&mut self, job: usize) {
        self.waiting.retain(|waiting| *waiting != job);
    }

    fn fits(&self, containers: u32) -> bool {
        self.limit.is_none_or(|limit| self.used + self.size(containers) <= limit.into())
    }

    /// A job wider than the limit takes all there is, and more time.
    fn size(&self, containers: u32) -> u64 {
        self.limit.map_or(containers, |limit| containers.min(limit)).into()
    }
}

/// A serial group: one job at a time, or one job group from its lock to its unlock.
#[derive(Debug, Default)]
pub(super) struct Serial {
    pub(super) holder: Option<usize>,
    waiting: VecDeque<usize>,
}

impl Serial {
    /// Lets `job` in now, or notes that it waits.
    pub(super) fn enter(&mut self, job: usize) -> bool {
        if self.holder.is_none() {
            self.holder = Some(job);
        } else {
            self.waiting.push_back(job);
        }
        self.holder == Some(job)
    }

    /// Lets the next one in, where `job` was inside; it may also only have waited.
    pub(super) fn leave(&mut self, job: usize) -> Option<usize> {
        if self.holder != Some(job) {
            self.waiting.retain(|waiting| *waiting != job);
            return None;
        }
        self.holder = self.waiting.pop_front();
        self.holder
    }
}
