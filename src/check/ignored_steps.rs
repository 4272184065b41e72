use super::elements::elements;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::config::JobType;
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds `steps` in jobs of a type that runs none: `no-op`, `approval`, `release`, `lock`, `unlock`.
    ///
    /// ## Why it matters
    ///
    /// CircleCI passes over the steps without a word, and reports success.
    ///
    /// ## How to fix
    ///
    /// Take out the `type` if the steps are to run, or the steps if they are not.
    ///
    /// ```yaml
    /// jobs:
    ///   all-done: {type: no-op}
    /// ```
    IGNORED_STEPS = "ignored-steps", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for element in elements(context).iter().filter(|element| element.kind == "job") {
        let Some(kind) = element.node.field("type") else { continue };
        let known = kind.value.text().and_then(JobType::named);
        let (Some(steps), Some(kind_name)) = (element.node.field("steps"), kind.value.text()) else {
            continue;
        };
        if known.is_none_or(|kind| kind == JobType::Build) {
            continue;
        }
        let message = format!("a job of type {} runs no steps", shown(kind_name));
        found.push(
            Diagnostic::warning(IGNORED_STEPS.id, steps.key.span(), message)
                .with_related(kind.key.span(), "the type is written here")
                .with_help("CircleCI passes over them: take out the type if they are to run, or the steps"),
        );
    }
}
