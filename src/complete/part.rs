//! What the place of the caret may hold: the way to it, walked through the schema and through what is called.

use super::caret::{Caret, Way};
use super::names::Names;
use crate::config::schema::{self, CHOICES, Record, Shape, builtin_step, job_record};
use crate::config::{Command, Executor, Job, JobType, Parameter, ParameterType};
use crate::yaml::Node;

/// Something that a place may hold.
#[derive(Clone)]
pub(super) enum Part<'a> {
    Shape(&'static Shape),
    Record(&'static Record),
    /// A mapping of arguments.
    Arguments(&'a [Parameter]),
    /// The value of one.
    Argument(&'a Parameter),
    /// The matrix of a job with these parameters, its columns, one of them, and the rows it leaves out.
    Matrix(&'a [Parameter]),
    Columns(&'a [Parameter]),
    Column(&'a Parameter),
    Rows(&'a [Parameter]),
    /// The name of an executor, or a mapping with its name and arguments.
    Executor,
    ExecutorName,
    /// The name of an orb's job.
    Job,
    Requirement,
    OrbReference,
    /// A logic statement.
    Condition,
    Words(Vec<String>),
}

/// Operators of logic statements.
pub(super) const OPERATORS: &[&str] = &["and", "or", "not", "equal", "matches"];

/// The parts at the caret, and the mapping or value there.
pub(super) fn at<'a>(names: &Names<'a>, caret: &Caret) -> (Vec<Part<'a>>, Option<Node>) {
    let mut node = caret.document.root.clone();
    // What stands before the scope was walked by whoever found the scope.
    let outer = caret.way.len() - names.way.len();
    for way in &caret.way[..outer] {
        node = node.and_then(|node| child(&node, way));
    }
    let top = if outer == 0 { &schema::CONFIG } else { &schema::ORB };
    let mut parts = vec![Part::Record(top)];
    for way in names.way {
        let next = parts.iter().flat_map(|part| step(names, part, way, node.as_ref())).collect();
        parts = next;
        node = node.and_then(|node| child(&node, way));
    }
    if let [Way::Key(table), Way::Key(_)] = names.way
        && table == "orbs"
    {
        parts.push(Part::OrbReference);
    }
    (parts, node)
}

fn child(node: &Node, way: &Way) -> Option<Node> {
    match way {
        Way::Key(key) => node.get(key),
        Way::Item(index) => node.items().get(*index).cloned(),
    }
}

/// What is one step `way` inside `part`, which `node` is.
fn step<'a>(names: &Names<'a>, part: &Part<'a>, way: &Way, node: Option<&Node>) -> Vec<Part<'a>> {
    let mut inner = Vec::new();
    match (part, way) {
        (Part::Shape(shape), _) => step_shape(names, shape, way, node, &mut inner),
        (Part::Record(record), Way::Key(key)) => step_record(record, key, node, &mut inner),
        (Part::Arguments(parameters), Way::Key(key)) => {
            inner
                .extend(parameters.iter().find(|parameter| parameter.name.value == *key).map(Part::Argument));
            if key == "matrix" {
                inner.push(Part::Matrix(parameters));
            }
        }
        (Part::Argument(parameter), _) => match parameter.kind.as_ref().map(|kind| kind.value) {
            Some(ParameterType::Steps) => add(&schema::STEPS, &mut inner, |shape, inner| {
                step_shape(names, shape, way, node, inner);
            }),
            Some(ParameterType::Executor) => inner.extend(step(names, &Part::Executor, way, node)),
            _ => {}
        },
        (Part::Matrix(parameters), Way::Key(key)) => match key.as_str() {
            "parameters" => inner.push(Part::Columns(parameters)),
            "exclude" => inner.push(Part::Rows(parameters)),
            _ => {}
        },
        (Part::Columns(parameters), Way::Key(key)) => {
            inner.extend(parameters.iter().find(|parameter| parameter.name.value == *key).map(Part::Column));
        }
        (Part::Rows(parameters), Way::Item(_)) => inner.push(Part::Arguments(parameters)),
        (Part::Column(parameter), Way::Item(_)) => inner.push(Part::Argument(parameter)),
        (Part::Executor, Way::Key(key)) => {
            if key == "name" {
                inner.push(Part::ExecutorName);
            } else {
                let parameters = executor_parameters(names, node);
                inner.extend(
                    parameters.iter().find(|parameter| parameter.name.value == *key).map(Part::Argument),
                );
            }
        }
        (Part::Requirement, Way::Item(_)) => inner.push(Part::Requirement),
        (Part::Condition, _) => inner.push(Part::Condition),
        _ => {}
    }
    inner
}

/// The parameters of the executor that `node` names.
pub(super) fn executor_parameters<'a>(names: &Names<'a>, node: Option<&Node>) -> &'a [Parameter] {
    let name = node.and_then(|node| node.get("name"));
    let name = name.as_ref().and_then(Node::text);
    name.map(|name| names.parameters::<Executor>(name)).unwrap_or_default()
}

/// Calls `visit` with `shape`, or with each of its alternatives.
pub(super) fn add<T>(shape: &'static Shape, into: &mut T, visit: impl Fn(&'static Shape, &mut T) + Copy) {
    match shape {
        Shape::Either(shapes) => shapes.iter().for_each(|shape| add(shape, into, visit)),
        _ => visit(shape, into),
    }
}

fn push(shape: &'static Shape, inner: &mut Vec<Part<'_>>) {
    add(shape, inner, |shape, inner| {
        inner.push(match shape {
            Shape::Record(record) | Shape::Parameter(record) => Part::Record(record),
            Shape::Condition => Part::Condition,
            other => Part::Shape(other),
        });
    });
}

fn step_shape<'a>(
    names: &Names<'a>,
    shape: &'static Shape,
    way: &Way,
    node: Option<&Node>,
    inner: &mut Vec<Part<'a>>,
) {
    match (shape, way) {
        (Shape::Record(record), Way::Key(key)) => step_record(record, key, node, inner),
        (Shape::Table { of, .. }, Way::Key(_)) | (Shape::List { of, .. }, Way::Item(_)) => push(of, inner),
        (Shape::Elements(elements), Way::Key(_)) => push(elements.of, inner),
        // A single step may stand where a list is wanted.
        (Shape::List { of, .. }, Way::Key(_)) => step_shape(names, of, way, node, inner),
        (Shape::Job, Way::Key(key)) => step_record(record_of_job(node), key, node, inner),
        (Shape::Step, Way::Key(name)) => {
            let own = names.scope.elements.command(name).is_some();
            match builtin_step(name).or_else(|| CHOICES.iter().find(|step| step.name == name)) {
                Some(step) if !own => push(step.shape, inner),
                _ => inner.push(Part::Arguments(names.parameters::<Command>(name))),
            }
        }
        (Shape::Entry, Way::Key(name)) => {
            inner.push(Part::Record(&schema::ENTRY));
            inner.push(Part::Arguments(names.parameters::<Job>(name)));
        }
        _ => {}
    }
}

/// The keys that a job may have, by its `type`.
pub(super) fn record_of_job(node: Option<&Node>) -> &'static Record {
    let kind = node.and_then(|node| node.get("type"));
    job_record(kind.as_ref().and_then(Node::text).unwrap_or("build"))
}

fn step_record(record: &'static Record, key: &str, node: Option<&Node>, inner: &mut Vec<Part<'_>>) {
    let Some(known) = record.keys.iter().find(|known| known.name == key) else { return };
    push(known.shape, inner);
    match (key, known.shape) {
        ("executor", _) => inner.push(Part::Executor),
        ("requires", _) => inner.push(Part::Requirement),
        ("override-with", _) => inner.push(Part::Job),
        ("type", Shape::Any) => {
            inner.push(Part::Words(JobType::ALL.iter().map(|(_, word)| (*word).to_owned()).collect()));
        }
        ("default", _) => inner.extend(default_words(node).map(Part::Words)),
        _ => {}
    }
}

/// What the default of the declaration `node` can be, where there is a choice.
fn default_words(node: Option<&Node>) -> Option<Vec<String>> {
    let node = node?;
    match node.get("type")?.text()? {
        "boolean" => Some(vec!["true".to_owned(), "false".to_owned()]),
        "enum" => {
            Some(node.get("enum")?.items().iter().filter_map(|item| item.text().map(str::to_owned)).collect())
        }
        _ => None,
    }
}
