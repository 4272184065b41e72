//! `dryrun run` over `tests/fixtures/run`: every rule of which jobs run, and how. A fixture begins with the calls
//! that are made with it (`# run: --branch main`); beside it stands what they print. `UPDATE_FIXTURES=1` writes it.

use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn fixtures() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("tests/fixtures/run")).unwrap();
    let files = folder.map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "yml")).collect();
    files.sort();
    files
}

/// What `dryrun run` prints for the fixture at `path`, and its exit code.
fn run(path: &Path, arguments: &[&str]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_dryrun"))
        .arg("run")
        .args(arguments)
        .arg(path.strip_prefix(root()).unwrap())
        .current_dir(root())
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

fn calls(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().filter_map(|line| line.strip_prefix("# run:")).map(|call| call.split_whitespace().collect())
}

fn json(fixture: &str, arguments: &[&str]) -> Value {
    let path = root().join("tests/fixtures/run").join(fixture);
    let all: Vec<&str> = arguments.iter().copied().chain(["--format", "json"]).collect();
    serde_json::from_str(&run(&path, &all).0).unwrap()
}

/// `name state start-end` of each job of the first workflow.
fn jobs(document: &Value) -> Vec<String> {
    let jobs = document["workflows"][0]["jobs"].as_array().unwrap().iter();
    jobs.map(|job| {
        let text = |key: &str| job[key].as_str().unwrap().to_owned();
        let time = |key: &str| job[key].as_u64().map_or("?".to_owned(), |time| time.to_string());
        format!("{} {} {}-{}", text("name"), text("state"), time("start"), time("end"))
    })
    .collect()
}

#[test]
fn every_fixture_runs_as_it_says() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut wrong = Vec::new();
    for path in fixtures() {
        let text = fs::read_to_string(&path).unwrap();
        let mut printed = String::new();
        for call in calls(&text) {
            let (answer, code) = run(&path, &call);
            let _ = writeln!(printed, "$ dryrun run {}\n\n{answer}\n(exit code {code})\n", call.join(" "));
        }
        assert!(!printed.is_empty(), "{} makes no call", path.display());
        let expected = path.with_extension("out");
        if update {
            fs::write(&expected, &printed).unwrap();
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(printed.as_str()) {
            wrong.push(format!("{}\n{printed}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "differs (UPDATE_FIXTURES=1 to accept): {}", wrong.join("\n"));
}

#[test]
fn a_tag_runs_what_asks_for_tags_with_all_that_it_requires() {
    let document = json("tags.yml", &["--tag", "v1.2.0"]);
    assert_eq!(
        jobs(&document),
        ["build success 0-35", "test skipped ?-?", "publish success 35-65", "announce skipped ?-?"]
    );
    assert_eq!(json("tags.yml", &["--tag", "nightly"])["workflows"][0]["runs"], "no");
}

#[test]
fn each_status_starts_what_waits_for_it() {
    let started = |arguments: &[&str]| {
        let jobs = jobs(&json("statuses.yml", arguments));
        let behind = jobs.iter().skip(2).filter(|job| job.contains(" success "));
        behind.map(|job| job.split(' ').next().unwrap().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(started(&[]), "on-success always");
    assert_eq!(started(&["--fail", "test"]), "on-failed on-trouble always after-failure-path");
    assert_eq!(started(&["--cancel", "test@40"]), "on-canceled on-trouble always");
    assert_eq!(started(&["--unauthorized", "test"]), "on-unauthorized always");
    assert_eq!(started(&["--fail", "build"]), "on-not-run always");
}

#[test]
fn an_approval_holds_until_somebody_decides() {
    let of = |arguments: &[&str]| {
        let document = json("approvals.yml", arguments);
        (document["workflows"][0]["state"].as_str().unwrap().to_owned(), jobs(&document)[2..].join(", "))
    };
    let held = "hold on_hold 35-?, deploy waiting ?-?, notify waiting ?-?";
    assert_eq!(of(&[]), ("on_hold".to_owned(), held.to_owned()));
    assert_eq!(of(&["--fail", "lint"]), ("failing".to_owned(), held.to_owned()));
    let approved = "hold success 35-300, deploy success 300-330, notify not_run ?-300";
    assert_eq!(of(&["--approve", "hold@300"]), ("success".to_owned(), approved.to_owned()));
    let denied = "hold canceled 35-60, deploy not_run ?-60, notify success 60-90";
    assert_eq!(of(&["--deny", "hold@60"]), ("canceled".to_owned(), denied.to_owned()));
}

#[test]
fn the_document_keeps_its_contract() {
    let document = json("branches.yml", &["--branch", "dev"]);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let workflow = &document["workflows"][0];
    for key in ["critical_path", "events", "jobs", "name", "runs", "wall", "compute", "why"] {
        assert!(keys(workflow).contains(&key.to_owned()), "{key}");
    }
    let left_out = &workflow["jobs"][3];
    for key in ["end", "name", "start", "state", "why"] {
        assert!(keys(left_out).contains(&key.to_owned()), "{key}");
    }
    for key in ["job", "kind", "t"] {
        assert!(keys(&workflow["events"][1]).contains(&key.to_owned()), "{key}");
    }
    // Down to the filter that decides, through the job that is required.
    let filter = &left_out["why"][0]["parts"][0]["parts"][0];
    assert_eq!(filter["text"], "The branch `dev` is not among `only`");
    assert_eq!(filter["place"]["span"]["start"]["line"], 19);
}

#[test]
fn a_name_of_no_job_is_a_wrong_call() {
    let path = root().join("tests/fixtures/run/approvals.yml");
    for call in
        [["--fail", "biuld"], ["--duration", "build/tset=3"], ["--approve", "build"], ["--cancel", "build"]]
    {
        assert_eq!(run(&path, &call).1, 2, "{call:?}");
    }
    assert_eq!(run(&path, &["--duration", "build/make=2m"]).1, 0);
}
