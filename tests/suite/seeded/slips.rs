//! Slips of people: what stands too far in or out, is left empty, or is written as another system has it.

use super::plant::{Bed, Own, at, is_flow, items, own};
use super::schema::{every_list_of_steps, lists_of_steps, steps_of};
use dryrun::analysis::Analysis;
use dryrun::yaml::{Kind, Node};

/// Tables of elements, with the keys of an element that may slip out of it.
const TABLES: &[(&str, &[&str])] = &[
    (
        "jobs",
        &[
            "docker",
            "machine",
            "macos",
            "executor",
            "steps",
            "environment",
            "working_directory",
            "parallelism",
            "resource_class",
            "parameters",
        ],
    ),
    ("commands", &["steps", "parameters", "description"]),
    ("executors", &["docker", "machine", "macos", "environment", "working_directory", "resource_class"]),
    ("workflows", &["jobs", "when", "unless", "triggers"]),
];

/// Steps that no version of CircleCI takes.
const STEPS: &[&str] = &[
    "{name: build, run: make}",
    "{run: make, when: always}",
    "{run: make, environment: {A: b}}",
    "{command: make}",
    "{script: make}",
    "{uses: actions/checkout@v4}",
    "run: [make]",
    "run: {command: [make]}",
    "run: {cmd: make}",
    "run: {command: make, background: maybe}",
    "run: {command: make, max_auto_reruns: 0}",
    "run: {command: make, max_auto_reruns: 2, auto_rerun_delay: 0s}",
    "run: {command: make, max_auto_reruns: 2, auto_rerun_delay: 1m30s}",
    "run: {command: make, when: onfail}",
    "run: {command: make, when: }",
    "checkout: [x]",
    "checkout: {depth: 3}",
    "add_ssh_keys: [a]",
    "setup_remote_docker: [x]",
    "attach_workspace: .",
    "store_artifacts: dist",
    "store_test_results: dist",
    "save_cache: dist",
    "save_cache: {key: v1, paths: }",
    "save_cache: {key: v1, paths: [null]}",
    "restore_cache: v1",
    "restore_cache: {key: [v1]}",
    "restore_cache: {keys: }",
    "persist_to_workspace: dist",
    "persist_to_workspace: {root: ., paths: }",
    "when: always",
    "when: true",
    "when: << pipeline.git.branch >>",
    "when: {condition: [], steps: [checkout]}",
    "when: {condition: {}, steps: [checkout]}",
    "when: {condition: true, step: [checkout]}",
    "when: {condition: true, steps: }",
    "when: {condition: true, steps: [checkout], name: x}",
    "when: {condition: {equal: a}, steps: [checkout]}",
    "unless: {condition: {xor: [a, b]}, steps: [checkout]}",
    "steps",
    "steps: checkout",
];

/// Conditions of workflows, beside those in `workflows.rs`.
const CONDITIONS: &[&str] = &[
    "{condition: true}",
    "{not: [a, b]}",
    "{equal: {a: b}}",
    "{matches: [a, b]}",
    "{matches: {pattern: [a], value: b}}",
    "{And: [true]}",
    "{equals: [a, b]}",
    "{not: {and: true}}",
    "\"{{ pipeline.git.branch }}\"",
    "pipeline.git.branch == main",
    "pipeline.number > \"3\"",
    "pipeline.git.branch =~ /main/",
    "pipeline.git.branch || pipeline.git.tag",
    "a b",
];

pub(super) fn plant(bed: &mut Bed<'_>, root: &Node, analysis: &Analysis<'_>) {
    let reached = |key: &Node| analysis.compiled.reached.contains(&key.span());
    for (section, keys) in TABLES {
        let Some(table) = at(root, section) else { continue };
        for element in own(&table.value).iter().filter(|element| element.name != "version") {
            for field in own(&element.value).iter().filter(|field| keys.contains(&field.name.as_str())) {
                outdent(bed, section, element, field);
            }
            // Of jobs those count that a workflow runs.
            if *section != "jobs" || reached(&element.key) {
                empty(bed, section, element);
            }
        }
    }
    sections(bed, root);
    let workflows = at(root, "workflows").map(|workflows| own(&workflows.value)).unwrap_or_default();
    for workflow in workflows.iter().filter(|workflow| workflow.name != "version") {
        let conditions = ["when", "unless"].iter().any(|key| at(&workflow.value, key).is_some());
        for condition in CONDITIONS.iter().filter(|_| !conditions) {
            bed.insert(&format!("condition: {condition}"), &workflow.value, &format!("when: {condition}"));
        }
        if let Some(jobs) = at(&workflow.value, "jobs") {
            entries(bed, &jobs.value);
        }
    }
    lists_of_steps(root, &reached, &mut |list| {
        bed.insert_item("orb command: unknown value", list, "no-such/c: {a: << pipeline.nothing >>}");
    });
    every_list_of_steps(root, &mut |list| {
        for step in STEPS {
            bed.insert_item(&format!("step: {step}"), list, step);
        }
    });
    undashed(bed, root);
    templates(bed, root);
    elements(bed, root);
    colons(bed, root);
}

