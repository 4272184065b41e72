use super::body::Once;
use super::call_chain::with_commands;
use super::data_steps::{Installed, OfJob, data_steps, installed};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;
use crate::flow::{Job, Save, StepKind, Symbol, Tool};

declare_check! {
    /// ## What it does
    ///
    /// Finds caches of dependencies under a key that is the same in every run.
    ///
    /// ## Why it matters
    ///
    /// A cache is never changed: the first run saves it, and every later one says that the key is there already.
    /// Dependencies that were added since are downloaded again in each run, until the cache expires or somebody
    /// changes the key by hand.
    ///
    /// ## How to fix
    ///
    /// Put the checksum of the file that lists the dependencies into the key:
    ///
    /// ```yaml
    /// - save_cache:
    ///     key: v1-npm-{{ checksum "package-lock.json" }}
    ///     paths: [~/.npm]
    /// ```
    CONSTANT_CACHE_KEY = "constant-cache-key", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    let mut tools = OfJob::default();
    for step in data_steps(context) {
        let StepKind::Save(save) = &step.step.kind else { continue };
        let span = save.key.written.span().unwrap_or_default();
        let constant = save.key.symbols().all(|symbol| matches!(symbol, Symbol::Arch(_)));
        // A key that is put together from parameters may be another one tomorrow.
        if !constant || context.sources.slice(span).contains("<<") {
            continue;
        }
        let tools = tools.of(&step, installed);
        let Some(tool) = tool(save, step.job, tools).filter(|_| once.first(span)) else {
            continue;
        };
        let message = format!(
            "the key {} never changes: dependencies of {} that are added later are never cached",
            shown(&save.key.written.text),
            tool.name
        );
        let diagnostic = Diagnostic::warning(CONSTANT_CACHE_KEY.id, span, message)
            .with_help(format!("Add `{{{{ checksum \"{}\" }}}}` to the key", tool.lock()));
        found.push(with_commands(diagnostic, &step.step.origin, span));
    }
}

/// The tool of which the job installs dependencies, and keeps them in what is saved.
fn tool(save: &Save, job: &Job, tools: &[Installed]) -> Option<&'static Tool> {
    let keeps = |tool: &&Tool| save.paths.iter().any(|path| tool.keeps(path, job.surroundings.home));
    tools.iter().map(|installed| installed.tool).find(keeps)
}
