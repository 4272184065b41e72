//! Findings on the terminal.

use dryrun::cli::render;
use dryrun::diagnostic::{Diagnostic, Fix};
use dryrun::text::{SourceId, Sources, Span};
use proptest::prelude::*;

/// The rendering without its colours.
fn shown(diagnostic: &Diagnostic, sources: &Sources) -> String {
    anstream::adapter::strip_str(&render(diagnostic, sources)).to_string()
}

fn span_of(sources: &Sources, word: &str) -> Span {
    let start = sources.config().text.find(word).expect("the word is in the text");
    Span::new(SourceId(0), start..start + word.len())
}

/// The column (from 0, in characters) at which the first underline of `mark` begins, and that of `word`.
fn columns(shown: &str, word: &str, mark: char) -> (usize, usize) {
    let column = |line: &str, offset: usize| line[..offset].chars().count();
    let text = shown.lines().find(|line| line.contains(word) && line.contains(" | ")).expect("the line");
    let underline = shown.lines().find(|line| line.contains(mark)).expect("the underline");
    (column(text, text.find(word).expect("word")), column(underline, underline.find(mark).expect("mark")))
}

#[test]
fn a_finding_shows_its_place_its_line_its_help_and_its_fix() {
    let sources = Sources::new("a.yml", "jobs:\n  biuld:\n    steps: []\n");
    let span = span_of(&sources, "biuld");
    let finding = Diagnostic::error("undefined-job", span, "no job `biuld`")
        .with_help("jobs are defined under `jobs`")
        .with_fix(Some(Fix::replace(span, "build", "change to `build`")));
    let shown = shown(&finding, &sources);
    for part in [
        "error[undefined-job]: no job `biuld`",
        "a.yml:2:3",
        "2 |   biuld:",
        "^^^^^",
        "help: jobs are defined under `jobs`",
        "fix: change to `build` (with `--fix`)",
    ] {
        assert!(shown.contains(part), "{part:?} is missing in\n{shown}");
    }
}

#[test]
fn related_places_are_shown_near_far_and_in_other_files() {
    let text = format!("first\nsecond\n{}last\n", "line\n".repeat(50));
    let sources = Sources::new("a.yml", text).with_orb("x/y@1", "orb.yml", "one\ntwo\n");
    let finding = Diagnostic::error("c", span_of(&sources, "second"), "wrong")
        .with_related(span_of(&sources, "first"), "near")
        .with_related(span_of(&sources, "last"), "far")
        .with_related(Span::new(SourceId(1), 4..7), "elsewhere");
    let shown = shown(&finding, &sources);
    for part in
        ["--> a.yml:2:1", "--- near", "::: a.yml:53:1", "---- far", "::: orb.yml:2:1", "--- elsewhere"]
    {
        assert!(shown.contains(part), "{part:?} is missing in\n{shown}");
    }
    assert!(!shown.contains("line"), "what lies between is not shown\n{shown}");
}

#[test]
fn underlines_are_in_place_behind_a_mark_wide_characters_and_crlf() {
    let sources = Sources::new("a.yml", "\u{feff}a: b\r\nname: \"ünï\" wrong\r\n");
    let shown_text = shown(&Diagnostic::error("c", span_of(&sources, "wrong"), "m"), &sources);
    assert!(shown_text.contains("a.yml:2:13"), "{shown_text}");
    let (word, mark) = columns(&shown_text, "wrong", '^');
    assert_eq!(word, mark, "{shown_text}");

    let sources = Sources::new("a.yml", "名前: wrong\n");
    let shown_text = shown(&Diagnostic::error("c", span_of(&sources, "wrong"), "m"), &sources);
    assert!(shown_text.contains("a.yml:1:5"), "{shown_text}");
    let (word, mark) = columns(&shown_text, "wrong", '^');
    assert_eq!(word + 2, mark, "two characters are two cells wide each\n{shown_text}");
}

#[test]
fn the_end_of_the_file_can_be_underlined() {
    let sources = Sources::new("a.yml", "jobs:\n");
    let shown = shown(&Diagnostic::error("c", Span::new(SourceId(0), 6..6), "m"), &sources);
    assert!(shown.contains("a.yml:2:1") && shown.contains("2 |"), "{shown}");
}

#[test]
fn a_line_of_megabytes_is_cut_around_the_place() {
    let text = format!("{}wrong{}", "x".repeat(3_000_000), "y".repeat(3_000_000));
    let sources = Sources::new("a.yml", text);
    let shown = shown(&Diagnostic::error("c", span_of(&sources, "wrong"), "m"), &sources);
    assert!(shown.len() < 2_000, "{} bytes", shown.len());
    assert!(
        shown.contains("a.yml:1:3000001") && shown.contains("wrong") && shown.contains("^^^^^"),
        "{shown}"
    );
}

#[test]
fn what_a_terminal_would_act_on_is_not_passed_on() {
    let sources = Sources::new("a\u{1b}[2J.yml", "a: \u{1b}[31mred\u{7}\n");
    let finding = Diagnostic::error("c", Span::new(SourceId(0), 0..1), "name `\u{1b}[31m`\nerror: forged")
        .with_help("\u{1b}]0;title\u{7}")
        .with_related(Span::new(SourceId(0), 3..4), "\u{9b}31m");
    let rendered = shown(&finding, &sources);
    assert!(rendered.chars().all(|c| c == '\n' || !c.is_control()), "{rendered:?}");
    assert!(rendered.lines().all(|line| !line.starts_with("error: forged")), "{rendered}");
}

#[test]
fn a_thousand_related_places_are_summed_up() {
    let sources = Sources::new("a.yml", "word\n".repeat(1_000));
    let related = |finding: Diagnostic, line: usize| {
        finding.with_related(Span::new(SourceId(0), line * 5..line * 5 + 4), "hop")
    };
    let finding = (0..1_000).fold(Diagnostic::error("c", span_of(&sources, "word"), "m"), related);
    let shown = shown(&finding, &sources);
    assert!(shown.contains("976 more places are not shown"), "{shown}");
}

proptest! {
    /// Any text, any spans in it (also backwards, inside a character, and past the end), any number of labels.
    #[test]
    fn no_span_makes_the_rendering_panic(
        indent in prop_oneof![Just(0), Just(1_990)],
        text in "([a-z:# é漢😀\t\u{0}\u{301}\u{200b}\u{feff}-]|\r\n|\n|\r){0,60}",
        orb in "([a-zé]|\r\n|\n){0,20}",
        spans in proptest::collection::vec((0u32..3, 0u32..80, 0u32..80, "[a-z\n]{0,5}"), 1..8),
    ) {
        // With the indent lines are long enough to be cut.
        let text = format!("{}{text}", "é".repeat(indent));
        let sources = Sources::new("a.yml", text).with_orb("x/y@1", "orb.yml", orb);
        let behind = |offset: u32| if offset < 20 { offset } else { offset + u32::try_from(indent * 2).unwrap() };
        let span = |source: u32, start: u32, end: u32| Span {
            source: SourceId(source),
            start: behind(start),
            end: behind(end),
        };
        let (source, start, end, message) = spans[0].clone();
        let mut finding = Diagnostic::warning("c", span(source, start, end), message);
        for (source, start, end, message) in spans.into_iter().skip(1) {
            finding = finding.with_related(span(source, start, end), message);
        }
        prop_assert!(shown(&finding, &sources).starts_with("warning[c]:"));
    }
}
