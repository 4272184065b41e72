//! The command line, as the built binary.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

pub(crate) const GOOD: &str = "\
version: 2.1
jobs:
  build:
    docker:
      - image: cimg/base:2024.01
    steps:
      - checkout
workflows:
  main:
    jobs:
      - build
";

/// [`GOOD`] with a slip in the workflow, which has a safe fix.
pub(crate) fn bad() -> String {
    GOOD.replace("      - build\n", "      - biuld\n")
}

/// An empty folder for the test called `name`.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) fn file(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Runs the binary in `folder` with `input` on standard input.
pub(crate) fn run_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dryrun"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A process that ends without reading its input closes the pipe; that is its right.
        scope.spawn(move || stdin.write_all(input).ok());
        child.wait_with_output().unwrap()
    })
}

pub(crate) fn run(arguments: &[&str]) -> Output {
    run_in(Path::new("."), arguments, b"")
}

pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {}", stderr(output)))
}

pub(crate) fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error} in {}", stdout(output)))
}

/// The keys of an object, sorted.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn check_json(text: &str) -> Value {
    json(&run_in(Path::new("."), &["check", "--format", "json", "-"], text.as_bytes()))
}

#[test]
fn exit_codes_tell_clean_configs_errors_and_failures_apart() {
    let folder = folder("exit-codes");
    let good = file(&folder, "good.yml", GOOD);
    let bad = file(&folder, "bad.yml", bad());
    assert_eq!(code(&run(&["check", &good])), 0);
    assert_eq!(code(&run(&["check", &bad])), 1);
    assert_eq!(code(&run(&["check", &good, &bad])), 1);
    for wrong in [
        &["check", "no-such-file.yml"][..],
        &["check", "--no-such-option"],
        &["check", "--format", "xml", &good],
        &["check", "--parameter", "no-value", &good],
        &["check", "--orb", "acme/x@1=no-such-file.yml", &good],
        &["check", "-", "-"],
        &["no-such-command"],
        &["explain", "no-such-check"],
        &["graph", "--workflow", "no-such-workflow", &good],
        &[],
    ] {
        let output = run(wrong);
        assert_eq!(code(&output), 2, "{wrong:?}: {}", stderr(&output));
        assert!(!stderr(&output).is_empty(), "{wrong:?} says why");
    }
    for asked in [&["--help"][..], &["check", "--help"], &["graph", "--help"], &["--version"]] {
        let output = run(asked);
        assert_eq!(code(&output), 0, "{asked:?}");
        assert!(!stdout(&output).is_empty(), "{asked:?} answers on standard output");
    }
}

#[test]
fn files_that_cannot_be_read_do_not_keep_the_others_from_being_checked() {
    let folder = folder("unreadable");
    let bad = file(&folder, "bad.yml", bad());
    let binary = file(&folder, "binary.yml", b"version: 2.1\njobs: \xff\xfe\n");
    file(&folder, "project/.circleci/config.yml", GOOD);
    let project = folder.join("project");
    let large = file(&folder, "large.yml", vec![b'#'; 8 * 1024 * 1024 + 1]);
    let missing = folder.join("missing.yml");
    let paths = [&binary, project.to_str().unwrap(), &large, missing.to_str().unwrap(), &bad];
    let output = run(&[&["check", "--format", "json"], &paths[..]].concat());
    assert_eq!(code(&output), 2);
    let why = stderr(&output);
    for part in [
        "byte 19 (0xff, line 2)",
        "it is a folder; did you mean",
        "larger than 8 MB",
        "there is no such file",
    ] {
        assert!(why.contains(part), "{part:?} is missing in\n{why}");
    }
    let report = json(&output);
    assert_eq!(report["files"].as_array().unwrap().len(), 1);
    assert_eq!(report["files"][0]["path"], bad.as_str());
    assert_eq!(report["files"][0]["verdict"], "errors");
}

