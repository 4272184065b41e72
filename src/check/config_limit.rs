use super::{Context, declare_check};
use crate::config::Invocation;
use crate::diagnostic::Diagnostic;
use crate::sort::Map;
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds configs beyond the limits that CircleCI documents: more than 100 different contexts, or more than 50
    /// orbs that are imported by their address.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses such a config.
    ///
    /// ## How to fix
    ///
    /// Join contexts that are always used together, or split the config with a setup workflow.
    CONFIG_LIMIT = "config-limit", Error, since "0.1.0"; run
}

const MAX_CONTEXTS: usize = 100;
const MAX_URL_ORBS: usize = 50;

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut contexts: Map<&str, Span> = Map::new();
    for name in invocations(context).flat_map(|invocation| &invocation.contexts) {
        if !contexts.contains_key(name.as_str()) && !name.value.contains("<<") {
            contexts.insert(name, name.span);
            if contexts.len() == MAX_CONTEXTS + 1 {
                found.push(beyond(name.span, MAX_CONTEXTS, "different contexts"));
            }
        }
    }
    let references = context.config.own.orbs.iter().filter_map(|orb| orb.reference.as_ref());
    let mut addresses = references.filter(|reference| reference.value.starts_with("https://"));
    if let Some(first_too_much) = addresses.nth(MAX_URL_ORBS) {
        found.push(beyond(first_too_much.span, MAX_URL_ORBS, "orbs imported by their address"));
    }
}

fn invocations<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Invocation> {
    let config = context.config;
    let of_workflows = config.workflows.iter().flat_map(|workflows| &workflows.all);
    let of_groups = config.job_groups.iter().flat_map(|group| &group.jobs);
    of_workflows.flat_map(|workflow| &workflow.jobs).chain(of_groups)
}

/// At the first that is too much.
fn beyond(span: Span, limit: usize, what: &str) -> Diagnostic {
    let message = format!("a config can have at most {limit} {what}");
    Diagnostic::error(CONFIG_LIMIT.id, span, message).with_help("This one is the first that is too much")
}
