use crate::text::{Span, Spanned};
use crate::yaml::{Field, Kind, Node};

/// What stands where steps are expected.
#[derive(Clone, Debug)]
pub enum Steps {
    List(Vec<Step>),
    /// `<< parameters.x >>` in place of the whole list.
    Template(Node),
    /// Neither; the schema says so.
    Unreadable(Span),
}

/// One item of a list of steps.
#[derive(Clone, Debug)]
pub struct Step {
    /// The step's name; for an unreadable one, empty.
    pub name: Spanned<String>,
    pub node: Node,
    pub kind: StepKind,
}

/// What a step is, by its form alone: whether a name is a built-in step, a command or an orb's command is
/// decided where it is called.
#[derive(Clone, Debug)]
pub enum StepKind {
    /// `- name`, or `- name: value` with the value.
    Call {
        value: Option<Node>,
    },
    /// `when` and `unless`.
    Conditional {
        condition: Condition,
        steps: Steps,
    },
    /// `steps: << parameters.x >>`.
    Splice {
        value: Node,
    },
    Unreadable,
}

/// What decides over a workflow or over steps.
#[derive(Clone, Debug)]
pub struct Condition {
    /// `unless`: the steps are taken when it is false.
    pub negated: bool,
    /// The key `when` or `unless`.
    pub key: Span,
    /// A logic statement, a scalar with or without `<< >>`; nothing where `condition` is missing.
    pub value: Option<Node>,
}

/// Reads a list of steps, for instance the value of `steps` or of an argument of type `steps`. A single
/// step stands for a list of one.
pub fn read_steps(node: &Node) -> Steps {
    match node.resolved().kind() {
        Kind::Sequence(_) => {
            let mut steps = Vec::new();
            read_items(node, &mut steps);
            Steps::List(steps)
        }
        Kind::Scalar(_) if super::is_template(node) => Steps::Template(node.clone()),
        Kind::Mapping(_) => Steps::List(vec![read_step(node)]),
        Kind::Scalar(_) if !node.is_null() => Steps::List(vec![read_step(node)]),
        _ => Steps::Unreadable(node.span()),
    }
}

/// A list in the place of a step stands for its steps: the compiler flattens it.
///
/// ```yaml
/// steps:
///   - checkout
///   - *setup  # an anchor on a whole list
/// ```
fn read_items(list: &Node, into: &mut Vec<Step>) {
    for item in list.items() {
        match item.as_sequence() {
            Some(_) => read_items(item, into),
            None => into.push(read_step(item)),
        }
    }
}

fn read_step(node: &Node) -> Step {
    let unreadable = || Step {
        name: Spanned::new(String::new(), node.span()),
        node: node.clone(),
        kind: StepKind::Unreadable,
    };
    match node.resolved().kind() {
        Kind::Scalar(scalar) if !node.is_null() => Step {
            name: Spanned::new(scalar.text.clone(), node.span()),
            node: node.clone(),
            kind: StepKind::Call { value: None },
        },
        Kind::Mapping(mapping) => match mapping.fields().as_slice() {
            [field] => read_keyed(node, field).unwrap_or_else(unreadable),
            _ => unreadable(),
        },
        _ => unreadable(),
    }
}

fn read_keyed(node: &Node, field: &Field) -> Option<Step> {
    let name = super::read::name_of(&field.key)?;
    let value = field.value.clone();
    let kind = match name.as_str() {
        "when" | "unless" if value.as_mapping().is_some() => StepKind::Conditional {
            condition: Condition {
                negated: name.as_str() == "unless",
                key: name.span,
                value: value.get("condition"),
            },
            steps: value.get("steps").as_ref().map_or(Steps::Unreadable(name.span), read_steps),
        },
        "steps" => StepKind::Splice { value },
        _ => StepKind::Call { value: Some(value) },
    };
    Some(Step { name, node: node.clone(), kind })
}

impl Steps {
    /// Every step in the list and in its conditional steps, in the order of the source.
    pub fn walk(&self, visit: &mut dyn FnMut(&Step)) {
        let Self::List(steps) = self else { return };
        for step in steps {
            visit(step);
            if let StepKind::Conditional { steps, .. } = &step.kind {
                steps.walk(visit);
            }
        }
    }
}
