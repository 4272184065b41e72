//! What is told about a job, a line or a cache beside the graph.

use super::{Effect, Spot, State, Workflow};
use crate::report::{Runs, WhyLine};
use crate::scene::{EdgeShape, SlotShape};

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    pub spot: Spot,
    pub title: String,
    pub lines: Vec<WhyLine>,
}

impl State {
    /// What is open beside the graph.
    #[must_use]
    pub fn details(&self) -> Option<Details> {
        self.details.and_then(|spot| self.details_of(spot))
    }

    pub(super) fn details_wanted(&mut self, spot: Spot) -> Vec<Effect> {
        self.focus = spot;
        self.details = Some(spot);
        Vec::new()
    }

    /// There is more to say about the spot than its picture and its text do.
    pub(super) fn has_details(&self, spot: Spot) -> bool {
        let Some(shown) = self.shown_workflow() else { return false };
        match spot {
            Spot::Node(index) => {
                self.run.is_open || shown.jobs.get(index).is_some_and(|job| job.runs != Runs::Yes)
            }
            Spot::Edge(index) => shown.scene.edges.get(index).is_some_and(|edge| !edge.details.is_empty()),
            Spot::Slot(_) => true,
        }
    }

    fn details_of(&self, spot: Spot) -> Option<Details> {
        let shown = self.shown_workflow()?;
        let flat = |text: &str| WhyLine { depth: 0, text: text.to_owned() };
        let (title, lines) = match spot {
            Spot::Node(index) => {
                let job = shown.jobs.get(index)?;
                let words = match job.runs {
                    Runs::Yes => "Runs.",
                    Runs::No => "Does not run.",
                    Runs::Unknown => "It is not known whether it runs.",
                };
                let lines = std::iter::once(flat(words)).chain(job.why.iter().cloned());
                (job.name.clone(), lines.collect())
            }
            Spot::Edge(index) => {
                let edge = shown.scene.edges.get(index)?;
                (edge.spoken.clone(), edge.details.iter().map(|line| flat(line)).collect())
            }
            Spot::Slot(index) => {
                let cache = shown.scene.slots.get(index)?;
                let users = users(shown, cache).map(|edge| flat(&edge.spoken));
                (format!("Cache {}", cache.title), users.collect())
            }
        };
        Some(Details { spot, title, lines })
    }
}

/// The lines that go by way of a slot.
fn users<'w>(shown: &'w Workflow, slot: &'w SlotShape) -> impl Iterator<Item = &'w EdgeShape> {
    let touches = |&(x, y): &(f64, f64)| {
        (slot.x - 1.0..=slot.x + slot.width + 1.0).contains(&x)
            && (slot.y - 1.0..=slot.y + slot.height + 1.0).contains(&y)
    };
    shown.scene.edges.iter().filter(move |edge| edge.kind == "cache" && edge.points.iter().any(touches))
}
