use super::lexer::Operator;
use super::parser::Term;
use super::pattern::full_match;
use super::{Expression, Fault, Namespace, Part, Problem, Reference, Section, Template, Value};
use std::borrow::Cow;
use std::ops::Range;

/// What knows the names: the arguments of the enclosing element, the pipeline's values, the matrix row.
pub type Scope<'s> = dyn Fn(&Reference) -> Lookup + 's;

/// What a [`Scope`] says about a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Lookup {
    Value(Value),
    /// The name exists; its value cannot be known offline, for this reason.
    Unknown(String),
    /// There is no such name.
    Undeclared,
}

/// What evaluation came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Known(Value),
    Unknown(Unknown),
}

/// A value that cannot be known offline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// A sentence without a full stop.
    pub reason: String,
    /// Whether a condition holds with it, where that can be told all the same (`pipeline.id or true`).
    pub truth: Option<bool>,
}

/// An [`Answer`] and what is wrong. After a fault that concerns it the answer is unknown.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub answer: Answer,
    pub faults: Vec<Fault>,
}

/// A [`Template`] with values for its names.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendered {
    /// Of any type for a template that is one placeholder; else a string.
    pub answer: Answer,
    pub faults: Vec<Fault>,
    /// For an unknown answer: the text with what is not known left as it was written.
    partial: String,
}

impl Answer {
    /// Whether a condition holds; nothing where that cannot be known.
    #[must_use]
    pub fn truth(&self) -> Option<bool> {
        match self {
            Self::Known(value) => Some(value.is_truthy()),
            Self::Unknown(unknown) => unknown.truth,
        }
    }

    pub(super) fn unknown(reason: impl Into<String>) -> Self {
        Self::Unknown(Unknown { reason: reason.into(), truth: None })
    }
}

impl Rendered {
    /// The text to show or to go on with: what is known filled in, the rest as it was written.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &self.answer {
            Answer::Known(value) => value.text().unwrap_or(Cow::Borrowed(&self.partial)),
            Answer::Unknown(_) => Cow::Borrowed(&self.partial),
        }
    }
}

impl Expression {
    /// The value of the expression. Every name in it is looked up, also where the value does not depend on it.
    #[must_use]
    pub fn evaluate(&self, scope: &Scope<'_>) -> Outcome {
        let mut evaluation = Evaluation::new(scope, &self.references());
        let answer = evaluation.value(self);
        Outcome { answer, faults: evaluation.faults }
    }
}

impl Template {
    /// Fills in the names. What was filled in is not looked at again: a commit message may hold `<<`.
    #[must_use]
    pub fn render(&self, scope: &Scope<'_>) -> Rendered {
        let mut evaluation = Evaluation::new(scope, &self.references());
        if let Some(placeholder) = self.whole() {
            let answer = evaluation.value(&placeholder.expression);
            return Rendered { answer, faults: evaluation.faults, partial: self.source().to_owned() };
        }
        let mut filling =
            Filling { source: self.source(), text: String::new(), known_text: false, missing: None };
        filling.parts(self.parts(), &mut evaluation);
        let (answer, partial) = match filling.missing {
            None => (Answer::Known(Value::String(filling.text)), String::new()),
            Some(reason) => {
                let truth = filling.known_text.then_some(true);
                (Answer::Unknown(Unknown { reason, truth }), filling.text)
            }
        };
        Rendered { answer, faults: evaluation.faults, partial }
    }
}

/// The text of a template as it grows.
struct Filling<'t> {
    source: &'t str,
    text: String,
    /// Something that is certainly there has been written.
    known_text: bool,
    /// Why the text is not known: the first reason.
    missing: Option<String>,
}

impl Filling<'_> {
    fn parts(&mut self, parts: &[Part], evaluation: &mut Evaluation<'_>) {
        for part in parts {
            match part {
                Part::Text(range) => self.push(&self.source[range.clone()]),
                Part::Section(section) => self.section(section, evaluation),
                Part::Placeholder(placeholder) => {
                    self.placeholder(&placeholder.range, evaluation.value(&placeholder.expression));
                }
            }
        }
    }

    fn placeholder(&mut self, range: &Range<usize>, answer: Answer) {
        let value = match answer {
            Answer::Known(value) => value,
            Answer::Unknown(unknown) => return self.leave(range, unknown.reason),
        };
        if let Some(text) = value.text() {
            self.push(&text);
        } else {
            let reason = format!("How CircleCI writes {} inside text is not known", value.kind());
            self.leave(range, reason);
        }
    }

    fn section(&mut self, section: &Section, evaluation: &mut Evaluation<'_>) {
        let answer = evaluation.look_up(&section.reference);
        match (answer.truth(), answer) {
            (Some(truth), _) if truth != section.inverted => self.parts(&section.parts, evaluation),
            (None, Answer::Unknown(unknown)) => self.leave(&section.range, unknown.reason),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.known_text |= !text.is_empty();
    }

    /// Leaves a part of the source as it is.
    fn leave(&mut self, range: &Range<usize>, reason: String) {
        self.text.push_str(&self.source[range.clone()]);
        self.missing.get_or_insert(reason);
    }
}

struct Evaluation<'s> {
    scope: &'s Scope<'s>,
    faults: Vec<Fault>,
}

