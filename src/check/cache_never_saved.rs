use super::body::Once;
use super::call_chain::with_commands;
use super::data_steps::data_steps;
use super::suggestion::{closest, shown};
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::flow::{Restore, StepKind, Symbol};
use crate::sort;

declare_check! {
    /// ## What it does
    ///
    /// Finds `restore_cache` steps with keys under which no job saves anything.
    ///
    /// ## Why it matters
    ///
    /// The step finds nothing in any run, and says so in a line that is easily missed. Mostly one of the two keys
    /// was changed and the other one forgotten.
    ///
    /// ## How to fix
    ///
    /// Give `save_cache` and `restore_cache` the same key; a key to restore may also be the beginning of the one
    /// that is saved.
    ///
    /// ```yaml
    /// - restore_cache:
    ///     keys:
    ///       - v1-npm-{{ checksum "package-lock.json" }}
    ///       - v1-npm-
    /// - run: npm ci
    /// - save_cache:
    ///     key: v1-npm-{{ checksum "package-lock.json" }}
    ///     paths: [~/.npm]
    /// ```
    CACHE_NEVER_SAVED = "cache-never-saved", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    // What a setup config restores, its continuation may save.
    if context.config.is_setup() {
        return;
    }
    let mut saved: Option<Vec<&str>> = None;
    let mut once = Once::default();
    for step in data_steps(context) {
        let StepKind::Restore(restore) = &step.step.kind else { continue };
        let Some(key) = restore.keys.first().filter(|_| finds_nothing(restore)) else { continue };
        let span = key.written.span().unwrap_or_default();
        if !once.first(span) {
            continue;
        }
        let saved = saved.get_or_insert_with(|| saved_keys(context));
        let help = match closest(&key.written.text, saved.iter().copied()) {
            Some(near) => format!("Did you mean {}, which is saved?", shown(near)),
            None => "Save a cache under this key, or take the step out".to_owned(),
        };
        let what = if restore.keys.len() == 1 { "this key" } else { "any of these keys" };
        let message = format!("no job saves a cache under {what}: {}", shown(&key.written.text));
        let diagnostic = Diagnostic::warning(CACHE_NEVER_SAVED.id, span, message).with_help(help);
        found.push(with_commands(diagnostic, &step.step.origin, span));
    }
}

/// Whether nothing serves it for certain. What has another key in each run is told by the check of the save,
/// and a template that cannot be read by a check of its own.
fn finds_nothing(restore: &Restore) -> bool {
    let other = |symbol: &Symbol| symbol.changes_with_each_run() || symbol.is_unknown();
    let other = restore.keys.iter().any(|key| key.symbols().any(other));
    restore.served.is_empty() && !restore.perhaps_served && !other
}

/// The keys under which something is saved, each once.
fn saved_keys<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let mut keys: Vec<&str> = data_steps(context)
        .filter_map(|step| match &step.step.kind {
            StepKind::Save(save) => Some(save.key.written.text.as_str()),
            _ => None,
        })
        .collect();
    sort::by(&mut keys, Ord::cmp);
    keys.dedup();
    keys
}
