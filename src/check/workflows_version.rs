use super::removal::without_entry;
use super::{Context, declare_check};
use crate::config::Version;
use crate::diagnostic::{Diagnostic, Severity};

declare_check! {
    /// ## What it does
    ///
    /// Finds `version` under `workflows` in a config of version 2.1.
    ///
    /// ## Why it matters
    ///
    /// It has no meaning there: since 2.1 the version at the top counts for workflows too. Readers take it for a
    /// second setting, or for a workflow.
    ///
    /// ## How to fix
    ///
    /// Take the line out.
    ///
    /// ```yaml
    /// version: 2.1
    /// workflows:
    ///   main:
    ///     jobs: [test]
    /// ```
    WORKFLOWS_VERSION = "workflows-version", Hint, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let config = context.config;
    let version_2_1 =
        config.version.as_ref().is_some_and(|version| version.is_supported() && !Version::is_2_0(version));
    let Some(workflows) = config.workflows.as_ref().filter(|_| version_2_1) else { return };
    if workflows.version.is_none() {
        return;
    }
    let Some(field) = workflows.node.field("version") else { return };
    let node = workflows.node.resolved();
    let key = field.key.span();
    found.push(
        Diagnostic::new(
            WORKFLOWS_VERSION.id,
            Severity::Hint,
            key,
            "`version` under `workflows` has had no meaning since 2.1",
        )
        .with_help("The version at the top of the config counts for workflows too")
        .with_fix(without_entry(context, node, key, "take the line out")),
    );
}