/// The last key of an element, as far out as the element's name.
fn outdent(bed: &mut Bed<'_>, section: &str, element: &Own, field: &Own) {
    let last = own(&element.value).last().is_some_and(|last| last.key.span() == field.key.span());
    let (Some(inner), Some(outer)) = (bed.column(&field.key), bed.column(&element.key)) else { return };
    if !last
        || is_flow(&element.value)
        || inner <= outer
        || field.value.text().is_some_and(|text| text.contains('/'))
    {
        return;
    }
    let from = field.key.span().start as usize;
    let end = field.value.span().end as usize;
    let moved = bed.text[from..end].replace(&format!("\n{}", " ".repeat(inner - outer)), "\n");
    let start = from - (inner - outer);
    let place = start..start + field.name.len();
    bed.edit(&format!("slip: {section}: {} beside its element", field.name), start..end, &moved, place);
}

/// Nothing below the name of an element.
fn empty(bed: &mut Bed<'_>, section: &str, element: &Own) {
    let key = element.key.span();
    if matches!(element.value.kind(), Kind::Mapping(_))
        && bed.text[element.value.span().range()].find('&').is_none()
    {
        let out = key.end as usize + 1..element.value.span().end as usize;
        bed.edit(&format!("slip: {section}: nothing below a name"), out, "", key.range());
    }
}

/// A section of the config among the elements of the one before it.
fn sections(bed: &mut Bed<'_>, root: &Node) {
    let fields = own(root);
    for pair in fields.windows(2) {
        let [before, section] = pair else { continue };
        let known = ["jobs", "commands", "executors", "workflows", "orbs"];
        let into = ["jobs", "commands", "executors"];
        if !into.contains(&before.name.as_str())
            || !known.contains(&section.name.as_str())
            || is_flow(&before.value)
            || !matches!(section.value.kind(), Kind::Mapping(_))
        {
            continue;
        }
        let Some(column) = own(&before.value).first().and_then(|field| bed.column(&field.key)) else {
            continue;
        };
        let range = section.key.span().start as usize..section.value.span().end as usize;
        let blanks = " ".repeat(column);
        let moved = format!("{blanks}{}", bed.text[range.clone()].replace('\n', &format!("\n{blanks}")));
        let place = range.start..range.start + column + section.name.len();
        bed.edit(&format!("slip: {} inside {}", section.name, before.name), range, &moved, place);
    }
}

fn entries(bed: &mut Bed<'_>, list: &Node) {
    for entry in items(list).iter().flat_map(own) {
        let value = &entry.value;
        if let Some(requires) = at(value, "requires") {
            bed.insert_item("requires: nothing", &requires.value, "null");
            for item in items(&requires.value).iter().filter(|item| matches!(item.kind(), Kind::Scalar(_))) {
                let Some(text) = item.text() else { continue };
                bed.replace("requires: blank behind", item, &format!("\"{text} \""));
                bed.replace("requires: list in a list", item, &format!("[{text}]"));
                bed.replace(
                    "requires: status in a mapping",
                    item,
                    &format!("{{{text}: {{status: failed}}}}"),
                );
            }
        }
        if let Some(contexts) = at(value, "context") {
            bed.insert_item("context: nothing", &contexts.value, "null");
            bed.insert_item("context: mapping", &contexts.value, "{name: a}");
        }
        if let Some(matrix) = at(value, "matrix") {
            bed.replace("matrix: template", &matrix.value, "<< pipeline.git.branch >>");
            if let Some(parameters) = at(&matrix.value, "parameters") {
                bed.rename("matrix: parameter", &parameters, "parameter");
            }
        }
        if entry.name.contains('/')
            && at(value, "matrix").is_none()
            && matches!(value.kind(), Kind::Mapping(_))
        {
            bed.insert("orb job: unknown value", value, "zzz: << pipeline.nothing >>");
            bed.insert("orb job: open tag", value, "zzz: \"<< pipeline.number\"");
            bed.insert("orb job: undeclared parameter", value, "zzz: << pipeline.parameters.no_such >>");
        }
    }
}

