//! Faults of form: unknown and missing keys, wrong types, two kinds of executor.

use super::plant::{Bed, Own, at, is_flow, items, own};
use dryrun::yaml::{Kind, Node};

/// What a mapping is, with the key or item that it hangs on.
struct Part {
    what: &'static str,
    owner: Node,
    node: Node,
}

/// Keys, each with values that it cannot have.
type Wrong = &'static [(&'static str, &'static [&'static str])];

/// For each kind of mapping: its required keys, and wrong values for its keys.
const FORMS: &[(&str, &[&str], Wrong)] = &[
    (
        "job",
        &["steps", "docker", "machine", "macos", "executor"],
        &[
            ("docker", &["cimg/base", "{image: cimg/base}", "5", "[]"]),
            ("steps", &["make", "{run: make}", "7"]),
            ("executor", &["[a]", "5", "{nam: x}"]),
            ("parallelism", &["many", "[2]", "{a: 2}"]),
            ("resource_class", &["[large]", "{a: large}"]),
            ("working_directory", &["[a]", "{a: b}"]),
            ("environment", &["7.5", "true"]),
            ("parameters", &["[a]", "text"]),
            ("shell", &["{a: b}"]),
            ("description", &["[a]", "{a: b}"]),
            ("machine", &["[a]", "5"]),
            ("macos", &["[a]", "mac"]),
        ],
    ),
    (
        "executor",
        &["docker", "machine", "macos"],
        &[
            ("docker", &["cimg/base", "{image: cimg/base}"]),
            ("resource_class", &["[large]"]),
            ("working_directory", &["{a: b}"]),
            ("parameters", &["[a]", "text"]),
            ("machine", &["[a]"]),
        ],
    ),
    ("command", &["steps"], &[("steps", &["make", "{run: make}"]), ("parameters", &["[a]", "text"])]),
    (
        "image",
        &["image"],
        &[
            ("image", &["[a]", "{a: b}", "5", "null"]),
            ("auth", &["text", "[a]"]),
            ("environment", &["true"]),
            ("name", &["[a]", "{a: b}"]),
            ("entrypoint", &["{a: b}"]),
        ],
    ),
    ("auth", &["username", "password"], &[("username", &["[a]"]), ("password", &["{a: b}"])]),
    (
        "parameter",
        &["type"],
        &[("type", &["[string]", "{a: b}", "strng"]), ("description", &["[a]"]), ("enum", &["text", "[]"])],
    ),
    (
        "pipeline parameter",
        &["type", "default"],
        &[("type", &["steps", "executor", "strng"]), ("enum", &["text"])],
    ),
    (
        "run",
        &["command"],
        &[
            ("command", &["[a]", "{a: b}", "null"]),
            ("background", &["maybe", "[true]"]),
            ("when", &["allways", "[always]", "onfail"]),
            ("name", &["[a]", "{a: b}"]),
            ("environment", &["true"]),
            ("working_directory", &["[a]"]),
            ("no_output_timeout", &["[a]"]),
        ],
    ),
    ("save_cache", &["key", "paths"], &[("key", &["[a]", "{a: b}"]), ("paths", &["{a: b}"])]),
    ("restore_cache", &["key", "keys"], &[("key", &["[a]", "{a: b}"]), ("keys", &["{a: b}"])]),
    ("persist_to_workspace", &["root", "paths"], &[("root", &["[a]"]), ("paths", &["{a: b}"])]),
    ("attach_workspace", &["at"], &[("at", &["[a]", "{a: b}"])]),
    ("store_artifacts", &["path"], &[("path", &["[a]", "{a: b}"]), ("destination", &["[a]"])]),
    ("store_test_results", &["path"], &[("path", &["[a]"])]),
    ("add_ssh_keys", &[], &[("fingerprints", &["{a: b}"])]),
    ("setup_remote_docker", &[], &[("docker_layer_caching", &["maybe", "[true]"]), ("version", &["[a]"])]),
    ("checkout", &[], &[("path", &["[a]"])]),
    ("conditional", &["condition", "steps"], &[("steps", &["5", "true"])]),
    ("workflow", &["jobs"], &[("jobs", &["build", "{a: b}"]), ("triggers", &["text", "{a: b}"])]),
    ("schedule", &["cron", "filters"], &[("cron", &["[a]", "{a: b}"]), ("filters", &["[a]"])]),
    (
        "entry",
        &[],
        &[
            ("requires", &["{a: b}", "text"]),
            ("filters", &["[a]", "5"]),
            ("context", &["{a: b}"]),
            ("name", &["[a]", "{a: b}"]),
            ("matrix", &["[a]", "text"]),
            ("type", &["aproval", "[approval]"]),
        ],
    ),
    ("filters", &[], &[("branches", &["[a]", "main"]), ("tags", &["[a]"])]),
    ("filter", &[], &[("only", &["{a: b}"]), ("ignore", &["{a: b}"])]),
    (
        "matrix",
        &["parameters"],
        &[("parameters", &["[a]", "text"]), ("exclude", &["{a: b}", "text"]), ("alias", &["[a]"])],
    ),
    (
        "config",
        &[],
        &[
            ("jobs", &["[a]", "text"]),
            ("workflows", &["[a]", "text"]),
            ("commands", &["[a]", "text"]),
            ("executors", &["[a]", "text"]),
            ("orbs", &["[a]", "text"]),
            ("parameters", &["[a]", "text"]),
            ("setup", &["maybe"]),
        ],
    ),
];

