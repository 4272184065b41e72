use super::removal::without_entry;
use super::usage::invocations;
use super::{Context, declare_check};
use crate::config::is_template;
use crate::diagnostic::Diagnostic;
use crate::yaml::{Kind, Node};

declare_check! {
    /// ## What it does
    ///
    /// Finds filters of branches or tags with both `only` and `ignore`.
    ///
    /// ## Why it matters
    ///
    /// CircleCI decides by `only` alone: what `ignore` was to keep out runs all the same if `only` lets it in.
    ///
    /// ## How to fix
    ///
    /// Take `ignore` out, and write what is to be left out into the pattern of `only`.
    ///
    /// ```yaml
    /// filters:
    ///   branches:
    ///     only: /^(?!release-old).*$/
    /// ```
    ONLY_WITH_IGNORE = "only-with-ignore", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for filters in invocations(context).filter_map(|invocation| invocation.filters.as_ref()) {
        both(context, filters, found);
    }
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    for trigger in workflows.flat_map(|workflow| &workflow.triggers) {
        if let Some(filters) = trigger.get("schedule").and_then(|schedule| schedule.get("filters")) {
            both(context, &filters, found);
        }
    }
}

fn both(context: &Context<'_>, filters: &Node, found: &mut Vec<Diagnostic>) {
    for filter in ["branches", "tags"].into_iter().filter_map(|name| filters.get(name)) {
        let (Some(only), Some(ignore)) = (filter.field("only"), filter.field("ignore")) else { continue };
        let given = |node: &Node| !node.is_null() && !is_template(node) && !has_no_items(node);
        if !given(&only.value) || !given(&ignore.value) {
            continue;
        }
        let key = ignore.key.span();
        found.push(
            Diagnostic::warning(ONLY_WITH_IGNORE.id, key, "`ignore` counts for nothing beside `only`")
                .with_related(only.key.span(), "`only` alone decides")
                .with_help("CircleCI does not look at `ignore` where there is an `only`")
                .with_fix(without_entry(context, filter.resolved(), key, "take `ignore` out")),
        );
    }
}

fn has_no_items(node: &Node) -> bool {
    matches!(node.resolved().kind(), Kind::Sequence(sequence) if sequence.items.is_empty())
}