#[test]
fn json_has_the_keys_of_the_contract_and_no_others() {
    let folder = folder("json");
    let path = file(&folder, "bad.yml", bad());
    let report = json(&run(&["check", "--format", "json", &path]));
    assert_eq!(keys(&report), ["files"]);
    let checked = &report["files"][0];
    assert_eq!(keys(checked), ["diagnostics", "ignored", "not_checked", "path", "verdict"]);
    assert_eq!(checked["path"], path.as_str());
    assert_eq!(checked["verdict"], "errors");
    let finding = &checked["diagnostics"][0];
    assert_eq!(keys(finding), ["check", "file", "fix", "help", "message", "related", "severity", "span"]);
    assert_eq!(finding["check"], "undefined-job");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["file"], path.as_str());
    assert_eq!(keys(&finding["span"]), ["end", "start"]);
    assert_eq!(keys(&finding["span"]["start"]), ["column", "line", "offset"]);
    let fix = &finding["fix"];
    assert_eq!(keys(fix), ["edits", "safety", "title"]);
    assert_eq!(fix["safety"], "safe");
    assert_eq!(keys(&fix["edits"][0]), ["span", "text"]);
    assert_eq!(fix["edits"][0]["text"], "build");
    assert_eq!(fix["edits"][0]["span"], finding["span"]);
}

#[test]
fn json_tells_what_is_ignored_and_by_which_comment() {
    let text = bad().replace("- biuld", "- biuld  # cci-ignore undefined-job: \"soon\"");
    let output = run_in(Path::new("."), &["check", "--format", "json", "-"], text.as_bytes());
    assert_eq!(code(&output), 0, "what is ignored is no error");
    let report = json(&output);
    let checked = &report["files"][0];
    assert_eq!(checked["verdict"], "ok");
    assert_eq!(checked["diagnostics"].as_array().unwrap().len(), 0);
    let ignored = &checked["ignored"][0];
    assert_eq!(keys(ignored), ["by", "finding", "reason"]);
    assert_eq!(ignored["finding"]["check"], "undefined-job");
    assert_eq!(ignored["reason"], "\"soon\"");
    assert_eq!(ignored["by"]["span"]["start"]["line"], 11);
    let shown = run_in(Path::new("."), &["check", "-"], text.as_bytes());
    assert_eq!(stdout(&shown), "no problems in 1 file; 1 ignored\n");
}

#[test]
fn json_lists_related_places_and_what_was_not_checked() {
    let cycle = GOOD.replace(
        "      - build\n",
        "      - build: {name: a, requires: [b]}\n      - build: {name: b, requires: [a]}\n",
    );
    let report = check_json(&cycle);
    let related = &report["files"][0]["diagnostics"][0]["related"][0];
    assert_eq!(keys(related), ["file", "message", "span"]);
    let orb = GOOD.replace("jobs:\n  build", "orbs:\n  deploy: acme/deploy@1.2.3\njobs:\n  build");
    let report = check_json(&orb.replace("      - build\n", "      - build\n      - deploy/push\n"));
    let unseen = &report["files"][0]["not_checked"][0];
    assert_eq!(keys(unseen), ["span", "what", "why"]);
}

#[test]
fn columns_count_characters_and_offsets_count_bytes() {
    let text =
        "\u{feff}version: 2.1\r\njobs: {}\r\nworkflows:\r\n  \"😀 ünï\": {jobs: [nö, {build: {}}]}\r\n";
    let report = check_json(text);
    let findings = report["files"][0]["diagnostics"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["message"].as_str().unwrap().contains("nö"));
    let start = &finding.expect("a finding about the job")["span"]["start"];
    assert_eq!((&start["line"], &start["column"]), (&Value::from(4), &Value::from(20)));
    assert_eq!(start["offset"], text.find("nö").unwrap());
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let output = run_in(Path::new("."), &["check", "-"], bad().as_bytes());
    assert_eq!(code(&output), 1);
    let text = stdout(&output);
    assert!(text.contains("error[undefined-job]") && text.contains("<stdin>:11:9"), "{text}");
    assert!(text.ends_with("1 error in 1 file\n"), "{text}");
    assert!(!text.contains('\u{1b}'), "no colours where there is no terminal");
}

