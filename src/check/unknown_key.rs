use super::form::{faults, quoted, verb};
use super::indentation;
use super::suggestion::{closest, listed, rename, shown};
use super::{Context, declare_check};
use crate::config::{FaultKind, Home};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Span;

declare_check! {
    /// ## What it does
    ///
    /// Finds keys that their mapping may not have: in jobs, executors, images, commands, parameters, workflows,
    /// filters, matrices, built-in and conditional steps, examples of orbs. Keys at the top of the config are not
    /// looked at. A key of a job that stands beside the job, and a section that stands in another one, are found
    /// too: mostly by a slip of indentation.
    ///
    /// ## Why it matters
    ///
    /// CircleCI refuses the whole config: `extraneous key [stpes] is not permitted`. In built-in steps and in
    /// workflows it passes over the key, so that what was asked for does not happen: a warning. So it does
    /// everywhere in a config of version 2.0. Where the key stands in place of one that has to be there, it is an
    /// error there too.
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
    ("a docker image", "steps", "It belongs to the job, beside `docker`"),
    ("a docker image", "auth_token", "It belongs to `auth`, which has `username` and `password`"),
    ("a command", "run", "It belongs to an item of `steps`"),
    ("a command", "command", "It belongs to a `run` step, an item of `steps`"),
    ("a command", "docker", "A command runs where the job runs that calls it"),
    ("a command", "executor", "A command runs where the job runs that calls it"),
    ("a command", "environment", "It belongs to a `run` step, or to the job"),
    ("a command", "working_directory", "It belongs to a `run` step, or to the job"),
    ("a job group", "parameters", "A job group takes no parameters"),
    ("a workflow", "filters", "It belongs to the entry of a job"),
    ("a workflow", "context", "It belongs to the entry of a job"),
    ("a workflow", "requires", "It belongs to the entry of a job"),
    ("a workflow", "matrix", "It belongs to the entry of a job"),
    ("a workflow", "serial-group", "It belongs to the entry of a job"),
    ("a workflow", "schedule", "It belongs to an item of `triggers`"),
    ("a workflow", "cron", "It belongs to `schedule`, in an item of `triggers`"),
    ("a workflow", "steps", "It belongs to a job"),
    ("a workflow", "parameters", "A workflow takes none: declare pipeline parameters at the top"),
    ("filters", "only", "It belongs to `branches` or `tags`"),
    ("filters", "ignore", "It belongs to `branches` or `tags`"),
];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for fault in faults(context) {
        if let FaultKind::Stray { key, what, home, extent } = &fault.kind {
            found.push(stray(context, fault.span, key, what, home, *extent));
        }
        let FaultKind::UnknownKey { key, what, permitted, present, taken, lacking, .. } = &fault.kind else {
            continue;
        };
        let free = || permitted.iter().copied().filter(|name| !present.contains(name));
        let elsewhere = ELSEWHERE.iter().find(|(mapping, name, _)| mapping == what && name == key);
        // `env` is no slip of `environment`, but short for it.
        let long = || free().find(|name| key.len() > 2 && name.starts_with(key.as_str()));
        let best = if elsewhere.is_some() { None } else { closest(key, free()).or_else(long) };
        // Not documented, and what else could it be.
        if *what == "a workflow" && key == "description" {
            continue;
        }
        // The columns of a matrix, of which `parameters` was forgotten: that is told.
        if *what == "a matrix" && best.is_none() && !present.contains(&"parameters") {
            continue;
        }
        let help = match (elsewhere, best) {
            (Some((_, _, home)), _) => format!("{home}."),
            (None, Some(best)) => format!("Did you mean `{best}`?"),
            (None, None) if permitted.is_empty() => "It takes no keys at all.".to_owned(),
            (None, None) => format!("Permitted are {}.", listed(permitted.iter().copied(), "and")),
        };
        let plain = shown(key);
        let fix = best.and_then(|best| rename(context.sources, fault.span, key, best));
        let severity = if *taken { Severity::Warning } else { Severity::Error };
        let consequence = if *taken {
            "CircleCI passes over it".to_owned()
        } else if let Some(lacking) = lacking {
            quoted(fault, &format!("required key [{lacking}] not found"))
        } else {
            quoted(fault, &format!("extraneous key [{}] is not permitted", plain.trim_matches('`')))
        };
        found.push(
            Diagnostic::new(
                UNKNOWN_KEY.id,
                severity,
                fault.span,
                format!("{what} {} no key {plain}", verb(what, "has", "have")),
            )
            .with_help(format!("{help} {consequence}"))
            // A workflow with `triggers` no longer runs on pushes.
            .with_fix(fix.map(|fix| if *what == "a workflow" { fix.behaviour_changing() } else { fix })),
        );
    }
}

/// A key that stands among elements and is none.
fn stray(context: &Context<'_>, span: Span, name: &str, what: &str, home: &Home, extent: Span) -> Diagnostic {
    // With its article: `a job`.
    let kind = what.split(' ').next_back().unwrap_or(what);
    let key = shown(name);
    let diagnostic = |message: String| Diagnostic::error(UNKNOWN_KEY.id, span, message);
    match home {
        Home::Element { name, value } => {
            let name = shown(name);
            let fix = indentation::into_element(context, extent, *value, name_span(home));
            diagnostic(format!("{key} is a key of {what}, and stands beside {kind} {name}"))
                .with_related(name_span(home), format!("it belongs below {name}"))
                .with_help(format!("Indent it as far as the other keys of {name}"))
                .with_fix(fix)
        }
        Home::Nothing => diagnostic(format!("{key} stands where the name of {what} should be"))
            .with_help("Write a name of your choice, and indent this below it"),
        Home::Config { last } => {
            let there = context.config.root.as_ref().is_some_and(|root| root.field(name).is_some());
            let fix = if *last && !there { indentation::to_the_top(context, extent) } else { None };
            diagnostic(format!("{key} is a key of the config, and stands among {kind}s"))
                .with_help("Move it to the left edge: what stands further in belongs to the key above")
                .with_fix(fix)
        }
    }
}

fn name_span(home: &Home) -> Span {
    match home {
        Home::Element { name, .. } => name.span,
        Home::Nothing | Home::Config { .. } => Span::default(),
    }
}
