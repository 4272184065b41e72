//! Holds a node against a [`Shape`] of the schema and notes the faults.

use super::fault::{Fault, FaultKind};
use super::schema::{self, BuiltinStep, Form, Key, Record, Rest, Shape};
use crate::text::Span;
use crate::yaml::{Entry, Field, Kind, Mapping, Node, Resolved};

/// A scalar with a `<< … >>` in it: its type is known only when it is compiled, so any shape takes it.
#[must_use]
pub fn is_template(node: &Node) -> bool {
    node.text().is_some_and(|text| text.find("<<").is_some_and(|open| text[open..].contains(">>")))
}

const STEP: &str = "a step";

/// The place of a node in the compiler's pointer notation, and the span that stands for it.
#[derive(Clone)]
pub(super) struct Spot {
    pointer: String,
    /// The key (or dash) that introduces the node.
    key: Span,
}

impl Spot {
    pub(super) fn new(pointer: &str, key: Span) -> Self {
        Self { pointer: pointer.to_owned(), key }
    }

    fn under(&self, key: &str, span: Span) -> Self {
        Self { pointer: format!("{}/{key}", self.pointer), key: span }
    }
}

/// Walks a config with its schema.
pub(super) struct Walker {
    pub(super) faults: Vec<Fault>,
    /// Commands of the scope: one that has the name of a built-in step shadows it.
    pub(super) commands: Vec<String>,
    /// A 2.0 config, whose jobs may have `branches`.
    pub(super) version_2_0: bool,
}

impl Walker {
    pub(super) fn check(&mut self, node: &Node, shape: &Shape, spot: &Spot) {
        match shape {
            Shape::Any => {}
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
            Shape::Whole => {
                self.scalar(node, "Integer", spot, |meaning| matches!(meaning, Resolved::Int(_)));
            }
            Shape::Scalar => self.scalar(node, "String", spot, |_| true),
            Shape::Word(words) => self.word(node, words, spot),
            Shape::Form(form) => self.form(node, form, spot),
            Shape::Between(low, high) => self.between(node, *low, *high, spot),
            Shape::List { of, what, at_least } => self.list(node, of, what, *at_least, spot),
            Shape::Record(record) => self.record(node, record, spot),
            Shape::Table { of, null } => self.table(node, of, *null, spot),
            Shape::Either(shapes) => self.either(node, shapes, spot),
            Shape::Step => self.step(node, spot),
            Shape::Job => self.job(node, spot),
            Shape::Entry => self.entry(node, spot),
        }
    }

    fn add(&mut self, kind: FaultKind, span: Span, spot: &Spot) {
        // A mapping that is merged into several places is held against its shape in each: say it once.
        let fault = Fault { kind, span, pointer: spot.pointer.clone() };
        if !self.faults.iter().any(|other| other.span == fault.span && other.kind == fault.kind) {
            self.faults.push(fault);
        }
    }

    fn wrong_type(&mut self, node: &Node, expected: &'static str, spot: &Spot) {
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
        match node.text() {
            None => self.wrong_type(node, "String", spot),
            Some(text) if words.contains(&text) => {}
            Some(text) => {
                let kind = FaultKind::WrongWord { word: text.to_owned(), permitted: words.to_vec() };
                self.add(kind, visible(node, spot), spot);
            }
        }
    }

    fn form(&mut self, node: &Node, form: &Form, spot: &Spot) {
        let Some(text) = node.text() else { return self.wrong_type(node, "String", spot) };
        if !(form.accepts)(text) {
            let (value, what) = (text.to_owned(), form.what.to_owned());
            let kind = FaultKind::WrongForm { value, pattern: form.pattern, what };
            self.add(kind, visible(node, spot), spot);
        }
    }

