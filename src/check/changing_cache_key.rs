use super::body::Once;
use super::call_chain::with_commands;
use super::data_steps::data_steps;
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::flow::{Part, Service, StepId, StepKind, Symbol};
use crate::sort::Set;

declare_check! {
    /// ## What it does
    ///
    /// Finds caches under a key with something in it that is another one in each run (`.Revision`, `.BuildNum`,
    /// `epoch`, the id of the workflow), and that no step restores by the part before it.
    ///
    /// ## Why it matters
    ///
    /// The next run asks for another key and finds nothing. All there is to it is the time to save.
    ///
    /// ## How to fix
    ///
    /// Use the checksum of a file in its place, or restore by the beginning of the key as well:
    ///
    /// ```yaml
    /// - restore_cache:
    ///     keys:
    ///       - v1-src-{{ .Revision }}
    ///       - v1-src-
    /// ```
    CHANGING_CACHE_KEY = "changing-cache-key", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    if context.config.is_setup() || context.flows.iter().flat_map(|flow| &flow.jobs).any(|job| !job.known) {
        return;
    }
    let mut useful: Option<Set<&[Part]>> = None;
    let mut once = Once::default();
    for step in data_steps(context) {
        let StepKind::Save(save) = &step.step.kind else { continue };
        let Some(symbol) = save.key.symbols().find(|symbol| symbol.changes_with_each_run()) else { continue };
        let useful = useful.get_or_insert_with(|| useful_keys(context));
        let span = save.key.written.span().unwrap_or_default();
        if useful.contains(save.key.parts.as_slice()) || !once.first(span) {
            continue;
        }
        let message = format!(
            "no later run finds the key {}: {} is another one in each",
            shown(&save.key.written.text),
            words(symbol)
        );
        let diagnostic = Diagnostic::warning(CHANGING_CACHE_KEY.id, span, message).with_help(
            "Use the checksum of a file in its place, or restore by the beginning of the key as well",
        );
        found.push(with_commands(diagnostic, &step.step.origin, span));
    }
}

fn words(symbol: &Symbol) -> &str {
    match symbol {
        Symbol::BuildNum => "the number of the job",
        Symbol::Epoch => "the time",
        Symbol::Run(_) => "the id of the run",
        _ => "the revision",
    }
}

/// The keys of saves that some restore finds, in the same run or a later one, or may find.
fn useful_keys<'a>(context: &Context<'a>) -> Set<&'a [Part]> {
    let mut keys = Set::new();
    let saved = |service: &Service| {
        Some(context.flows.get(service.workflow)?.save(service.save)?.key.parts.as_slice())
    };
    for step in data_steps(context) {
        if let StepKind::Restore(restore) = &step.step.kind {
            let own = |service: &&Service| !own_save(step.workflow, step.id, service);
            keys.extend(restore.served.iter().filter(own).filter_map(saved));
        }
    }
    keys
}

/// Whether a restore only finds what its own job saved before it.
fn own_save(workflow: usize, id: StepId, service: &Service) -> bool {
    service.this_run && service.workflow == workflow && service.save.job == id.job
}
