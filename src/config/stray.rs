//! Keys that slipped out of the element they belong to, and sections that slipped into another one.
//!
//! ```yaml
//! jobs:
//!   build:
//!     docker: [{image: cimg/base:2024.01}]
//!   steps: [checkout]       # a key of `build`
//!   workflows: {}           # a key of the config
//! ```
//!
//! Either is one slip, though it looks like an element of a wrong form, and like another one that lacks a key.

use super::fault::{FaultKind, Home};
use super::schema::Elements;
use super::shape::{Spot, Walker};
use crate::sort::Set;
use crate::text::{Span, Spanned};
use crate::yaml::{Entry, Field, Node, Resolved};

/// Keys at the top of a config that hold tables.
const SECTIONS: &[&str] = &["jobs", "workflows", "commands", "executors", "orbs", "job-groups", "parameters"];

impl Walker {
    pub(super) fn elements(&mut self, node: &Node, elements: &Elements, spot: &Spot) {
        if node.is_null() {
            return;
        }
        if node.as_mapping().is_none() {
            return self.wrong_type(node, "Mapping", spot);
        }
        let counted = node.fields();
        let counts: Set<Span> = counted.iter().map(|field| field.key.span()).collect();
        // What slipped out of two elements is there twice.
        let mapping = node.as_mapping().filter(|mapping| !mapping.entries.iter().any(Entry::is_merge));
        let mut fields = mapping.map_or(counted, |mapping| mapping.entries.iter().map(Field::own).collect());
        // Beside workflows stands their version.
        fields.retain(|field| elements.what != "a workflow" || field.key.text() != Some("version"));
        let strays: Vec<Option<Stray>> = fields.iter().map(|field| stray(field, elements)).collect();
        let mut owner: Option<&Field> = None;
        for (index, field) in fields.iter().enumerate() {
            if strays[index].is_none() {
                // What stands behind it and belongs to it is not missing.
                let behind = strays[index + 1..].iter().zip(&fields[index + 1..]);
                let own = behind.take_while(|(stray, _)| **stray == Some(Stray::Key));
                self.lent = own.filter_map(|(_, field)| field.key.text().map(str::to_owned)).collect();
                let key = field.key.text().unwrap_or_default();
                // Of several with one name the last counts; of one without anything below it all has slipped.
                let slipped = field.value.is_null() && !self.lent.is_empty();
                if counts.contains(&field.key.span()) && !slipped {
                    self.check(&field.value, elements.of, &spot.under(key, field.key.span()));
                }
                self.lent.clear();
                owner = Some(field);
            } else if index == 0 || strays[index - 1] != strays[index] {
                self.tell_of_strays(&fields[index..], &strays[index..], owner, elements, spot);
            }
        }
    }

    /// One finding for all that slipped together.
    fn tell_of_strays(
        &mut self,
        fields: &[Field],
        strays: &[Option<Stray>],
        owner: Option<&Field>,
        elements: &Elements,
        spot: &Spot,
    ) {
        let (Some(first), Some(Some(kind))) = (fields.first(), strays.first()) else { return };
        let count = strays.iter().take_while(|stray| **stray == Some(*kind)).count();
        let last = fields.get(count - 1).unwrap_or(first);
        let extent = first.key.span().to(last.value.span());
        let home = match (kind, owner) {
            (Stray::Section, _) => Home::Config { last: count == fields.len() },
            (_, Some(owner)) => {
                let name = Spanned::new(owner.key.text().unwrap_or_default().to_owned(), owner.key.span());
                Home::Element { name, value: owner.value.span() }
            }
            (_, None) => Home::Nothing,
        };
        let key = first.key.text().unwrap_or_default().to_owned();
        let kind = FaultKind::Stray { key, what: elements.what, home, extent };
        self.add(kind, first.key.span(), spot);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stray {
    /// Of an element.
    Key,
    /// Of the config.
    Section,
}

/// Whether `field` is no element of the table, but a key of one, or of the config.
fn stray(field: &Field, elements: &Elements) -> Option<Stray> {
    let name = field.key.text()?;
    let value = &field.value;
    if value.is_null() || elements.signs.iter().any(|sign| value.field(sign).is_some()) {
        return None;
    }
    if elements.keys.contains(&name) && fits(name, value) {
        // The name of another element, mostly an orb's: `docker: my-orb/default`.
        let reference = elements.signs.contains(&name) && value.text().is_some_and(|text| text.contains('/'));
        return (!reference || name == "executor").then_some(Stray::Key);
    }
    let section = SECTIONS.contains(&name) && elements.what != "a parameter";
    (section && value.as_mapping().is_some()).then_some(Stray::Section)
}

/// Whether `value` looks like what the key `name` has: an element may bear the name of a key.
fn fits(name: &str, value: &Node) -> bool {
    let text = || value.as_scalar().is_some();
    match name {
        "docker" | "steps" | "triggers" | "enum" | "jobs" => value.as_sequence().is_some(),
        "machine" => text() || value.field("image").is_some(),
        "macos" => value.field("xcode").is_some(),
        "executor" => text() || value.field("name").is_some(),
        "environment" => value.as_mapping().is_some() || value.as_sequence().is_some(),
        "parameters" => value.fields().iter().all(|field| field.value.field("type").is_some()),
        "parallelism" | "max_auto_reruns" => matches!(value.meaning(), Some(Resolved::Int(_))) || text(),
        "when" | "unless" | "default" => true,
        _ => text(),
    }
}
