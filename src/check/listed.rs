//! Findings that rest on the catalogue of signatures, and not on the source of an orb.

use super::Context;
use super::suggestion::shown;
use crate::diagnostic::{Diagnostic, Severity};
use crate::orb::Listing;
use crate::text::Span;

/// `diagnostic`, which is about an element that is declared at `place`. Where that is the import of an orb of
/// which only the signature is known, it says which release was looked at; and where the config may well get
/// another one, it is no more than a warning, without a fix.
pub(super) fn with_release(context: &Context<'_>, diagnostic: Diagnostic, place: Option<Span>) -> Diagnostic {
    match place.and_then(|place| context.library.listing(place)) {
        Some(listing) => of_release(diagnostic, listing),
        None => diagnostic,
    }
}

/// The same where the listing is at hand.
pub(super) fn of_release(mut diagnostic: Diagnostic, listing: &Listing) -> Diagnostic {
    let release = shown(&listing.release);
    let place = listing.asked.span;
    diagnostic.related.retain(|label| label.span != place);
    diagnostic = diagnostic.with_related(place, "the orb is imported here");
    let note = if listing.certain {
        format!("Looked up in {release}")
    } else {
        diagnostic.severity = diagnostic.severity.max(Severity::Warning);
        diagnostic.fix = None;
        format!("Looked up in {release}, which may differ from {}", shown(&listing.asked))
    };
    diagnostic.help = Some(match diagnostic.help {
        Some(help) if help.ends_with(['?', '.']) => format!("{help} {note}"),
        Some(help) => format!("{help}. {note}"),
        None => note,
    });
    diagnostic
}
