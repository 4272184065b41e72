//! What CircleCI refuses, and what it takes: small configs in which `# error` ends each line with an error.

use dryrun::analysis::analyze;
use dryrun::compile::Inputs;
use dryrun::diagnostic::Severity;
use dryrun::text::{Encoding, Sources};
use std::collections::BTreeSet;
use std::path::Path;

const MARK: &str = "# error";

/// Title and text of each config in `tests/fixtures/refused`.
fn cases() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/refused");
    let mut cases = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the fixtures are there") {
        let path = entry.expect("a readable folder").path();
        let text = std::fs::read_to_string(&path).expect("a readable file");
        for part in text.split("=== ").skip(1) {
            let (title, config) = part.split_once('\n').expect("a title has a line of its own");
            let file = path.file_stem().expect("a file name").to_string_lossy();
            cases.push((format!("{file}: {title}"), config.to_owned()));
        }
    }
    cases
}

#[test]
fn errors_stand_on_the_lines_that_are_marked_and_on_no_others() {
    let mut wrong = Vec::new();
    for (title, text) in cases() {
        let sources = Sources::new("config.yml", text.clone());
        let mut said = Vec::new();
        let mut lines = BTreeSet::new();
        for found in analyze(&sources, &Inputs::default()).diagnostics {
            if found.severity == Severity::Error {
                let line = sources.get(found.span.source).position(found.span.start, Encoding::Scalar).line;
                lines.insert(line as usize);
                said.push(format!("    {line}: [{}] {}", found.check, found.message));
            }
        }
        let marked: BTreeSet<usize> =
            text.lines().enumerate().filter(|(_, line)| line.ends_with(MARK)).map(|(at, _)| at + 1).collect();
        if lines != marked {
            let missed: Vec<String> = marked
                .difference(&lines)
                .map(|line| format!("{line}: {}", text.lines().nth(line - 1).unwrap_or_default()))
                .collect();
            wrong.push(format!(
                "{title}\n  without an error: {missed:#?}\n  beside the marks: {:?}\n{}",
                lines.difference(&marked),
                said.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
