use crate::diagnostic::{Diagnostic, Severity};
use crate::sort;
use crate::text::Span;

/// The places of findings, to be asked what is inside another place.
#[derive(Debug)]
pub(super) struct Placed {
    /// In the order of the text.
    errors: Vec<Span>,
    warnings: Vec<Span>,
}

impl Placed {
    pub(super) fn of(diagnostics: &[Diagnostic]) -> Self {
        let sorted = |severity| {
            let of_severity = diagnostics.iter().filter(|found| found.severity == severity);
            let mut places: Vec<Span> = of_severity.map(|found| found.span).collect();
            sort::by(&mut places, Ord::cmp);
            places
        };
        Self { errors: sorted(Severity::Error), warnings: sorted(Severity::Warning) }
    }

    /// The worst finding inside one of `places`, hints left out.
    pub(super) fn worst(&self, places: &[Option<Span>]) -> Option<Severity> {
        let holds = |found: &[Span]| places.iter().flatten().any(|place| holds_one(*place, found));
        if holds(&self.errors) {
            return Some(Severity::Error);
        }
        holds(&self.warnings).then_some(Severity::Warning)
    }
}

/// Whether one of the sorted places `found` is inside `place`. Of those that begin in it nearly every one is.
fn holds_one(place: Span, found: &[Span]) -> bool {
    let from = |span: &Span| (span.source, span.start) < (place.source, place.start);
    let behind = &found[found.partition_point(from)..];
    let begins_inside = |span: &&Span| span.source == place.source && span.start <= place.end;
    behind.iter().take_while(begins_inside).any(|span| place.contains(*span))
}
