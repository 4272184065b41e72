use super::body::Once;
use super::call_chain::with_commands;
use super::data_steps::{DataStep, data_steps, span_of};
use super::suggestion::{reworded, shown};
use super::{Context, declare_check};
use crate::compile::Value;
use crate::diagnostic::Diagnostic;
use crate::flow::{Path, Place, Save, StepKind, Tool, go_directory, tool_of};

declare_check! {
    /// ## What it does
    ///
    /// Finds caches of dependencies with paths in which their tool keeps nothing.
    ///
    /// ## Why it matters
    ///
    /// The cache holds other files, or none, and the tool downloads everything again. It looks as if it worked: a
    /// path that is not there is only a warning in the step's output.
    ///
    /// ## How to fix
    ///
    /// Cache the directory that the tool uses for this user in this image. In `cimg/go` that is `~/go/pkg/mod`,
    /// in `golang` and `circleci/golang` it is `/go/pkg/mod`.
    ///
    /// ```yaml
    /// - save_cache:
    ///     key: v1-go-{{ checksum "go.sum" }}
    ///     paths: [~/go/pkg/mod]
    /// ```
    MISPLACED_CACHE = "misplaced-cache", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for step in data_steps(context) {
        let StepKind::Save(save) = &step.step.kind else { continue };
        let Some(tool) = tool_of(&save.key) else { continue };
        let Some((path, right)) = misplaced(context, &step, save, tool) else { continue };
        let span = span_of(path);
        if once.first(span) {
            let message = format!("{} keeps no dependencies in {}", tool.name, shown(&path.written.text));
            let mut diagnostic = Diagnostic::warning(MISPLACED_CACHE.id, span, message);
            diagnostic = match right {
                Some(right) => diagnostic
                    .with_fix(reworded(context.sources, span, &path.written.text, &right))
                    .with_help(format!("In this image they are in {}", shown(&right))),
                None => diagnostic.with_help(format!("It keeps them in {}", shown(tool.store()))),
            };
            found.push(with_commands(diagnostic, &step.step.origin, span));
        }
    }
}

/// The first path of a cache of which none is the tool's, and what is meant, if that is known.
fn misplaced<'a>(
    context: &Context<'_>,
    step: &DataStep<'a>,
    save: &'a Save,
    tool: &Tool,
) -> Option<(&'a Path, Option<String>)> {
    let surroundings = &step.job.surroundings;
    let body = context.compiled.job(step.entry)?;
    if let Some(own) = go_directory(surroundings).filter(|_| tool.name == "Go") {
        let go = Place::resolve("/go", None, None)?;
        let wrong = |path: &&Path| path.place.as_ref().is_some_and(|place| go.contains(place));
        let path = save.paths.iter().find(wrong)?;
        // With its directory moved, everything is where somebody put it.
        if mentions(body, "GOPATH") || mentions(body, "GOMODCACHE") || mentions(body, &path.written.text) {
            return None;
        }
        let right = go.inside(path.place.as_ref()?).map(|rest| format!("{own}/{rest}"));
        return Some((path, right.map(|right| right.trim_end_matches('/').to_owned())));
    }
    let foreign = |path: &Path| {
        let name = path.place.as_ref().map(|place| place.as_str().rsplit('/').next().unwrap_or_default());
        // A path that the job itself speaks of is one that it set up.
        name.is_some_and(|name| !tool.may_keep(path, surroundings.home) && !mentions(body, name))
    };
    let all = surroundings.home.is_some() && save.paths.iter().all(foreign);
    save.paths.first().filter(|_| all).map(|path| (path, None))
}

/// Whether a word stands in the job outside of its caches: in a command, a variable, another path.
fn mentions(value: &Value, word: &str) -> bool {
    let skipped = |key: &str| matches!(key, "save_cache" | "restore_cache");
    value.text().is_some_and(|text| text.contains(word))
        || value.items().iter().any(|item| mentions(item, word))
        || value
            .entries()
            .iter()
            .any(|(key, value)| key.text.contains(word) || (!skipped(&key.text) && mentions(value, word)))
}
