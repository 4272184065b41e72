use super::evaluate::negated;
use super::pattern::full_match;
use super::{
    Answer, DEEPEST_NESTING, Expression, Fault, Outcome, Problem, Reference, Rendered, Scope, Template, Value,
};
use crate::text::{Span, Spanned};

/// A condition: a logic statement, or the scalar that stands in its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Logic {
    pub statement: Statement,
    /// The whole statement in its source.
    pub span: Span,
}

/// What a [`Logic`] is.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// A scalar without a placeholder, or anything that is no statement.
    Literal(Value),
    /// A scalar with placeholders.
    Template(Template),
    /// A bare expression, as `when` of a workflow may have it.
    Expression(Expression),
    And(Vec<Logic>),
    Or(Vec<Logic>),
    Not(Box<Logic>),
    /// Whether all arguments are equal, in type too.
    Equal(Vec<Logic>),
    /// Whether the whole text of `value` matches the Java regular expression `pattern`.
    Matches {
        pattern: Box<Logic>,
        value: Box<Logic>,
    },
}

/// What a condition came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub answer: Answer,
    /// Each with the span of the scalar that it was found in; its range counts in that scalar's content.
    pub faults: Vec<Spanned<Fault>>,
}

impl Verdict {
    /// Whether the condition holds; nothing where that cannot be known offline.
    #[must_use]
    pub fn holds(&self) -> Option<bool> {
        self.answer.truth()
    }
}

impl Logic {
    /// Evaluates the condition. Statements give booleans, a scalar its own value. All parts are looked at, so
    /// that faults do not hide behind a part that decides.
    #[must_use]
    pub fn decide(&self, scope: &Scope<'_>) -> Verdict {
        let mut deciding = Deciding { scope, faults: Vec::new() };
        let answer = deciding.value(self, 1);
        Verdict { answer, faults: deciding.faults }
    }
}

impl Logic {
    /// Every name in it, in the order of the text.
    #[must_use]
    pub fn references(&self) -> Vec<&Reference> {
        match &self.statement {
            Statement::Literal(_) => Vec::new(),
            Statement::Template(template) => template.references(),
            Statement::Expression(expression) => expression.references(),
            Statement::And(parts) | Statement::Or(parts) | Statement::Equal(parts) => {
                parts.iter().flat_map(Self::references).collect()
            }
            Statement::Not(inner) => inner.references(),
            Statement::Matches { pattern, value } => {
                [pattern, value].into_iter().flat_map(|part| part.references()).collect()
            }
        }
    }
}

struct Deciding<'s> {
    scope: &'s Scope<'s>,
    faults: Vec<Spanned<Fault>>,
}

impl Deciding<'_> {
    fn value(&mut self, logic: &Logic, depth: usize) -> Answer {
        if depth > DEEPEST_NESTING {
            let problem = Problem::TooDeep("Logic statements");
            let answer = Answer::unknown(problem.to_string());
            self.faults.push(Spanned::new(Fault::new(0..logic.span.len(), problem), logic.span));
            return answer;
        }
        match &logic.statement {
            Statement::Literal(value) => Answer::Known(value.clone()),
            Statement::Template(template) => {
                let Rendered { answer, faults, .. } = template.render(self.scope);
                self.note(faults, logic.span);
                answer
            }
            Statement::Expression(expression) => {
                let Outcome { answer, faults } = expression.evaluate(self.scope);
                self.note(faults, logic.span);
                answer
            }
            Statement::And(parts) => self.all_or_any(parts, false, depth),
            Statement::Or(parts) => self.all_or_any(parts, true, depth),
            Statement::Not(inner) => negated(self.value(inner, depth + 1)),
            Statement::Equal(parts) => self.equal(parts, depth),
            Statement::Matches { pattern, value } => {
                let pattern = self.value(pattern, depth + 1);
                let value = self.value(value, depth + 1);
                matches(&pattern, &value)
            }
        }
    }

    fn note(&mut self, faults: Vec<Fault>, span: Span) {
        self.faults.extend(faults.into_iter().map(|fault| Spanned::new(fault, span)));
    }

    /// `or` where `decisive` is true, `and` where it is false. Without arguments a statement does not hold.
    fn all_or_any(&mut self, parts: &[Logic], decisive: bool, depth: usize) -> Answer {
        let answers: Vec<Answer> = parts.iter().map(|part| self.value(part, depth + 1)).collect();
        if answers.iter().any(|answer| answer.truth() == Some(decisive)) {
            return Answer::Known(Value::Bool(decisive));
        }
        let undecided = answers.into_iter().find(|answer| answer.truth().is_none());
        undecided.unwrap_or(Answer::Known(Value::Bool(!decisive && !parts.is_empty())))
    }

    fn equal(&mut self, parts: &[Logic], depth: usize) -> Answer {
        let answers: Vec<Answer> = parts.iter().map(|part| self.value(part, depth + 1)).collect();
        let mut known = answers.iter().filter_map(|answer| match answer {
            Answer::Known(value) => Some(value),
            Answer::Unknown(_) => None,
        });
        let first = known.next();
        // Two known values that differ decide, whatever the unknown ones are.
        if known.any(|other| Some(other) != first) {
            return Answer::Known(Value::Bool(false));
        }
        let unknown = answers.iter().find_map(|answer| match answer {
            Answer::Unknown(unknown) if parts.len() > 1 => Some(Answer::unknown(unknown.reason.clone())),
            _ => None,
        });
        unknown.unwrap_or(Answer::Known(Value::Bool(!parts.is_empty())))
    }
}

fn matches(pattern: &Answer, value: &Answer) -> Answer {
    match (pattern, value) {
        (Answer::Known(Value::String(pattern)), Answer::Known(Value::String(text))) => {
            match full_match(pattern, text) {
                Ok(holds) => Answer::Known(Value::Bool(holds)),
                Err(reason) => Answer::unknown(reason),
            }
        }
        (Answer::Unknown(unknown), _) | (_, Answer::Unknown(unknown)) => {
            Answer::unknown(unknown.reason.clone())
        }
        (Answer::Known(Value::String(_)), Answer::Known(other)) | (Answer::Known(other), _) => {
            Answer::unknown(format!("What `matches` makes of {} is not documented", other.kind()))
        }
    }
}
