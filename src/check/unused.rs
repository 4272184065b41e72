//! How an element that nothing uses is reported.

use super::Context;
use super::elements::{Element, elements};
use super::reach::{Dangling, Wanted, reach};
use super::suggestion::shown;
use super::usage::usage;
use crate::diagnostic::Diagnostic;

/// Reports, for check `id`, the elements of a kind that nothing names. None while a name of that kind stands for
/// nothing: it may be meant for any of them, and one slip is one finding.
pub(super) fn report(
    context: &Context<'_>,
    found: &mut Vec<Diagnostic>,
    id: &'static str,
    wanted: Wanted,
    message: impl Fn(&str) -> String,
) {
    let Some(usage) = usage(context) else { return };
    let kind = match wanted {
        Wanted::Job => "job",
        Wanted::Command => "command",
        Wanted::Executor => "executor",
    };
    let all = elements(context);
    let concerned = |element: &&Element<'_>| element.kind == kind && usage.enters(&element.scope);
    let unused: Vec<&Element<'_>> =
        all.iter().filter(concerned).filter(|element| !usage.has(wanted, element.name)).collect();
    let slip = |name: &Dangling<'_>| name.wanted == wanted && name.reached;
    if unused.is_empty() || reach(context.config, context.library).dangling.iter().any(slip) {
        return;
    }
    for element in unused {
        found.push(
            Diagnostic::warning(id, element.name.span, message(&shown(&element.full_name())))
                .with_help("Use it, or take it out: CircleCI never looks inside"),
        );
    }
}
