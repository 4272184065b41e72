use super::usage::every_step;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds `deploy` steps. A command of the config that is called `deploy` is none.
    ///
    /// ## Why it matters
    ///
    /// The step is deprecated: CircleCI asks for `run` instead. In a job without `parallelism` they do the same;
    /// with it, `deploy` waits for all of the job's containers and runs in one.
    ///
    /// ## How to fix
    ///
    /// Write `run`. Where the job is parallel, move the step into a job of its own that requires this one.
    ///
    /// ```yaml
    /// steps:
    ///   - run: ./deploy.sh
    /// ```
    DEPLOY_STEP = "deploy-step", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    every_step(context, &mut |step, scope, element| {
        if step.name.as_str() != "deploy" || scope.elements.command("deploy").is_some() {
            return;
        }
        let span = step.name.span;
        let alone =
            element.is_some_and(|element| element.kind == "job" && element.node.get("parallelism").is_none());
        let help = if alone {
            "In a job without `parallelism`, `run` does the same"
        } else {
            "`run` does the same, but in every container of a parallel job: there, move it into a job of its own"
        };
        found.push(
            Diagnostic::warning(DEPLOY_STEP.id, span, "the `deploy` step is deprecated")
                .with_help(help)
                .with_fix(fix(context, span, alone)),
        );
    });
}

/// Nothing where the word is not written there as it is.
fn fix(context: &Context<'_>, span: Span, alone: bool) -> Option<Fix> {
    if context.sources.slice(span) != "deploy" {
        return None;
    }
    let safety = if alone { Safety::Safe } else { Safety::Unsafe };
    let edits = vec![Edit { span, text: "run".to_owned() }];
    Some(Fix { title: "write `run`".to_owned(), safety, edits })
}
