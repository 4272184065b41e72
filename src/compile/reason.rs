//! Why a condition holds or does not: its clauses, and the values that decided each.

use super::compiler::{Call, Compiler};
use crate::expression::{Answer, Clauses, Expression, Logic, Lookup, Namespace, Reference, Statement};
use crate::text::Span;
use crate::yaml::Node;

/// A condition, or a clause of one, with what it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// As written, on one line, cut where it is long; of a logic statement with clauses only its word.
    pub text: String,
    pub span: Span,
    /// Whether it holds; nothing where that cannot be known.
    pub holds: Option<bool>,
    /// Why it cannot be known: a sentence without a full stop.
    pub unknown: Option<String>,
    /// What the names in it stood for; none where it has clauses, which have them.
    pub values: Vec<NamedValue>,
    /// What `and`, `or` and `not` join.
    pub parts: Vec<Reason>,
}

/// What a name in a condition stood for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedValue {
    /// With its namespace: `pipeline.git.branch`.
    pub name: String,
    /// As text; nothing where it is not known.
    pub value: Option<String>,
    /// Nobody gave it: it is the default of a pipeline value.
    pub assumed: bool,
}

/// Clauses nest this deep at most in a reason; what is deeper is one clause.
const DEEPEST: usize = 8;
/// A reason has this many clauses at most.
const MOST_CLAUSES: usize = 60;
/// A clause shows this many values, and this many characters of itself and of each value.
const MOST_VALUES: usize = 12;
const LONGEST: usize = 160;

impl<'a> Compiler<'a> {
    /// Why `logic` holds or does not. `leaves` are the nodes it was read from.
    pub(super) fn reason(&self, logic: &Logic, leaves: &[Node], call: &Call<'a>) -> Reason {
        Explaining { compiler: self, leaves, call, left: MOST_CLAUSES }.logic(logic, 1)
    }

    fn named_value(&self, reference: &Reference, call: &Call<'a>) -> NamedValue {
        let value = match self.look_up_value(reference, call) {
            Lookup::Value(value) => value.text().map(|text| on_one_line(&text)),
            Lookup::Unknown(_) | Lookup::Undeclared => None,
        };
        let assumed =
            reference.namespace() == Namespace::Pipeline && !self.pipeline.is_given(reference.name());
        NamedValue { name: reference.path.clone(), value, assumed }
    }
}

struct Explaining<'e, 'a> {
    compiler: &'e Compiler<'a>,
    leaves: &'e [Node],
    call: &'e Call<'a>,
    /// Clauses that may still be told apart.
    left: usize,
}

impl Explaining<'_, '_> {
    fn logic(&mut self, logic: &Logic, depth: usize) -> Reason {
        let source = self.compiler.sources.slice(logic.span);
        let answer = logic.decide(&|reference| self.compiler.look_up_value(reference, self.call)).answer;
        let mut reason = reason(source, logic.span, &answer);
        let parts: Vec<&Logic> = match &logic.statement {
            Statement::And(parts) | Statement::Or(parts) => parts.iter().collect(),
            Statement::Not(inner) => vec![inner.as_ref()],
            Statement::Expression(expression) => {
                let leaf = self.leaves.iter().find(|leaf| leaf.span() == logic.span);
                return match leaf.cloned() {
                    Some(leaf) => self.expression(expression, &leaf, depth),
                    None => reason,
                };
            }
            _ => Vec::new(),
        };
        if self.divide(parts.len(), depth) {
            // What it joins is told below it.
            match &logic.statement {
                Statement::And(_) => "and",
                Statement::Or(_) => "or",
                _ => "not",
            }
            .clone_into(&mut reason.text);
            reason.parts = parts.into_iter().map(|part| self.logic(part, depth + 1)).collect();
        } else {
            reason.values = self.values(&logic.references());
        }
        reason
    }

    fn expression(&mut self, expression: &Expression, leaf: &Node, depth: usize) -> Reason {
        let answer = expression.evaluate(&|name| self.compiler.look_up_value(name, self.call)).answer;
        let source = &self.compiler.sources.get(leaf.span().source).text;
        let text = leaf.text().and_then(|text| text.get(expression.range.clone())).unwrap_or_default();
        let mut reason = reason(text, leaf.locate(source, expression.range.clone()), &answer);
        let parts = match expression.clauses() {
            Clauses::Joined(parts) => parts,
            Clauses::Negated(inner) => vec![inner],
            Clauses::One => Vec::new(),
        };
        if self.divide(parts.len(), depth) {
            reason.parts = parts.into_iter().map(|part| self.expression(part, leaf, depth + 1)).collect();
        } else {
            reason.values = self.values(&expression.references());
        }
        reason
    }

    /// Whether there is room for `parts` clauses below one that is `depth` deep.
    fn divide(&mut self, parts: usize, depth: usize) -> bool {
        let fits = parts > 0 && parts <= self.left && depth < DEEPEST;
        if fits {
            self.left -= parts;
        }
        fits
    }

    fn values(&self, references: &[&Reference]) -> Vec<NamedValue> {
        let mut values: Vec<NamedValue> = Vec::new();
        for reference in references {
            if values.len() < MOST_VALUES && !values.iter().any(|known| known.name == reference.path) {
                values.push(self.compiler.named_value(reference, self.call));
            }
        }
        values
    }
}

fn reason(text: &str, span: Span, answer: &Answer) -> Reason {
    let unknown = match answer {
        Answer::Unknown(unknown) if unknown.truth.is_none() => Some(unknown.reason.clone()),
        _ => None,
    };
    let (values, parts) = (Vec::new(), Vec::new());
    Reason { text: on_one_line(text), span, holds: answer.truth(), unknown, values, parts }
}

/// `text` with every run of blanks and line ends as one blank, cut where it is long.
fn on_one_line(text: &str) -> String {
    // A long text is not read to its end only to be cut.
    let start = text.char_indices().nth(4 * LONGEST).map_or(text, |(end, _)| &text[..end]);
    let line = start.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
