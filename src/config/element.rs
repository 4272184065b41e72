//! Jobs, steps and entries of workflows: what decides their shape is a name in them.

use super::fault::FaultKind;
use super::parameter::{Parameter, ParameterType};
use super::read::OrbSource;
use super::schema::{self, BuiltinStep, Record, Shape};
use super::shape::{Spot, Walker};
use crate::sort::Map;
use crate::yaml::{Field, Kind, Node};

const STEP: &str = "a step";

/// The commands and jobs of a scope by the name that calls them, each with those of its parameters that take
/// steps. A command that has the name of a built-in step shadows it.
#[derive(Clone, Default)]
pub(super) struct Names {
    pub(super) commands: Map<String, Vec<String>>,
    pub(super) jobs: Map<String, Vec<String>>,
}

impl Names {
    /// Those of a scope and of the orbs that are written in it.
    pub(super) fn of(own: &OrbSource) -> Self {
        let mut names = Self::default();
        names.add("", own);
        for import in &own.orbs {
            if let Some(inline) = &import.inline {
                names.add(&format!("{}/", import.alias.value), inline);
            }
        }
        names
    }

    fn add(&mut self, prefix: &str, own: &OrbSource) {
        for command in &own.commands {
            let taking = steps_parameters(&command.parameters);
            self.commands.insert(format!("{prefix}{}", command.name.value), taking);
        }
        for job in &own.jobs {
            self.jobs.insert(format!("{prefix}{}", job.name.value), steps_parameters(job.parameters()));
        }
    }
}

fn steps_parameters(parameters: &[Parameter]) -> Vec<String> {
    let steps = |parameter: &&Parameter| {
        parameter.kind.as_ref().is_some_and(|kind| kind.value == ParameterType::Steps)
    };
    parameters.iter().filter(steps).map(|parameter| parameter.name.value.clone()).collect()
}

/// Whether an argument for an orb that is not at hand takes steps, as far as its name tells.
fn names_steps(name: &str) -> bool {
    name == "steps" || name.ends_with("-steps") || name.ends_with("_steps")
}

impl Walker {
    pub(super) fn step(&mut self, node: &Node, spot: &Spot) {
        match node.resolved().kind() {
            Kind::Scalar(scalar) => {
                if node.is_null() {
                    return self.wrong_type(node, "Mapping", spot);
                }
                let name = scalar.text.clone();
                if let Some(step) = self.builtin(&name).filter(|step| !step.bare) {
                    if step.record.required.is_empty() {
                        let kind = FaultKind::WrongType { expected: "List", found: "Null" };
                        return self.add(kind, node.span(), &spot.under(&name, node.span()));
                    }
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
                } else {
                    let taking = self.names.commands.get(&name).cloned();
                    self.steps_in_arguments(&field.value, taking.as_deref(), &spot);
                }
            }
            Kind::Sequence(sequence) => {
                for (index, item) in sequence.items.iter().enumerate() {
                    self.step(item, &spot.under(&index.to_string(), item.span()));
                }
            }
            Kind::Alias(_) => self.wrong_type(node, "Mapping", spot),
        }
    }

    fn builtin(&self, name: &str) -> Option<&'static BuiltinStep> {
        let shadowed = self.names.commands.contains_key(name);
        let known = || schema::BUILTIN_STEPS.iter().chain(schema::CHOICES);
        known().find(|step| step.name == name && !shadowed)
    }

    fn several_keys(&mut self, what: &'static str, fields: &[Field], node: &Node, spot: &Spot) {
        let Some(first) = fields.first() else {
            return self.wrong_type(node, "String", spot);
        };
        let span = fields.get(1).map_or(node.span(), |second| second.key.span());
        // Seen in real configs: a command without a value, its arguments beside it; a job without a value, its
        // filters beside it (since 2.1, which says nothing and passes over them).
        let without_value = first.value.is_null();
        let first = first.key.text().unwrap_or_default().to_owned();
        let taken = without_value && (what != STEP || self.builtin(&first).is_none());
        self.add(FaultKind::SeveralKeys { what, first, taken }, span, spot);
    }

    /// A job is a mapping with the keys of its type, or the name of a job of an orb.
    pub(super) fn job(&mut self, node: &Node, spot: &Spot) {
        if node.as_sequence().is_some() {
            return self.wrong_type(node, "Mapping", spot);
        }
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
    pub(super) fn entry(&mut self, node: &Node, spot: &Spot) {
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
                    for item in field.value.get("requires").iter().flat_map(Node::items) {
                        let names = item.fields();
                        if item.as_mapping().is_some() && names.len() != 1 {
                            self.several_keys("an item of `requires`", &names, item, &spot);
                        }
                    }
                    let job = field.key.text().unwrap_or_default();
                    let taking = self.names.jobs.get(job).cloned();
                    self.steps_in_arguments(&field.value, taking.as_deref(), &spot);
                }
            }
            _ => self.wrong_type(node, "String", spot),
        }
    }

    /// A declaration, and its default where that is a list of steps.
    pub(super) fn parameter(&mut self, node: &Node, record: &Record, spot: &Spot) {
        self.record(node, record, spot);
        let kind = node.get("type").and_then(|kind| kind.text().and_then(ParameterType::named));
        if let (Some(ParameterType::Steps), Some(default)) = (kind, node.field("default"))
            && default.value.as_sequence().is_some()
        {
            self.check(&default.value, &schema::STEPS, &spot.under("default", default.key.span()));
        }
    }

    /// The steps among the arguments of a call: `taking` are the parameters that take some; nothing where the
    /// callee is not known.
    fn steps_in_arguments(&mut self, arguments: &Node, taking: Option<&[String]>, spot: &Spot) {
        for field in arguments.fields() {
            let name = field.key.text().unwrap_or_default();
            let takes = match taking {
                Some(taking) => taking.iter().any(|known| known == name),
                // The options of an entry have been looked at.
                None => names_steps(name) && !matches!(name, "pre-steps" | "post-steps"),
            };
            if takes && field.value.as_sequence().is_some() {
                self.check(&field.value, &schema::STEPS, &spot.under(name, field.key.span()));
            }
        }
    }
}
