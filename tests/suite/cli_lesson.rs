//! `dryrun lesson`, for whoever writes one.

use crate::cli::{GOOD, code, file, folder, run_in, stderr, stdout};
use std::path::Path;
use std::process::Output;

const STEPS: &str = "\
steps:
  - start: start.yml
    solution: solution.yml
    durations:
      build/checkout: 20
    goals:
      - text: A push runs `build`
        runs: { job: build }
";

/// A lesson that starts without jobs, in a folder of its own.
fn lesson(name: &str, steps: &str, solution: &str) -> std::path::PathBuf {
    let folder = folder(name);
    file(&folder, "lesson.yml", steps);
    file(&folder, "lesson.md", "# A first job\n\n## Have it run\n\nAdd `build`.\n");
    file(&folder, "start.yml", GOOD.replace("    jobs:\n      - build\n", "    jobs: []\n"));
    file(&folder, "solution.yml", solution);
    folder
}

fn tried(folder: &Path) -> Output {
    run_in(folder, &["lesson", "."], b"")
}

#[test]
fn a_good_lesson_is_told_with_the_times_of_its_runs() {
    let output = tried(&lesson("lesson-good", STEPS, GOOD));
    assert_eq!(code(&output), 0, "{}", stdout(&output));
    assert_eq!(
        stdout(&output),
        "A first job\n  1. Have it run: 0 s, then 20 s (second run 0 s, then 20 s)\n"
    );
}

#[test]
fn a_solution_that_does_not_solve_is_told_with_the_goal_and_the_reason() {
    let output = tried(&lesson("lesson-unsolved", STEPS, &GOOD.replace("build", "other")));
    assert_eq!(code(&output), 1);
    let told = stdout(&output);
    let expected = "the solution does not reach: A push runs `build` (No workflow has a job `build`)";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn a_solution_with_errors_is_told_once() {
    let output = tried(&lesson("lesson-faulty", STEPS, &GOOD.replace("- build", "- other")));
    assert_eq!(code(&output), 1);
    let told = stdout(&output);
    assert!(
        told.contains("the solution has errors, so it reaches nothing: see `dryrun check ./solution.yml`"),
        "{told}"
    );
    assert!(!told.contains("does not reach"), "{told}");
}

#[test]
fn a_start_that_passes_is_told() {
    let folder = lesson("lesson-passed", STEPS, GOOD);
    file(&folder, "start.yml", GOOD);
    let output = tried(&folder);
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("the start reaches all goals already"), "{}", stdout(&output));
}

#[test]
fn a_broken_lesson_is_told_with_the_place_of_the_fault() {
    let output = tried(&lesson("lesson-broken", &STEPS.replace("runs:", "rusn:"), GOOD));
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).starts_with("./lesson.yml:8: "), "{}", stdout(&output));
    assert!(stdout(&output).contains("unknown key `rusn`"), "{}", stdout(&output));
}

#[test]
fn a_name_that_no_config_of_the_lesson_has_is_told_once() {
    let steps = STEPS.replace("checkout: 20", "chekcout: 20");
    let output = tried(&lesson("lesson-unmatched", &steps, GOOD));
    assert_eq!(code(&output), 1);
    assert_eq!(stdout(&output).matches("there is no such job or step: build/chekcout").count(), 1);
    let fails = STEPS.replace("    goals:", "    fails: { unused-job: [build/Test] }\n    goals:");
    let output = tried(&lesson("lesson-unmatched-failure", &fails, GOOD));
    assert!(stdout(&output).contains("there is no such job or step: build/Test"), "{}", stdout(&output));
}

#[test]
fn a_file_that_is_missing_is_named() {
    let folder = lesson("lesson-missing", STEPS, GOOD);
    std::fs::remove_file(folder.join("solution.yml")).unwrap();
    let output = tried(&folder);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("solution.yml"), "{}", stderr(&output));
}

#[test]
fn a_file_of_nearly_that_name_is_told() {
    let folder = lesson("lesson-case", STEPS, GOOD);
    std::fs::rename(folder.join("solution.yml"), folder.join("Solution.YML")).unwrap();
    let output = tried(&folder);
    assert_eq!(code(&output), 2);
    assert!(stderr(&output).contains("but Solution.YML: a web host tells them apart"), "{}", stderr(&output));
}

#[test]
fn a_config_that_the_page_would_not_take_is_told() {
    let folder = lesson("lesson-long", STEPS, &format!("{GOOD}{}\n", "#".repeat(2_000_000)));
    let output = tried(&folder);
    assert_eq!(code(&output), 1);
    assert!(
        stdout(&output).contains("solution.yml has 1954 KB: the page takes 100 KB"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_line_that_must_not_be_is_between_jobs_that_are() {
    let goal = "      - text: Nothing goes on\n        no-edge: { kind: workspace, from: buidl }\n";
    let output = tried(&lesson("lesson-no-edge", &format!("{STEPS}{goal}"), GOOD));
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("there is no such job, so nothing leads"), "{}", stdout(&output));
    assert!(stdout(&output).contains("buidl"), "{}", stdout(&output));
}

#[test]
fn a_file_of_a_lesson_means_the_lesson() {
    let folder = lesson("lesson-by-file", STEPS, GOOD);
    for name in ["lesson.yml", "./lesson.md"] {
        let output = run_in(&folder, &["lesson", name], b"");
        assert_eq!(code(&output), 0, "{}", stderr(&output));
    }
}

#[test]
fn a_lesson_that_cannot_be_read_does_not_hide_the_next_one() {
    let good = lesson("lesson-after", STEPS, GOOD);
    let output = run_in(&good, &["lesson", "nowhere", "."], b"");
    assert_eq!(code(&output), 2);
    assert!(stdout(&output).contains("1. Have it run"), "{}", stdout(&output));
    assert!(stderr(&output).contains("nowhere"), "{}", stderr(&output));
}

#[test]
fn several_lessons_are_tried_in_one_call_and_the_worst_decides() {
    let good = lesson("lesson-one", STEPS, GOOD);
    let bad = lesson("lesson-two", &STEPS.replace("start: ", "begin: "), GOOD);
    let names = [&bad, &good].map(|folder| folder.to_str().unwrap());
    let output = run_in(&good, &[&["lesson"], &names[..]].concat(), b"");
    assert_eq!(code(&output), 1);
    assert!(stdout(&output).contains("1. Have it run"), "{}", stdout(&output));
}
