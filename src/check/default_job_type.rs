use super::elements::elements;
use super::removal::without_entry;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Severity};

declare_check! {
    /// ## What it does
    ///
    /// Finds `type: build` written on a job.
    ///
    /// ## Why it matters
    ///
    /// A job without `type` is a build job: the line says nothing. And CircleCI holds such a job against a
    /// laxer schema, so that a misspelled key in it is not reported.
    ///
    /// ## How to fix
    ///
    /// Take the line out.
    ///
    /// ```yaml
    /// jobs:
    ///   test:
    ///     docker: [{image: cimg/base:2024.01}]
    ///     steps: [checkout]
    /// ```
    DEFAULT_JOB_TYPE = "default-job-type", Hint, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for element in elements(context).iter().filter(|element| element.kind == "job") {
        let Some(field) = element.node.field("type").filter(|field| field.value.text() == Some("build"))
        else {
            continue;
        };
        found.push(
            Diagnostic::new(
                DEFAULT_JOB_TYPE.id,
                Severity::Hint,
                field.key.span().to(field.value.span()),
                "`type: build` is what a job is anyway",
            )
            .with_help("A job without `type` is a build job")
            .with_fix(without_entry(
                context,
                element.node.resolved(),
                field.key.span(),
                "take the line out",
            )),
        );
    }
}
