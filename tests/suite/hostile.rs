//! Input that means harm, and input that was damaged: there is always an answer, and it always fits the text.

use crate::checks::{all_fixtures, rendered};
use dryrun::analysis::{Analysis, Inputs, analyze, fixed};
use dryrun::diagnostic::Diagnostic;
use dryrun::layout::Direction;
use dryrun::text::{Sources, Span};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Each of these is to be answered within a second; this is ten times that, since tests are not optimised and
/// the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(10);

fn assert_span_fits(sources: &Sources, span: Span, what: &str) {
    assert!((span.source.0 as usize) < sources.iter().count(), "{what}: a span of no source");
    let text = &sources.get(span.source).text;
    assert!(
        text.get(span.range()).is_some(),
        "{what}: {span:?} is not inside its text of {} bytes",
        text.len()
    );
}

fn assert_fits(sources: &Sources, diagnostics: &[Diagnostic]) {
    for found in diagnostics {
        assert_span_fits(sources, found.span, found.check);
        assert!(!found.message.is_empty(), "{}", found.check);
        assert!(found.message.len() < 2_000, "{}: a message of {} bytes", found.check, found.message.len());
        for label in &found.related {
            assert_span_fits(sources, label.span, found.check);
        }
        let edits: Vec<Span> = found.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span).collect();
        for (index, edit) in edits.iter().enumerate() {
            assert_span_fits(sources, *edit, found.check);
            let apart = |other: &Span| other.end <= edit.start || edit.end <= other.start;
            assert!(edits[..index].iter().all(apart), "{}: edits overlap", found.check);
        }
    }
}

/// Everything that is made of an analysis, once.
fn exhaust(analysis: &Analysis<'_>) {
    for index in 0..analysis.graphs.len() {
        let _ = analysis.scene(index, Direction::default());
    }
    let _ = fixed(analysis.sources.config(), &analysis.diagnostics, true);
}

fn survives(text: &str) -> Vec<Diagnostic> {
    let sources = Sources::new("config.yml", text);
    let start = Instant::now();
    let analysis = analyze(&sources, &Inputs::default());
    exhaust(&analysis);
    assert!(start.elapsed() < PATIENCE, "took {:?}: {:.60}…", start.elapsed(), text);
    assert_fits(&sources, &analysis.diagnostics);
    analysis.diagnostics
}

fn with_job(name: &str) -> String {
    format!(
        "version: 2.1\njobs:\n  {name}:\n    docker: [{{image: cimg/base:2024.01}}]\n    steps: [checkout]\n\
         workflows:\n  main:\n    jobs: [{name}]\n"
    )
}

#[test]
fn empty_and_binary_texts_get_a_finding() {
    for text in [
        "",
        " ",
        "\n\n",
        "\u{feff}",
        "# only a comment",
        "---",
        "~",
        "\0",
        "\u{1}\u{2}\u{7f}",
        "\u{fffd}PNG\u{1a}\n\0\0",
    ] {
        assert!(!survives(text).is_empty(), "nothing is said about {text:?}");
    }
}

#[test]
fn a_line_of_five_megabytes_gets_a_finding() {
    assert!(!survives(&"x".repeat(5_000_000)).is_empty());
    assert!(!survives(&format!("version: 2.1\nkey: \"{}\"\n", "x".repeat(5_000_000))).is_empty());
    assert!(!survives(&format!("version: 2.1\n{}: 1\n", "x".repeat(100_000))).is_empty());
}

#[test]
fn ten_thousand_levels_get_a_finding() {
    assert!(!survives(&"[".repeat(10_000)).is_empty());
    assert!(!survives(&"- ".repeat(10_000)).is_empty());
    assert!(!survives(&"{a: ".repeat(10_000)).is_empty());
    let deep: Vec<String> = (0..10_000).map(|level| " ".repeat(level.min(400)) + "a:\n").collect();
    assert!(!survives(&deep.concat()).is_empty());
}

#[test]
fn an_alias_bomb_gets_a_finding() {
    let mut text = String::from("version: 2.1\nb0: &b0 [checkout]\n");
    for level in 1..40 {
        let inner = format!("*b{}, ", level - 1).repeat(9);
        let _ = writeln!(text, "b{level}: &b{level} [{inner}]");
    }
    text.push_str("jobs:\n  build:\n    docker: [{image: a}]\n    steps: *b39\n");
    assert!(!survives(&text).is_empty());
}