    fn between(&mut self, node: &Node, low: i64, high: i64, spot: &Spot) {
        match node.meaning() {
            Some(Resolved::Int(value)) if (low..=high).contains(&value) => {}
            Some(Resolved::Int(value)) => {
                let what = format!("a number from {low} to {high}");
                let kind = FaultKind::WrongForm { value: value.to_string(), pattern: "", what };
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

    fn record(&mut self, node: &Node, record: &Record, spot: &Spot) {
        let Some(mapping) = node.as_mapping() else {
            return self.wrong_type(node, "Mapping", spot);
        };
        let fields = mapping.fields();
        let mut unknown = Vec::new();
        for field in &fields {
            let text = field.key.text().unwrap_or_default();
            match record.key(text).filter(|key| self.version_2_0 || !key.only_2_0) {
                Some(key) => self.check(&field.value, key.shape, &spot.under(text, field.key.span())),
                None if record.rest == Rest::Kept => {}
                None => unknown.push(field),
            }
        }
        for (name, needs) in record.dependent {
            let there = |name: &str| fields.iter().find(|field| field.key.text() == Some(name));
            if let (Some(field), None) = (there(name), there(needs)) {
                self.add(FaultKind::Dependent { key: name, needs }, field.key.span(), spot);
            }
        }
        self.missing(record, &fields, &unknown, mapping, node, spot);
        let known = |field: &Field| field.key.text().and_then(|text| record.key(text));
        let present: Vec<&'static str> = fields.iter().filter_map(known).map(|key| key.name).collect();
        for field in unknown {
            let key = field.key.text().unwrap_or_default().to_owned();
            let entry = field.key.span().to(field.value.span());
            let permitted = record.permitted(self.version_2_0);
            // In place of a required key, even where unknown ones are taken, it is what stops the compiler.
            let replaces = record.required.iter().flat_map(|keys| keys.iter()).any(|name| {
                misspells(&key, name) && !fields.iter().any(|field| field.key.text() == Some(name))
            });
            let taken = record.rest == Rest::Unread && !replaces;
            let present = present.clone();
            let kind = FaultKind::UnknownKey { key, what: record.what, permitted, present, taken, entry };
            self.add(kind, field.key.span(), spot);
        }
        for (first, second) in record.exclusive {
            let find = |name: &str| {
                let field = fields.iter().find(|field| field.key.text() == Some(name))?;
                (field.value.meaning() != Some(Resolved::Bool(false))).then_some(field)
            };
            if let (Some(one), Some(other)) = (find(first), find(second)) {
                let kind = FaultKind::Conflict { first, second, first_span: one.key.span() };
                self.add(kind, other.key.span(), spot);
            }
        }
    }

    /// Required keys that are not there. A key that is there, misspelled, is reported as unknown only: one
    /// slip, one finding.
    fn missing(
        &mut self,
        record: &Record,
        fields: &[Field],
        unknown: &[&Field],
        mapping: &Mapping,
        node: &Node,
        spot: &Spot,
    ) {
        let there = |name: &str| fields.iter().any(|field| field.key.text() == Some(name));
        let misspelled =
            |name: &str| unknown.iter().any(|field| misspells(field.key.text().unwrap_or_default(), name));
        for alternatives in record.required {
            if alternatives.iter().any(|name| there(name) || misspelled(name)) {
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

    /// The first shape whose outer form the node has; if none has it, the last one complains.
    fn either(&mut self, node: &Node, shapes: &[Shape], spot: &Spot) {
        let fits = |shape: &&Shape| has_form(node, shape);
        if let Some(shape) = shapes.iter().find(fits).or(shapes.last()) {
            self.check(node, shape, spot);
        }
    }

    fn step(&mut self, node: &Node, spot: &Spot) {
        match node.resolved().kind() {
            Kind::Scalar(scalar) => {
                if node.is_null() {
                    return self.wrong_type(node, "Mapping", spot);
                }
                let name = scalar.text.clone();
                if let Some(step) = self.builtin(&name).filter(|step| !step.bare) {
                    let keys = step.record.required.first().map(|keys| keys.to_vec()).unwrap_or_default();
                    let kind = FaultKind::MissingKey { keys, what: step.record.what, mapping: None };
                    self.add(kind, node.span(), spot);
                }
            }
            Kind::Mapping(mapping) => {
                let fields = mapping.fields();
                let [field] = fields.as_slice() else {
                    return self.several_keys(STEP, &fields, node, spot);
                };
                let name = field.key.text().unwrap_or_default().to_owned();
                let spot = spot.under(&name, field.key.span());
                if let Some(step) = self.builtin(&name) {
                    self.check(&field.value, step.shape, &spot);
                }
            }
            _ => self.wrong_type(node, "Mapping", spot),
        }
    }

    fn builtin(&self, name: &str) -> Option<&'static BuiltinStep> {
        let shadowed = self.commands.iter().any(|command| command == name);
        let known = || schema::BUILTIN_STEPS.iter().chain(schema::CHOICES);
        known().find(|step| step.name == name && !shadowed)
    }

    fn several_keys(&mut self, what: &'static str, fields: &[Field], node: &Node, spot: &Spot) {
        let Some(first) = fields.first() else {
            return self.wrong_type(node, "String", spot);
        };
        let span = fields.get(1).map_or(node.span(), |second| second.key.span());
        let first = first.key.text().unwrap_or_default().to_owned();
        let taken = what == STEP && self.builtin(&first).is_none();
        self.add(FaultKind::SeveralKeys { what, first, taken }, span, spot);
    }

    /// A job is a mapping with the keys of its type, or the name of a job of an orb.
    fn job(&mut self, node: &Node, spot: &Spot) {
        // CircleCI compiles configs in which a job has no value at all, as long as nothing invokes it.
        if node.as_mapping().is_none() {
            return self.check(node, &Shape::TextOrNull, spot);
        }
        let kind = node.get("type");
        let kind = kind.as_ref().and_then(Node::text).unwrap_or("build");
        let record = schema::job_record(kind);
        self.record(node, record, spot);
    }

    /// An entry of a workflow's or a job group's job list.
    fn entry(&mut self, node: &Node, spot: &Spot) {
        match node.resolved().kind() {
            Kind::Scalar(_) if node.is_null() => self.wrong_type(node, "String", spot),
            Kind::Scalar(_) => {}
            Kind::Mapping(mapping) => {
                let fields = mapping.fields();
                let [field] = fields.as_slice() else {
                    return self.several_keys("an entry of a workflow", &fields, node, spot);
                };
                if !field.value.is_null() {
                    let spot = spot.under(field.key.text().unwrap_or_default(), field.key.span());
                    self.record(&field.value, &schema::ENTRY, &spot);
                }
            }
            _ => self.wrong_type(node, "String", spot),
        }
    }
}

/// Whether `key` is likely a slip for `name`.
fn misspells(key: &str, name: &str) -> bool {
    strsim::damerau_levenshtein(key, name) <= 1 + name.len() / 4
}

fn has_form(node: &Node, shape: &Shape) -> bool {
    match shape {
        Shape::Any => true,
        Shape::Record(_) | Shape::Job => node.as_mapping().is_some(),
        Shape::Table { null, .. } => node.as_mapping().is_some() || (*null && node.is_null()),
        Shape::List { .. } => node.as_sequence().is_some(),
        Shape::Flag => matches!(node.meaning(), Some(Resolved::Bool(_))),
        Shape::Whole => matches!(node.meaning(), Some(Resolved::Int(_))),
        Shape::Text => {
            matches!(node.meaning(), Some(Resolved::String(_) | Resolved::Merge | Resolved::Verbatim(_)))
        }
        Shape::TextOrNull | Shape::Scalar | Shape::Word(_) | Shape::Form(_) | Shape::Between(..) => {
            node.as_scalar().is_some()
        }
        Shape::Step | Shape::Entry => node.as_scalar().is_some() || node.as_mapping().is_some(),
        Shape::Either(shapes) => shapes.iter().any(|shape| has_form(node, shape)),
    }
}

/// The node's own text, or, for an empty value, the key that lacks one.
fn visible(node: &Node, spot: &Spot) -> Span {
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

impl Record {
    fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    fn permitted(&self, version_2_0: bool) -> Vec<&'static str> {
        self.keys.iter().filter(|key| version_2_0 || !key.only_2_0).map(|key| key.name).collect()
    }
}
