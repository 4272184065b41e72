//! Faults of workflows: names, `requires`, matrices, filters, conditions, groups.

use super::plant::{Bed, Own, at, items, own};
use dryrun::yaml::{Kind, Node};

pub(super) fn plant(bed: &mut Bed<'_>, root: &Node) {
    let Some(workflows) = at(root, "workflows") else { return };
    for workflow in own(&workflows.value).iter().filter(|workflow| workflow.name != "version") {
        conditions(bed, workflow);
        bed.insert("workflow: reruns 6", &workflow.value, "max_auto_reruns: 6");
        let Some(jobs) = at(&workflow.value, "jobs") else { continue };
        bed.insert_item("entry: undefined job", &jobs.value, "no-such-job");
        bed.insert_item("entry: undefined orb", &jobs.value, "no-such-orb/job");
        bed.insert_item("entry: two keys", &jobs.value, "{a: {}, b: {}}");
        bed.insert_item("entry: type", &jobs.value, "hold-it: {type: build}");
        let entries: Vec<Own> = items(&jobs.value).iter().flat_map(own).collect();
        for entry in &entries {
            entry_faults(bed, entry);
        }
        requirements(bed, &jobs.value, &entries);
    }
    groups(bed, root, &workflows);
}

fn groups(bed: &mut Bed<'_>, root: &Node, workflows: &Own) {
    let groups = at(root, "job-groups").map(|groups| own(&groups.value)).unwrap_or_default();
    for group in &groups {
        bed.insert("group: parameters", &group.value, "parameters: {}");
        bed.delete("group: no jobs", &group.value, "jobs", &group.key);
        let jobs = at(root, "jobs").map(|jobs| own(&jobs.value)).unwrap_or_default();
        if let Some(job) = jobs.first() {
            bed.rename("group: called like a job", group, &job.name);
        }
        let Some(list) = at(&group.value, "jobs") else { continue };
        bed.insert_item("group: nested", &list.value, &group.name);
        bed.insert_item("group: undefined job", &list.value, "no-such-job");
        for entry in items(&list.value).iter().flat_map(own) {
            bed.insert("group: serial-group inside", &entry.value, "serial-group: x");
            if let Some(requires) = at(&entry.value, "requires") {
                bed.insert_item("group: requires an outsider", &requires.value, "lint");
            }
        }
        for workflow in own(&workflows.value) {
            let Some(list) = at(&workflow.value, "jobs") else { continue };
            for entry in items(&list.value).iter().flat_map(own) {
                if entry.name == group.name {
                    let options = [
                        "matrix: {parameters: {x: [1]}}",
                        "context: x",
                        "type: approval",
                        "pre-steps: [checkout]",
                        "post-steps: [checkout]",
                        "override-with: a/b",
                        "argument: 1",
                    ];
                    for option in options {
                        bed.insert(&format!("group: {option}"), &entry.value, option);
                    }
                } else if let Some(requires) = at(&entry.value, "requires") {
                    bed.insert_item("group: its job required from outside", &requires.value, "deploy");
                }
            }
        }
    }
}

fn conditions(bed: &mut Bed<'_>, workflow: &Own) {
    if at(&workflow.value, "when").is_some() || at(&workflow.value, "unless").is_some() {
        return;
    }
    let conditions = [
        ("two operators", "when: {and: [true], or: [true]}"),
        ("unknown operator", "when: {xor: [true, false]}"),
        ("equal no list", "when: {equal: main}"),
        ("and no list", "when: {and: true}"),
        ("empty and", "when: {and: []}"),
        ("empty equal", "when: {equal: []}"),
        ("matches no pattern", "when: {matches: {value: main}}"),
        ("matches no value", "when: {matches: {pattern: main}}"),
        ("matches more", "when: {matches: {pattern: a, value: b, flags: i}}"),
        ("nested operator", "when: {and: [{not: {equals: [a, b]}}]}"),
        ("list", "when: [true]"),
        ("missing side", "when: pipeline.git.branch =="),
        ("missing left", "when: == pipeline.git.branch"),
        ("parenthesis", "when: (pipeline.git.branch == \"main\""),
        ("closing parenthesis", "when: pipeline.git.branch == \"main\")"),
        ("unknown name", "when: branch == \"main\""),
        ("unknown pipeline value", "when: pipeline.git.brnch == \"main\""),
        ("undeclared pipeline parameter", "when: << pipeline.parameters.no_such >>"),
        ("undeclared in logic", "when: {not: << pipeline.parameters.no_such >>}"),
        ("single quotes", "when: pipeline.git.branch == 'main'"),
        ("operator", "when: pipeline.git.branch = \"main\""),
        ("ampersands", "when: pipeline.number && pipeline.git.tag"),
        ("matches text", "when: pipeline.git.branch matches \"main\""),
    ];
    for (kind, line) in conditions {
        bed.insert(&format!("condition: {kind}"), &workflow.value, line);
    }
}

