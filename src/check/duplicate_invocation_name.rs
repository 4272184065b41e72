use super::suggestion::shown;
use super::{Context, declare_check};
use crate::compile::Matched;
use crate::config::Invocation;
use crate::diagnostic::Diagnostic;
use crate::sort::{Map, Set};
use crate::text::Spanned;

declare_check! {
    /// ## What it does
    ///
    /// Finds entries of one workflow that bear the same name, where at least one was given it with `name`, or
    /// is an approval.
    ///
    /// ## Why it matters
    ///
    /// Names are to be unique. CircleCI does not refuse the config: where the entries come to different jobs
    /// it numbers them, `test-1`, `test-2`, so that they run under names that nobody wrote; where they come to
    /// the same job both keep the name. No `requires` can ask for one of them alone.
    ///
    /// ## How to fix
    ///
    /// Give each entry a name of its own:
    ///
    /// ```yaml
    /// - test: {name: test-linux, os: linux}
    /// - test: {name: test-macos, os: macos}
    /// ```
    DUPLICATE_INVOCATION_NAME = "duplicate-invocation-name", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let compiled = context.compiled.workflows.iter();
    let compiled = compiled.filter_map(|workflow| Some((workflow.key?, workflow))).collect::<Map<_, _>>();
    for workflow in workflows {
        let compiled = compiled.get(&workflow.name.span);
        // A requirement that cannot tell them apart is an error of its own.
        let requirements =
            compiled.into_iter().flat_map(|workflow| &workflow.entries).flat_map(|e| &e.requires);
        let ambiguous = requirements.filter(|item| matches!(item.matched, Matched::Ambiguous(_)));
        let ambiguous = ambiguous.map(|item| item.name.as_str()).collect::<Set<_>>();
        let mut named: Map<&str, (&Spanned<String>, bool)> = Map::new();
        for (name, given) in workflow.jobs.iter().filter_map(name_of) {
            let Some((first, first_given)) = named.get(name.as_str()) else {
                named.insert(&name.value, (name, given));
                continue;
            };
            if !(given || *first_given) || ambiguous.contains(name.as_str()) {
                continue;
            }
            let bare = shown(&name.value);
            let bare = bare.trim_matches('`');
            let message = format!("two entries of workflow {} are called `{bare}`", shown(&workflow.name));
            found.push(
                Diagnostic::warning(DUPLICATE_INVOCATION_NAME.id, name.span, message)
                    .with_related(first.span, format!("`{bare}` is taken here"))
                    .with_help(format!(
                        "Nothing can require one of them alone, and where they are different jobs CircleCI \
                         numbers them, `{bare}-1` and so on: give each its own `name`"
                    )),
            );
        }
    }
}

/// The name of an entry, and whether its author chose it; nothing for a matrix, whose rows have names of their
/// own.
fn name_of(invocation: &Invocation) -> Option<(&Spanned<String>, bool)> {
    if invocation.matrix.is_some() {
        return None;
    }
    let approval = invocation.kind.as_ref().is_some_and(|kind| kind.as_str() == "approval");
    match &invocation.name {
        Some(name) if name.value.contains("<<") => None,
        Some(name) => Some((name, true)),
        None => Some((&invocation.job, approval)),
    }
}
