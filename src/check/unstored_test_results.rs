use super::run_steps::{jobs, part, run_step};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::compile::Value;
use crate::diagnostic::{Diagnostic, Severity};
use crate::sort::Map;
use crate::text::Span;
use crate::yaml::Data;

declare_check! {
    /// ## What it does
    ///
    /// Finds jobs in which a test runner writes its results as `JUnit` XML, and which store none: no
    /// `store_test_results`, and no workspace that could take them to a job that does. Jobs with steps of an
    /// orb that is not at hand are left alone.
    ///
    /// ## Why it matters
    ///
    /// The results go when the job ends. With them CircleCI shows which tests failed, splits tests by their
    /// times, and reruns failed ones.
    ///
    /// ## How to fix
    ///
    /// Store the folder that the results are in.
    ///
    /// ```yaml
    /// - run: gotestsum --junitfile results/go.xml
    /// - store_test_results: {path: results}
    /// ```
    UNSTORED_TEST_RESULTS = "unstored-test-results", Hint, since "0.1.0"; run
}

/// What in a command makes a test runner write its results as `JUnit` does.
const WRITERS: &[&str] = &[
    "--junitxml",
    "--junit-xml",
    "--junitfile",
    "--log-junit",
    "RspecJunitFormatter",
    "mocha-junit-reporter",
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // A command that several jobs run may be stored in some.
    let mut written: Map<Span, (bool, &str)> = Map::new();
    for (_, job) in jobs(context) {
        let steps = job.get("steps").map(Value::items).unwrap_or_default();
        let kept = steps.iter().any(keeps);
        for step in steps.iter().filter_map(run_step) {
            let writer = WRITERS.iter().find(|writer| step.text.contains(**writer));
            if let (Some(writer), Some(span)) = (writer, step.span) {
                written.get_or_insert(span, (false, writer)).0 |= kept;
            }
        }
    }
    for (span, (_, writer)) in written.into_iter().filter(|(_, (kept, _))| !kept) {
        found.push(
            Diagnostic::new(
                UNSTORED_TEST_RESULTS.id,
                Severity::Hint,
                part(context, span, writer),
                format!("the test results that {} writes are not stored", shown(writer)),
            )
            .with_help("Add a `store_test_results` step with the `path` of their folder"),
        );
    }
}

/// Whether a step keeps test results, or may.
fn keeps(step: &Value) -> bool {
    let name = match &step.data {
        Data::Map(entries) => entries.first().map(|(key, _)| key.text.as_str()),
        Data::String(name) => Some(name.as_str()),
        _ => None,
    };
    name.is_none_or(|name| {
        matches!(name, "store_test_results" | "persist_to_workspace") || name.contains('/')
    })
}
