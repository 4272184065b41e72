use super::body::Once;
use super::call_chain::with_commands;
use super::data_steps::data_steps;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::flow::{StepKind, Symbol};

declare_check! {
    /// ## What it does
    ///
    /// Finds `save_cache` steps of which no job ever restores the cache.
    ///
    /// ## Why it matters
    ///
    /// Packing and uploading takes time in each run with a new key, storage costs money, and nothing gets faster
    /// by it.
    ///
    /// ## How to fix
    ///
    /// Restore the cache before the step that needs it, under the same key or the beginning of it, or take the
    /// step out.
    ///
    /// ```yaml
    /// - restore_cache:
    ///     key: v1-npm-{{ checksum "package-lock.json" }}
    /// ```
    CACHE_NEVER_RESTORED = "cache-never-restored", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // What a setup config saves, its continuation may restore.
    if context.config.is_setup() {
        return;
    }
    let mut once = Once::default();
    for step in data_steps(context) {
        let StepKind::Save(save) = &step.step.kind else { continue };
        let span = save.key.written.span().unwrap_or_default();
        // What has another key in each run cannot be restored: that is the fault then. So with a broken key.
        let other = |symbol: &Symbol| symbol.changes_with_each_run() || symbol.is_unknown();
        if !save.restored && !save.key.symbols().any(other) && once.first(span) {
            let message =
                format!("no job restores the cache that is saved under {}", shown(&save.key.written.text));
            let diagnostic = Diagnostic::warning(CACHE_NEVER_RESTORED.id, span, message).with_help(
                "Restore it with `restore_cache` where its files are needed, or take the step out",
            );
            found.push(with_commands(diagnostic, &step.step.origin, span));
        }
    }
}
