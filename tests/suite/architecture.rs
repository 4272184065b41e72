//! The table of imports in ARCHITECTURE.md, held against the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The names in backticks of `text`.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The table: each part with what it may import.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| {
        let mut cells = row.split('|').skip(1);
        let part = quoted(cells.next().unwrap_or_default()).concat();
        (part, quoted(cells.next().unwrap_or_default()).into_iter().collect())
    })
    .collect()
}

fn rust_files(path: &Path, into: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("a readable folder") {
            rust_files(&entry.expect("a readable folder").path(), into);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        into.push(path.to_owned());
    }
}

/// Every file of `src/` outside `bin`, with the part it belongs to.
fn files() -> Vec<(String, PathBuf)> {
    let mut files = Vec::new();
    let source = root().join("src");
    rust_files(&source, &mut files);
    files.sort();
    let part = |path: PathBuf| {
        let inside = path.strip_prefix(&source).expect("a file of src");
        let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        (first.trim_end_matches(".rs").to_owned(), path)
    };
    files.into_iter().map(part).filter(|(part, _)| part != "bin" && part != "lib").collect()
}

/// Lines of code without comments.
fn code(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a readable file");
    text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned()).collect()
}

/// What a line names after `crate::`, braces such as `use crate::{text, yaml}` included.
fn imports(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in line.split("crate::").skip(1) {
        let list = rest.strip_prefix('{').map_or(rest, |inner| inner.split('}').next().unwrap_or_default());
        let parts: Vec<&str> = if rest.starts_with('{') { list.split(',').collect() } else { vec![list] };
        for part in parts {
            let name: String =
                part.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            names.push(name);
        }
    }
    names
}

#[test]
fn parts_import_only_what_the_table_allows() {
    let table = table();
    let mut wrong = Vec::new();
    for (part, path) in files() {
        let Some(allowed) = table.get(&part) else {
            wrong.push(format!("`{part}` is not in the table"));
            continue;
        };
        for name in code(&path).iter().flat_map(|line| imports(line)) {
            if name != part && !allowed.contains(&name) {
                wrong.push(format!("{}: `{part}` imports `{name}`", path.display()));
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_outside_is_named_in_its_own_folder_only() {
    let owners: &[(&str, &[&str])] = &[
        ("clap::", &["cli"]),
        ("std::fs", &["cli"]),
        ("std::env", &["cli"]),
        ("std::time", &["cli"]),
        ("granit_parser", &["yaml"]),
        ("yew::", &["app"]),
        ("web_sys", &["app", "worker"]),
        ("js_sys", &["app", "worker"]),
    ];
    let mut wrong = Vec::new();
    for (part, path) in files() {
        for line in code(&path) {
            for (name, parts) in owners {
                if line.contains(name) && !parts.contains(&part.as_str()) {
                    wrong.push(format!("{}: `{part}` names `{name}`", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn braces_and_nested_paths_are_seen() {
    assert_eq!(imports("use crate::text::{Span, Spanned};"), ["text"]);
    assert_eq!(imports("use crate::{text::Span, yaml};"), ["text", "yaml"]);
    assert_eq!(imports("fn f(a: crate::orb::Scope, b: &crate::config::Config) {}"), ["orb", "config"]);
    assert!(imports("use super::Context;").is_empty());
}
