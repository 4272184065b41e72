//! Checks of values, where a fixture would be too long or there would be too many.

use dryrun::analysis::analyze;
use dryrun::compile::Inputs;
use dryrun::expression::pattern_fault;
use dryrun::text::Sources;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// The findings of one check in a config: their messages.
fn messages(check: &str, text: &str) -> Vec<String> {
    let sources = Sources::new("config.yml", text);
    let found = analyze(&sources, &Inputs::default()).diagnostics.into_iter();
    found.filter(|found| found.check == check).map(|found| found.message).collect()
}

fn job(steps: &str) -> String {
    format!(
        "version: 2.1\njobs:\n  build:\n    docker:\n      - image: cimg/base:2024.01\n    steps:\n{steps}\
         workflows:\n  main:\n    jobs:\n      - build\n"
    )
}

#[test]
fn patterns_that_circleci_compiles_have_no_fault() {
    let fine = [
        "",
        ".*",
        "^v[0-9]+(\\.[0-9]+){2}(-.+|[^-.]*)$",
        "a*?",
        "a{2}?",
        "[]a]",
        "[^]a]",
        "[a-z&&[^bc]]",
        "[a-]",
        "[-a]",
        "(?i)a",
        "(?i:a)",
        "(?<name>a)(?>e)",
        "\\Q(*\\E",
        "\\p{Lower}+",
        "a|b|",
        "()",
        "^*",
        "x}",
        "]",
        "\\x{1F600}",
        "\\/",
        "(?-i)a",
        "[\\]]",
        "[a-\\d]",
        "(?x) # (",
    ];
    for pattern in fine {
        assert_eq!(pattern_fault(pattern), None, "{pattern}");
    }
}

#[test]
fn patterns_that_circleci_refuses_have_a_fault_where_it_is() {
    let wrong = [
        ("*", 0..1),
        ("+a", 0..1),
        ("a**", 2..3),
        ("a|*", 2..3),
        ("(*a)", 1..2),
        ("(a", 0..1),
        ("a)", 1..2),
        ("[a", 0..1),
        ("[a[b]", 0..1),
        ("a{", 1..2),
        ("a{x}", 1..4),
        ("a{3,2}", 1..6),
        ("{2}", 0..1),
        ("a\\", 1..2),
        ("\\y", 0..2),
        ("[z-a]", 0..4),
        ("(?P<a>b)", 0..3),
        ("(?'a'b)", 0..3),
        ("\\p{Lower", 0..2),
        ("a*{2}", 2..3),
        ("a++", 1..3),
        ("a{2,}+b", 1..6),
    ];
    for (pattern, range) in wrong {
        assert_eq!(pattern_fault(pattern).map(|fault| fault.range), Some(range), "{pattern}");
    }
}

#[test]
fn a_cache_key_may_have_900_characters_beside_its_templates() {
    let key = |length: usize| {
        let key = "k".repeat(length);
        job(&format!("      - restore_cache:\n          key: {key}{{{{ .Branch }}}}\n"))
    };
    assert!(messages("invalid-cache-key", &key(900)).is_empty());
    assert_eq!(messages("invalid-cache-key", &key(901)).len(), 1);
}

#[test]
fn a_secret_is_never_shown_whole() {
    let secret = "AKIAQ3EGRT5WZ7JX2NPL";
    let found = messages("hard-coded-secret", &job(&format!("      - run: echo {secret}\n")));
    assert_eq!(found.len(), 1);
    assert!(!found[0].contains(&secret[..8]), "{}", found[0]);
}

#[test]
fn what_no_workflow_runs_is_judged_as_it_is_written() {
    let text = "version: 2.1\nexecutors:\n  old:\n    docker:\n      - image: circleci/node:12.1\n";
    assert_eq!(messages("deprecated-image", text).len(), 1);
}

#[test]
fn a_value_that_many_jobs_share_is_told_once_where_it_is_written() {
    let text = "version: 2.1\njobs:\n  build:\n    parameters:\n      class:\n        type: string\n    docker:\n      \
                - image: cimg/base:2024.01\n    resource_class: << parameters.class >>\n    steps:\n      - checkout\n\
                workflows:\n  main:\n    jobs:\n      - build:\n          matrix:\n            parameters:\n              \
                class: [medium, gigantic]\n      - build:\n          name: again\n          class: medium\n";
    assert_eq!(messages("unknown-resource-class", text).len(), 1);
}

#[test]
fn hostile_values_are_judged_in_time() {
    let many = 20_000;
    let lists = [
        "$A".repeat(many),
        "ghp_".repeat(many),
        "://a:b@".repeat(many),
        "-----BEGIN ".repeat(many),
        "{{ ".repeat(many),
        "| sh ".repeat(many),
        "/(".repeat(many),
    ];
    let mut steps = String::new();
    for text in lists {
        let _ = write!(
            steps,
            "      - restore_cache:\n          key: 'a{text}'\n      - run:\n          command: 'curl {text}'\n          \
             environment:\n            A_TOKEN: 'a{text}'\n"
        );
    }
    let mut text = job(&steps);
    for index in 0..2_000 {
        let _ = write!(
            text,
            "      - build:\n          name: a{index}\n          requires: [a{}]\n          filters:\n            branches:\n              \
             only: [b{index}, /c{index}.*/]\n            tags:\n              only: /v{index}/\n",
            index + 1
        );
    }
    let started = Instant::now();
    messages("missing-tag-filter", &text);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}
