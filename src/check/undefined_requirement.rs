use super::idle_group;
use super::reach::Wanted;
use super::suggestion::{closest, rename, shown};
use super::{Context, declare_check};
use crate::compile::{Entry, Matched, Requirement, Workflow};
use crate::diagnostic::Diagnostic;
use crate::sort::{Map, Set};
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds names in `requires` that no other entry of the workflow bears, or that several bear. A name is
    /// that of the entry: its `name` if it has one, else its job; for a matrix, the `alias`, the job, or the
    /// name of one row.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `Job 'test' requires 'biuld', which is the name of 0 other jobs in
    /// workflow 'main'`. A job that the config defines is not enough: the workflow has to have it.
    ///
    /// ## How to fix
    ///
    /// Correct the name, or add the missing entry to the workflow. Entries that share a name each need one of
    /// their own:
    ///
    /// ```yaml
    /// - test:
    ///     name: test-again
    /// ```
    UNDEFINED_REQUIREMENT = "undefined-requirement", Error, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let with_matrix = entries_with_matrix(context);
    let mut slips: Option<Set<&str>> = None;
    for workflow in &context.compiled.workflows {
        let mut known: Option<Known<'_>> = None;
        let mut seen: Set<Span> = Set::new();
        let mut shared: Set<&str> = Set::new();
        for entry in &workflow.entries {
            for requirement in &entry.requires {
                let diagnostic = match &requirement.matched {
                    // The entry that it asks for is there, and its job is misspelt: one slip is one finding.
                    Matched::None
                        if slips
                            .get_or_insert_with(|| jobs_meant(context))
                            .contains(requirement.name.as_str()) =>
                    {
                        None
                    }
                    Matched::None => {
                        let known = known.get_or_insert_with(|| Known::of(workflow, &with_matrix));
                        missing(context, known, entry, requirement)
                    }
                    Matched::Ambiguous(entries) => {
                        if shared.insert(&requirement.name.value) {
                            found.extend(same_names(workflow, requirement, entries));
                        }
                        Some(ambiguous(workflow, entry, requirement, entries))
                    }
                    Matched::One(_) | Matched::Matrix(_) => None,
                };
                // The rows of a matrix share their `requires`.
                if let Some(diagnostic) = diagnostic
                    && seen.insert(diagnostic.span)
                {
                    found.push(diagnostic);
                }
            }
        }
    }
    for group in idle_group::idle(context) {
        for requirement in idle_group::missing(group) {
            let (name, place) = (shown(&requirement.name), shown(&group.name));
            let message = format!("job group {place} has no job called {name}");
            found.push(
                Diagnostic::error(UNDEFINED_REQUIREMENT.id, requirement.name.span, message)
                    .with_help("The jobs of a group require each other, and nothing outside of it"),
            );
        }
    }
}

/// The jobs that names of undefined jobs are slips of.
fn jobs_meant<'a>(context: &Context<'a>) -> Set<&'a str> {
    let jobs: Vec<&str> = context.config.own.jobs.iter().map(|job| job.name.as_str()).collect();
    let undefined = context.reach.dangling.iter().filter(|name| name.wanted == Wanted::Job);
    undefined.filter_map(|name| closest(&name.name.value, jobs.iter().copied())).collect()
}

fn compiler(workflow: &Workflow, entry: &Entry, requirement: &Requirement, others: usize) -> String {
    let name = |name: &str| shown(name).trim_matches('`').to_owned();
    format!(
        "CircleCI: `Job '{}' requires '{}', which is the name of {others} other jobs in workflow '{}'`",
        name(&entry.name),
        name(&requirement.name),
        name(&workflow.name),
    )
}

/// The names of a workflow.
struct Known<'a> {
    workflow: &'a Workflow,
    names: Set<&'a str>,
    /// By job its entries that bear another name, at most two.
    renamed: Map<&'a str, Vec<&'a Entry>>,
    jobs: Set<&'a str>,
    /// How the names begin that hang on values which are not known here.
    vague: Set<&'a str>,
}

impl<'a> Known<'a> {
    fn of(workflow: &'a Workflow, with_matrix: &Set<Span>) -> Self {
        let names = workflow.entries.iter().map(|entry| entry.name.as_str()).collect::<Set<_>>();
        let jobs = workflow.entries.iter().map(|entry| entry.job.as_str()).collect::<Set<_>>();
        let vague =
            workflow.entries.iter().filter_map(|entry| beginning(entry, with_matrix)).collect::<Set<_>>();
        let mut renamed: Map<&str, Vec<&Entry>> = Map::new();
        for entry in workflow.entries.iter().filter(|entry| entry.name != entry.job.value) {
            let others = renamed.get_or_default(entry.job.as_str());
            if others.len() < 2 {
                others.push(entry);
            }
        }
        Self { workflow, names, renamed, jobs, vague }
    }