#[test]
fn without_a_path_the_nearest_config_above_is_taken() {
    let folder = folder("nearest");
    file(&folder, ".circleci/config.yml", bad());
    let below = folder.join("src/deep");
    fs::create_dir_all(&below).unwrap();
    let output = run_in(&below, &["check"], b"");
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("../../.circleci/config.yml:11:9"), "{}", stdout(&output));
}

#[test]
fn the_summary_counts_by_severity() {
    let folder = folder("summary");
    let good = file(&folder, "good.yml", GOOD);
    assert_eq!(stdout(&run(&["check", &good, &good])), "no problems in 2 files\n");
    let output = run(&["check", &good, "no-such-file.yml"]);
    assert_eq!(stdout(&output), "no problems in 1 file; 1 file could not be read\n");
}

#[test]
fn fixes_are_written_and_keep_the_rest_of_the_file() {
    let folder = folder("fix");
    let text = format!("\u{feff}# ünï\n{}", bad()).replace('\n', "\r\n");
    let path = file(&folder, "bad.yml", &text);
    let output = run(&["check", "--fix", &path]);
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert_eq!(fs::read_to_string(&path).unwrap(), text.replace("biuld", "build"));
    let said = stderr(&output);
    assert!(said.contains("bad.yml:12: ") && said.contains("(undefined-job)"), "{said}");
    let written = fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(stderr(&run(&["check", "--fix", &path])), "");
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), written, "nothing to fix, nothing written");
}

#[test]
fn a_fixed_standard_input_goes_to_standard_output_and_findings_aside() {
    let output = run_in(Path::new("."), &["check", "--fix", "-"], bad().as_bytes());
    assert_eq!(code(&output), 0);
    assert_eq!(stdout(&output), GOOD);
    assert!(stderr(&output).ends_with("no problems in 1 file\n"), "{}", stderr(&output));
    assert_eq!(code(&run(&["check", "--fix", "--format", "json", "-"])), 2);
}

