use super::elements::elements;
use super::suggestion::{closest, shown};
use super::usage::invocations;
use super::{Context, declare_check};
use crate::config::Parameter;
use crate::diagnostic::{Diagnostic, Severity};
use crate::sort::{Map, Set};
use crate::text::Span;
use crate::yaml::{Kind, Node};

declare_check! {
    /// ## What it does
    ///
    /// Finds parameters of jobs, commands and executors that nothing in them reads, and pipeline parameters
    /// that nothing in the config reads (a hint: they may be given all the same). A parameter of a job that a matrix gives values to is left alone: it
    /// makes the rows. So are the pipeline parameters of a setup config, which hands them on, and those that
    /// CircleCI's GitHub action sends.
    ///
    /// ## Why it matters
    ///
    /// Whoever gives a value for it believes that it does something. Often a value was written out where the
    /// parameter was to stand.
    ///
    /// ## How to fix
    ///
    /// Use the parameter, or take it out, and with it the arguments that are given for it.
    ///
    /// ```yaml
    /// commands:
    ///   install:
    ///     parameters: {cache: {type: string, default: v1}}
    ///     steps:
    ///       - restore_cache: {key: "npm-<< parameters.cache >>"}
    /// ```
    UNUSED_PARAMETER = "unused-parameter", Warning, since "0.1.0"; run
}

/// Sent with every pipeline by the action that starts pipelines from GitHub (CircleCI-Public/
/// trigger-circleci-pipeline-action), which fails where a config does not declare them.
const SENT: &[&str] = &["GHA_Actor", "GHA_Action", "GHA_Event", "GHA_Meta"];

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let rows: Set<(&str, &str)> = invocations(context)
        .filter_map(|invocation| Some((invocation.job.as_str(), invocation.matrix.as_ref()?)))
        .flat_map(|(job, matrix)| matrix.parameters.iter().map(move |column| (job, column.name.as_str())))
        .collect();
    // The job that takes the place of another gets its arguments.
    let replaced: Set<&str> = invocations(context)
        .filter(|invocation| invocation.override_with.is_some())
        .map(|invocation| invocation.job.as_str())
        .collect();
    // No workflow sees a job's parameters: that one is read there is a finding already.
    let workflows = context.config.workflows.as_ref();
    let outside = workflows.and_then(|all| read_in(&all.node, "parameters.")).unwrap_or_default();
    // A declaration that several elements merge in is of use if one of them reads it.
    let mut missed: Map<Span, (usize, &Parameter, String)> = Map::new();
    let mut merged: Map<Span, usize> = Map::new();
    let all = elements(context);
    for element in all.iter().filter(|element| !element.parameters.is_empty()) {
        for parameter in element.parameters {
            *merged.get_or_default(parameter.name.span) += 1;
        }
        let name = element.name.as_str();
        let job = element.kind == "job";
        let Some(read) = read_in(element.node, "parameters.").filter(|_| !(job && replaced.contains(name)))
        else {
            continue;
        };
        for parameter in unread(element.parameters, &read) {
            let own = parameter.name.as_str();
            if !(job && (rows.contains(&(name, own)) || outside.contains(own))) {
                let message =
                    format!("{} {} never reads parameter {}", element.kind, shown(name), shown(own));
                missed.get_or_insert(parameter.name.span, (0, parameter, message)).0 += 1;
            }
        }
    }
    for (span, (times, parameter, message)) in missed {
        if merged.get(&span) == Some(&times) {
            found.push(diagnostic(parameter, Severity::Warning, message));
        }
    }
    pipeline(context, found);
}

fn pipeline(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let config = context.config;
    let Some(root) = config.root.as_ref().filter(|_| !config.is_setup() && !config.parameters.is_empty())
    else {
        return;
    };
    let Some(read) = read_in(root, "pipeline.parameters.") else { return };
    for parameter in unread(&config.parameters, &read) {
        let name = parameter.name.as_str();
        if parameter.default.is_some() && !SENT.contains(&name) {
            let message = format!("nothing reads pipeline parameter {}", shown(name));
            found.push(diagnostic(parameter, Severity::Hint, message));
        }
    }
}

/// The parameters that nothing reads: not those whose declaration is not complete, those with a name that
/// could not be looked for, and those which an undeclared name may be a slip of.
fn unread<'p>(declared: &'p [Parameter], read: &Set<&str>) -> Vec<&'p Parameter> {
    let known = declared.iter().map(|parameter| parameter.name.as_str()).collect::<Set<_>>();
    let strangers: Vec<&str> =
        read.iter().filter(|name| !known.contains(*name)).copied().take(MAX_COMPARED).collect();
    let unread = declared.iter().filter(|parameter| {
        let name = parameter.name.as_str();
        !read.contains(name)
            && parameter.kind.is_some()
            && name.chars().all(of_name)
            && !strangers.iter().any(|other| closest(other, [name]).is_some())
    });
    unread.collect()
}

/// Names that nothing declares are compared with the parameters; only so many.
const MAX_COMPARED: usize = 32;

fn diagnostic(parameter: &Parameter, severity: Severity, message: String) -> Diagnostic {
    let namespace = if severity == Severity::Hint { "pipeline.parameters" } else { "parameters" };
    let reads = format!("`<< {namespace}.{} >>` reads it", parameter.name.as_str());
    let help = if severity == Severity::Hint {
        format!("{reads}; take it out, unless whoever starts the pipeline gives it")
    } else {
        format!("{reads}; take it out, and the arguments for it, if nothing needs it")
    };
    Diagnostic::new(UNUSED_PARAMETER.id, severity, parameter.name.span, message).with_help(help)
}

/// The names behind `namespace` in every text of `node`, aliases followed. Nothing where a script is put in
/// later (`<<include(…)>>`), as in the source of an orb: what it reads is not known.
fn read_in<'n>(node: &'n Node, namespace: &str) -> Option<Set<&'n str>> {
    let mut names = Set::new();
    let mut targets: Set<Span> = Set::new();
    let mut pending = vec![node];
    while let Some(node) = pending.pop() {
        match node.kind() {
            Kind::Scalar(scalar) => {
                if scalar.text.contains("<<include(") || scalar.text.contains("<< include(") {
                    return None;
                }
                add_names(&scalar.text, namespace, &mut names);
            }
            Kind::Sequence(sequence) => pending.extend(&sequence.items),
            Kind::Mapping(mapping) => {
                pending.extend(mapping.entries.iter().flat_map(|entry| [&entry.key, &entry.value]));
            }
            Kind::Alias(alias) => {
                pending.extend(alias.target.iter().filter(|target| targets.insert(target.span())));
            }
        }
    }
    Some(names)
}

fn add_names<'t>(text: &'t str, namespace: &str, names: &mut Set<&'t str>) {
    for (at, _) in text.match_indices(namespace) {
        if !text[..at].ends_with(|before: char| before == '.' || of_name(before)) {
            let name = &text[at + namespace.len()..];
            names.insert(&name[..name.find(|next| !of_name(next)).unwrap_or(name.len())]);
        }
    }
}

fn of_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}
