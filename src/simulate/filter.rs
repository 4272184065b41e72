//! Filters of branches and tags (configuration reference, `filters`; semantics of both kinds of pipeline).

use super::why::Why;
use crate::compile::{Runs, Trigger};
use crate::config::{Filter, FilterItems, Filters};
use crate::diagnostic::shown;
use crate::expression::{item_matches, item_pattern};
use crate::text::Span;

/// Items of a filter that are told one by one.
const MOST_ITEMS: usize = 6;

/// Whether a job with `filters` runs in a pipeline of `trigger`, and why, where a filter says so. `entry` is
/// where the job stands, for a filter that is not there.
pub(super) fn decide(
    filters: Option<&Filters>,
    trigger: &Trigger,
    entry: Option<Span>,
) -> (Runs, Option<Why<Span>>) {
    match trigger {
        Trigger::Branch(branch) => match filters.and_then(|filters| filters.branches.as_ref()) {
            None => (Runs::Yes, None),
            Some(filter) => by(filter, "branch", branch, Runs::Yes),
        },
        Trigger::Tag(tag) => match filters.and_then(|filters| filters.tags.as_ref()) {
            None => (Runs::No, Some(Why::at(entry, "A tag starts only jobs with a filter for tags"))),
            Some(filter) => by(filter, "tag", tag, Runs::No),
        },
    }
}

/// `only` decides alone where there is one; without any list `otherwise` holds.
fn by(filter: &Filter, kind: &str, name: &str, otherwise: Runs) -> (Runs, Option<Why<Span>>) {
    let subject = format!("{kind} {}", shown(name));
    match (&filter.only, &filter.ignore) {
        (Some(only), _) => {
            let (matches, parts) = search(only, name);
            let text = match matches {
                Runs::Yes => format!("The {subject} is among `only`"),
                Runs::No => format!("The {subject} is not among `only`"),
                Runs::Unknown => format!("Whether the {subject} is among `only` cannot be told"),
            };
            (matches, Some(Why::at(only.key, text).because(parts)))
        }
        (None, Some(ignore)) => {
            let (matches, parts) = search(ignore, name);
            let (runs, text) = match matches {
                Runs::Yes => (Runs::No, format!("The {subject} is among `ignore`")),
                Runs::No => (Runs::Yes, format!("The {subject} is not among `ignore`")),
                Runs::Unknown => {
                    (Runs::Unknown, format!("Whether the {subject} is among `ignore` cannot be told"))
                }
            };
            (runs, Some(Why::at(ignore.key, text).because(parts)))
        }
        (None, None) => {
            let text = format!("The filter for {kind} names lists none");
            (otherwise, (otherwise == Runs::No).then(|| Why::at(filter.key, text)))
        }
    }
}

/// Whether some item means `name`, and what each has to say: only the one that does, where there is one.
fn search(list: &FilterItems, name: &str) -> (Runs, Vec<Why<Span>>) {
    let mut runs = Runs::No;
    let mut parts = Vec::new();
    for item in &list.items {
        let text = shown(&item.value);
        let text = match item_matches(&item.value, name) {
            Ok(true) if item_pattern(&item.value).is_none() => {
                return (Runs::Yes, vec![Why::at(item.span, format!("{text} is its name"))]);
            }
            Ok(true) => {
                return (Runs::Yes, vec![Why::at(item.span, format!("{text} matches the whole name"))]);
            }
            Ok(false) if item_pattern(&item.value).is_none() => format!("{text} is another name"),
            Ok(false) => format!("{text} does not match the whole name"),
            Err(reason) => {
                runs = Runs::Unknown;
                reason
            }
        };
        if parts.len() < MOST_ITEMS {
            parts.push(Why::at(item.span, text));
        }
    }
    if list.items.len() > MOST_ITEMS {
        parts.push(Why::at(list.key, format!("and so on: {} items", list.items.len())));
    }
    (runs, parts)
}