impl<'s> Evaluation<'s> {
    /// Tells of every name that does not exist: the compiler looks for them before it evaluates.
    fn new(scope: &'s Scope<'s>, references: &[&Reference]) -> Self {
        let missing = |reference: &&&Reference| answer_for(reference, scope).is_none();
        let faults =
            references.iter().filter(missing).map(|reference| Fault::undeclared(reference)).collect();
        Self { scope, faults }
    }

    fn look_up(&self, reference: &Reference) -> Answer {
        answer_for(reference, self.scope)
            .unwrap_or_else(|| Answer::unknown(format!("`{}` does not exist", reference.path)))
    }

    fn value(&mut self, expression: &Expression) -> Answer {
        match &expression.term {
            Term::Literal(value) => Answer::Known(value.clone()),
            Term::Reference(reference) => self.look_up(reference),
            Term::Not(inner) => negated(self.value(inner)),
            Term::Chain(first, rest) => {
                let mut left = self.value(first);
                let mut range = first.range.clone();
                for (operator, operand) in rest {
                    left = match operator {
                        Operator::Or | Operator::And => self.short_circuit(*operator, left, operand),
                        _ => {
                            let right = self.value(operand);
                            self.compare(*operator, (&left, &range), (&right, &operand.range))
                        }
                    };
                    range.end = operand.range.end;
                }
                left
            }
        }
    }

    /// `or` gives the first truthy operand, `and` the first falsy one, else the last.
    fn short_circuit(&mut self, operator: Operator, left: Answer, right: &Expression) -> Answer {
        let decisive = operator == Operator::Or;
        match (left.truth(), left) {
            (Some(truth), left) if truth == decisive => left,
            (None, Answer::Unknown(unknown)) => {
                // The right side may never be evaluated, so what is wrong in its values is not certain.
                let certain = self.faults.len();
                let truth = self.value(right).truth().filter(|truth| *truth == decisive);
                self.faults.truncate(certain);
                Answer::Unknown(Unknown { truth, ..unknown })
            }
            _ => self.value(right),
        }
    }

    fn compare(
        &mut self,
        operator: Operator,
        left: (&Answer, &Range<usize>),
        right: (&Answer, &Range<usize>),
    ) -> Answer {
        // A value that is not there is neither equal nor unequal to anything, and no operand is wrong beside it.
        let nothing = Answer::Known(Value::Null);
        if *left.0 == nothing || *right.0 == nothing {
            return nothing;
        }
        let wanted = match operator {
            Operator::StartsWith | Operator::Contains | Operator::Matches => Some("a string"),
            Operator::AtLeast | Operator::Greater | Operator::AtMost | Operator::Less => Some("an integer"),
            Operator::Equal | Operator::NotEqual | Operator::Or | Operator::And => None,
        };
        for (answer, range) in [left, right] {
            let (Some(wanted), Answer::Known(value)) = (wanted, answer) else { continue };
            if value.kind() != wanted {
                let symbol = operator.symbol();
                let message = format!("`{symbol}` takes {wanted} here, and this is {}", value.kind());
                self.faults.push(Fault::new(range.clone(), Problem::WrongOperand(message.clone())));
                return Answer::unknown(message);
            }
        }
        match (left.0, right.0) {
            (Answer::Known(left), Answer::Known(right)) => compared(operator, left, right),
            (Answer::Unknown(unknown), _) | (_, Answer::Unknown(unknown)) => {
                Answer::unknown(unknown.reason.clone())
            }
        }
    }
}

/// What `scope` says about `reference`; nothing if it does not exist.
fn answer_for(reference: &Reference, scope: &Scope<'_>) -> Option<Answer> {
    if reference.namespace() == Namespace::Other {
        return None;
    }
    match scope(reference) {
        Lookup::Value(value) => Some(Answer::Known(value)),
        Lookup::Unknown(reason) => Some(Answer::unknown(reason)),
        Lookup::Undeclared => None,
    }
}

pub(super) fn negated(answer: Answer) -> Answer {
    match (answer.truth(), answer) {
        (Some(truth), _) => Answer::Known(Value::Bool(!truth)),
        (None, unknown) => unknown,
    }
}

/// Compares two values whose types the operator takes.
fn compared(operator: Operator, left: &Value, right: &Value) -> Answer {
    let holds = match (operator, left, right) {
        (Operator::Equal, ..) => left == right,
        (Operator::NotEqual, ..) => left != right,
        (Operator::StartsWith, Value::String(text), Value::String(start)) => text.starts_with(start.as_str()),
        (Operator::Contains, Value::String(text), Value::String(part)) => text.contains(part.as_str()),
        (Operator::Matches, Value::String(text), Value::String(pattern)) => {
            return match full_match(pattern, text) {
                Ok(matches) => Answer::Known(Value::Bool(matches)),
                Err(reason) => Answer::unknown(reason),
            };
        }
        (Operator::AtLeast, Value::Int(left), Value::Int(right)) => left >= right,
        (Operator::Greater, Value::Int(left), Value::Int(right)) => left > right,
        (Operator::AtMost, Value::Int(left), Value::Int(right)) => left <= right,
        (Operator::Less, Value::Int(left), Value::Int(right)) => left < right,
        _ => return Answer::unknown(format!("`{}` does not compare these", operator.symbol())),
    };
    Answer::Known(Value::Bool(holds))
}
