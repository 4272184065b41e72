use super::body::Once;
use super::data_steps::data_steps;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::{Diagnostic, Severity};
use crate::flow::{Key, Part, Restore, StepKind, Symbol, Tool, tool_of};
use crate::sort::Set;

declare_check! {
    /// ## What it does
    ///
    /// Finds caches of dependencies that are restored by one complete key only, once for each cache.
    ///
    /// ## Why it matters
    ///
    /// One new dependency changes the checksum, and the whole cache is missed: everything is downloaded again.
    /// The latest cache with the same beginning would have had all but the new one. Where old dependencies must
    /// not stay around, one key is right.
    ///
    /// ## How to fix
    ///
    /// Give the part before the checksum as a second key:
    ///
    /// ```yaml
    /// - restore_cache:
    ///     keys:
    ///       - v1-npm-{{ checksum "package-lock.json" }}
    ///       - v1-npm-
    /// ```
    MISSING_CACHE_FALLBACK = "missing-cache-fallback", Hint, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    // The same cache, restored somewhere with a second key, is looked after.
    let mut told: Set<&[Part]> = data_steps(context)
        .filter_map(|step| match &step.step.kind {
            StepKind::Restore(restore) if restore.keys.len() > 1 => Some(restore.keys[0].parts.as_slice()),
            _ => None,
        })
        .collect();
    for step in data_steps(context) {
        let StepKind::Restore(restore) = &step.step.kind else { continue };
        let Some((key, tool)) = only_key(restore) else { continue };
        let span = key.written.span().unwrap_or_default();
        // A restore that finds nothing has another fault, and what is no dependency is no concern of this check.
        let mut saves = restore.served.iter().filter_map(|one| context.flows[one.workflow].save(one.save));
        let home = step.job.surroundings.home;
        let kept = saves.any(|save| save.paths.iter().any(|path| tool.keeps(path, home)));
        if kept && told.insert(&key.parts) && once.first(span) {
            let message = format!("one changed dependency of {} misses this cache altogether", tool.name);
            let beginning =
                key.written.text.split("{{ checksum").next().and_then(|text| text.split("{{checksum").next());
            let help = match beginning.filter(|text| !text.is_empty()) {
                Some(text) => {
                    format!("Add {} as a second key: it finds the latest cache that begins so", shown(text))
                }
                None => "Begin the key with a text, and add that as a second key".to_owned(),
            };
            let hint = Diagnostic::new(MISSING_CACHE_FALLBACK.id, Severity::Hint, span, message);
            found.push(hint.with_help(help));
        }
    }
}

/// The only key of a restore, if it is complete: with the checksum of a file that lists dependencies.
fn only_key(restore: &Restore) -> Option<(&Key, &'static Tool)> {
    let [key] = restore.keys.as_slice() else { return None };
    // What has the commit in it is no cache of dependencies alone.
    if key.symbols().any(Symbol::changes_with_each_run) {
        return None;
    }
    Some((key, tool_of(key)?))
}
