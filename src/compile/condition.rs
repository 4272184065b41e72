//! Conditions of steps and workflows.

use super::compiler::{Call, Compiler};
use super::output::Value;
use crate::config::Condition;
use crate::yaml::{Data, Node};

impl<'a> Compiler<'a> {
    /// Whether what `condition` guards is there.
    pub(super) fn holds(&mut self, condition: &Condition, call: &Call<'a>) -> bool {
        let Some(node) = &condition.value else { return false };
        self.truth(node, call) != condition.negated
    }

    fn truth(&mut self, node: &Node, call: &Call<'a>) -> bool {
        if node.as_mapping().is_some() {
            let fields = node.fields();
            let Some(field) = fields.first() else { return false };
            let items: Vec<Node> = field.value.items().to_vec();
            return match field.key.text() {
                Some("and") => items.iter().all(|i| self.truth(i, call)),
                Some("or") => items.iter().any(|i| self.truth(i, call)),
                Some("not") => !self.truth(&field.value, call),
                Some("equal") => {
                    let v: Vec<Value> = items.iter().map(|i| self.value(i, call)).collect();
                    v.windows(2).all(|w| {
                        super::substitute::text_of(&w[0].data) == super::substitute::text_of(&w[1].data)
                    })
                }
                _ => false,
            };
        }
        match self.value(node, call).data {
            Data::Null => false,
            Data::Bool(b) => b,
            Data::Int(i) => i != 0,
            Data::String(s) => !s.is_empty(),
            Data::List(l) => !l.is_empty(),
            _ => true,
        }
    }
}
