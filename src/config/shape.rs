//! Holds a node against a [`Shape`] of the schema and notes the faults.

use super::element::Names;
use super::fault::{Fault, FaultKind};
use super::schema::{Form, STEPS_WHAT, Shape};
use crate::sort::Map;
use crate::text::Span;
use crate::yaml::{Kind, Node, Resolved};

/// A scalar with a `<< … >>` in it: its type is known only when it is compiled, so any shape takes it.
#[must_use]
pub fn is_template(node: &Node) -> bool {
    node.text().is_some_and(|text| text.find("<<").is_some_and(|open| text[open..].contains(">>")))
}

/// The place of a node in the compiler's pointer notation, and the span that stands for it.
#[derive(Clone)]
pub(super) struct Spot {
    pub(super) pointer: String,
    /// The key (or dash) that introduces the node.
    pub(super) key: Span,
}

impl Spot {
    pub(super) fn new(pointer: &str, key: Span) -> Self {
        Self { pointer: pointer.to_owned(), key }
    }

    pub(super) fn under(&self, key: &str, span: Span) -> Self {
        Self { pointer: format!("{}/{key}", self.pointer), key: span }
    }
}

/// Walks a config with its schema.
pub(super) struct Walker {
    pub(super) faults: Vec<Fault>,
    /// Indices of the faults at a place.
    pub(super) places: Map<Span, Vec<usize>>,
    /// What the scope declares.
    pub(super) names: Names,
    /// A 2.0 config, whose jobs may have `branches`.
    pub(super) version_2_0: bool,
    /// Keys of the next record that stand beside it.
    pub(super) lent: Vec<String>,
}

impl Walker {
    pub(super) fn check(&mut self, node: &Node, shape: &Shape, spot: &Spot) {
        match shape {
            Shape::Any => {}
            // No value that is filled in is a mapping, and only steps are a list.
            Shape::Record(_) if is_template(node) => self.wrong_type(node, "Mapping", spot),
            Shape::List { what, .. } if is_template(node) && *what != STEPS_WHAT => {
                self.wrong_type(node, "List", spot);
            }
            _ if is_template(node) => {}
            Shape::Text => self.scalar(node, "String", spot, |meaning| {
                matches!(meaning, Resolved::String(_) | Resolved::Merge | Resolved::Verbatim(_))
            }),
            Shape::TextOrNull => self.scalar(node, "String", spot, |meaning| {
                matches!(
                    meaning,
                    Resolved::String(_) | Resolved::Merge | Resolved::Verbatim(_) | Resolved::Null
                )
            }),
            Shape::Flag => {
                self.scalar(node, "Boolean", spot, |meaning| matches!(meaning, Resolved::Bool(_)));
            }
            Shape::Nothing => self.scalar(node, "Null", spot, |meaning| matches!(meaning, Resolved::Null)),
            Shape::Scalar => self.scalar(node, "String", spot, |_| true),
            Shape::Filled => self.scalar(node, "String", spot, |meaning| *meaning != Resolved::Null),
            Shape::Word(words) => self.word(node, words, spot),
            Shape::Form(form) => self.form(node, form, spot),
            Shape::Between(low, high) => self.between(node, *low, *high, spot),
            Shape::List { of, what, at_least } => self.list(node, of, what, *at_least, spot),
            Shape::Record(record) => self.record(node, record, spot),
            Shape::Table { of, null } => self.table(node, of, *null, spot),
            Shape::Elements(elements) => self.elements(node, elements, spot),
            Shape::Either(shapes) => self.either(node, shapes, spot),
            Shape::Parameter(record) => self.parameter(node, record, spot),
            Shape::Condition => self.condition(node, spot),
            Shape::Step => self.step(node, spot),
            Shape::Job => self.job(node, spot),
            Shape::Entry => self.entry(node, spot),
        }
    }

    pub(super) fn add(&mut self, kind: FaultKind, span: Span, spot: &Spot) {
        // A mapping that is merged into several places is held against its shape in each: say it once.
        let fault = Fault { kind, span, pointer: spot.pointer.clone() };
        let known = self.places.get_or_default(span);
        if !known.iter().any(|place| self.faults[*place].kind == fault.kind) {
            known.push(self.faults.len());
            self.faults.push(fault);
        }
    }

    pub(super) fn wrong_type(&mut self, node: &Node, expected: &'static str, spot: &Spot) {
        let span = visible(node, spot);
        self.add(FaultKind::WrongType { expected, found: type_name(node) }, span, spot);
    }

    fn scalar(
        &mut self,
        node: &Node,
        expected: &'static str,
        spot: &Spot,
        accepts: impl Fn(&Resolved) -> bool,
    ) {
        if !node.meaning().is_some_and(|meaning| accepts(&meaning)) {
            self.wrong_type(node, expected, spot);
        }
    }

