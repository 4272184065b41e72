//! Conditions of steps and workflows, and filters that are expressions.

use super::compiler::{Bound, Call, Compiler};
use super::reason::Reason;
use super::substitute::{operand, through_alias};
use crate::config::Condition;
use crate::expression::{self, DEEPEST_NESTING, Expression, Fault, Logic, Statement, Template};
use crate::sort::Map;
use crate::text::Span;
use crate::yaml::{self, Data, Field, Kind, Node, Resolved};

const EXECUTOR_KINDS: [&str; 3] = ["docker", "machine", "macos"];

/// Where a condition stands decides what a bare text means in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Bare {
    /// `when` of a workflow, `filters` of a job: an expression.
    Expression,
    /// `condition` of a step, and whatever stands inside a logic statement: text.
    Text,
}

impl<'a> Compiler<'a> {
    /// Whether what `condition` guards is there. A condition that cannot be decided here holds.
    pub(super) fn holds(&mut self, condition: &Condition, bare: Bare, call: &Call<'a>) -> bool {
        let Some(node) = &condition.value else { return false };
        self.decide(node, bare, call).is_none_or(|truth| truth != condition.negated)
    }

    /// Whether the statement or scalar `node` is true; nothing where that cannot be known.
    fn decide(&mut self, node: &Node, bare: Bare, call: &Call<'a>) -> Option<bool> {
        let call = &through_alias(node, call);
        let (logic, leaves) = self.read_logic(node, bare, call)?;
        self.verdict(&logic, &leaves, call)
    }

    /// The same for a condition that decides over a workflow or an entry of it, with the reason. Without one
    /// the statement cannot be read, or there is no room for it any more.
    pub(super) fn decide_with_reason(
        &mut self,
        node: &Node,
        call: &Call<'a>,
    ) -> (Option<bool>, Option<Reason>) {
        let call = &through_alias(node, call);
        let Some((logic, leaves)) = self.read_logic(node, Bare::Expression, call) else {
            return (None, None);
        };
        let holds = self.verdict(&logic, &leaves, call);
        let reason = self.reason(&logic, &leaves, call);
        let room = self.afford(reason.text.len(), node.span(), &call.origin);
        (holds, room.then_some(reason))
    }

    /// The statement that `node` writes, and the nodes of its scalars.
    fn read_logic(&mut self, node: &Node, bare: Bare, call: &Call<'a>) -> Option<(Logic, Vec<Node>)> {
        let mut leaves = Vec::new();
        Some((self.logic(node, bare, call, 1, &mut leaves)?, leaves))
    }

    fn verdict(&mut self, logic: &Logic, leaves: &[Node], call: &Call<'a>) -> Option<bool> {
        let verdict = logic.decide(&|reference| self.look_up_value(reference, call));
        // A statement may have as many faults as leaves, and a leaf as many as words.
        let mut faults: Map<Span, Vec<Fault>> = Map::new();
        for fault in &verdict.faults {
            faults.get_or_default(fault.span).push(fault.value.clone());
        }
        for leaf in leaves.iter().filter(|_| !faults.is_empty()) {
            if let Some(faults) = faults.get(&leaf.span()) {
                self.expression_faults(faults, leaf, call);
            }
        }
        verdict.holds()
    }

    /// The statement that `node` writes; nothing for what is none, of which the schema tells. Its scalars are
    /// added to `leaves`, to point at later.
    fn logic(
        &mut self,
        node: &Node,
        bare: Bare,
        call: &Call<'a>,
        depth: usize,
        leaves: &mut Vec<Node>,
    ) -> Option<Logic> {
        let node = node.resolved();
        if depth > DEEPEST_NESTING {
            return None;
        }
        leaves.push(node.clone());
        let statement = match node.kind() {
            Kind::Mapping(mapping) => match mapping.fields().as_slice() {
                [field] => self.operator(field, call, depth, leaves)?,
                _ => return None,
            },
            Kind::Scalar(scalar) if scalar.text.contains("<<") => {
                let (template, faults) = Template::parse(&scalar.text);
                self.expression_faults(&faults, node, call);
                Statement::Template(template)
            }
            Kind::Scalar(scalar) => match node.meaning() {
                Some(Resolved::String(text)) if bare == Bare::Expression && !text.trim().is_empty() => {
                    match Expression::parse(&scalar.text) {
                        Ok(expression) => Statement::Expression(expression),
                        Err(fault) => {
                            self.expression_fault(&fault, node, call);
                            return None;
                        }
                    }
                }
                _ => Statement::Literal(operand(&self.value(node, call))),
            },
            // Only as an argument of `equal`; as a condition a list says nothing.
            Kind::Sequence(_) if depth > 1 => Statement::Literal(operand(&self.value(node, call))),
            _ => return None,
        };
        Some(Logic { statement, span: node.span() })
    }

    fn operator(
        &mut self,
        field: &Field,
        call: &Call<'a>,
        depth: usize,
        leaves: &mut Vec<Node>,
    ) -> Option<Statement> {
        let value = &field.value;
        Some(match field.key.text() {
            Some("and") => Statement::And(self.operands(value, call, depth, leaves)?),
            Some("or") => Statement::Or(self.operands(value, call, depth, leaves)?),
            Some("equal") => match self.compared_executors(value, call) {
                Some(operands) => Statement::Equal(operands),
                None => Statement::Equal(self.operands(value, call, depth, leaves)?),
            },
            Some("not") => {
                Statement::Not(Box::new(self.logic(value, Bare::Text, call, depth + 1, leaves)?))
            }
            Some("matches") => {
                let mut part = |name: &str| {
                    let node = value.get(name)?;
                    Some(Box::new(self.logic(&node, Bare::Text, call, depth + 1, leaves)?))
                };
                let (pattern, value) = part("pattern").zip(part("value"))?;
                Statement::Matches { pattern, value }
            }
            _ => return None,
        })
    }

    /// The operands of an `equal` that holds an executor's definition against parameters: each as the text
    /// of a definition. Nothing where no operand is a mapping of that kind.
    ///
    /// ```yaml
    /// equal: [*linux, << parameters.platform >>]     # linux: &linux {docker: […]}
    /// ```
    fn compared_executors(&mut self, list: &Node, call: &Call<'a>) -> Option<Vec<Logic>> {
        let defines = |node: &Node| EXECUTOR_KINDS.iter().any(|kind| node.get(kind).is_some());
        if !list.items().iter().any(defines) {
            return None;
        }
        let mut operands = Vec::new();
        for item in list.items() {
            let value = match self.whole(item, call) {
                Some(Bound::Executor(argument)) => self.definition(&argument),
                _ => self.value(item, call),
            };
            let text = match value.data {
                Data::String(text) => text,
                _ => yaml::write(&value).text,
            };
            let statement = Statement::Literal(expression::Value::String(text));
            operands.push(Logic { statement, span: item.span() });
        }
        Some(operands)
    }

    fn operands(
        &mut self,
        list: &Node,
        call: &Call<'a>,
        depth: usize,
        leaves: &mut Vec<Node>,
    ) -> Option<Vec<Logic>> {
        list.as_sequence()?;
        list.items().iter().map(|item| self.logic(item, Bare::Text, call, depth + 1, leaves)).collect()
    }
}
