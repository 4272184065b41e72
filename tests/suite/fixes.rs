//! What a fix may do to a text: each fix of each fixture, by itself.

use crate::checks::{examples, read, sources};
use dryrun::analysis::analyze;
use dryrun::check::{ALL, Check};
use dryrun::compile::Inputs;
use dryrun::diagnostic::{Diagnostic, Fix, apply_edits};
use dryrun::text::SourceId;

/// Every config that has findings, with its check, as it is and with line ends of Windows.
fn bad_configs() -> Vec<(&'static Check, String)> {
    let files =
        ALL.iter().flat_map(|check| examples(check, "bad").into_iter().map(move |path| (check, read(&path))));
    files.flat_map(|(check, text)| [(check, text.clone()), (check, text.replace('\n', "\r\n"))]).collect()
}

/// Each fix of a config's own text that is offered for `text`, alternatives too, with its finding.
fn fixes(check: &Check, text: &str) -> Vec<(Diagnostic, Fix)> {
    let sources = sources(check, text);
    let found = analyze(&sources, &Inputs::default()).diagnostics;
    let with_fix = found.into_iter().flat_map(|found| {
        let fixes: Vec<Fix> = found.fix.iter().chain(&found.alternatives).cloned().collect();
        fixes.into_iter().map(move |fix| (found.clone(), fix))
    });
    with_fix.filter(|(_, fix)| fix.edits.iter().all(|edit| edit.span.source == SourceId(0))).collect()
}

/// How many findings of the same check say the same, wherever they are.
fn count(check: &Check, text: &str, wanted: &Diagnostic) -> usize {
    let sources = sources(check, text);
    let found = analyze(&sources, &Inputs::default()).diagnostics;
    found.iter().filter(|found| (found.check, &found.message) == (wanted.check, &wanted.message)).count()
}

/// The comments of a text, as far as they stand alone or behind blanks.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.find(" #").map(|at| line[at..].trim_end())).collect()
}

#[test]
fn a_fix_by_itself_takes_its_finding_away() {
    let mut tried = 0;
    for (check, text) in bad_configs() {
        for (finding, fix) in fixes(check, &text) {
            let mended = apply_edits(&text, &fix.edits);
            let before = count(check, &text, &finding);
            let after = count(check, &mended, &finding);
            assert!(after < before, "{}: {} leaves the finding:\n{mended}", finding.message, fix.title);
            tried += 1;
        }
    }
    assert!(tried > 100, "only {tried} fixes were tried");
}

#[test]
fn a_fix_changes_its_own_bytes_and_keeps_the_rest() {
    for (check, text) in bad_configs() {
        for (finding, fix) in fixes(check, &text) {
            let what = format!("{} in\n{text}", fix.title);
            let mut edits = fix.edits.clone();
            edits.sort_by_key(|edit| edit.span);
            let apart = edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start);
            assert!(apart, "edits overlap: {what}");
            for edit in &edits {
                assert!(text.get(edit.span.range()).is_some(), "an edit cuts a character: {what}");
                assert!(text[edit.span.range()] != edit.text, "an edit changes nothing: {what}");
            }
            let mended = apply_edits(&text, &fix.edits);
            // What is taken out goes with its comment and its anchor.
            let takes_out = edits.iter().any(|edit| edit.text.is_empty());
            if !takes_out && finding.check != "unused-ignore" && finding.check != "invalid-ignore" {
                assert_eq!(comments(&mended), comments(&text), "comments: {what}");
            }
            let anchors = |text: &str| text.replace("&&", "").matches('&').count();
            assert!(takes_out || anchors(&mended) == anchors(&text), "anchors: {what}");
            let foreign = |text: &str| text.replace("\r\n", "").contains(['\r', '\n']);
            assert!(!text.contains('\r') || !foreign(&mended), "line ends: {what}\n{mended:?}");
        }
    }
}
