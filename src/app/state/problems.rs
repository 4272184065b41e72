//! Going from problem to problem.

use super::{Effect, Notice, Pane, State};
use crate::report::{Location, Range, Report, ReportedDiagnostic, ReportedEdit, ReportedFix, Safety};

/// So many problems are listed before the user asks for more. Thousands of list items would make each
/// keystroke slow.
pub const PROBLEMS_SHOWN: usize = 200;

/// The fixes that are offered for a problem, the best one first, each with its number: those that change the text in
/// the editor and no other.
pub fn fixes_of<'a>(
    report: &'a Report,
    problem: &'a ReportedDiagnostic,
) -> impl Iterator<Item = (usize, &'a ReportedFix)> {
    let all = problem.fix.iter().chain(&problem.alternatives).enumerate();
    all.filter(|(_, fix)| fix.edits.iter().all(|edit| edit.file == report.file))
}

/// The best of them.
#[must_use]
pub fn fix_of<'a>(report: &'a Report, problem: &'a ReportedDiagnostic) -> Option<&'a ReportedFix> {
    fixes_of(report, problem).find_map(|(number, fix)| (number == 0).then_some(fix))
}

/// Whether a comment may hide a problem: one in the editor's text, if all of that was read, and not one about such
/// comments.
#[must_use]
pub fn can_be_ignored(report: &Report, problem: &ReportedDiagnostic) -> bool {
    let is_about_comments = matches!(problem.check.as_str(), "invalid-ignore" | "unused-ignore");
    problem.file == report.file && report.partial_before_line.is_none() && !is_about_comments
}

/// What the button of a fix says. Names are not set as code in a button.
#[must_use]
pub fn fix_words(fix: &ReportedFix) -> String {
    let word = if fix.safety == Safety::Safe { "Fix" } else { "Fix (changes what runs)" };
    format!("{word}: {}", fix.title.replace('`', ""))
}

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

    pub(super) fn place_chosen(&mut self, place: &Location) -> Vec<Effect> {
        if self.fresh_report().is_none() {
            return Vec::new();
        }
        self.popover = None;
        self.go_to_location(place)
    }

    /// The comment depends on what stands around: the engine knows.
    pub(super) fn ignore_chosen(&mut self, problem: usize) -> Vec<Effect> {
        if self.fresh_report().is_none() {
            return Vec::new();
        }
        self.wanted_ignore = Some(problem);
        self.ask()
    }

    pub(super) fn ignore_found(&mut self, rev: u32, comment: Option<ReportedFix>) -> Vec<Effect> {
        match comment {
            _ if rev != self.rev => Vec::new(),
            Some(comment) => vec![Effect::Edit(comment.edits)],
            None => self.say(Notice::Refused(
                "There is no place near this problem for a comment that ignores only it.".to_owned(),
            )),
        }
    }

    /// Makes fixes, each named by its problem and its number there. Nothing while the answer about the newest text is
    /// not there: its places would be those of another text.
    pub(super) fn fixed(&self, chosen: impl IntoIterator<Item = (usize, usize)>) -> Vec<Effect> {
        let Some(report) = self.fresh_report() else { return Vec::new() };
        let fixes = chosen.into_iter().filter_map(|(problem, number)| {
            let mut offered = fixes_of(report, report.diagnostics.get(problem)?);
            offered.find_map(|(other, fix)| (other == number).then_some(fix))
        });
        let edits: Vec<ReportedEdit> = fixes.flat_map(|fix| fix.edits.iter().cloned()).collect();
        if edits.is_empty() { Vec::new() } else { vec![Effect::Edit(edits)] }
    }

    pub(super) fn all_fixed(&self) -> Vec<Effect> {
        self.fresh_report()
            .map_or_else(Vec::new, |report| self.fixed(report.fix_all.iter().map(|&problem| (problem, 0))))
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
