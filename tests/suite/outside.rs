//! What only CircleCI knows of a config is named in the report of the page.

use dryrun::report::{NotChecked, ReportedEdit, Verdict};
use dryrun::worker::{Body, Given, OrbFile, Request, RequestKind, answer};

fn report(text: &str, given: Given) -> dryrun::report::Report {
    let direction = dryrun::layout::Direction::default();
    let kind = RequestKind::Analyze { name: "config.yml".into(), text: text.into(), given, direction };
    let Body::Report(report) = answer(Request { rev: 1, kind }).body else { panic!("no report") };
    *report
}

fn named(items: &[NotChecked]) -> Vec<(&str, u32)> {
    items.iter().map(|item| (item.what.as_str(), item.span.start.line)).collect()
}

const CONFIG: &str = "\
version: 2.1
parameters:
  deep: {type: boolean, default: false}
orbs:
  tools: acme/tools@1.0.0
  never: acme/never@1.0.0
jobs:
  build:
    docker:
      - image: cimg/go:1.22
      - image: cimg/postgres:<< pipeline.number >>.0
    steps:
      - run: echo << pipeline.git.branch >> << pipeline.id >> pipeline.number # << pipeline.project.type >>
  again:
    docker: [{image: cimg/go:1.22}]
    steps: [tools/go]
workflows:
  main:
    jobs:
      - build: {context: [release, npm]}
      - again: {context: release}
";

#[test]
fn contexts_images_parameters_and_values_are_named_once_at_their_first_place() {
    let report = report(CONFIG, Given::default());
    let expected = [
        ("context `release`", 20),
        ("context `npm`", 20),
        ("image `cimg/go:1.22`", 10),
        ("image `cimg/postgres:1.0`", 11),
        ("parameter `deep`", 3),
        ("value `pipeline.number`", 11),
        ("value `pipeline.id`", 13),
        ("value `pipeline.project.type`", 13),
    ];
    assert_eq!(named(&report.outside), expected);
}

#[test]
fn only_an_orb_that_is_used_is_needed() {
    let report = report(CONFIG, Given::default());
    let needed: Vec<(&str, bool)> = report.orbs.iter().map(|orb| (orb.alias.as_str(), orb.needed)).collect();
    assert_eq!(needed, [("tools", true), ("never", false)]);
    assert_eq!(named(&report.not_checked), [("orb `acme/tools@1.0.0`", 5)]);
}

#[test]
fn an_image_out_of_an_orb_is_named_where_the_config_leads_to_it() {
    let orb = OrbFile {
        reference: "acme/tools@1.0.0".into(),
        name: "tools.yml".into(),
        text: "jobs:\n  lint:\n    docker: [{image: acme/lint:7}]\n    steps: [checkout]\n".into(),
    };
    let text = "version: 2.1\norbs:\n  tools: acme/tools@1.0.0\nworkflows:\n  main:\n    jobs:\n      - tools/lint\n";
    let report = report(text, Given { orbs: vec![orb], ..Given::default() });
    assert_eq!(report.verdict, Verdict::Ok);
    assert_eq!(named(&report.outside), [("image `acme/lint:7`", 7)]);
}

#[test]
fn a_problem_has_a_comment_that_makes_the_engine_ignore_it() {
    let text = "version: 2.1\njobs:\n  build:\n    docker: [{image: cimg/go:1.22}]\n    steps: [checkout]\nworkflows:\n  main:\n    jobs:\n      - biuld\n";
    let kind = RequestKind::Ignore {
        name: "config.yml".into(),
        text: text.into(),
        given: Given::default(),
        finding: 0,
    };
    let Body::Ignore(Some(fix)) = answer(Request { rev: 1, kind }).body else { panic!("no comment") };
    let [ReportedEdit { span, text: comment, .. }] = fix.edits.as_slice() else { panic!("{:?}", fix.edits) };
    let mut mended = text.to_owned();
    mended.replace_range(span.start.offset as usize..span.end.offset as usize, comment);
    let before = report(text, Given::default());
    let after = report(&mended, Given::default());
    assert_eq!(after.diagnostics.len() + 1, before.diagnostics.len());
    assert_eq!(after.ignored.len(), 1);
}
