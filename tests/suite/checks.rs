//! Each check against its folder in `tests/fixtures/checks`.
//!
//! `bad*.yml` raises the check and no other, `good*.yml` raises nothing. Beside each bad file stands what is
//! said about it (`.out`), and what its fixes make of it (`fixed*.yml`); orb files lie in `orbs/`, their
//! reference with `__` for the slash. `UPDATE_FIXTURES=1` writes what is generated, pages included.

use crate::check_pages;
use dryrun::analysis::{analyze, fixed};
use dryrun::check::{ALL, Check};
use dryrun::compile::Inputs;
use dryrun::diagnostic::{Diagnostic, Safety};
use dryrun::text::{Encoding, Sources, Span};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Fixes are applied at most this often: one can uncover another.
const ROUNDS: usize = 8;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/checks")
}

/// The files `prefix*.yml` of a check, in the order of their names.
pub(crate) fn examples(check: &Check, prefix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder().join(check.id)).expect("each check has a folder of fixtures");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yml"))
        .filter(|path| path.file_stem().is_some_and(|stem| stem.to_string_lossy().starts_with(prefix)))
        .collect();
    files.sort();
    files
}

pub(crate) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A config with the orb files of its check's folder.
pub(crate) fn sources(check: &Check, text: &str) -> Sources {
    let mut sources = Sources::new("config.yml", text);
    let orbs = folder().join(check.id).join("orbs");
    let Ok(entries) = fs::read_dir(orbs) else { return sources };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.sort();
    for file in files {
        let stem = file.file_stem().expect("a file name").to_string_lossy().into_owned();
        sources = sources.with_orb(stem.replacen("__", "/", 1), format!("orbs/{stem}.yml"), read(&file));
    }
    sources
}

pub(crate) fn diagnostics(sources: &Sources) -> Vec<Diagnostic> {
    analyze(sources, &Inputs::default()).diagnostics
}

/// The text with all its fixes applied until nothing changes, those that change what runs too.
pub(crate) fn mended(check: &Check, text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let sources = sources(check, &text);
        let next = fixed(sources.config(), &diagnostics(&sources), true);
        if next == text {
            return text;
        }
        text = next;
    }
    panic!("the fixes of {} do not come to rest:\n{text}", check.id)
}

/// Every config of every check, with its path.
pub(crate) fn all_fixtures() -> Vec<(String, String)> {
    let files = ALL.iter().flat_map(|check| {
        let kinds = ["bad", "good"].into_iter();
        kinds.flat_map(|kind| examples(check, kind)).map(|path| (path.display().to_string(), read(&path)))
    });
    files.collect()
}

/// What is said about a file, in plain text.
pub(crate) fn rendered(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let heading = format!("{}[{}]", diagnostic.severity.name(), diagnostic.check);
        write_place(&mut out, sources, diagnostic.span, &format!("{heading}: {}", diagnostic.message));
        for label in &diagnostic.related {
            write_place(&mut out, sources, label.span, &format!("note: {}", label.message));
        }
        if let Some(help) = &diagnostic.help {
            let _ = writeln!(out, "  help: {help}");
        }
        if let Some(fix) = &diagnostic.fix {
            let word = if fix.safety == Safety::Safe { "fix" } else { "fix (changes what runs)" };
            let _ = writeln!(out, "  {word}: {}", fix.title);
        }
        for fix in &diagnostic.alternatives {
            let _ = writeln!(out, "  or: {}", fix.title);
        }
        out.push('\n');
    }
    out
}

/// Position and text, and the first line of the span underlined.
fn write_place(out: &mut String, sources: &Sources, span: Span, text: &str) {
    let source = sources.get(span.source);
    let position = source.position(span.start, Encoding::Scalar);
    let _ = writeln!(out, "{}:{}:{} {text}", source.name, position.line, position.column);
    let range = source.lines().line_range(&source.text, position.line as usize - 1);
    let line = &source.text[range.clone()];
    let before = &source.text[range.start..span.start as usize];
    let marked =
        &source.text[span.start as usize..(span.end as usize).min(range.end).max(span.start as usize)];
    let pad: String = before.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let _ = writeln!(out, "  | {line}\n  | {pad}{}", "^".repeat(marked.chars().count().max(1)));
}

