use super::form::{faults, quoted};
use super::suggestion::{closest, listed, rename, shown};
use super::{Context, declare_check};
use crate::config::FaultKind;
use crate::diagnostic::{Diagnostic, Severity};

declare_check! {
    /// ## What it does
    ///
    /// Finds keys that their mapping may not have: in jobs, executors, images, commands, parameters, filters,
    /// matrices, built-in and conditional steps, examples of orbs. Keys at the top of the config and in workflows
    /// are not looked at.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `extraneous key [stpes] is not permitted`. In built-in steps it passes
    /// over the key, so that what was asked for does not happen: a warning. So it does everywhere in a config of
    /// version 2.0. Where the key stands in place of one that has to be there, it is an error there too.
    ///
    /// ## How to fix
    ///
    /// Correct the spelling, move the key to where it belongs, or take it out. `requires`, `filters`,
    /// `context` and `matrix` belong to the entry in a workflow, not to the job:
    ///
    /// ```yaml
    /// workflows:
    ///   main:
    ///     jobs:
    ///       - test:
    ///           requires: [build]
    /// ```
    UNKNOWN_KEY = "unknown-key", Error, since "0.1.0"; run
}

/// Keys at home elsewhere: the mapping they were found in, the key, what to say.
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("a job", "requires", "It belongs to the job's entry in a workflow"),
    ("a job", "filters", "It belongs to the job's entry in a workflow"),
    ("a job", "context", "It belongs to the job's entry in a workflow"),
    ("a job", "matrix", "It belongs to the job's entry in a workflow"),
    ("a job", "name", "The key under `jobs` is the job's name; `name` belongs to its entry in a workflow"),
    ("a job", "when", "A job has no condition: put `when` on the workflow, or `filters` on the job's entry"),
    (
        "a job",
        "branches",
        "Only configs of version 2.0 have it: put `filters` on the job's entry in a workflow",
    ),
    ("a job", "image", "It belongs to an item of `docker`, or to `machine`"),
    ("a job", "auth", "It belongs to an item of `docker`"),
    ("a job", "run", "It belongs to an item of `steps`"),
    ("a job", "max_auto_reruns", "It belongs to a `run` step, or to a workflow"),
    ("an executor", "image", "It belongs to an item of `docker`, or to `machine`"),
    ("an executor", "parallelism", "It belongs to the job"),
    ("an executor", "steps", "It belongs to a job or a command"),
    ("a docker image", "resource_class", "It belongs to the job or executor, beside `docker`"),
    ("a docker image", "working_directory", "It belongs to the job or executor, beside `docker`"),
    ("a job group", "parameters", "A job group takes no parameters"),
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in faults(context) {
        let FaultKind::UnknownKey { key, what, permitted, present, taken, lacking, .. } = &fault.kind else {
            continue;
        };
        let free = || permitted.iter().copied().filter(|name| !present.contains(name));
        let elsewhere = ELSEWHERE.iter().find(|(mapping, name, _)| mapping == what && name == key);
        let best = if elsewhere.is_some() { None } else { closest(key, free()) };
        let help = match (elsewhere, best) {
            (Some((_, _, home)), _) => format!("{home}."),
            (None, Some(best)) => format!("Did you mean `{best}`?"),
            (None, None) if permitted.is_empty() => "It takes no keys at all.".to_owned(),
            (None, None) => format!("Permitted are {}.", listed(permitted.iter().copied(), "and")),
        };
        let plain = shown(key);
        let severity = if *taken { Severity::Warning } else { Severity::Error };
        let consequence = if *taken {
            "CircleCI passes over it".to_owned()
        } else if let Some(lacking) = lacking {
            quoted(fault, &format!("required key [{lacking}] not found"))
        } else {
            quoted(fault, &format!("extraneous key [{}] is not permitted", plain.trim_matches('`')))
        };
        found.push(
            Diagnostic::new(UNKNOWN_KEY.id, severity, fault.span, format!("{what} has no key {plain}"))
                .with_help(format!("{help} {consequence}"))
                .with_fix(best.and_then(|best| rename(context.sources, fault.span, key, best))),
        );
    }
}
