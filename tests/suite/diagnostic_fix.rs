//! Fixes of several findings, applied together.

use dryrun::diagnostic::{Diagnostic, Edit, Fix, Safety, fixable};
use dryrun::text::{SourceId, Span};

fn span(start: u32, end: u32) -> Span {
    Span { source: SourceId(0), start, end }
}

/// A finding whose fix replaces `spans`.
fn finding(check: &'static str, spans: &[Span]) -> Diagnostic {
    let edits = spans.iter().map(|span| Edit { span: *span, text: "new".to_owned() }).collect();
    let fix = Fix { title: "change it".to_owned(), safety: Safety::Safe, edits };
    Diagnostic::error(check, spans[0], "wrong").with_fix(Some(fix))
}

fn chosen(findings: &[Diagnostic], unsafe_too: bool) -> Vec<&str> {
    fixable(SourceId(0), findings, unsafe_too).iter().map(|(index, _)| findings[*index].check).collect()
}

#[test]
fn a_fix_is_applied_whole_or_left_for_later() {
    let findings = [
        finding("first", &[span(0, 5), span(20, 25)]),
        finding("overlaps-the-second-edit", &[span(10, 12), span(24, 30)]),
        finding("touches-none", &[span(10, 12), span(25, 30)]),
    ];
    assert_eq!(chosen(&findings, false), ["first", "touches-none"]);
}

#[test]
fn two_insertions_at_one_place_are_not_made_at_once() {
    let findings = [finding("first", &[span(3, 3)]), finding("second", &[span(3, 3)])];
    assert_eq!(chosen(&findings, false), ["first"]);
}

#[test]
fn an_insertion_inside_a_replacement_is_left_for_later_whichever_comes_first() {
    let (insertion, replacement) =
        (finding("insertion", &[span(3, 3)]), finding("replacement", &[span(1, 5)]));
    assert_eq!(chosen(&[insertion.clone(), replacement.clone()], false), ["insertion"]);
    assert_eq!(chosen(&[replacement, insertion], false), ["replacement"]);
}

#[test]
fn edits_that_meet_end_to_start_are_made_at_once() {
    let findings =
        [finding("second", &[span(5, 9)]), finding("first", &[span(1, 5)]), finding("end", &[span(9, 9)])];
    assert_eq!(chosen(&findings, false), ["second", "first", "end"]);
}

#[test]
fn a_fix_of_another_source_is_left_alone() {
    let elsewhere = Span { source: SourceId(1), start: 0, end: 1 };
    let findings = [finding("elsewhere", &[span(0, 1), elsewhere]), finding("here", &[span(0, 1)])];
    assert_eq!(chosen(&findings, false), ["here"]);
}

#[test]
fn unsafe_fixes_are_made_only_when_asked_for() {
    let mut finding = finding("changes-what-runs", &[span(0, 1)]);
    finding.fix = finding.fix.map(Fix::behaviour_changing);
    assert_eq!(chosen(&[finding.clone()], false), Vec::<&str>::new());
    assert_eq!(chosen(&[finding], true), ["changes-what-runs"]);
}
