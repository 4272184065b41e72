//! Texts with very many of one thing: what they take grows with their length, and not with its square.

use dryrun::analysis::{Inputs, analyze};
use dryrun::layout::Direction;
use dryrun::text::Sources;
use std::fmt::Write;
use std::time::{Duration, Instant};

const FEW: usize = 1_000;
const TIMES: usize = 8;
/// Eight times as much takes eight times as long, and sixty-four times where every one is held against every
/// other. A busy machine may double or halve what is measured.
const MOST: f64 = 24.0;
/// A machine that is busy with something else just then is given another chance.
const ATTEMPTS: usize = 4;

fn time(text: &str, draw: bool) -> Duration {
    let sources = Sources::new("config.yml", text);
    let start = Instant::now();
    let analysis = analyze(&sources, &Inputs::default());
    if draw {
        let _ = analysis.scene(0, Direction::default());
    }
    start.elapsed()
}

fn assert_grows_evenly(text: impl Fn(usize) -> String, draw: bool) {
    let (few, many) = (text(FEW), text(FEW * TIMES));
    let mut ratios = Vec::new();
    for _ in 0..ATTEMPTS {
        let short = (0..3).map(|_| time(&few, draw)).min().unwrap_or_default();
        let ratio = time(&many, draw).as_secs_f64() / short.as_secs_f64();
        if ratio < MOST {
            return;
        }
        ratios.push(ratio);
    }
    panic!("{TIMES} times as much takes {ratios:.0?} times as long");
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for index in 0..count {
        let _ = writeln!(text, "{}", line(index));
    }
    text
}

/// A config whose job `build` has the keys `keys` and the steps `steps`, and a workflow with `entries`.
fn config(keys: &str, steps: &str, entries: &str) -> String {
    format!(
        "version: 2.1\njobs:\n  build:\n{keys}    docker: [{{image: cimg/base:2024.01}}]\n    steps:\n      - checkout\n\
         {steps}workflows:\n  main:\n    jobs:\n{entries}"
    )
}

const BUILD: &str = "      - build\n";

fn declared(count: usize, rest: &str) -> String {
    format!("    parameters:\n{}", lines(count, |index| format!("      q{index}: {{type: string{rest}}}")))
}

#[test]
fn parameters_that_are_given_and_read() {
    let steps = |count| lines(count, |index| format!("      - run: echo << parameters.q{index} >>"));
    let given = |count| lines(count, |index| format!("          q{index}: v{index}"));
    let text =
        |count| config(&declared(count, ""), &steps(count), &format!("      - build:\n{}", given(count)));
    assert_grows_evenly(text, false);
}

#[test]
fn parameters_that_are_not_declared() {
    let steps = |count| lines(count, |index| format!("      - run: echo << parameters.p{index} >>"));
    let text = |count| config(&declared(count, ", default: x"), &steps(count), BUILD);
    assert_grows_evenly(text, false);
}

#[test]
fn arguments_that_nothing_declares() {
    let given = |count| lines(count, |index| format!("          r{index}: v{index}"));
    let entry = |count| format!("      - build:\n{}", given(count));
    assert_grows_evenly(|count| config(&declared(count, ", default: x"), "", &entry(count)), false);
}

#[test]
fn pipeline_parameters_that_are_not_declared() {
    let steps = |count| lines(count, |index| format!("      - run: echo << pipeline.parameters.p{index} >>"));
    let pipeline = |count| lines(count, |index| format!("  q{index}: {{type: string, default: x}}"));
    let text = |count| format!("{}parameters:\n{}", config("", &steps(count), BUILD), pipeline(count));
    assert_grows_evenly(text, false);
}

#[test]
fn steps_that_persist() {
    let step = |index| format!("      - persist_to_workspace: {{root: ., paths: [p{index}]}}");
    assert_grows_evenly(|count| config("", &lines(count, step), BUILD), false);
}

#[test]
fn steps_that_save_restore_and_install() {
    let step = |index| {
        format!(
            "      - save_cache: {{key: npm-{index}, paths: [~/.npm]}}\n      - run: npm ci\n      - restore_cache: {{key: npm-{index}}}"
        )
    };
    assert_grows_evenly(|count| config("", &lines(count / 2, step), BUILD), false);
}