/// The name of a generated file beside `bad*.yml`.
fn beside(bad: &Path, kind: &str) -> PathBuf {
    let stem = bad.file_stem().expect("a file name").to_string_lossy().into_owned();
    match kind {
        "out" => bad.with_file_name(format!("{stem}.out")),
        _ => bad.with_file_name(format!("{}.yml", stem.replacen("bad", "fixed", 1))),
    }
}

/// What is to be generated: each file, with its content, or with nothing where it must not be.
fn generated() -> Vec<(PathBuf, Option<String>)> {
    let mut files = Vec::new();
    for check in ALL {
        for bad in examples(check, "bad") {
            let text = read(&bad);
            let sources = sources(check, &text);
            files.push((beside(&bad, "out"), Some(rendered(&sources, &diagnostics(&sources)))));
            let mended = mended(check, &text);
            files.push((beside(&bad, "fixed"), (mended != text).then_some(mended)));
        }
    }
    files.extend(check_pages::pages().into_iter().map(|(path, text)| (path, Some(text))));
    files
}

#[test]
fn generated_files_are_up_to_date() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut stale = Vec::new();
    for (path, wanted) in generated() {
        let there = fs::read_to_string(&path).ok();
        if there == wanted {
            continue;
        }
        match (&wanted, update) {
            (Some(text), true) => fs::write(&path, text).expect("a folder to write to"),
            (None, true) => fs::remove_file(&path).expect("a file to remove"),
            (_, false) => stale.push(path.display().to_string()),
        }
    }
    assert!(stale.is_empty(), "run UPDATE_FIXTURES=1 cargo test; stale: {stale:#?}");
}

#[test]
fn every_check_has_a_folder_and_every_folder_a_check() {
    let ids: BTreeSet<String> = ALL.iter().map(|check| check.id.to_owned()).collect();
    let entries = fs::read_dir(folder()).expect("the fixtures are there");
    let folders: BTreeSet<String> = entries
        .map(|entry| entry.expect("a readable folder").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(ids, folders);
    assert_eq!(ids.len(), ALL.len(), "an id is used twice");
    assert!(ALL.is_sorted_by_key(|check| check.id), "checks stand in the order of their ids");
    for check in ALL {
        assert!(!examples(check, "bad").is_empty(), "{} has no bad.yml", check.id);
        assert!(!examples(check, "good").is_empty(), "{} has no good.yml", check.id);
    }
}

#[test]
fn docs_say_what_why_and_how() {
    for check in ALL {
        let headings: Vec<&str> =
            check.docs.lines().filter_map(|line| line.trim().strip_prefix("## ")).collect();
        assert_eq!(headings, ["What it does", "Why it matters", "How to fix"], "docs of {}", check.id);
    }
}

#[test]
fn bad_raises_its_check_and_no_other() {
    for check in ALL {
        for bad in examples(check, "bad") {
            let sources = sources(check, &read(&bad));
            let found: BTreeSet<&str> = diagnostics(&sources).iter().map(|found| found.check).collect();
            assert_eq!(found, BTreeSet::from([check.id]), "{}", bad.display());
        }
    }
}

#[test]
fn good_raises_nothing() {
    for check in ALL {
        for good in examples(check, "good") {
            let sources = sources(check, &read(&good));
            let found = diagnostics(&sources);
            assert!(found.is_empty(), "{}\n{}", good.display(), rendered(&sources, &found));
        }
    }
}

#[test]
fn a_fix_takes_its_finding_away_and_raises_nothing_else() {
    for check in ALL {
        for bad in examples(check, "bad") {
            let text = read(&bad);
            let before = sources(check, &text);
            let unfixable = diagnostics(&before).iter().filter(|found| found.fix.is_none()).count();
            let mended = mended(check, &text);
            let after = sources(check, &mended);
            let left = diagnostics(&after);
            assert!(
                left.len() <= unfixable && left.iter().all(|found| found.fix.is_none()),
                "{} has {unfixable} findings without a fix; after the fixes:\n{}",
                bad.display(),
                rendered(&after, &left)
            );
        }
    }
}

#[test]
fn a_finding_is_at_least_as_mild_as_its_check() {
    for check in ALL {
        for bad in examples(check, "bad") {
            let sources = sources(check, &read(&bad));
            let milder = |found: &Diagnostic| found.severity >= check.severity;
            assert!(diagnostics(&sources).iter().all(milder), "{}", bad.display());
        }
    }
}
