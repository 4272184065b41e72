//! `<< >>` that stand for nothing, defaults that do not fit, names that CircleCI refuses.

use super::plant::{Bed, Own, at, own};
use super::references::wrong_values;
use dryrun::analysis::Analysis;
use dryrun::config::Parameter;
use dryrun::yaml::{Kind, Node, ScalarStyle};

/// Placeholders that stand for nothing, and what is wrong with them.
const NOTHING: &[(&str, &str)] = &[
    ("undeclared parameter", "<< parameters.no_such >>"),
    ("undeclared pipeline parameter", "<< pipeline.parameters.no_such >>"),
    ("unknown pipeline value", "<< pipeline.git.brnch >>"),
    ("matrix outside", "<< matrix.no_such >>"),
];

pub(super) fn plant(bed: &mut Bed<'_>, root: &Node, analysis: &Analysis<'_>) {
    let config = &analysis.config;
    for section in ["jobs", "commands", "executors"] {
        let elements = at(root, section).map(|table| own(&table.value)).unwrap_or_default();
        for element in &elements {
            // What is compiled has names of the compiler's own making.
            if config.version.as_ref().is_some_and(|version| !version.is_2_0()) {
                names(bed, section, element);
            }
            if analysis.compiled.reached.contains(&element.key.span()) {
                placeholders(bed, section, &element.value, &mut String::new());
            }
        }
    }
    bed_defaults(bed, root, "parameters", &config.parameters);
    for job in &config.own.jobs {
        bed_defaults(bed, &job.node, "parameters", job.parameters());
    }
    for command in &config.own.commands {
        bed_defaults(bed, &command.node, "parameters", &command.parameters);
    }
    for executor in &config.own.executors {
        bed_defaults(bed, &executor.node, "parameters", &executor.parameters);
    }
    let orbs = at(root, "orbs").map(|orbs| own(&orbs.value)).unwrap_or_default();
    for orb in orbs.iter().filter(|orb| matches!(orb.value.kind(), Kind::Scalar(_))) {
        for wrong in [
            "circleci/node",
            "node@5",
            "circleci/node@",
            "circleci/node@latest",
            "circleci/node@5.x",
            "circleci/node@1.2.3.4",
            "circleci/no de@5",
            "http://example.org/orb.yml",
            "5",
        ] {
            bed.replace(&format!("orb reference: {wrong}"), &orb.value, wrong);
        }
    }
    if let Some(parameters) = at(root, "parameters") {
        for parameter in own(&parameters.value) {
            bed.rename("bad name: pipeline parameter", &parameter, "1st");
        }
    }
}

fn names(bed: &mut Bed<'_>, section: &str, element: &Own) {
    for parameter in at(&element.value, "parameters").map(|table| own(&table.value)).unwrap_or_default() {
        for bad in ["1st", "a b", "a/b"] {
            bed.rename(&format!("bad name: parameter {bad}"), &parameter, bad);
        }
        if section == "jobs" {
            for reserved in ["name", "requires", "context", "matrix", "filters", "type"] {
                bed.rename(&format!("bad name: reserved parameter {reserved}"), &parameter, reserved);
            }
        }
    }
    for bad in ["1st", "_x", "a!b"] {
        bed.rename(&format!("bad name: {section}: {bad}"), element, bad);
    }
}

fn bed_defaults(bed: &mut Bed<'_>, owner: &Node, key: &str, declared: &[Parameter]) {
    let Some(table) = at(owner, key) else { return };
    for parameter in own(&table.value) {
        let Some(known) = declared.iter().find(|known| known.name.value == parameter.name) else { continue };
        let Some(default) = at(&parameter.value, "default") else { continue };
        let word = known.kind.as_ref().map_or("", |kind| kind.value.name());
        for wrong in wrong_values(known)
            .iter()
            .filter(|wrong| !wrong.contains("no-such") && !wrong.contains("no_such"))
        {
            bed.replace(&format!("default: {word}: {wrong}"), &default.value, wrong);
        }
        if word == "enum" {
            bed.replace("default: enum: no-such", &default.value, "no-such");
        }
    }
}

/// Placeholders in every scalar under `node`, by the way it is written.
fn placeholders(bed: &mut Bed<'_>, section: &str, node: &Node, path: &mut String) {
    match node.kind() {
        Kind::Mapping(mapping) => {
            for entry in mapping.entries.iter().filter(|entry| !entry.is_merge()) {
                let name = entry.key.text().unwrap_or_default();
                if matches!(name, "description" | "parameters" | "type") {
                    continue;
                }
                let length = path.len();
                if matches!(
                    name,
                    "condition" | "environment" | "executor" | "steps" | "docker" | "run" | "when" | "unless"
                ) {
                    path.push_str(name);
                    path.push('.');
                }
                placeholders(bed, section, &entry.value, path);
                path.truncate(length);
            }
        }
        // The bare names of steps are names, not texts.
        Kind::Sequence(sequence) if path.ends_with("steps.") => {
            let written = sequence.items.iter().filter(|item| matches!(item.kind(), Kind::Mapping(_)));
            written.for_each(|item| placeholders(bed, section, item, path));
        }
        Kind::Sequence(sequence) => {
            sequence.items.iter().for_each(|item| placeholders(bed, section, item, path));
        }
        Kind::Scalar(scalar) => {
            let range = node.span().range();
            let style = match scalar.style {
                ScalarStyle::Plain => "plain",
                ScalarStyle::SingleQuoted => "single",
                ScalarStyle::DoubleQuoted => "double",
                ScalarStyle::Literal | ScalarStyle::Folded => "block",
            };
            // Behind the first word: a place that is text in every style.
            let text = &bed.text[range.clone()];
            let offset = match style {
                "plain" | "block" => text.len(),
                _ => text.len() - 1,
            };
            if range.is_empty()
                || text.ends_with('\n')
                || scalar.text.contains(">>")
                || node.anchor().is_some()
            {
                return;
            }
            let last = path.trim_end_matches('.').rsplit('.').next().unwrap_or_default().to_owned();
            for (kind, placeholder) in NOTHING {
                bed.inside(
                    &format!("{kind}: {section}: {style}: {last}"),
                    range.start + offset,
                    &format!(" {placeholder}"),
                );
            }
        }
        Kind::Alias(_) => {}
    }
}
