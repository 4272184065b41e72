//! Mermaid and DOT.

use crate::graphs::{data_edge, edge, graph, node};
use dryrun::graph::{Graph, JobKind, Status, dot, mermaid};
use proptest::prelude::*;

fn every_kind() -> Graph {
    let nodes = vec![
        node("build", JobKind::Build),
        node("hold", JobKind::Approval),
        node("done", JobKind::NoOp),
        node("suite", JobKind::Group),
        node("gone", JobKind::Missing),
        node("node/test", JobKind::Opaque),
    ];
    let success: &[Status] = &[Status::Success];
    let edges = vec![
        edge(0, 1, success),
        edge(1, 2, &[Status::Failed, Status::NotRun]),
        edge(4, 3, success),
        edge(5, 5, success),
        data_edge(0, 2),
    ];
    graph("all kinds", nodes, edges)
}

/// What Mermaid makes of a label: `#60;` is the character of that number.
pub(crate) fn read_label(label: &str) -> String {
    let mut parts = label.split('#');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap();
        text.push(char::from_u32(number.parse().unwrap()).unwrap());
        text.push_str(rest);
    }
    text
}

/// What Graphviz makes of a quoted label.
pub(crate) fn read_quoted(quoted: &str) -> String {
    let inner = quoted.strip_prefix('"').unwrap().strip_suffix('"').unwrap();
    let mut text = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        assert_ne!(character, '"', "the string ends before its end: {quoted}");
        text.push(if character == '\\' { characters.next().unwrap() } else { character });
    }
    text.replace("&amp;", "&")
}

pub(crate) fn without_control(name: &str) -> String {
    name.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}

#[test]
fn mermaid_shows_kinds_statuses_and_data() {
    let expected = "flowchart LR
  n0[\"build\"]
  n1{{\"hold\"}}
  n2([\"done\"])
  n3[[\"suite\"]]
  n4[\"gone\"]
  n5[\"node/test\"]
  n0 --> n1
  n1 -->|\"failed#44; not_run\"| n2
  n4 --> n3
  n5 --> n5
  n0 -.->|\"workspace\"| n2
  classDef missing stroke:#b3261e,stroke-dasharray:5 4
  class n4 missing
  classDef opaque stroke-dasharray:5 4
  class n5 opaque
";
    assert_eq!(mermaid(&every_kind()), expected);
}

#[test]
fn dot_shows_kinds_statuses_and_data() {
    let expected = "digraph \"all kinds\" {
  rankdir=LR;
  node [shape=box, style=rounded];
  n0 [label=\"build\"];
  n1 [label=\"hold\", shape=octagon, style=solid];
  n2 [label=\"done\", shape=oval, style=solid];
  n3 [label=\"suite\", peripheries=2];
  n4 [label=\"gone\", style=\"rounded,dashed\", color=red];
  n5 [label=\"node/test\", style=\"rounded,dashed\"];
  n0 -> n1;
  n1 -> n2 [label=\"failed, not_run\"];
  n4 -> n3;
  n5 -> n5;
  n0 -> n2 [label=\"workspace\", style=dashed];
}
";
    assert_eq!(dot(&[&every_kind()]), expected);
}

/// Graphviz 2.43 crashes where a line between two jobs of one rank has a `label` and `constraint=false`.
#[test]
fn in_dot_a_line_between_jobs_that_may_stand_side_by_side_moves_none_and_has_its_label_beside_it() {
    let nodes = ["build", "lint", "test"].map(|name| node(name, JobKind::Build)).to_vec();
    let edges = vec![edge(0, 2, &[Status::Success]), data_edge(0, 2), data_edge(1, 0)];
    let text = dot(&[&graph("w", nodes, edges)]);
    assert!(text.contains("n0 -> n2 [label=\"workspace\", style=dashed];"), "{text}");
    assert!(text.contains("n1 -> n0 [xlabel=\"workspace\", style=dashed, constraint=false];"), "{text}");
}

#[test]
fn every_workflow_is_a_digraph_of_its_own() {
    let graph = every_kind();
    assert_eq!(dot(&[&graph, &graph]).matches("digraph ").count(), 2);
}

#[test]
fn mermaid_gets_no_mark_that_it_could_take_for_markup() {
    let graph =
        graph("w", vec![node("1. `<b onload=\"x\">` _a_ snake_case --> [end]", JobKind::Build)], vec![]);
    let text = mermaid(&graph);
    let line = text.lines().nth(1).unwrap();
    let label = line.strip_prefix("  n0[\"").unwrap().strip_suffix("\"]").unwrap();
    assert!(label.contains("snake_case"), "{label}");
    assert!(!label.contains(['<', '>', '"', '`', '[', ']', '.', '=']), "{label}");
}

/// Any characters at all, control characters included.
fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_survives_mermaid(name in any_text()) {
        let text = mermaid(&graph("w", vec![node(&name, JobKind::Build)], vec![]));
        let label = text.strip_prefix("flowchart LR\n  n0[\"").unwrap().strip_suffix("\"]\n").unwrap();
        prop_assert!(!label.contains(['"', '\n']));
        prop_assert_eq!(read_label(label), without_control(&name));
    }

    #[test]
    fn any_name_survives_dot(name in any_text()) {
        let text = dot(&[&graph("w", vec![node(&name, JobKind::Build)], vec![])]);
        let line = text.lines().find(|line| line.starts_with("  n0 ")).unwrap();
        let quoted = line.strip_prefix("  n0 [label=").unwrap().strip_suffix("];").unwrap();
        prop_assert_eq!(read_quoted(quoted), without_control(&name));
    }
}
