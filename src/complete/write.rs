//! What is written for a part: keys with what follows them, and values.

use super::caret::Line;
use super::names::{Callable, Names};
use super::part::{OPERATORS, Part, add, executor_parameters, record_of_job};
use super::{Candidate, CandidateKind};
use crate::config::schema::{BUILTIN_STEPS, CHOICES, Record, Shape};
use crate::config::{Parameter, ParameterType};
use crate::yaml::Node;

/// The keys that the mapping `node` can have beside its `siblings`, where it may be any of `parts`.
pub(super) fn keys(
    names: &Names<'_>,
    parts: &[Part<'_>],
    node: Option<&Node>,
    siblings: &[String],
    line: &Line<'_>,
) -> Vec<Candidate> {
    let writer = Writer { names, line, siblings, dash: "" };
    let mut found = Vec::new();
    for part in parts {
        match part {
            Part::Shape(shape) => writer.of_shape(shape, node, &mut found),
            Part::Record(record) => writer.record(record, &mut found),
            Part::Arguments(parameters) | Part::Columns(parameters) => {
                writer.arguments(parameters, part, &mut found);
            }
            Part::Executor if !siblings.is_empty() => {
                writer.arguments(executor_parameters(names, node), part, &mut found);
            }
            Part::Argument(parameter) if is_steps(parameter) => writer.items().steps(&mut found),
            Part::Requirement if siblings.is_empty() => found.extend(writer.dashed(names.entries())),
            Part::Condition if siblings.is_empty() => {
                let operators = OPERATORS.iter();
                found.extend(operators.map(|word| writer.key(word, CandidateKind::Key, ": ", "operator")));
            }
            _ => {}
        }
    }
    found
}

/// The values that can stand at the caret.
pub(super) fn values(names: &Names<'_>, parts: &[Part<'_>], line: &Line<'_>) -> Vec<Candidate> {
    let word = |word: &str| Candidate::new(CandidateKind::Value, word, "");
    let callable = |callable: Callable<'_>| Candidate::new(callable.kind, &callable.name, callable.detail);
    let mut found = Vec::new();
    for part in parts {
        match part {
            Part::Shape(Shape::Word(words)) => found.extend(words.iter().map(|text| word(text))),
            Part::Shape(Shape::Flag) => found.extend(["true", "false"].map(word)),
            Part::Shape(Shape::Step) => {
                Writer { names, line, siblings: &[], dash: "" }.steps(&mut found);
            }
            Part::Shape(Shape::Entry) => found.extend(names.jobs().into_iter().map(callable)),
            Part::Shape(Shape::Job) | Part::Job => {
                found.extend(names.jobs().into_iter().filter(|job| job.name.contains('/')).map(callable));
            }
            Part::Argument(parameter) => match parameter.kind.as_ref().map(|kind| kind.value) {
                Some(ParameterType::Boolean) => found.extend(["true", "false"].map(word)),
                Some(ParameterType::Executor) => found.extend(names.executors().into_iter().map(callable)),
                _ => found.extend(parameter.choices.iter().filter_map(Node::text).map(word)),
            },
            Part::Executor | Part::ExecutorName => {
                found.extend(names.executors().into_iter().map(callable));
            }
            Part::Requirement => found.extend(names.entries()),
            Part::OrbReference => found.extend(Names::orb_references(line.word())),
            Part::Words(words) => found.extend(words.iter().map(|text| word(text))),
            _ => {}
        }
    }
    found
}

fn is_steps(parameter: &Parameter) -> bool {
    parameter.kind.as_ref().is_some_and(|kind| kind.value == ParameterType::Steps)
}

/// The type of a parameter, and its default.
pub(super) fn described(parameter: &Parameter) -> String {
    let kind = parameter.kind.as_ref().map_or("", |kind| kind.name());
    match parameter.default.as_ref().map(Node::text) {
        None => format!("{kind}, required"),
        Some(Some(default)) if !default.is_empty() => format!("{kind} = {default}"),
        Some(_) => kind.to_owned(),
    }
}

/// Writes keys at the caret.
#[derive(Clone, Copy)]
struct Writer<'w, 'a> {
    names: &'w Names<'a>,
    line: &'w Line<'w>,
    siblings: &'w [String],
    /// A dash, where the list is there and its item is not.
    dash: &'static str,
}

impl Writer<'_, '_> {
    /// The same for an item of a list. Where a key was asked for, the item has no dash yet.
    fn items(self) -> Self {
        Self { dash: "- ", ..self }
    }

