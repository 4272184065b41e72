//! What the embed's graph mode is given: the worker's own findings of severity error, and one drawing a workflow.

use dryrun::report::Severity;
use dryrun::scene::Direction;
use dryrun::worker::{Body, Given, Picture, Request, RequestKind, Sketch, answer};
use std::fs;

fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|word| (*word).to_owned()).collect()).collect()
}

fn drawn(text: &str) -> Picture {
    Sketch::read(&rows(&[&["text", text]])).draw()
}

const SETUP: &str = "version: 2.1\nsetup: true\njobs:\n  choose:\n    docker: [{image: \"cimg/base:2024.01\"}]\n    steps: \
                     [checkout]\nworkflows:\n  first:\n    jobs: [choose]\n";

#[test]
fn every_error_of_the_worker_is_in_the_picture() {
    let mut compared = 0;
    for folder in fs::read_dir("tests/fixtures/checks").expect("the fixtures are there") {
        let path = folder.expect("a readable folder").path().join("bad.yml");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let kind = RequestKind::Analyze {
            name: "config.yml".to_owned(),
            text: text.clone(),
            given: Given::default(),
            direction: Direction::LeftToRight,
        };
        let Body::Report(report) = answer(Request { rev: 1, kind }).body else { panic!("no report") };
        let picture = drawn(&text);
        let found = picture.findings.iter().map(|finding| (finding.check, finding.message.as_str()));
        let found: Vec<_> = found.collect();
        for error in report.diagnostics.iter().filter(|finding| finding.severity == Severity::Error) {
            assert!(
                found.contains(&(error.check.as_str(), error.message.as_str())),
                "{}: {}",
                path.display(),
                error.message
            );
            compared += 1;
        }
        let names: Vec<_> = report.workflows.iter().map(|workflow| workflow.name.as_str()).collect();
        let drawn: Vec<_> = picture.workflows.iter().map(|workflow| workflow.name.as_str()).collect();
        assert_eq!(drawn, names, "{}", path.display());
    }
    assert!(compared > 30, "{compared} errors were compared");
}

#[test]
fn a_continuation_is_drawn_after_its_setup_config() {
    let continuation = SETUP.replace("setup: true\n", "").replace("first", "second");
    let sketch = Sketch::read(&rows(&[&["text", SETUP], &["continuation", "next.yml", &continuation]]));
    let picture = sketch.draw();
    let names: Vec<_> = picture.workflows.iter().map(|workflow| workflow.name.as_str()).collect();
    assert_eq!(names, ["first", "second"]);
    assert_eq!(picture.verdict, "ok");
}

#[test]
fn rows_that_are_unknown_or_too_short_are_left_out() {
    let sketch =
        Sketch::read(&rows(&[&["text"], &["dance", "now"], &[], &["direction", "down"], &["tag", "v1"]]));
    assert_eq!(sketch.text, "");
    assert_eq!(sketch.direction, Direction::TopToBottom);
    assert_ne!(sketch.given, Given::default());
}
