//! Every name and regular expression that filters and conditions are written with.

use super::Context;
use super::elements::elements;
use crate::config::{Condition, Filters, Invocation, StepKind};
use crate::expression::{Expression, Template, item_pattern};
use crate::sort::Set;
use crate::text::{SourceId, Span};
use crate::yaml::{Kind, Node};

/// What a [`Pattern`] stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// An item of a filter that is a plain name.
    Name,
    /// An item of a filter between slashes.
    Item,
    /// The `pattern` of a `matches`, and whether a branch or tag is held against it.
    Statement { git: bool },
    /// Behind `matches` in an expression, between slashes.
    Expression,
}

/// A name or pattern as written.
pub(super) struct Pattern {
    /// Without slashes where they are no part of it.
    pub(super) text: String,
    /// With its slashes.
    pub(super) span: Span,
    pub(super) place: Place,
}

/// All of the config, each place once; those with a `<< >>` left out.
pub(super) fn patterns(context: &Context<'_>) -> Vec<Pattern> {
    let mut all = Vec::new();
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let groups = context.config.job_groups.iter().flat_map(|group| &group.jobs);
    for workflow in workflows {
        workflow
            .schedules
            .iter()
            .filter_map(|schedule| schedule.filters.as_ref())
            .for_each(|filters| add_items(filters, &mut all));
        workflow.jobs.iter().for_each(|job| add_filters(context, job, &mut all));
        if let Some(condition) = &workflow.condition {
            add_condition(context, condition, &mut all);
        }
    }
    groups.for_each(|job| add_filters(context, job, &mut all));
    for steps in elements(context).into_iter().filter_map(|element| element.steps) {
        steps.walk(&mut |step| {
            if let StepKind::Conditional { condition, .. } = &step.kind {
                add_condition(context, condition, &mut all);
            }
        });
    }
    let mut seen = Set::new();
    all.retain(|pattern| {
        pattern.span.source == SourceId(0) && !pattern.text.contains("<<") && seen.insert(pattern.span)
    });
    all
}

fn add_filters(context: &Context<'_>, job: &Invocation, all: &mut Vec<Pattern>) {
    let Some(node) = &job.filters else { return };
    match Filters::read(node) {
        Some(filters) => add_items(&filters, all),
        None => add_expression(context, node, all),
    }
}

fn add_items(filters: &Filters, all: &mut Vec<Pattern>) {
    let sides = [&filters.branches, &filters.tags].into_iter().flatten();
    let lists = sides.flat_map(|filter| [&filter.only, &filter.ignore]).flatten();
    all.extend(lists.flat_map(|list| &list.items).map(|item| match item_pattern(&item.value) {
        Some(pattern) => Pattern { text: pattern.to_owned(), span: item.span, place: Place::Item },
        None => Pattern { text: item.value.clone(), span: item.span, place: Place::Name },
    }));
}

fn add_condition(context: &Context<'_>, condition: &Condition, all: &mut Vec<Pattern>) {
    let Some(value) = &condition.value else { return };
    if value.as_scalar().is_some() { add_expression(context, value, all) } else { add_statement(value, all) }
}

fn add_expression(context: &Context<'_>, node: &Node, all: &mut Vec<Pattern>) {
    let Some(text) = node.text() else { return };
    let (template, _) = Template::parse(text);
    let bare = template.is_constant().then(|| Expression::parse(text).ok()).flatten();
    let expression = bare.as_ref().or(template.whole().map(|whole| &whole.expression));
    let source = &context.sources.get(node.resolved().span().source).text;
    for (pattern, range) in expression.map(Expression::patterns).unwrap_or_default() {
        let span = node.locate(source, range);
        all.push(Pattern { text: pattern.to_owned(), span, place: Place::Expression });
    }
}

fn add_statement(node: &Node, all: &mut Vec<Pattern>) {
    let Kind::Mapping(mapping) = node.resolved().kind() else { return };
    for field in mapping.fields() {
        match field.key.text() {
            Some("and" | "or") => field.value.items().iter().for_each(|operand| add_statement(operand, all)),
            Some("not") => add_statement(&field.value, all),
            Some("matches") => {
                let (pattern, value) = (field.value.get("pattern"), field.value.get("value"));
                let Some(pattern) = pattern else { continue };
                let Some(text) = pattern.text() else { continue };
                let value = value.as_ref().and_then(Node::text).unwrap_or_default();
                let git = ["pipeline.git.branch", "pipeline.git.tag"].iter().any(|name| value.contains(name));
                let place = Place::Statement { git };
                all.push(Pattern { text: text.to_owned(), span: pattern.resolved().span(), place });
            }
            _ => {}
        }
    }
}
