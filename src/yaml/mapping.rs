use super::cursor::{line_end, line_start};
use super::{Entry, Fault, FaultKind, Kind, Mapping, Node, limit};
use crate::diagnostic::{Fix, shown};
use crate::sort::Map;
use crate::text::{Source, Span};

/// What is wrong with the keys of `mapping`, which stands at `span`.
pub(super) fn faults(source: &Source, mapping: &Mapping, span: Span, faults: &mut Vec<Fault>) {
    let mut first: Map<&str, &Entry> = Map::new();
    let mut duplicates = 0;
    for entry in &mapping.entries {
        if entry.is_merge() {
            faults.extend(merge_fault(&entry.value));
            continue;
        }
        let Some(text) = entry.key.text() else {
            faults.extend(complex_key_fault(source, mapping, &entry.key, span));
            continue;
        };
        if let Some(before) = first.get(text) {
            duplicates += 1;
            if duplicates > limit::FAULTS_OF_A_KIND {
                continue;
            }
            let message = format!("{} is written twice in this mapping", shown(text));
            let fault = Fault::new(FaultKind::DuplicateKey, entry.key.span(), message);
            faults.push(
                fault
                    .with_related(before.key.span(), "written here first")
                    .with_fix(deletion(source, mapping, before, entry))
                    .with_help(format!(
                        "Remove one of them, or move what both hold under one key. CircleCI: `found duplicate key {}`",
                        shown(text).trim_matches('`')
                    )),
            );
        } else {
            first.insert(text, entry);
        }
    }
}

/// Takes `again` out where it says the same as `before`, on lines of its own.
fn deletion(source: &Source, mapping: &Mapping, before: &Entry, again: &Entry) -> Option<Fix> {
    // Between brackets all may stand on one line, which is not to be walked for each.
    if mapping.flow {
        return None;
    }
    let place = |entry: &Entry| entry.key.span().to(entry.value.span());
    let text = source.text.as_str();
    let range = place(again).range();
    let (start, end) = (line_start(text, range.start), line_end(text, range.end));
    let alone = text[start..range.start].trim().is_empty() && text[range.end..end].trim().is_empty();
    // What an anchor names may be meant further down.
    let same = source.slice(place(before)) == source.slice(place(again)) && !text[range].contains('&');
    let next = source.lines().line_range(text, source.lines().line_at(end) + 1).start;
    let span = Span::new(source.id, start..next);
    (alone && same).then(|| Fix::replace(span, "", "delete the repetition"))
}

/// A `<<` takes a mapping or a list of mappings. An alias without an anchor has a fault of its own.
fn merge_fault(value: &Node) -> Option<Fault> {
    let wrong = match value.resolved().kind() {
        Kind::Mapping(_) | Kind::Alias(_) => return None,
        Kind::Sequence(sequence) => {
            let merges = |item: &Node| matches!(item.resolved().kind(), Kind::Mapping(_) | Kind::Alias(_));
            let wrong = sequence.items.iter().find(|item| !merges(item))?;
            // The items of an anchor are right where they stand.
            if matches!(value.kind(), Kind::Alias(_)) { value } else { wrong }
        }
        Kind::Scalar(_) => value,
    };
    let fault = Fault::new(FaultKind::MergeValue, wrong.span(), "`<<` merges mappings, and this is none");
    Some(fault.with_help("write an alias of a mapping (`<<: *name`) or a list of such aliases"))
}

fn complex_key_fault(source: &Source, mapping: &Mapping, key: &Node, span: Span) -> Option<Fault> {
    let what = match key.resolved().kind() {
        Kind::Sequence(_) => "a list",
        Kind::Mapping(_) => "a mapping",
        // An alias without an anchor has a fault of its own.
        Kind::Alias(_) | Kind::Scalar(_) => return None,
    };
    let fault = Fault::new(FaultKind::ComplexKey, key.span(), format!("a key is a text, and this is {what}"));
    let whole = source.slice(span);
    if mapping.flow && mapping.entries.len() == 1 && whole.starts_with("{{") && whole.ends_with("}}") {
        let fix = (!whole.contains(['\n', '\r']))
            .then(|| Fix::replace(span, format!("'{}'", whole.replace('\'', "''")), "quote the template"));
        return Some(fault.with_help("a value that begins with `{{` is to be quoted").with_fix(fix));
    }
    Some(fault.with_help("quote it if it is meant as a text"))
}