#[test]
fn a_graph_is_written_in_four_formats() {
    let folder = folder("graph");
    let text =
        GOOD.replace("      - build\n", "      - build\n      - build: {name: test, requires: [build]}\n");
    let path = file(&folder, "config.yml", &text);
    let graph = |format: &str| {
        let output = run(&["graph", "--format", format, &path]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(stderr(&output), "");
        stdout(&output)
    };
    let svg = graph("svg");
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>") && svg.contains("test"), "{svg}");
    assert!(graph("mermaid").starts_with("flowchart LR\n"));
    assert!(graph("dot").starts_with("digraph"));
    let report: Value = serde_json::from_str(&graph("json")).unwrap();
    let workflow = &report["workflows"][0];
    assert_eq!(workflow["name"], "main");
    assert_eq!(workflow["runs"], "yes");
    assert_eq!(workflow["jobs"][1]["name"], "test");
    assert_eq!(workflow["jobs"][1]["job"], "build");
    assert_eq!(workflow["jobs"][1]["kind"], "build");
    for key in ["x", "y", "width", "height"] {
        assert!(workflow["jobs"][1][key].is_number(), "{key}");
    }
    let edge = &workflow["edges"][0];
    assert_eq!((&edge["from"], &edge["to"]), (&Value::from("build"), &Value::from("test")));
    assert_eq!(edge["kind"], "requires");
    assert_eq!(edge["statuses"][0], "success");
    assert!(edge["points"][0][0].is_number());
    assert!(workflow["width"].is_number() && workflow["height"].is_number());
}

#[test]
fn several_workflows_are_drawn_together_or_one_by_name() {
    let folder = folder("workflows");
    let path = file(&folder, "config.yml", format!("{GOOD}  other:\n    jobs:\n      - build\n"));
    let mermaid = stdout(&run(&["graph", "--format", "mermaid", &path]));
    assert_eq!(mermaid.matches("```mermaid\nflowchart LR\n").count(), 2, "{mermaid}");
    let one = stdout(&run(&["graph", "--format", "mermaid", "--workflow", "other", &path]));
    assert!(one.starts_with("flowchart LR\n"), "{one}");
    let dot = stdout(&run(&["graph", "--format", "dot", &path]));
    assert_eq!(dot.matches("digraph").count(), 2, "{dot}");
    let report = json(&run(&["graph", "--format", "json", "--workflow", "other", &path]));
    assert_eq!(report["workflows"].as_array().unwrap().len(), 1);
}

#[test]
fn a_graph_of_a_wrong_config_is_drawn_and_the_findings_go_aside() {
    let output = run_in(Path::new("."), &["graph", "--format", "json", "-"], bad().as_bytes());
    assert_eq!(code(&output), 1);
    assert_eq!(json(&output)["workflows"][0]["jobs"][0]["kind"], "missing");
    assert!(stderr(&output).contains("error[undefined-job]"));
}

#[test]
fn every_check_that_is_listed_is_explained() {
    let list = stdout(&run(&["checks"]));
    assert_eq!(list.lines().count(), dryrun::check::ALL.len());
    for (line, check) in list.lines().zip(dryrun::check::ALL) {
        let mut words = line.split_whitespace();
        assert_eq!(words.next(), Some(check.id));
        assert_eq!(words.next(), Some(check.severity.name()));
        assert!(words.count() > 2, "{line:?} says what the check does");
        let text = stdout(&run(&["explain", check.id]));
        assert!(text.starts_with(&format!("# {}\n", check.id)), "{text}");
        assert!(text.contains("\n## What it does\n") && text.contains("\n## How to fix\n"), "{text}");
    }
}

#[test]
fn a_slip_in_a_check_id_is_answered_with_the_nearest_one() {
    let output = run(&["explain", "undefind-job"]);
    assert!(stderr(&output).contains("did you mean `undefined-job`?"), "{}", stderr(&output));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = folder("closed-pipe");
    let path = file(&folder, "bad.yml", bad());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let child =
        Command::new(env!("CARGO_BIN_EXE_dryrun")).args(["check", &path]).stdout(writer).output().unwrap();
    assert_eq!(code(&child), 1);
    assert_eq!(stderr(&child), "");
}

/// Texts made to break a reader, and whether they are errors.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let mut bomb = String::from("version: 2.1\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..20 {
        let alias = format!("*a{}", level - 1);
        let aliases = [alias.as_str(); 10].join(", ");
        bomb = bomb + "a" + &level.to_string() + ": &a" + &level.to_string() + " [" + &aliases + "]\n";
    }
    bomb.push_str("jobs: *a19\n");
    let long_name = "n".repeat(10_000);
    let script = "<script>alert('1')</script>\\\"&";
    vec![
        ("empty", Vec::new()),
        ("blank lines", b"\n\n\n".to_vec()),
        ("NUL", b"version: 2.1\njobs: \0\n".to_vec()),
        ("control characters", b"version: \x01\x1b[31m\n".to_vec()),
        ("a line of 5 MB", [b"version: 2.1\njobs: ".as_slice(), &vec![b'x'; 5_000_000]].concat()),
        (
            "the same key 50,000 times on one line",
            [b"version: 2.1\njobs: {".as_slice(), "a: b, ".repeat(50_000).as_bytes(), b"}"].concat(),
        ),
        ("10,000 open brackets", "[".repeat(10_000).into_bytes()),
        ("10,000 nested dashes", "- ".repeat(10_000).into_bytes()),
        (
            "10,000 nested keys",
            (0..10_000)
                .fold(String::new(), |text, level| text + &" ".repeat(level.min(200)) + "a:\n")
                .into_bytes(),
        ),
        ("an alias bomb", bomb.into_bytes()),
        ("a job name of 10,000 characters", GOOD.replace("- build", &format!("- {long_name}")).into_bytes()),
        ("names with markup", GOOD.replace("- build", &format!("- \"{script}\"")).into_bytes()),
    ]
}