fn entry_faults(bed: &mut Bed<'_>, entry: &Own) {
    let value = &entry.value;
    if !matches!(value.kind(), Kind::Mapping(_)) {
        return;
    }
    let lacks = |name: &str| at(value, name).is_none() && value.get(name).is_none();
    if lacks("serial-group") && lacks("type") {
        bed.insert("entry: serial-group charset", value, "serial-group: a b!");
        bed.insert("entry: serial-group empty", value, "serial-group: ''");
        bed.insert("entry: serial-group list", value, "serial-group: [a]");
        bed.insert("entry: serial-group long", value, &format!("serial-group: {}", "a".repeat(513)));
    }
    if lacks("type") {
        for kind in ["build", "aproval", "no-op"] {
            bed.insert(&format!("entry: type {kind}"), value, &format!("type: {kind}"));
        }
        if lacks("pre-steps") {
            bed.insert("entry: pre-steps text", value, "pre-steps: checkout");
            bed.insert("entry: pre-steps undefined", value, "pre-steps: [no_such_command]");
            bed.insert("entry: pre-steps bad step", value, "pre-steps: [run: {nam: x}]");
            bed.insert(
                "entry: parameters out of scope",
                value,
                "pre-steps: [run: echo << parameters.none >>]",
            );
        }
        if lacks("matrix") {
            bed.insert("entry: matrix without parameters", value, "matrix: {alias: x}");
            bed.insert("entry: matrix no list", value, "matrix: {parameters: {x: y}}");
        }
    }
    if lacks("filters") {
        bed.insert("entry: filters misspelled", value, "filters: {branchs: {only: main}}");
        bed.insert("entry: filters only outside", value, "filters: {only: main}");
        bed.insert("entry: filter misspelled", value, "filters: {branches: {onyl: main}}");
        bed.insert("entry: filter expression", value, "filters: pipeline.git.branch ==");
        bed.insert("entry: filter unknown name", value, "filters: branch == \"main\"");
    }
    if lacks("context") {
        bed.insert("entry: context mapping", value, "context: {a: b}");
        bed.insert("entry: unknown pipeline value", value, "context: << pipeline.nothing >>");
    }
    if lacks("name") && lacks("matrix") {
        bed.insert("entry: matrix value outside", value, "name: x-<< matrix.version >>");
    }
    if let Some(matrix) = at(value, "matrix") {
        if let Some(parameters) = at(&matrix.value, "parameters") {
            bed.insert("matrix: undeclared parameter", &parameters.value, "no_such_parameter: [a]");
            for parameter in own(&parameters.value) {
                bed.replace("matrix: no list", &parameter.value, "text");
            }
        }
        if at(&matrix.value, "exclude").is_none() {
            bed.insert("matrix: exclude of undeclared", &matrix.value, "exclude: [{no_such_parameter: a}]");
            bed.insert("matrix: exclude text", &matrix.value, "exclude: [text]");
        }
    }
}

fn requirements(bed: &mut Bed<'_>, list: &Node, entries: &[Own]) {
    for entry in entries {
        let Some(requires) = at(&entry.value, "requires") else {
            if matches!(entry.value.kind(), Kind::Mapping(_)) && entry.value.get("requires").is_none() {
                bed.insert("requires: unknown", &entry.value, "requires: [no-such-job]");
                bed.insert("requires: scalar", &entry.value, "requires: no-such-job");
                if at(&entry.value, "matrix").is_none() && at(&entry.value, "name").is_none() {
                    bed.insert("requires: itself", &entry.value, &format!("requires: [{}]", entry.name));
                }
            }
            continue;
        };
        bed.insert_item("requires: unknown", &requires.value, "no-such-job");
        bed.insert_item("requires: unknown with status", &requires.value, "no-such-job: failed");
        for item in items(&requires.value) {
            let Some(text) = item.text().map(str::to_owned) else { continue };
            if !matches!(item.kind(), Kind::Scalar(_)) {
                continue;
            }
            bed.replace("requires: bad status", item, &format!("{{{text}: sucess}}"));
            bed.replace("requires: bad status in list", item, &format!("{{{text}: [success, failled]}}"));
            bed.replace("requires: no status", item, &format!("{{{text}: []}}"));
            bed.replace("requires: misspelled", item, &format!("{text}x"));
            // The required entry requires the one that requires it.
            let back =
                entries.iter().find(|other| other.name == text && at(&other.value, "requires").is_none());
            let own_name = at(&entry.value, "name")
                .map_or(entry.name.clone(), |name| name.value.text().unwrap_or_default().to_owned());
            if let Some(back) = back.filter(|back| {
                at(&back.value, "name").is_none()
                    && at(&entry.value, "matrix").is_none()
                    && !own_name.contains("<<")
            }) {
                bed.insert("requires: cycle", &back.value, &format!("requires: [{own_name}]"));
            }
            if entries.iter().filter(|other| other.name == text).count() == 1 {
                bed.insert_item("requires: ambiguous, at the entries", list, &text);
            }
        }
    }
}
