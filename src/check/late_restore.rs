use super::body::Once;
use super::call_chain::with_commands;
use super::data_steps::{DataStep, Installed, OfJob, data_steps, installed};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::flow::{Restore, StepKind, tool_of};
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds caches that a job restores too late: after it has saved them, or after the dependencies in them were
    /// installed.
    ///
    /// ## Why it matters
    ///
    /// Whatever the cache could have spared has been done by then. A cache that was saved is never changed again,
    /// so that an early `save_cache` keeps what a fresh container has: nothing.
    ///
    /// ## How to fix
    ///
    /// Restore first, then install, then save:
    ///
    /// ```yaml
    /// - restore_cache:
    ///     key: v1-npm-{{ checksum "package-lock.json" }}
    /// - run: npm ci
    /// - save_cache:
    ///     key: v1-npm-{{ checksum "package-lock.json" }}
    ///     paths: [~/.npm]
    /// ```
    LATE_RESTORE = "late-restore", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    let mut tools = OfJob::default();
    for step in data_steps(context) {
        let StepKind::Restore(restore) = &step.step.kind else { continue };
        let tools = tools.of(&step, installed);
        let installed = || installed_before(&step, restore, tools);
        let Some((earlier, what)) = saved_before(&step, restore).or_else(installed) else { continue };
        if once.first(step.span()) {
            let key = restore.keys.first().map(|key| shown(&key.written.text)).unwrap_or_default();
            let message = format!("{key} is restored after {what}");
            let diagnostic = Diagnostic::warning(LATE_RESTORE.id, step.span(), message)
                .with_related(earlier, "this runs before")
                .with_help("Restore first, then install, then save");
            found.push(with_commands(diagnostic, &step.step.origin, step.span()));
        }
    }
}

/// So many steps are looked back at for another restore.
const MOST_STEPS: usize = 500;

/// The `save_cache` before it in the job that saves what it restores, if nothing restores that before.
fn saved_before(step: &DataStep<'_>, restore: &Restore) -> Option<(Span, String)> {
    let own = restore.served.iter().filter(|service| service.exact && service.save.job == step.id.job);
    let save = own.filter(|service| service.workflow == step.workflow).map(|service| service.save.step);
    let save = save.filter(|save| *save < step.id.step).min()?;
    let key = &step.flow.save(crate::flow::StepId { job: step.id.job, step: save })?.key;
    let restores = |other: &crate::flow::Step| match &other.kind {
        StepKind::Restore(other) => other.keys.iter().any(|tried| tried.finds(key) != crate::flow::Match::No),
        _ => false,
    };
    if step.job.steps[save.saturating_sub(MOST_STEPS)..save].iter().any(restores) {
        return None;
    }
    Some((step.job.steps[save].origin.span()?, "it is saved".to_owned()))
}

/// The step before it in the job that installs the dependencies which it restores.
fn installed_before(step: &DataStep<'_>, restore: &Restore, tools: &[Installed]) -> Option<(Span, String)> {
    let tool = restore.keys.first().and_then(tool_of)?;
    let installed = tools.iter().find(|installed| installed.tool.name == tool.name)?;
    // A tool may be used twice in a job, each time with dependencies of its own.
    let again = installed.last > step.id.step;
    let install = installed.uncached.filter(|install| *install < step.id.step && !again)?;
    let place = step.job.steps[install].origin.span()?;
    Some((place, format!("the dependencies of {} are installed", tool.name)))
}
