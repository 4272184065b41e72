use super::yaml_fault::{document, report};
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Fix};
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds `<<` with a value that cannot be merged.
    ///
    /// ## Why it matters
    ///
    /// A merge key takes over the keys of another mapping. With a text or a list of texts CircleCI cannot read the
    /// config.
    ///
    /// ## How to fix
    ///
    /// Write an alias of a mapping, or a list of such aliases:
    ///
    /// ```yaml
    /// test:
    ///   <<: *base
    /// ```
    MERGE_VALUE = "merge-value", Error, since "0.1.0", on_broken_yaml true; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let first = found.len();
    report(MERGE_VALUE.id, context, found);
    for diagnostic in &mut found[first..] {
        let name = context.sources.slice(diagnostic.span);
        let mut anchors = document(context, diagnostic.span).anchors.iter();
        if anchors.any(|anchor| anchor.name.value == name && anchor.name.span < diagnostic.span) {
            let place = Span { end: diagnostic.span.start, ..diagnostic.span };
            diagnostic.fix = Some(Fix::replace(place, "*", format!("write the alias `*{name}`")));
        }
    }
}
