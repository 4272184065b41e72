//! The form of conditions: logic statements, and values in their place.

use super::fault::FaultKind;
use super::shape::{Spot, Walker, visible};
use crate::expression::DEEPEST_NESTING;
use crate::yaml::{Field, Kind, Node};

/// An operand of `equal` with one of these is an executor's definition, compared as such.
const EXECUTOR_KINDS: [&str; 3] = ["docker", "machine", "macos"];

impl Walker {
    /// A condition: one statement, or a scalar that stands for its value.
    pub(super) fn condition(&mut self, node: &Node, spot: &Spot) {
        self.statement(node, 1, spot);
    }

    fn statement(&mut self, node: &Node, depth: usize, spot: &Spot) {
        if depth > DEEPEST_NESTING {
            let message = format!("Logic statements nest more than {DEEPEST_NESTING} deep");
            return self.malformed(message, node, spot);
        }
        match node.resolved().kind() {
            Kind::Scalar(_) | Kind::Alias(_) => {}
            Kind::Mapping(mapping) => match mapping.fields().as_slice() {
                [field] => self.operator(field, depth, spot),
                _ => self.malformed(ONE.to_owned(), node, spot),
            },
            Kind::Sequence(_) => self.malformed(ONE.to_owned(), node, spot),
        }
    }

    fn operator(&mut self, field: &Field, depth: usize, spot: &Spot) {
        let name = field.key.text().unwrap_or_default();
        let spot = &spot.under(name, field.key.span());
        match name {
            "and" | "or" | "equal" => self.operands(name, &field.value, depth, spot),
            "not" => self.statement(&field.value, depth + 1, spot),
            "matches" => self.matches(field, depth, spot),
            _ => {
                let message = format!(
                    "`{name}` is no logic statement: there are `and`, `or`, `not`, `equal` and `matches`"
                );
                self.add(FaultKind::Condition { message }, field.key.span(), spot);
            }
        }
    }

    fn operands(&mut self, name: &str, list: &Node, depth: usize, spot: &Spot) {
        if super::is_template(list) {
            return;
        }
        if list.as_sequence().is_none() {
            return self.malformed(format!("`{name}` takes a list"), list, spot);
        }
        if list.items().is_empty() {
            return self.malformed(format!("`{name}` needs at least one item"), list, spot);
        }
        for item in list.items() {
            // What is compared may be a list; as a condition that says nothing.
            let compared = name == "equal"
                && (item.as_sequence().is_some()
                    || EXECUTOR_KINDS.iter().any(|kind| item.get(kind).is_some()));
            if !compared {
                self.statement(item, depth + 1, spot);
            }
        }
    }

    fn matches(&mut self, field: &Field, depth: usize, spot: &Spot) {
        let parts = field.value.fields();
        let there = |name: &str| parts.iter().any(|part| part.key.text() == Some(name));
        if !there("pattern") || !there("value") {
            let message = "`matches` needs a `pattern` and a `value`".to_owned();
            return self.add(FaultKind::Condition { message }, field.key.span(), spot);
        }
        for part in &parts {
            if let Some("pattern" | "value") = part.key.text() {
                self.statement(&part.value, depth + 1, spot);
            } else {
                let message = "`matches` takes a `pattern` and a `value`, nothing else".to_owned();
                self.add(FaultKind::Condition { message }, part.key.span(), spot);
            }
        }
    }

    fn malformed(&mut self, message: String, node: &Node, spot: &Spot) {
        self.add(FaultKind::Condition { message }, visible(node, spot), spot);
    }
}

const ONE: &str = "A condition is one logic statement or one value";
