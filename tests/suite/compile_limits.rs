//! Small texts that compile to something huge: each is stopped by a limit that a finding names, in good time.

use dryrun::analysis::{Analysis, Inputs, analyze};
use dryrun::diagnostic::Severity;
use dryrun::text::Sources;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Each of these is to be answered within a second; this is ten times that, and more where nothing is
/// optimised: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 40 } else { 10 });

/// A workflow of one job, with one step.
fn job(step: &str) -> String {
    format!(
        "jobs:\n  build:\n    docker: [{{image: cimg/base:2024.01}}]\n    steps:\n      - {step}\n\
         workflows:\n  main:\n    jobs: [build]\n"
    )
}

/// Commands `c0` to `c{count}`, each with the body that `body` writes for the number of the next one.
fn chain(count: usize, body: impl Fn(usize) -> String, last: &str) -> String {
    let mut text = String::from("version: 2.1\ncommands:\n");
    for index in 0..count {
        let _ = writeln!(text, "  c{index}: {{{}}}", body(index + 1));
    }
    let _ = writeln!(text, "  c{count}: {{{last}}}");
    text
}

fn in_time<T>(text: &str, ask: impl FnOnce(&Analysis<'_>) -> T) -> T {
    let sources = Sources::new("config.yml", text);
    let start = Instant::now();
    let analysis = analyze(&sources, &Inputs::default());
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    ask(&analysis)
}

/// Check and message of every error and warning.
fn findings(text: &str) -> Vec<(&'static str, String)> {
    in_time(text, |analysis| {
        let worth = analysis.diagnostics.iter().filter(|found| found.severity <= Severity::Warning);
        worth.map(|found| (found.check, found.message.clone())).collect()
    })
}

fn assert_stopped(text: &str, check: &str, limit: &str) {
    let found = findings(text);
    let named = found.iter().any(|(id, message)| *id == check && message.contains(limit));
    assert!(named, "no {check} names {limit}: {found:?}");
}

#[test]
fn a_command_that_calls_itself_is_found() {
    let text = chain(0, |_| String::new(), "steps: [c0, c0]") + &job("c0");
    assert_stopped(&text, "recursive-command", "`c0`");
}

#[test]
fn a_ring_of_commands_is_found() {
    let text = chain(50, |next| format!("steps: [c{next}]"), "steps: [c0, c0]") + &job("c0");
    assert_stopped(&text, "recursive-command", "`c0`");
}

#[test]
fn commands_that_double_are_stopped() {
    let text = chain(40, |next| format!("steps: [c{next}, c{next}]"), "steps: [checkout]") + &job("c0");
    assert_stopped(&text, "compile-limit", "400,000 values");
}

#[test]
fn commands_that_double_and_do_nothing_are_stopped() {
    let text = chain(60, |next| format!("steps: [c{next}, c{next}]"), "steps: []") + &job("c0");
    assert_stopped(&text, "compile-limit", "400,000 values");
}

#[test]
fn default_steps_that_double_are_stopped() {
    let body = |next| {
        format!("parameters: {{s: {{type: steps, default: [c{next}, c{next}]}}}}, steps: << parameters.s >>")
    };
    let text = chain(40, body, "steps: [checkout]") + &job("c0");
    assert_stopped(&text, "compile-limit", "400,000 values");
}

#[test]
fn steps_that_double_as_arguments_are_stopped() {
    let body = |next| {
        let twice = "steps: << parameters.s >>";
        format!("parameters: {{s: {{type: steps}}}}, steps: [c{next}: {{s: [{twice}, {twice}]}}]")
    };
    let last = "parameters: {s: {type: steps}}, steps: << parameters.s >>";
    assert_stopped(&(chain(60, body, last) + &job("c0: {s: [checkout]}")), "compile-limit", "400,000 values");
}

#[test]
fn a_text_that_doubles_is_stopped() {
    let body = |next| {
        let twice = "<< parameters.x >><< parameters.x >>";
        format!("parameters: {{x: {{type: string}}}}, steps: [c{next}: {{x: \"{twice}\"}}]")
    };
    let last = "parameters: {x: {type: string}}, steps: [run: << parameters.x >>]";
    assert_stopped(&(chain(60, body, last) + &job("c0: {x: ab}")), "compile-limit", "32,000,000 bytes");
}

#[test]
fn a_long_text_that_is_put_in_often_is_stopped_before_it_is_written() {
    let often = "<< parameters.x >>".repeat(50_000);
    let last = format!("parameters: {{x: {{type: string}}}}, steps: [run: \"{often}\"]");
    let long = "x".repeat(2_000_000);
    let text = chain(0, |_| String::new(), &last) + &job(&format!("c0: {{x: {long}}}"));
    assert_stopped(&text, "compile-limit", "32,000,000 bytes");
}

#[test]
fn a_long_text_that_is_asked_for_often_is_stopped() {
    let ask = "{when: {condition: << parameters.x >>, steps: [checkout]}}, ".repeat(20_000);
    let last = format!("parameters: {{x: {{type: string}}}}, steps: [{ask}]");
    let long = "x".repeat(1_000_000);
    let text = chain(0, |_| String::new(), &last) + &job(&format!("c0: {{x: {long}}}"));
    assert_stopped(&text, "compile-limit", "bytes of arguments");
}

#[test]
fn parameters_that_double_through_orbs_are_stopped() {
    let twice = "o/go: {x: \"<< parameters.x >><< parameters.x >>\"}";
    let mut orb =
        "{commands: {go: {parameters: {x: {type: string}}, steps: [run: << parameters.x >>]}}}".to_owned();
    for _ in 0..28 {
        orb = format!(
            "{{orbs: {{o: {orb}}}, commands: {{go: {{parameters: {{x: {{type: string}}}}, steps: [{twice}, {twice}]}}}}}}"
        );
    }
    let text = format!("version: 2.1\norbs: {{o: {orb}}}\n{}", job("o/go: {x: abcdefgh}"));
    assert_stopped(&text, "compile-limit", "32,000,000 bytes");
}

#[test]
fn calls_that_are_nested_too_deep_are_stopped() {
    let text = chain(400, |next| format!("steps: [c{next}]"), "steps: [checkout]") + &job("c0");
    assert_stopped(&text, "compile-limit", "100 calls");
    let wrapped = |next| format!("steps: [when: {{condition: true, steps: [c{next}]}}]");
    assert_stopped(&(chain(90, wrapped, "steps: [checkout]") + &job("c0")), "compile-limit", "100 calls");
}

#[test]
fn calls_below_the_limit_compile() {
    let text = chain(90, |next| format!("steps: [c{next}]"), "steps: [checkout]") + &job("c0");
    assert_eq!(findings(&text), []);
}

/// A job with parameters `a` to `f`, and a workflow with `entries`.
fn many_parameters(entries: &str) -> String {
    let parameters: Vec<String> =
        ('a'..='f').map(|name| format!("{name}: {{type: string, default: x}}")).collect();
    let parameters = parameters.join(", ");
    format!(
        "version: 2.1\njobs:\n  build:\n    parameters: {{{parameters}}}\n    docker: [{{image: cimg/base:2024.01}}]\n    \
         steps: [checkout]\nworkflows:\n  main:\n    jobs:\n{entries}"
    )
}

/// `name: [v0, v1, …]`
fn column(name: char, values: usize) -> String {
    let values: Vec<String> = (0..values).map(|value| format!("{name}{value}")).collect();
    format!("{name}: [{}]", values.join(", "))
}

#[test]
fn a_matrix_of_a_million_rows_is_not_taken_apart() {
    let columns: Vec<String> = ('a'..='f').map(|name| column(name, 10)).collect();
    let entry = format!("      - build: {{matrix: {{parameters: {{{}}}}}}}\n", columns.join(", "));
    assert_stopped(&many_parameters(&entry), "too-many-rows", "1000000 rows");
}

#[test]
fn many_large_matrices_are_stopped() {
    let columns = format!("{}, {}", column('a', 40), column('b', 50));
    let mut entries = String::new();
    for index in 0..100 {
        let _ = writeln!(
            entries,
            "      - build: {{name: n{index}-<< matrix.a >>-<< matrix.b >>, matrix: {{parameters: {{{columns}}}}}}}"
        );
    }
    assert_stopped(&many_parameters(&entries), "compile-limit", "25,000 entries");
}

#[test]
fn matrices_that_require_each_other_row_by_row_are_stopped() {
    let columns = format!("{}, {}", column('a', 40), column('b', 50));
    let entries = format!(
        "      - build: {{name: x-<< matrix.a >>-<< matrix.b >>, matrix: {{alias: all, parameters: {{{columns}}}}}}}\n\
         \u{20}     - build: {{name: y-<< matrix.a >>-<< matrix.b >>, requires: [all], matrix: {{alias: more, parameters: {{{columns}}}}}}}\n"
    );
    assert_stopped(&many_parameters(&entries), "compile-limit", "200,000 entries");
}

#[test]
fn twenty_thousand_entries_are_taken() {
    let mut entries = String::new();
    for index in 0..20_000 {
        let _ = writeln!(entries, "      - build: {{name: n{index}}}");
    }
    in_time(&many_parameters(&entries), |analysis| {
        // Nothing but that the parameters, which other tests need, are not read.
        assert!(analysis.diagnostics.iter().all(|found| found.check == "unused-parameter"));
        assert_eq!(analysis.compiled.workflows[0].entries.len(), 20_000);
    });
}