    /// Whether some name could come out as `name`. With very many that are not known any of them may.
    fn may_have(&self, name: &str) -> bool {
        self.vague.len() > MAX_VAGUE || self.vague.iter().any(|beginning| name.starts_with(beginning))
    }
}

/// More names that are not known are not held against those that are missed.
const MAX_VAGUE: usize = 256;

fn missing(
    context: &Context<'_>,
    known: &Known<'_>,
    entry: &Entry,
    requirement: &Requirement,
) -> Option<Diagnostic> {
    let (workflow, name) = (known.workflow, requirement.name.as_str());
    if name.contains("<<") || known.may_have(name) {
        return None;
    }
    let itself = entry.name == name;
    let is_invoked = known.jobs.contains(name);
    let best = match known.renamed.get(name).map_or(&[][..], Vec::as_slice) {
        [only] if only.row.is_empty() => Some(only.name.as_str()),
        [] => closest(name, known.names.iter().copied().filter(|other| *other != entry.name)),
        _ => None,
    };
    let best = best.filter(|best| *best != entry.name);
    let help = if itself {
        "A job cannot wait for itself".to_owned()
    } else if let Some(best) = best {
        let own_name = if is_invoked {
            format!(" The entry of job {} has a `name` of its own", shown(name))
        } else {
            String::new()
        };
        format!("Did you mean {}?{own_name}", shown(best))
    } else if context.config.own.job(name).is_some() || context.config.job_group(name).is_some() {
        format!("{} is defined, but workflow {} has no such entry", shown(name), shown(&workflow.name))
    } else if is_invoked {
        format!("The entry of job {} has a `name` of its own: require that", shown(name))
    } else {
        "The workflow has no such entry".to_owned()
    };
    let message = if itself {
        format!("{} requires itself", shown(name))
    } else {
        format!("workflow {} has no job called {}", shown(&workflow.name), shown(name))
    };
    let stop = if help.ends_with('?') { "" } else { "." };
    Some(
        Diagnostic::error(UNDEFINED_REQUIREMENT.id, requirement.name.span, message)
            .with_help(format!("{help}{stop} {}", compiler(workflow, entry, requirement, 0)))
            .with_fix(best.and_then(|best| rename(context.sources, requirement.name.span, name, best))),
    )
}

/// How the entry's name begins, where the rest of it hangs on values that are not known here.
fn beginning<'a>(entry: &'a Entry, with_matrix: &Set<Span>) -> Option<&'a str> {
    if let Some((fixed, _)) = entry.name.split_once("<<") {
        return Some(fixed);
    }
    // A matrix of which the rows are not known: they bear the job's name and their values.
    let unknown_rows = entry.row.is_empty() && entry.item.is_some_and(|item| with_matrix.contains(&item));
    unknown_rows.then_some(entry.job.as_str())
}

/// The places of the entries that have a matrix.
fn entries_with_matrix(context: &Context<'_>) -> Set<Span> {
    let workflows = context.config.workflows.iter().flat_map(|workflows| &workflows.all);
    let invocations = workflows.flat_map(|workflow| &workflow.jobs);
    invocations
        .filter(|invocation| invocation.matrix.is_some())
        .map(|found| found.node.span())
        .collect::<Set<_>>()
}

/// The entries that cannot be told apart: that is where names are to be written. Rows of a matrix have one place.
fn same_names(workflow: &Workflow, requirement: &Requirement, others: &[usize]) -> Vec<Diagnostic> {
    let name = shown(&requirement.name);
    let places = places(workflow, others);
    if places.len() < 2 {
        return Vec::new();
    }
    let again = places.iter().map(|place| {
        let message = format!("another entry of workflow {} is called {name} too", shown(&workflow.name));
        Diagnostic::error(UNDEFINED_REQUIREMENT.id, *place, message)
            .with_related(requirement.name.span, format!("{name} is required here"))
            .with_help("Give this entry a `name` of its own, and require that")
    });
    again.collect()
}

/// Where entries get their names from.
fn places(workflow: &Workflow, entries: &[usize]) -> Set<Span> {
    let entries = entries.iter().map(|entry| &workflow.entries[*entry]);
    entries.map(|entry| entry.name_span.unwrap_or(entry.job.span)).collect()
}

fn ambiguous(workflow: &Workflow, entry: &Entry, requirement: &Requirement, others: &[usize]) -> Diagnostic {
    let name = shown(&requirement.name);
    let message =
        format!("{name} is the name of {} jobs in workflow {}", others.len(), shown(&workflow.name));
    let help = format!(
        "{}. Give each of them a `name` of its own and require that",
        compiler(workflow, entry, requirement, others.len())
    );
    let mut diagnostic =
        Diagnostic::error(UNDEFINED_REQUIREMENT.id, requirement.name.span, message).with_help(help);
    for place in places(workflow, others) {
        diagnostic = diagnostic.with_related(place, format!("called {name}"));
    }
    diagnostic
}