/// Lists of one item without its dash.
fn undashed(bed: &mut Bed<'_>, root: &Node) {
    let mut lists: Vec<(&str, Node)> = Vec::new();
    for (section, key) in
        [("jobs", "docker"), ("executors", "docker"), ("workflows", "jobs"), ("jobs", "steps")]
    {
        let elements = at(root, section).map(|table| own(&table.value)).unwrap_or_default();
        lists.extend(elements.iter().filter_map(|element| Some((key, at(&element.value, key)?.value))));
    }
    for (key, list) in lists {
        let ([item], false) = (items(&list), is_flow(&list)) else { continue };
        let start = item.span().start as usize;
        if bed.text[..start].ends_with("- ") {
            let kind = if matches!(item.kind(), Kind::Mapping(_)) { "mapping" } else { "text" };
            // A single text is a list of one, but for jobs and steps.
            bed.edit(
                &format!("slip: {key} without its dash: {kind}"),
                start - 2..start,
                "  ",
                start..start + 1,
            );
        }
    }
}

/// A value in place of something that no value is.
fn templates(bed: &mut Bed<'_>, root: &Node) {
    let template = "<< pipeline.git.branch >>";
    for section in ["jobs", "executors"] {
        for element in at(root, section).map(|table| own(&table.value)).unwrap_or_default() {
            if let Some(docker) = at(&element.value, "docker") {
                bed.replace(&format!("template: {section}: docker"), &docker.value, template);
            }
        }
    }
    steps_of(root, &mut |step, _| {
        for field in own(step).iter().filter(|field| matches!(field.value.kind(), Kind::Mapping(_))) {
            let steps = [
                "save_cache",
                "restore_cache",
                "persist_to_workspace",
                "attach_workspace",
                "store_artifacts",
            ];
            if steps.contains(&field.name.as_str()) {
                bed.replace(&format!("template: {}", field.name), &field.value, template);
            }
        }
    });
}

fn elements(bed: &mut Bed<'_>, root: &Node) {
    let version = at(root, "version");
    let newer = version.as_ref().is_some_and(|field| field.value.text() == Some("2.1"));
    let mut executor = false;
    for job in at(root, "jobs").map(|table| own(&table.value)).unwrap_or_default() {
        executor |= at(&job.value, "executor").is_some();
        if at(&job.value, "type").is_some() || !newer {
            continue;
        }
        let lines = [
            "env: {A: b}",
            "image: cimg/base:2024.01",
            "run: make",
            "script: make",
            "requires: [a]",
            "context: a",
            "filters: {branches: {only: main}}",
            "matrix: {parameters: {a: [b]}}",
            "when: always",
            "max_auto_reruns: 2",
            "retention: 5d",
            "retention: {caches: 5 days}",
            "<<: text",
            "<<: [a]",
            "circleci_ip_ranges: \"yes please\"",
        ];
        let lacks = |line: &&&str| {
            let key = line.split(':').next().unwrap_or_default();
            at(&job.value, key).is_none()
                && !(key == "<<" && bed.text[job.value.span().range()].contains("<<:"))
        };
        let lines: Vec<&str> = lines.iter().filter(lacks).copied().collect();
        for line in lines {
            bed.insert(&format!("job: {line}"), &job.value, line);
        }
        if let Some(parameters) = at(&job.value, "parameters") {
            for parameter in own(&parameters.value) {
                bed.replace("parameter: its type alone", &parameter.value, "string");
                bed.insert("parameter: values", &parameter.value, "values: [a, b]");
                bed.insert("parameter: required", &parameter.value, "required: true");
            }
        }
    }
    if let (true, Some(version)) = (executor && newer, version) {
        bed.replace("version: 2 with executors", &version.value, "2");
    }
    for command in at(root, "commands").map(|table| own(&table.value)).unwrap_or_default() {
        for line in
            ["docker: [{image: a}]", "executor: default", "working_directory: x", "environment: {A: b}"]
        {
            bed.insert(&format!("command: {line}"), &command.value, line);
        }
    }
}

/// Other signs in place of a colon, before a block.
fn colons(bed: &mut Bed<'_>, root: &Node) {
    for section in own(root) {
        for element in own(&section.value) {
            for field in own(&element.value) {
                let end = field.key.span().end as usize;
                let below = bed.text[end..].starts_with(":\n") && !is_flow(&element.value);
                if below && matches!(section.name.as_str(), "jobs" | "commands" | "executors") {
                    let line = field.key.span().start as usize..end + 1;
                    for (kind, sign) in [("no colon", ""), ("equals", " ="), ("semicolon", ";")] {
                        bed.edit(&format!("yaml: {kind} before a block"), end..end + 1, sign, line.clone());
                    }
                }
            }
        }
    }
}