    fn word(&mut self, node: &Node, words: &'static [&'static str], spot: &Spot) {
        match node.text().filter(|_| !node.is_null()) {
            None => self.wrong_type(node, "String", spot),
            Some(text) if words.contains(&text) => {}
            Some(text) => {
                let kind = FaultKind::WrongWord { word: text.to_owned(), permitted: words.to_vec() };
                self.add(kind, visible(node, spot), spot);
            }
        }
    }

    fn form(&mut self, node: &Node, form: &Form, spot: &Spot) {
        let Some(text) = node.text().filter(|_| !node.is_null()) else {
            return self.wrong_type(node, "String", spot);
        };
        if !(form.accepts)(text) {
            let (value, what) = (text.to_owned(), form.what.to_owned());
            let with_unit = Some(format!("{text}{}", form.unit)).filter(|whole| (form.accepts)(whole));
            let kind = FaultKind::WrongForm { value, pattern: form.pattern, what, with_unit };
            self.add(kind, visible(node, spot), spot);
        }
    }

    fn between(&mut self, node: &Node, low: i64, high: i64, spot: &Spot) {
        match node.meaning() {
            Some(Resolved::Int(value)) if (low..=high).contains(&value) => {}
            Some(Resolved::Int(value)) => {
                let what = super::schema::between(low, high);
                let kind =
                    FaultKind::WrongForm { value: value.to_string(), pattern: "", what, with_unit: None };
                self.add(kind, visible(node, spot), spot);
            }
            _ => self.wrong_type(node, "Integer", spot),
        }
    }

    fn list(&mut self, node: &Node, of: &Shape, what: &'static str, at_least: usize, spot: &Spot) {
        let Some(sequence) = node.as_sequence() else {
            return self.wrong_type(node, "List", spot);
        };
        if sequence.items.len() < at_least {
            self.add(FaultKind::TooFew { what }, visible(node, spot), spot);
        }
        for (index, item) in sequence.items.iter().enumerate() {
            self.check(item, of, &spot.under(&index.to_string(), item.span()));
        }
    }

    fn table(&mut self, node: &Node, of: &Shape, null: bool, spot: &Spot) {
        if null && node.is_null() {
            return;
        }
        if node.as_mapping().is_none() {
            return self.wrong_type(node, "Mapping", spot);
        }
        for field in node.fields() {
            let key = field.key.text().unwrap_or_default();
            self.check(&field.value, of, &spot.under(key, field.key.span()));
        }
    }

    /// The first shape whose outer form the node has; if none has it, the last one complains.
    fn either(&mut self, node: &Node, shapes: &[Shape], spot: &Spot) {
        let fits = |shape: &&Shape| has_form(node, shape);
        // A number that is to be a text or a mapping is more likely the text.
        let near =
            |shape: &&Shape| node.as_scalar().is_some() && matches!(shape, Shape::Text | Shape::TextOrNull);
        let best = shapes.iter().find(fits).or_else(|| shapes.iter().find(near)).or(shapes.last());
        if let Some(shape) = best {
            self.check(node, shape, spot);
        }
    }
}

fn has_form(node: &Node, shape: &Shape) -> bool {
    match shape {
        Shape::Any | Shape::Condition => true,
        Shape::Record(_) | Shape::Parameter(_) | Shape::Job => node.as_mapping().is_some(),
        Shape::Nothing => node.is_null(),
        Shape::Table { null, .. } => node.as_mapping().is_some() || (*null && node.is_null()),
        Shape::Elements(_) => node.as_mapping().is_some() || node.is_null(),
        Shape::List { .. } => node.as_sequence().is_some(),
        Shape::Flag => matches!(node.meaning(), Some(Resolved::Bool(_))),
        Shape::Text => {
            matches!(node.meaning(), Some(Resolved::String(_) | Resolved::Merge | Resolved::Verbatim(_)))
        }
        Shape::TextOrNull => node.is_null() || has_form(node, &Shape::Text),
        Shape::Scalar | Shape::Filled | Shape::Word(_) | Shape::Form(_) | Shape::Between(..) => {
            node.as_scalar().is_some()
        }
        Shape::Step | Shape::Entry => node.as_scalar().is_some() || node.as_mapping().is_some(),
        Shape::Either(shapes) => shapes.iter().any(|shape| has_form(node, shape)),
    }
}

/// The node's own text, or, for an empty value, the key that lacks one.
pub(super) fn visible(node: &Node, spot: &Spot) -> Span {
    if node.span().is_empty() { spot.key } else { node.span() }
}

/// The type of a node in the compiler's words (`expected type: String, found: Mapping`).
fn type_name(node: &Node) -> &'static str {
    match node.resolved().kind() {
        Kind::Mapping(_) => "Mapping",
        Kind::Sequence(_) => "List",
        Kind::Alias(_) => "an alias of nothing",
        Kind::Scalar(_) => match node.meaning() {
            Some(Resolved::Null) => "Null",
            Some(Resolved::Bool(_)) => "Boolean",
            Some(Resolved::Int(_)) => "Integer",
            Some(Resolved::Float(_)) => "Number",
            _ => "String",
        },
    }
}
