//! Names that stand for nothing, and arguments that do not fit.

use super::plant::{Bed, Own, at, items, own};
use super::schema::lists_of_steps;
use dryrun::analysis::Analysis;
use dryrun::config::{Parameter, ParameterType};
use dryrun::yaml::{Kind, Node};

pub(super) fn plant(bed: &mut Bed<'_>, root: &Node, analysis: &Analysis<'_>) {
    let config = &analysis.config;
    let reached = |key: &Node| analysis.compiled.reached.contains(&key.span());
    lists_of_steps(root, &reached, &mut |list| {
        bed.insert_item("undefined command", list, "no_such_command");
        bed.insert_item("undefined command with arguments", list, "no_such_command: {a: b}");
        bed.insert_item("undefined orb in a step", list, "no-such-orb/command");
    });
    let jobs = at(root, "jobs").map(|jobs| own(&jobs.value)).unwrap_or_default();
    for job in jobs.iter().filter(|job| reached(&job.key)) {
        if let Some(executor) = at(&job.value, "executor") {
            bed.replace("undefined executor", &executor.value, "no-such-executor");
            bed.replace("undefined executor with arguments", &executor.value, "{name: no-such-executor}");
            bed.replace("undefined orb of an executor", &executor.value, "no-such-orb/default");
            let name = executor.value.text().map(str::to_owned).unwrap_or_default();
            if let Some(known) = config.own.executor(&name) {
                bed.replace(
                    "executor: unexpected argument",
                    &executor.value,
                    &format!("{{name: {name}, no_such: 1}}"),
                );
                for parameter in &known.parameters {
                    for wrong in wrong_values(parameter) {
                        bed.replace(
                            "executor: wrong argument",
                            &executor.value,
                            &format!("{{name: {name}, {}: {wrong}}}", parameter.name.value),
                        );
                    }
                }
            }
        }
    }
    let mut steps = Vec::new();
    lists_of_steps(root, &reached, &mut |list| steps.extend(items(list).to_vec()));
    for step in &steps {
        for call in own(step) {
            if let Some(command) = config.own.command(&call.name) {
                arguments(bed, "command", &call, &command.parameters);
            }
            if config.own.orbs.iter().any(|orb| call.name.starts_with(&format!("{}/", orb.alias.value))) {
                bed.rename("misspelled orb alias", &call, &call.name.replacen('/', "x/", 1));
            }
        }
        if let (Kind::Scalar(_), Some(command)) =
            (step.kind(), step.text().and_then(|name| config.own.command(name)))
        {
            bed.replace(
                "command: unexpected argument",
                step,
                &format!("{{{}: {{no_such: 1}}}}", command.name.value),
            );
            bed.replace("misspelled command", step, &format!("{}x", command.name.value));
        }
    }
    let workflows = at(root, "workflows").map(|workflows| own(&workflows.value)).unwrap_or_default();
    for workflow in workflows.iter().filter(|workflow| workflow.name != "version") {
        let Some(list) = at(&workflow.value, "jobs") else { continue };
        for item in items(&list.value) {
            for entry in own(item) {
                if let Some(job) = config.own.job(&entry.name).filter(|_| at(&entry.value, "type").is_none())
                {
                    arguments(bed, "job", &entry, job.parameters());
                }
                if at(&entry.value, "type").is_none() && !entry.name.contains('/') {
                    bed.rename("misspelled job", &entry, &format!("{}x", entry.name));
                }
            }
            if let (Kind::Scalar(_), Some(job)) =
                (item.kind(), item.text().and_then(|name| config.own.job(name)))
            {
                bed.replace(
                    "job: unexpected argument",
                    item,
                    &format!("{{{}: {{no_such: 1}}}}", job.name.value),
                );
            }
        }
    }
}

/// Values that are of another type than the parameter declares.
pub(super) fn wrong_values(parameter: &Parameter) -> &'static [&'static str] {
    match parameter.kind.as_ref().map(|kind| kind.value) {
        Some(ParameterType::String) => &["5", "true", "[a]", "{a: b}", "1.10"],
        Some(ParameterType::Boolean) => &["nope", "5", "[true]", "'true'"],
        Some(ParameterType::Integer) => &["many", "true", "1.5", "[1]"],
        Some(ParameterType::Enum) => &["no-such-value", "[a]"],
        Some(ParameterType::Executor) => &["[a]", "no-such-executor"],
        Some(ParameterType::Steps) => {
            &["checkout", "5", "[no_such_command]", "[run: {nam: x}]", "[{run: a, checkout: b}]"]
        }
        Some(ParameterType::EnvVarName) => &["not a name", "1ST", "[a]"],
        None => &[],
    }
}

fn arguments(bed: &mut Bed<'_>, kind: &str, call: &Own, parameters: &[Parameter]) {
    if matches!(call.value.kind(), Kind::Mapping(_)) {
        bed.insert(&format!("{kind}: unexpected argument"), &call.value, "no_such: 1");
    }
    for parameter in parameters {
        let name = parameter.name.value.as_str();
        let Some(given) = at(&call.value, name) else { continue };
        if parameter.default.is_none() {
            bed.delete(&format!("{kind}: missing argument"), &call.value, name, &call.key);
        }
        let word = parameter.kind.as_ref().map_or("", |kind| kind.value.name());
        for wrong in wrong_values(parameter) {
            bed.replace(&format!("{kind}: wrong argument: {word}: {wrong}"), &given.value, wrong);
        }
        bed.rename(&format!("{kind}: misspelled argument"), &given, &format!("{name}x"));
    }
}