#[test]
fn names_in_requires_that_nothing_bears() {
    let entry = |index| format!("      - build: {{name: n{index}, requires: [m{index}]}}");
    assert_grows_evenly(|count| config("", "", &lines(count, entry)), false);
}

#[test]
fn keys_that_a_job_does_not_have() {
    let keys = |count| lines(count, |index| format!("    k{index}: 1"));
    assert_grows_evenly(|count| config(&keys(count), "", BUILD), false);
}

#[test]
fn merged_keys() {
    let variables = |count, name| lines(count, |index| format!("      {name}{index}: a"));
    let text = |count| {
        let keys = format!("    environment:\n      <<: *all\n{}", variables(count, "own"));
        format!("{}all: &all\n{}", "version: 2.1\n", variables(count, "merged"))
            + config(&keys, "", BUILD).trim_start_matches("version: 2.1\n")
    };
    assert_grows_evenly(text, false);
}

#[test]
fn items_that_a_matrix_excludes() {
    let column = (0..100).map(|value| format!("v{value}")).collect::<Vec<_>>().join(", ");
    let excluded = |count| lines(count, |index| format!("              - {{q0: w{index}}}"));
    let entry = |count| {
        let matrix =
            format!("            parameters: {{q0: [{column}]}}\n            exclude:\n{}", excluded(count));
        format!("      - build:\n          matrix:\n{matrix}")
    };
    assert_grows_evenly(|count| config(&declared(1, ""), "", &entry(count)), false);
}

#[test]
fn workflows_of_one_entry() {
    let text =
        |count| config("", "", BUILD) + &lines(count / 4, |index| format!("  w{index}: {{jobs: [build]}}"));
    assert_grows_evenly(text, false);
}

/// Half of the entries are wrong, and each is drawn with the worst finding about it.
#[test]
fn jobs_and_findings_in_one_drawing() {
    let entry = |index| format!("      - build: {{name: n{index}, wrong: 1}}");
    assert_grows_evenly(|count| config("", "", &lines(count / 2, entry)), true);
}

#[test]
fn steps_with_several_keys() {
    let step = |_| "      - run: make\n        name: build".to_owned();
    assert_grows_evenly(|count| config("", &lines(count, step), BUILD), false);
}

#[test]
fn orbs_that_are_not_at_hand() {
    let text = |count| {
        let orbs = lines(count, |index| format!("  o{index}: example/tools@1"));
        let steps = lines(count, |index| format!("      - o{index}/run"));
        config("", &steps, BUILD).replacen("jobs:\n", &format!("orbs:\n{orbs}jobs:\n"), 1)
    };
    assert_grows_evenly(text, false);
}

#[test]
fn arguments_for_a_job_of_an_orb_that_is_not_at_hand() {
    let text = |count| {
        let entry = format!("      - o/job:\n{}", lines(count, |index| format!("          a{index}: x")));
        config("", "", &entry).replacen("jobs:\n", "orbs: {o: example/tools@1}\njobs:\n", 1)
    };
    assert_grows_evenly(text, false);
}

#[test]
fn keys_that_slipped_out_of_their_jobs() {
    let text = |count| {
        let job =
            |index| format!("  j{index}:\n    docker: [{{image: cimg/base:2024.01}}]\n  steps: [checkout]");
        format!("version: 2.1\njobs:\n{}workflows: {{main: {{jobs: [j0]}}}}\n", lines(count, job))
    };
    assert_grows_evenly(text, false);
}

#[test]
fn columns_of_a_matrix() {
    let text = |count| {
        let columns = lines(count, |index| format!("              p{index}: [x]"));
        config("", "", &format!("      - build:\n          matrix:\n            parameters:\n{columns}"))
    };
    assert_grows_evenly(text, false);
}

#[test]
fn names_in_an_expression_that_stand_for_nothing() {
    let text = |count| {
        let names: Vec<String> = (0..count).map(|index| format!("x{index}")).collect();
        config("", "", BUILD).replacen(
            "  main:\n",
            &format!("  main:\n    when: {}\n", names.join(" or ")),
            1,
        )
    };
    assert_grows_evenly(text, false);
}