#[test]
fn hostile_input_gets_a_finding_and_no_more_time_than_it_should() {
    for (what, text) in hostile() {
        let started = Instant::now();
        let output = run_in(Path::new("."), &["check", "--format", "json", "-"], &text);
        let took = started.elapsed();
        assert_eq!(code(&output), 1, "{what}: {}", stderr(&output));
        let report = json(&output);
        let findings = report["files"][0]["diagnostics"].as_array().unwrap();
        assert!(!findings.is_empty(), "{what} has a finding");
        // A second is the promise; ten are the guard, for debug builds on busy machines.
        assert!(took < Duration::from_secs(10), "{what} took {took:?}");
        let shown = run_in(Path::new("."), &["check", "-"], &text);
        assert_eq!(code(&shown), 1, "{what}: {}", stderr(&shown));
        let graph = run_in(Path::new("."), &["graph", "-"], &text);
        assert_eq!(code(&graph), 1, "{what}: {}", stderr(&graph));
        assert!(!stdout(&graph).contains("<script"), "{what}: names are escaped");
    }
}

#[test]
fn what_is_not_text_is_refused_with_the_place() {
    let output = run_in(Path::new("."), &["check", "-"], b"\x7fELF\x02\x01\x01\0\0\xf0\x9f");
    assert_eq!(code(&output), 2);
    assert!(
        stderr(&output).contains("<stdin>: it is not UTF-8: byte 9 (0xf0, line 1)"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_config_is_compiled_to_standard_output() {
    let text = GOOD.replace("      - checkout\n", "      - greet: {who: you}\n").replace(
        "jobs:\n  build",
        "commands:\n  greet:\n    parameters: {who: {type: string}}\n    steps:\n      - run: echo << parameters.who >>\njobs:\n  build",
    );
    let compiled = "\
version: 2
jobs:
  build:
    docker:
    - image: cimg/base:2024.01
    steps:
    - run:
        command: echo you
workflows:
  main:
    jobs:
    - build
  version: 2
";
    let output = run_in(Path::new("."), &["compile", "-"], text.as_bytes());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(stdout(&output), compiled);
    assert_eq!(stderr(&output), "");

    let output = run_in(Path::new("."), &["compile", "--comments", "-"], text.as_bytes());
    let original = text.lines().fold(String::new(), |text, line| text + "# " + line + "\n");
    assert_eq!(stdout(&output), format!("{compiled}\n# Original config.yml file:\n{original}"));

    let origins = stdout(&run_in(Path::new("."), &["compile", "--origins", "-"], text.as_bytes()));
    assert_eq!(origins.lines().count(), compiled.lines().count());
    for (line, with_origin) in compiled.lines().zip(origins.lines()) {
        assert!(with_origin.starts_with(line), "{with_origin}");
    }
    let script = origins.lines().find(|line| line.contains("echo you")).unwrap();
    assert!(script.contains("command `greet`") && script.contains("job `build`"), "{script}");
}

#[test]
fn comments_name_the_releases_of_orbs_and_escape_the_original() {
    let folder = folder("comments");
    file(&folder, "orb.yml", "commands:\n  say:\n    steps:\n      - run: echo\n");
    let text =
        GOOD.replace("jobs:\n  build", "orbs: # \"é\\😀\"\n  x: acme/x@1\n  y: acme/y@1\njobs:\n  build");
    let call = ["compile", "--comments", "--orb", "acme/x@1.2.3=orb.yml", "-"];
    let compiled = stdout(&run_in(&folder, &call, text.as_bytes()));
    assert!(compiled.starts_with("# Orb 'acme/x@1' resolved to 'acme/x@1.2.3'\nversion: 2\n"), "{compiled}");
    assert!(compiled.contains("\n# orbs: # \\\"\\u00E9\\\\\\uD83D\\uDE00\\\"\n"), "{compiled}");
}
