//! Many files in one call, and the hook that calls with them.

use crate::cli::{GOOD, bad, code, file, folder, json, run_in, stderr, stdout};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Configs of very different lengths, every third one wrong.
fn write_many(folder: &Path) -> Vec<String> {
    let text = |index: usize| {
        let job = |n: usize| {
            format!("  job-{n}:\n    docker: [{{image: cimg/base:2024.01}}]\n    steps: [checkout]\n")
        };
        let jobs: String = (0..(40 - index) * 5).map(job).collect();
        let good = GOOD.replace("workflows:", &format!("{jobs}workflows:"));
        if index.is_multiple_of(3) { good.replace("- build\n", "- biuld\n") } else { good }
    };
    (0..40).map(|index| file(folder, &format!("{index:02}.yml"), text(index))).collect()
}

#[test]
fn many_files_are_reported_in_the_order_they_are_named_in() {
    let folder = folder("many");
    let mut paths = write_many(&folder);
    paths.insert(7, "missing.yml".to_owned());
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let output = run_in(&folder, &[&["check", "--format", "json"], &paths[..]].concat(), b"");
    assert_eq!(code(&output), 2);
    let report = json(&output);
    let files: Vec<&str> =
        report["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    let read: Vec<&str> = paths.iter().copied().filter(|path| *path != "missing.yml").collect();
    assert_eq!(files, read);
    for format in ["text", "sarif", "github"] {
        let call = [&["check", "--format", format], &paths[..]].concat();
        let first = run_in(&folder, &call, b"");
        assert_eq!(first.stdout, run_in(&folder, &call, b"").stdout, "{format} is the same every time");
        assert_eq!(stderr(&first).matches("missing.yml").count(), 1);
    }
}

#[test]
fn many_files_are_fixed_even_where_one_is_named_twice() {
    let folder = folder("many-fixed");
    let paths: Vec<String> = (0..20).map(|index| file(&folder, &format!("{index}.yml"), bad())).collect();
    let names: Vec<&str> = paths.iter().chain(&paths).map(String::as_str).collect();
    let output = run_in(&folder, &[&["check", "--fix"], &names[..]].concat(), b"");
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert_eq!(stderr(&output).lines().count(), 20, "each fix is told once: {}", stderr(&output));
    for path in paths {
        assert_eq!(fs::read_to_string(path).unwrap(), GOOD);
    }
}

#[test]
fn warnings_fail_where_they_are_denied() {
    let folder = folder("deny-warnings");
    let unused = GOOD.replace(
        "jobs:\n  build",
        "jobs:\n  lint: &lint\n    machine: {image: ubuntu-2404:current}\n    steps: [checkout]\n  build",
    );
    file(&folder, "unused.yml", unused);
    file(&folder, "good.yml", GOOD);
    assert_eq!(code(&run_in(&folder, &["check", "unused.yml"], b"")), 0);
    assert_eq!(code(&run_in(&folder, &["check", "--deny-warnings", "unused.yml"], b"")), 1);
    assert_eq!(code(&run_in(&folder, &["check", "--deny-warnings", "good.yml"], b"")), 0);
}

/// The one hook of `.pre-commit-hooks.yaml`.
fn hook() -> serde_yaml::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    let hooks: Vec<serde_yaml::Value> = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(hooks.len(), 1);
    hooks.into_iter().next().unwrap()
}

fn field<'a>(hook: &'a serde_yaml::Value, key: &str) -> &'a str {
    hook[key].as_str().unwrap_or_else(|| panic!("{key} is a text"))
}

#[test]
fn the_hook_of_pre_commit_takes_the_configs_of_a_project() {
    let hook = hook();
    assert_eq!((field(&hook, "id"), field(&hook, "language")), ("dryrun", "rust"));
    let files = regex_lite::Regex::new(field(&hook, "files")).unwrap();
    for config in [".circleci/config.yml", ".circleci/config.yaml", ".circleci/orbs/deploy.yml"] {
        assert!(files.is_match(config), "{config}");
    }
    for other in [
        "config.yml",
        "docs/.circleci/config.yml",
        ".circleci/run.sh",
        "x.circleci/config.yml",
        ".circleci/a.yml.j2",
    ] {
        assert!(!files.is_match(other), "{other}");
    }
}

/// What pre-commit does: the entry's words, then the files of the commit that the pattern takes.
#[test]
fn the_hook_of_pre_commit_stops_a_commit_with_errors() {
    let folder = folder("hook");
    let git = |arguments: &[&str]| {
        let call = Command::new("git").args(arguments).current_dir(&folder).output();
        call.ok().filter(|output| output.status.success())
    };
    if git(&["init", "--quiet"]).is_none() {
        eprintln!("skipped: there is no git");
        return;
    }
    file(&folder, "README.md", "# A project\n");
    let hook = hook();
    let mut words = field(&hook, "entry").split(' ');
    assert_eq!(words.next(), Some("dryrun"), "the program that `cargo install` puts there");
    let arguments: Vec<&str> = words.collect();
    let pattern = regex_lite::Regex::new(field(&hook, "files")).unwrap();
    for (text, expected) in [(bad(), 1), (GOOD.to_owned(), 0)] {
        file(&folder, ".circleci/config.yml", text);
        git(&["add", "--all"]).unwrap();
        let staged = stdout(&git(&["diff", "--cached", "--name-only"]).unwrap());
        let taken: Vec<&str> = staged.lines().filter(|path| pattern.is_match(path)).collect();
        assert_eq!(taken, [".circleci/config.yml"]);
        let output = run_in(&folder, &[&arguments[..], &taken[..]].concat(), b"");
        assert_eq!(code(&output), expected, "{}", stdout(&output));
    }
}
