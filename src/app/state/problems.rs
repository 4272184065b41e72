//! Going from problem to problem.

use super::{Effect, Pane, State};
use crate::report::{Location, Range};

/// So many problems are listed before the user asks for more. Thousands of list items would make each
/// keystroke slow.
pub const PROBLEMS_SHOWN: usize = 200;

impl State {
    pub(super) fn problem_chosen(&mut self, index: usize) -> Vec<Effect> {
        let Some(problem) = self.fresh_report().and_then(|report| report.diagnostics.get(index)) else {
            return Vec::new();
        };
        let place = Location { file: problem.file.clone(), span: problem.span };
        self.problem = Some(index);
        self.go_to_location(&place)
    }

    pub(super) fn related_chosen(&mut self, problem: usize, label: usize) -> Vec<Effect> {
        let place = self
            .fresh_report()
            .and_then(|report| report.diagnostics.get(problem))
            .and_then(|problem| problem.related.get(label))
            .map(|label| Location { file: label.file.clone(), span: label.span });
        place.map_or_else(Vec::new, |place| {
            self.problem = Some(problem);
            self.go_to_location(&place)
        })
    }

    pub(super) fn not_checked_chosen(&mut self, index: usize) -> Vec<Effect> {
        let range =
            self.fresh_report().and_then(|report| report.not_checked.get(index)).map(|item| item.span);
        range.map_or_else(Vec::new, |range| {
            self.popover = None;
            self.go_to(range)
        })
    }

    /// In the order of the list, and from its end to its beginning.
    pub(super) fn problem_stepped(&mut self, forward: bool) -> Vec<Effect> {
        let count = self.fresh_report().map_or(0, |report| report.diagnostics.len());
        if count == 0 {
            return Vec::new();
        }
        let next = match self.problem {
            Some(index) if forward => (index + 1) % count,
            Some(index) => (index + count - 1) % count,
            None if forward => 0,
            None => count - 1,
        };
        self.problem_chosen(next)
    }

    /// Nothing where the place is in a file that is not in the editor.
    pub(super) fn go_to_location(&mut self, place: &Location) -> Vec<Effect> {
        if self.is_in_editor(place) { self.go_to(place.span) } else { Vec::new() }
    }

    pub(super) fn is_in_editor(&self, place: &Location) -> bool {
        self.report.as_ref().is_some_and(|(_, report)| report.file == place.file)
    }

    pub(super) fn go_to(&mut self, range: Range) -> Vec<Effect> {
        self.pane = Pane::Code;
        vec![Effect::Reveal { range, focus: true }]
    }
}