/// Mappings in which a key that nobody knows is refused.
const CLOSED: &[&str] = &[
    "job",
    "executor",
    "command",
    "image",
    "auth",
    "parameter",
    "pipeline parameter",
    "filters",
    "filter",
    "matrix",
    "machine",
    "macos",
    "conditional",
];

pub(super) fn plant(bed: &mut Bed<'_>, root: &Node) {
    // In a config of version 2.0 a key too many is passed over.
    let version = at(root, "version").and_then(|field| field.value.text().map(str::to_owned));
    let closed = |what: &str| CLOSED.contains(&what) && version.as_deref() == Some("2.1");
    for part in parts(root) {
        let Some((what, required, types)) = FORMS.iter().find(|(what, ..)| *what == part.what) else {
            if closed(part.what) {
                bed.insert(&format!("unknown key: {}", part.what), &part.node, "bogus_key: 1");
            }
            continue;
        };
        if closed(what) {
            bed.insert(&format!("unknown key: {what}"), &part.node, "bogus_key: 1");
        }
        for name in *required {
            let Some(field) = at(&part.node, name) else { continue };
            if !(*what == "restore_cache"
                && own(&part.node).iter().filter(|field| field.name.starts_with("key")).count() > 1)
            {
                bed.delete(&format!("missing key: {what}.{name}"), &part.node, name, &part.owner);
            }
            let mut slip: Vec<char> = name.chars().collect();
            let middle = slip.len() / 2;
            slip.swap(middle, middle - 1);
            let slip: String = slip.into_iter().collect();
            if slip != *name {
                bed.rename(&format!("misspelled key: {what}.{name}"), &field, &slip);
            }
        }
        for (name, values) in *types {
            let Some(field) = at(&part.node, name) else { continue };
            for value in *values {
                bed.replace(&format!("wrong type: {what}.{name}: {value}"), &field.value, value);
            }
        }
        if matches!(*what, "job" | "executor") {
            for (here, other) in [
                ("docker", "machine: true"),
                ("machine", "macos: {xcode: 16.4.0}"),
                ("macos", "docker: [{image: cimg/base}]"),
            ] {
                if at(&part.node, here).is_some() {
                    bed.insert_conflict(&part.node, here, other);
                }
            }
        }
    }
    steps_of(root, &mut |step, _| {
        if matches!(step.kind(), Kind::Mapping(_)) && !is_flow(step) {
            let before = bed.seeds.len();
            bed.insert("step: two keys", step, "checkout: {}");
            for seed in &mut bed.seeds[before..] {
                // Told at the second key.
                seed.place.end = seed.place.start + seed.put.len() + 1;
            }
        }
    });
    every_list_of_steps(root, &mut |list| {
        for name in [
            "run",
            "save_cache",
            "restore_cache",
            "store_artifacts",
            "attach_workspace",
            "persist_to_workspace",
            "when",
            "store_test_results",
        ] {
            bed.insert_item(&format!("step: bare {name}"), list, name);
        }
        bed.insert_item("step: nothing", list, "null");
        bed.insert_item("step: run of nothing", list, "run:");
        bed.insert_item("step: checkout method", list, "checkout: {method: blobles}");
        bed.insert_item("step: checkout depth 0", list, "checkout: {method: shallow, depth: 0}");
        bed.insert_item("step: checkout depth full", list, "checkout: {method: full, depth: 2}");
        bed.insert_item("step: checkout shallow", list, "checkout: {method: shallow}");
        bed.insert_item("step: reruns 6", list, "run: {command: make, max_auto_reruns: 6}");
        bed.insert_item("step: delay alone", list, "run: {command: make, auto_rerun_delay: 10s}");
        bed.insert_item(
            "step: delay 11m",
            list,
            "run: {command: make, max_auto_reruns: 2, auto_rerun_delay: 11m}",
        );
        bed.insert_item(
            "step: background reruns",
            list,
            "run: {command: make, background: true, max_auto_reruns: 2}",
        );
        bed.insert_item("step: save_cache key list", list, "save_cache: {key: [a], paths: [b]}");
    });
}

impl Bed<'_> {
    fn insert_conflict(&mut self, node: &Node, here: &str, other: &str) {
        let Some(field) = at(node, here) else { return };
        let before = self.seeds.len();
        self.insert(&format!("two executors: {here} and {other}"), node, other);
        // Told at the later one: either of the two will do.
        let put = self.seeds.get(before).map_or(0, |seed| seed.put.len());
        for seed in &mut self.seeds[before..] {
            seed.place.end = field.key.span().end as usize + put;
        }
    }
}