#[test]
fn chains_of_calls_take_no_stack() {
    let mut text = with_job("build").replace("[checkout]", "[c0]");
    text.push_str("commands:\n");
    for index in 0..5_000 {
        let _ = writeln!(text, "  c{index}: {{steps: [c{}]}}", index + 1);
    }
    assert!(
        survives(&text).iter().any(|found| found.message.contains("`c5000`")),
        "the end of the chain is found"
    );
}

#[test]
fn a_command_that_is_its_own_argument_comes_to_an_end() {
    let text = with_job("build").replace("[checkout]", "[again]")
        + "commands:\n  again:\n    parameters:\n      then: {type: steps, default: [again]}\n    steps: << parameters.then >>\n";
    survives(&text);
}

#[test]
fn a_very_long_name_is_shortened() {
    // As a key it is too long for CircleCI's YAML parser; elsewhere it is a name like any other.
    let name = "n".repeat(10_000);
    assert!(!survives(&with_job(&name)).is_empty());
    assert!(survives(&with_job(&name[..1_000])).is_empty());
    let dangling = survives(&with_job("build").replace("[build]", &format!("[{name}]")));
    assert_eq!(dangling.iter().map(|found| found.check).collect::<Vec<_>>(), ["undefined-job"]);
}

#[test]
fn names_with_markup_and_quotes_are_names() {
    for name in ["<script>alert(1)</script>", "\"a'b\"", "'a\"b'", "日本語", "a b", "\"\\u0007\"", "\"`\""]
    {
        survives(&with_job(name));
        survives(&with_job("build").replace("[build]", &format!("[{name}]")));
    }
}

/// Numbers that look like chance and are the same in every run (a linear congruence).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// `text` with one piece taken out, doubled, swapped for something awkward, or cut off.
fn mutated(text: &str, numbers: &mut Numbers) -> String {
    const AWKWARD: &[&str] = &[
        "\t",
        "\r\n",
        "\r",
        " ",
        "  ",
        "\n",
        ":",
        ": ",
        "- ",
        "#",
        "*x",
        "&x ",
        "<<: ",
        "<< parameters.x >>",
        "{",
        "}",
        "[",
        "]",
        "\"",
        "'",
        "|\n",
        ">-\n",
        "é",
        "😀",
        "\0",
        "~",
        "null",
        "!x ",
        "? ",
        "---\n",
        "\u{feff}",
        "%",
    ];
    let mut characters: Vec<char> = text.chars().collect();
    let start = numbers.below(characters.len() + 1);
    let end = (start + numbers.below(12)).min(characters.len());
    match numbers.below(4) {
        0 => drop(characters.drain(start..end)),
        1 => {
            let piece: Vec<char> = characters[start..end].to_vec();
            characters.splice(end..end, piece);
        }
        2 => characters.truncate(start),
        _ => {
            let piece = AWKWARD[numbers.below(AWKWARD.len())];
            characters.splice(start..end.min(start + 2), piece.chars());
        }
    }
    characters.into_iter().collect()
}

#[test]
fn damaged_fixtures_never_panic_and_findings_fit_the_text() {
    let mut numbers = Numbers(20_260_101);
    for (path, text) in all_fixtures() {
        for _ in 0..12 {
            let mut damaged = mutated(&text, &mut numbers);
            for _ in 0..numbers.below(3) {
                damaged = mutated(&damaged, &mut numbers);
            }
            let sources = Sources::new(path.clone(), damaged);
            let analysis = analyze(&sources, &Inputs::default());
            exhaust(&analysis);
            assert_fits(&sources, &analysis.diagnostics);
        }
    }
}

#[test]
fn the_same_text_gets_the_same_answer() {
    for (path, text) in all_fixtures() {
        let answer = || {
            let sources = Sources::new(path.clone(), text.clone());
            let analysis = analyze(&sources, &Inputs::default());
            let scenes: Vec<_> =
                (0..analysis.graphs.len()).map(|index| analysis.scene(index, Direction::default())).collect();
            format!("{}{scenes:?}", rendered(&sources, &analysis.diagnostics))
        };
        assert_eq!(answer(), answer(), "{path}");
    }
}
