use crate::compile::{NamedValue, Reason};
use crate::diagnostic::shown;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// Why something runs or does not: a sentence without a full stop, and what stands behind it, down to the
/// filter, condition or value that decides. `P` is a place in a text: a span here, a location in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why<P> {
    pub text: String,
    pub place: Option<P>,
    pub parts: Vec<Why<P>>,
}

impl<P> Why<P> {
    /// The same with its places as `change` makes them.
    pub fn map<Q>(self, change: &mut dyn FnMut(P) -> Q) -> Why<Q> {
        Why {
            text: self.text,
            place: self.place.map(&mut *change),
            parts: self.parts.into_iter().map(|part| part.map(change)).collect(),
        }
    }
}

impl Why<Span> {
    pub(super) fn at(place: impl Into<Option<Span>>, text: impl Into<String>) -> Self {
        Self { text: text.into(), place: place.into(), parts: Vec::new() }
    }

    pub(super) fn because(mut self, parts: impl IntoIterator<Item = Self>) -> Self {
        self.parts.extend(parts);
        self
    }
}

/// A condition with its clauses and values. The one clause of a condition is the condition itself, so that
/// `key` (`when`) is told with it.
pub(super) fn of_condition(key: &str, key_span: Option<Span>, reason: Option<&Reason>) -> Why<Span> {
    let Some(reason) = reason else {
        return Why::at(key_span, format!("`{key}` cannot be read"));
    };
    let verdict = match reason.holds {
        Some(holds) => format!("`{key}` is {holds}"),
        None => format!("Whether `{key}` holds cannot be told"),
    };
    let why = Why::at(key_span.unwrap_or(reason.span), verdict);
    let says_nothing_more = reason.holds.is_some_and(|holds| holds.to_string() == reason.text);
    if says_nothing_more { why } else { why.because([of_reason(reason)]) }
}

fn of_reason(reason: &Reason) -> Why<Span> {
    let name = reason.text.trim_start_matches(['<', ' ']).trim_end_matches(['>', ' ']);
    if let [value] = reason.values.as_slice()
        && value.name == name
    {
        return Why::at(reason.span, of_value(value));
    }
    let text = shown(&reason.text);
    let verdict = match (reason.holds, &reason.unknown) {
        (Some(holds), _) => format!("{text} is {holds}"),
        (None, Some(unknown)) => format!("{text} is not known: {unknown}"),
        (None, None) => format!("{text} is not known"),
    };
    let values = reason.values.iter().map(|value| Why::at(reason.span, of_value(value)));
    Why::at(reason.span, verdict).because(values).because(reason.parts.iter().map(of_reason))
}

fn of_value(named: &NamedValue) -> String {
    let name = shown(&named.name);
    let value = match named.value.as_deref() {
        Some("") => "empty".to_owned(),
        Some(value) => shown(value),
        None => "not known".to_owned(),
    };
    let assumed = if named.assumed { " (assumed: no value was given)" } else { "" };
    format!("{name} is {value}{assumed}")
}
