use super::misspelled_key::Misplaced;
use super::suggestion::{closest, rename, shown};
use super::{Context, declare_check};
use crate::compile::FaultKind;
use crate::diagnostic::Diagnostic;
use crate::yaml::Field;

declare_check! {
    /// ## What it does
    ///
    /// Finds a config that has no workflows and no job called `build`.
    ///
    /// ## Why it matters
    ///
    /// Without workflows CircleCI runs the job `build`. With neither it refuses the config: `There are no
    /// workflows or build jobs in the config.` CircleCI passes over keys that it does not know at the top of a
    /// config, so a slip such as `workflow:` ends here.
    ///
    /// ## How to fix
    ///
    /// Add a workflow, or call the only job `build`:
    ///
    /// ```yaml
    /// workflows:
    ///   main:
    ///     jobs: [test]
    /// ```
    NOTHING_TO_RUN = "nothing-to-run", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let workflows = context.config.root.as_ref().and_then(|root| root.get("workflows"));
    // Of workflows that are a text or a list that is told.
    if workflows.is_some_and(|node| !node.is_null() && node.as_mapping().is_none()) {
        return;
    }
    for fault in &context.compiled.faults {
        if fault.kind != FaultKind::NothingToRun || Misplaced::of(context).holds("jobs", "build") {
            continue;
        }
        let misspelled = misspelled(context);
        let span = misspelled.as_ref().map_or(fault.span, |field| field.key.span());
        let key = misspelled.as_ref().and_then(|field| field.key.text());
        let help = match (key, &*context.config.own.jobs) {
            (Some(key), _) => format!("{} means nothing here: did you mean `workflows`?", shown(key)),
            (None, [job]) => format!(
                "Put {} into a workflow, or call it `build`: that one runs without workflows",
                shown(&job.name)
            ),
            (None, _) => "Add `workflows`, with a workflow that names jobs".to_owned(),
        };
        found.push(
            Diagnostic::error(
                NOTHING_TO_RUN.id,
                span,
                "there is neither a workflow nor a job called `build`",
            )
            .with_help(
                format!("{help}. CircleCI: `There are no workflows or build jobs in the config.`")
                    .replace("?.", "?"),
            )
            .with_fix(key.and_then(|key| rename(context.sources, span, key, "workflows"))),
        );
    }
}

/// A key at the top that was to be `workflows`.
fn misspelled(context: &Context<'_>) -> Option<Field> {
    if context.config.workflows.is_some() {
        return None;
    }
    let fields = context.config.root.as_ref()?.fields();
    let looks_so = |field: &Field| {
        let key = field.key.text().unwrap_or_default();
        closest(key, ["workflows", "jobs"]) == Some("workflows") && field.value.as_mapping().is_some()
    };
    fields.into_iter().find(looks_so)
}
