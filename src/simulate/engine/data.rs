//! What steps do with caches and workspaces.

use super::{Engine, number};
use crate::flow::{Restore, StepId, StepKind};
use crate::simulate::cache::Found;
use crate::simulate::run::EventKind;

impl<'m> Engine<'m> {
    /// What a step finds when it begins.
    pub(super) fn begin_data(&mut self, job: usize, index: usize) {
        let step = number(index);
        match self.data(job, index) {
            Some(StepKind::Restore(restore)) => self.restore(job, index, restore),
            Some(StepKind::Attach(attach)) => {
                let workflow = self.model.jobs[job].workflow;
                let there = attach.layers.iter().filter(|layer| self.layers.contains(&(workflow, **layer)));
                let mut from: Vec<u32> = there.map(|layer| number(layer.job)).collect();
                from.dedup();
                self.log(job, EventKind::Attached { step, from });
            }
            _ => {}
        }
    }

    fn restore(&mut self, job: usize, index: usize, restore: &Restore) {
        let step = number(index);
        let key = |index: usize| restore.keys.get(index).map(|key| key.written.text.clone());
        let kind = match self.stock.find(restore) {
            Found::Hit(index_of_key, from) => {
                self.jobs[job].hits.push(index);
                let own = self.model.jobs[job].workflow;
                let from = from.filter(|(workflow, _)| *workflow == own).map(|(_, job)| number(job));
                EventKind::CacheHit { step, key: key(index_of_key).unwrap_or_default(), from }
            }
            Found::Unknown => EventKind::CacheUnknown { step, key: key(0).unwrap_or_default() },
            Found::Miss => EventKind::CacheMiss { step, key: key(0).unwrap_or_default() },
        };
        self.log(job, kind);
    }

    /// What a step leaves behind when it ends.
    pub(super) fn end_data(&mut self, job: usize, index: usize) {
        let workflow = self.model.jobs[job].workflow;
        let id = StepId { job: job - self.model.workflows[workflow].jobs.start, step: index };
        let step = number(index);
        match self.data(job, index) {
            Some(StepKind::Save(save)) => {
                let key = save.key.written.text.clone();
                let new = self.stock.save(&save.key, workflow, id.job);
                let kind = if new {
                    EventKind::CacheSaved { step, key }
                } else {
                    EventKind::CacheKept { step, key }
                };
                self.log(job, kind);
            }
            Some(StepKind::Persist(_)) => {
                self.layers.insert((workflow, id));
                let paths = self.model.jobs[job].steps[index].paths.clone();
                self.log(job, EventKind::Persisted { step, paths });
            }
            _ => {}
        }
    }

    fn data(&self, job: usize, index: usize) -> Option<&'m StepKind> {
        let workflow = self.model.jobs[job].workflow;
        let at = job - self.model.workflows[workflow].jobs.start;
        let flows = self.flows;
        Some(&flows.get(workflow)?.jobs.get(at)?.steps.get(index)?.kind)
    }
}
