//! Mappings with known keys: unknown, missing, excluded and dependent ones.

use super::fault::FaultKind;
use super::schema::{Key, Record, Rest, Shape};
use super::shape::{Spot, Walker, is_template};
use crate::text::slips;
use crate::yaml::{Entry, Field, Mapping, Node, Resolved};

impl Walker {
    pub(super) fn record(&mut self, node: &Node, record: &Record, spot: &Spot) {
        let Some(mapping) = node.as_mapping() else {
            return self.wrong_type(node, "Mapping", spot);
        };
        let fields = mapping.fields();
        let mut lacking = lacking(record, &fields);
        let lent = std::mem::take(&mut self.lent);
        lacking.retain(|keys| !keys.iter().any(|key| lent.iter().any(|lent| lent == key)));
        if merges_nothing(mapping) {
            lacking.clear();
        }
        let mut unknown = Vec::new();
        for field in &fields {
            let text = field.key.text().unwrap_or_default();
            match record.key(text).filter(|key| self.version_2_0 || !key.only_2_0) {
                Some(key) => self.check(&field.value, key.shape, &spot.under(text, field.key.span())),
                None if record.rest == Rest::Kept && replaced(&lacking, text).is_none() => {}
                None => unknown.push(field),
            }
        }
        self.dependent(record, &fields, spot);
        self.missing(record, &lacking, &unknown, mapping, node, spot);
        let known = |field: &Field| field.key.text().and_then(|text| record.key(text));
        let present: Vec<&'static str> = fields.iter().filter_map(known).map(|key| key.name).collect();
        for field in unknown {
            let key = field.key.text().unwrap_or_default().to_owned();
            let entry = field.key.span().to(field.value.span());
            let permitted = record.permitted(self.version_2_0);
            let closed = record.rest == Rest::Refused && !self.passes_over(record, &present, &key);
            let lacking = if closed { None } else { replaced(&lacking, &key) };
            let taken = !closed && lacking.is_none();
            let present = present.clone();
            let what = record.what;
            let kind = FaultKind::UnknownKey { key, what, permitted, present, taken, lacking, entry };
            self.add(kind, field.key.span(), spot);
        }
        self.exclusive(record, &fields, spot);
    }

    /// Of configs of version 2.0 CircleCI only says that a key is too many (`extraneous key [filters] is not
    /// permitted`), and runs them without it. A slip is held to be an error all the same: what it asks for does
    /// not happen.
    fn passes_over(&self, record: &Record, present: &[&str], key: &str) -> bool {
        let slip = |known: &Key| !present.contains(&known.name) && is_slip(key, known.name);
        self.version_2_0 && !record.keys.iter().any(slip)
    }

    fn exclusive(&mut self, record: &Record, fields: &[Field], spot: &Spot) {
        for (first, second) in record.exclusive {
            let find = |name: &str| {
                let field = fields.iter().find(|field| field.key.text() == Some(name))?;
                let condition = matches!(record.key(name)?.shape, Shape::Condition);
                (condition || field.value.meaning() != Some(Resolved::Bool(false))).then_some(field)
            };
            if let (Some(one), Some(other)) = (find(first), find(second)) {
                let kind = FaultKind::Conflict { first, second, first_span: one.key.span() };
                self.add(kind, other.key.span(), spot);
            }
        }
    }

    fn dependent(&mut self, record: &Record, fields: &[Field], spot: &Spot) {
        for need in record.dependent {
            let find = |name: &str| fields.iter().find(|field| field.key.text() == Some(name));
            let Some(field) = find(need.key) else { continue };
            let concerned = need.word.is_none_or(|word| field.value.text() == Some(word));
            let fits = |other: &Field| {
                let open = need.needed_word.is_none_or(|word| other.value.text() == Some(word));
                open || is_template(&other.value)
            };
            if concerned && !find(need.needs).is_some_and(fits) {
                self.add(FaultKind::Dependent { need }, field.key.span(), spot);
            }
        }
    }

    /// Required keys that are not there. A key that is there, misspelled, is reported as unknown only: one
    /// slip, one finding.
    fn missing(
        &mut self,
        record: &Record,
        lacking: &[&'static [&'static str]],
        unknown: &[&Field],
        mapping: &Mapping,
        node: &Node,
        spot: &Spot,
    ) {
        let stands_for = |field: &&Field, name: &str| {
            let key = field.key.text().unwrap_or_default();
            misspells(key, name) || INSTEAD.contains(&(key, name))
        };
        let misspelled = |name: &str| unknown.iter().any(|field| stands_for(field, name));
        for alternatives in lacking {
            if alternatives.iter().any(|name| misspelled(name)) {
                continue;
            }
            // The key that the mapping hangs on, if it is in this text; else the mapping's own first key.
            let span = if spot.key.is_empty() {
                mapping.entries.first().map_or(node.span(), |entry: &Entry| entry.key.span())
            } else {
                spot.key
            };
            let kind = FaultKind::MissingKey {
                keys: alternatives.to_vec(),
                what: record.what,
                mapping: Some(node.resolved().span()),
            };
            self.add(kind, span, spot);
        }
    }
}

/// The required keys, each with those that can stand in its place, of which none is there.
fn lacking(record: &Record, fields: &[Field]) -> Vec<&'static [&'static str]> {
    let there = |name: &str| fields.iter().any(|field| field.key.text() == Some(name));
    record.required.iter().copied().filter(|keys| !keys.iter().any(|name| there(name))).collect()
}

/// A key that is written where another one was to hold it: told once.
const INSTEAD: &[(&str, &str)] =
    &[("image", "docker"), ("xcode", "macos"), ("run", "steps"), ("command", "steps"), ("commands", "steps")];

/// Whether something is merged that is no mapping: nobody knows then what is lacking.
fn merges_nothing(mapping: &Mapping) -> bool {
    let merged = mapping.entries.iter().filter(|entry| entry.is_merge()).map(|entry| &entry.value);
    let is_mapping = |node: &Node| node.as_mapping().is_some();
    merged.into_iter().any(|node| {
        !(is_mapping(node) || node.as_sequence().is_some_and(|list| list.items.iter().all(is_mapping)))
    })
}

/// The lacking key that `key` stands in place of: even where unknown keys are taken, that is what stops the
/// compiler.
fn replaced(lacking: &[&'static [&'static str]], key: &str) -> Option<&'static str> {
    lacking.iter().flat_map(|keys| keys.iter()).copied().find(|name| misspells(key, name))
}

/// Whether `key` is likely a slip for `name`.
fn misspells(key: &str, name: &str) -> bool {
    // `env` for `environment`, `user` for `username`.
    let shortened = key.len() > 2 && key.len() < name.len() && name.starts_with(key);
    shortened || is_slip(key, name)
}

fn is_slip(key: &str, name: &str) -> bool {
    let letters = |word: &str| word.chars().collect::<Vec<char>>();
    slips(&letters(key), &letters(name), 1 + name.len() / 4).is_some()
}

impl Record {
    fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    fn permitted(&self, version_2_0: bool) -> Vec<&'static str> {
        self.keys.iter().filter(|key| version_2_0 || !key.only_2_0).map(|key| key.name).collect()
    }
}
