use super::elements::elements;
use super::suggestion::reworded;
use super::{Context, declare_check};
use crate::config::{Condition, StepKind};
use crate::diagnostic::{Diagnostic, Fix};
use crate::expression::{Expression, Part, Template};
use crate::yaml::{Kind, Node, Resolved};

declare_check! {
    /// ## What it does
    ///
    /// Finds conditions that are only text: `<< >>` with something around it, and comparisons where CircleCI reads
    /// none.
    ///
    /// ## Why it matters
    ///
    /// `when: << pipeline.git.branch >> == "main"` does not compare anything. The name is filled in, the rest stays
    /// as it is, and the result is a text, `main == "main"`. Text that is not empty counts as true, so the
    /// condition always holds.
    ///
    /// ## How to fix
    ///
    /// In `when`, `unless` and `filters` write the whole expression without `<< >>`. In the `condition` of a step
    /// write a logic statement.
    ///
    /// ```yaml
    /// workflows:
    ///   release:
    ///     when: pipeline.git.branch == "main"
    /// ```
    ALWAYS_TRUE_CONDITION = "always-true-condition", Warning, since "0.1.0"; run
}

/// What an expression has between its operands. In a condition that is text it stands for nothing.
const OPERATORS: &[&str] =
    &[" == ", " != ", " and ", " or ", " matches ", " starts-with ", " < ", " > ", " <= ", " >= "];

/// Where a condition stands decides what a text in it means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// `when`, `unless` and `filters`: an expression, unless there is a `<< >>` in it.
    Expression,
    /// The `condition` of a step, and the operands of a logic statement: a text.
    Text,
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    for workflow in workflows {
        if let Some(condition) = &workflow.condition {
            add_condition(context, condition, Place::Expression, found);
        }
        for filters in workflow.jobs.iter().filter_map(|invocation| invocation.filters.as_ref()) {
            if filters.as_scalar().is_some() {
                add_findings(context, filters, Place::Expression, false, found);
            }
        }
    }
    for element in elements(context) {
        let Some(steps) = element.steps else { continue };
        steps.walk(&mut |step| {
            if let StepKind::Conditional { condition, .. } = &step.kind {
                add_condition(context, condition, Place::Text, found);
            }
        });
    }
    // What an alias repeats is one text.
    found.dedup();
}

fn add_condition(context: &Context<'_>, condition: &Condition, place: Place, found: &mut Vec<Diagnostic>) {
    if let Some(value) = &condition.value {
        add_findings(context, value, place, condition.negated, found);
    }
}

fn add_findings(
    context: &Context<'_>,
    node: &Node,
    place: Place,
    negated: bool,
    found: &mut Vec<Diagnostic>,
) {
    let node = node.resolved();
    match node.kind() {
        Kind::Scalar(scalar) if is_plain_text(node, &scalar.text, place) => {
            let outcome = if negated { "always true, and `unless` never lets it run" } else { "always true" };
            let message = format!("this is a text and no comparison: {outcome}");
            let (help, fix) = match place {
                Place::Expression => {
                    let bare = without_angles(&scalar.text);
                    let fix =
                        bare.and_then(|bare| reworded(context.sources, node.span(), &scalar.text, &bare));
                    ("Write the expression without `<< >>`", fix.map(Fix::behaviour_changing))
                }
                Place::Text => {
                    ("Write a logic statement: `equal: [<< parameters.x >>, …]`, `and:`, `not:`", None)
                }
            };
            let finding = Diagnostic::warning(ALWAYS_TRUE_CONDITION.id, node.span(), message);
            found.push(finding.with_help(help).with_fix(fix));
        }
        Kind::Mapping(mapping) => {
            for field in mapping.fields() {
                let operands = match field.key.text() {
                    Some("and" | "or") => field.value.items(),
                    Some("not") => std::slice::from_ref(&field.value),
                    _ => &[],
                };
                for operand in operands {
                    add_findings(context, operand, Place::Text, negated, found);
                }
            }
        }
        _ => {}
    }
}

/// Whether `text` stays a text that cannot be empty, and looks as if it were to be more.
fn is_plain_text(node: &Node, text: &str, place: Place) -> bool {
    let (template, _) = Template::parse(text);
    if template.is_constant() {
        let name = ["parameters.", "pipeline."].iter().any(|name| text.trim_start().starts_with(name));
        let operator = OPERATORS.iter().any(|operator| text.contains(operator));
        let is_text = matches!(node.meaning(), Some(Resolved::String(_)));
        return place == Place::Text && is_text && (name || operator);
    }
    let sections = template.parts().iter().any(|part| matches!(part, Part::Section(_)));
    let around = |part: &Part| matches!(part, Part::Text(range) if !text[range.clone()].trim().is_empty());
    !sections && template.parts().iter().any(around)
}

/// The expression that `text` would be without its angles, where it would be one.
fn without_angles(text: &str) -> Option<String> {
    let (template, _) = Template::parse(text);
    let mut bare = String::new();
    let mut rest = 0;
    for part in template.parts() {
        let Part::Placeholder(placeholder) = part else { continue };
        let range = placeholder.range.clone();
        let (mut start, mut end) = (range.start, range.end);
        if text[..start].ends_with('"') && text[end..].starts_with('"') {
            (start, end) = (start - 1, end + 1);
        }
        bare.push_str(text.get(rest..start)?);
        bare.push_str(text[range.start + 2..range.end - 2].trim());
        rest = end;
    }
    bare.push_str(&text[rest..]);
    let names =
        Expression::parse(&bare).ok()?.references().iter().map(|name| name.path.clone()).collect::<Vec<_>>();
    let known = names.iter().all(|name| name.starts_with("pipeline."));
    (known && names.len() == template.references().len()).then_some(bare)
}