    fn of_shape(self, shape: &'static Shape, node: Option<&Node>, found: &mut Vec<Candidate>) {
        match shape {
            Shape::Record(record) => self.record(record, found),
            Shape::Job => self.record(record_of_job(node), found),
            Shape::Step if self.siblings.is_empty() => self.steps(found),
            Shape::Entry if self.siblings.is_empty() => {
                for job in self.names.jobs() {
                    found.push(self.call(&job));
                }
            }
            Shape::List { of, .. } if self.siblings.is_empty() && self.dash.is_empty() => {
                add(of, found, |shape, found| self.items().of_shape(shape, node, found));
            }
            Shape::Word(words) if !self.dash.is_empty() => {
                found.extend(words.iter().map(|word| self.plain(CandidateKind::Value, word, "")));
            }
            _ => {}
        }
    }

    fn record(self, record: &'static Record, found: &mut Vec<Candidate>) {
        let version_2_0 = self.names.config.version.as_ref().is_some_and(crate::config::Version::is_2_0);
        let known = |name: &str| self.siblings.iter().any(|sibling| sibling == name);
        let excluded = |name: &str| {
            let pairs = record.exclusive.iter();
            pairs.clone().any(|(one, other)| (*one == name && known(other)) || (*other == name && known(one)))
        };
        for key in record.keys.iter().filter(|key| version_2_0 || !key.only_2_0) {
            if !known(key.name) && !excluded(key.name) {
                let required = record.required.iter().any(|keys| *keys == [key.name]);
                let detail = if required { "required" } else { "" };
                found.push(self.key(key.name, CandidateKind::Key, opening(key.shape), detail));
            }
        }
    }

    fn arguments(self, parameters: &[Parameter], part: &Part<'_>, found: &mut Vec<Candidate>) {
        let given = |name: &str| self.siblings.iter().any(|sibling| sibling == name);
        for parameter in parameters.iter().filter(|parameter| !given(&parameter.name)) {
            let opening = match part {
                Part::Columns(_) => ": []",
                _ if is_steps(parameter) => ":\n-",
                _ => ": ",
            };
            let name = &parameter.name.value;
            found.push(self.key(name, CandidateKind::Parameter, opening, &described(parameter)));
        }
    }

    fn steps(self, found: &mut Vec<Candidate>) {
        for step in BUILTIN_STEPS.iter().chain(CHOICES) {
            let opening = match step.name {
                "run" | "steps" => ": ",
                _ if step.bare => "",
                _ => ":\n",
            };
            found.push(self.key(step.name, CandidateKind::Step, opening, "step"));
        }
        for command in self.names.commands() {
            found.push(self.call(&command));
        }
    }

    /// A call, with the arguments that it needs.
    fn call(self, callee: &Callable<'_>) -> Candidate {
        let required: Vec<&Parameter> =
            callee.parameters.iter().filter(|parameter| parameter.default.is_none()).collect();
        let candidate = self.plain(callee.kind, &callee.name, &callee.detail);
        let Some(first) = required.first().filter(|_| !self.line.is_key() && !self.in_brackets()) else {
            return candidate;
        };
        let rest = required.iter().skip(1).fold(format!("{}: ", first.name.value), |text, parameter| {
            text + &self.new_line() + &parameter.name + ": "
        });
        candidate.followed_by(&format!(":{}{rest}", self.new_line()))
    }

    /// A key with what opens its value: `\n` for a mapping, `\n-` for a list.
    fn key(self, name: &str, kind: CandidateKind, opening: &str, detail: &str) -> Candidate {
        let candidate = self.plain(kind, name, detail);
        match opening {
            _ if self.line.is_key() => candidate,
            ":\n" | ":\n-" if self.in_brackets() => candidate.followed_by(": "),
            ":\n" => candidate.followed_by(&format!(":{}", self.new_line())),
            ":\n-" => candidate.followed_by(&format!(":{}- ", self.new_line())),
            _ => candidate.followed_by(opening),
        }
    }

    fn plain(self, kind: CandidateKind, name: &str, detail: &str) -> Candidate {
        let mut candidate = Candidate::new(kind, name, detail);
        candidate.insert = format!("{}{}", self.dash, candidate.insert);
        candidate
    }

    /// Names as items of a list that has no dash yet; with one, as they are.
    fn dashed(self, names: Vec<Candidate>) -> Vec<Candidate> {
        let dash = if self.line.before().trim().is_empty() { "- " } else { "" };
        names.into_iter().map(|name| Candidate { insert: format!("{dash}{}", name.insert), ..name }).collect()
    }

    /// A new line under the key at the caret.
    fn new_line(self) -> String {
        format!("\n{}", " ".repeat(self.line.indentation() + self.dash.len() + 2))
    }

    fn in_brackets(self) -> bool {
        self.line.before().contains(['{', '['])
    }
}

/// How a value of this shape begins.
fn opening(shape: &'static Shape) -> &'static str {
    match shape {
        Shape::Record(_) | Shape::Parameter(_) | Shape::Table { .. } | Shape::Elements(_) | Shape::Job => {
            ":\n"
        }
        Shape::List { .. } => ":\n-",
        Shape::Either([Shape::Nothing, other, ..] | [other, ..]) => opening(other),
        _ => ": ",
    }
}
