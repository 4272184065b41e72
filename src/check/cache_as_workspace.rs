use super::body::Once;
use super::data_steps::data_steps;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flow::{Service, StepKind, Symbol};

declare_check! {
    /// ## What it does
    ///
    /// Finds caches that hand files of one run from job to job: saved by a job under a key with the revision or
    /// the id of the run in it, and restored by a job after it.
    ///
    /// ## Why it matters
    ///
    /// A cache is a favour, not a promise: a restore that finds nothing only warns, and the job goes on without
    /// the files. A key that holds the revision is kept by a rerun, too, so that a rerun gets the files of
    /// the first attempt. A workspace belongs to the run.
    ///
    /// ## How to fix
    ///
    /// Use `persist_to_workspace` and `attach_workspace`:
    ///
    /// ```yaml
    /// - persist_to_workspace:
    ///     root: .
    ///     paths: [dist]
    /// ```
    CACHE_AS_WORKSPACE = "cache-as-workspace", Hint, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for step in data_steps(context) {
        let StepKind::Restore(restore) = &step.step.kind else { continue };
        let handed_on = |service: &&Service| {
            let key = &restore.keys[service.key];
            let for_this_run =
                key.symbols().any(|symbol| matches!(symbol, Symbol::Revision | Symbol::Run(_)));
            service.this_run && service.save.job != step.id.job && for_this_run
        };
        // With a second key, it is a cache that mostly is a little old.
        let Some(service) = restore.served.iter().find(handed_on).filter(|_| restore.keys.len() == 1) else {
            continue;
        };
        let Some(place) = step.flow.step(service.save).and_then(|save| save.origin.span()) else { continue };
        // Told once for a cache, at the first step that restores it.
        if !once.first(place) {
            continue;
        }
        let saver = &context.compiled.workflows[step.workflow].entries[service.save.job].name;
        let message = format!("a cache hands on what {} made in this run", shown(saver));
        found.push(
            Diagnostic::new(CACHE_AS_WORKSPACE.id, Severity::Hint, step.span(), message)
                .with_related(place, "saved here, under a key that no other run has")
                .with_help(
                    "Use `persist_to_workspace` and `attach_workspace`: a workspace is there for certain, a cache may \
                     be missing",
                ),
        );
    }
}