fn add(parts: &mut Vec<Part>, what: &'static str, owner: &Node, node: &Node) {
    if matches!(node.kind(), Kind::Mapping(_)) {
        parts.push(Part { what, owner: owner.clone(), node: node.clone() });
    }
}

fn table(root: &Node, name: &str) -> Vec<Own> {
    at(root, name).map(|field| own(&field.value)).unwrap_or_default()
}

fn parts(root: &Node) -> Vec<Part> {
    let mut parts = Vec::new();
    add(&mut parts, "config", root, root);
    for parameter in table(root, "parameters") {
        add(&mut parts, "pipeline parameter", &parameter.key, &parameter.value);
    }
    for (section, what) in [("jobs", "job"), ("executors", "executor"), ("commands", "command")] {
        for element in table(root, section) {
            // A job of another type has other keys.
            if at(&element.value, "type").is_some() {
                continue;
            }
            add(&mut parts, what, &element.key, &element.value);
            for parameter in table(&element.value, "parameters") {
                add(&mut parts, "parameter", &parameter.key, &parameter.value);
            }
            for kind in ["machine", "macos"] {
                if let Some(field) = at(&element.value, kind) {
                    add(
                        &mut parts,
                        if kind == "machine" { "machine" } else { "macos" },
                        &field.key,
                        &field.value,
                    );
                }
            }
            let docker = at(&element.value, "docker").map(|field| items(&field.value).to_vec());
            for image in docker.unwrap_or_default() {
                add(&mut parts, "image", &image, &image);
                if let Some(auth) = at(&image, "auth") {
                    add(&mut parts, "auth", &auth.key, &auth.value);
                }
            }
        }
    }
    steps_of(root, &mut |step, _| {
        for field in own(step) {
            let known = FORMS.iter().map(|(what, ..)| *what).find(|what| *what == field.name);
            let what =
                if matches!(field.name.as_str(), "when" | "unless") { Some("conditional") } else { known };
            if let Some(what) = what {
                add(&mut parts, what, &field.key, &field.value);
            }
        }
    });
    for workflow in table(root, "workflows") {
        if workflow.name == "version" {
            continue;
        }
        add(&mut parts, "workflow", &workflow.key, &workflow.value);
        let triggers = at(&workflow.value, "triggers").map(|field| items(&field.value).to_vec());
        for trigger in triggers.unwrap_or_default() {
            if let Some(schedule) = at(&trigger, "schedule") {
                add(&mut parts, "schedule", &schedule.key, &schedule.value);
            }
        }
        let jobs = at(&workflow.value, "jobs").map(|field| items(&field.value).to_vec());
        for entry in jobs.unwrap_or_default().iter().flat_map(own) {
            add(&mut parts, "entry", &entry.key, &entry.value);
            if let Some(matrix) = at(&entry.value, "matrix") {
                add(&mut parts, "matrix", &matrix.key, &matrix.value);
            }
            if let Some(filters) = at(&entry.value, "filters") {
                add(&mut parts, "filters", &filters.key, &filters.value);
                for filter in own(&filters.value) {
                    add(&mut parts, "filter", &filter.key, &filter.value);
                }
            }
        }
    }
    parts
}

/// Every list of steps that is written in an element or an entry.
pub(super) fn every_list_of_steps(root: &Node, visit: &mut dyn FnMut(&Node)) {
    lists_of_steps(root, &|_| true, visit);
}

/// The same, only in elements of which `wanted` likes the key.
pub(super) fn lists_of_steps(root: &Node, wanted: &dyn Fn(&Node) -> bool, visit: &mut dyn FnMut(&Node)) {
    let mut lists = Vec::new();
    for section in ["jobs", "commands"] {
        let elements = table(root, section).into_iter().filter(|element| wanted(&element.key));
        lists.extend(elements.filter_map(|element| at(&element.value, "steps")));
    }
    for workflow in table(root, "workflows") {
        let jobs = at(&workflow.value, "jobs").map(|field| items(&field.value).to_vec());
        for entry in jobs.unwrap_or_default().iter().flat_map(own) {
            lists.extend(["pre-steps", "post-steps"].iter().filter_map(|name| at(&entry.value, name)));
        }
    }
    for list in lists {
        visit(&list.value);
        nested(&list.value, visit);
    }
}

fn nested(list: &Node, visit: &mut dyn FnMut(&Node)) {
    for step in
        items(list).iter().flat_map(own).filter(|step| matches!(step.name.as_str(), "when" | "unless"))
    {
        if let Some(steps) = at(&step.value, "steps") {
            visit(&steps.value);
            nested(&steps.value, visit);
        }
    }
}

/// Every step, with the list it is in.
pub(super) fn steps_of(root: &Node, visit: &mut dyn FnMut(&Node, &Node)) {
    every_list_of_steps(root, &mut |list| items(list).iter().for_each(|step| visit(step, list)));
}
