//! The Markdown files for people, held against the files they speak of.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// README and its like, and all of `docs/`.
fn documents() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in [root().to_owned(), root().join("docs")] {
        let entries = fs::read_dir(folder).expect("a readable folder");
        let paths = entries.map(|entry| entry.expect("a readable folder").path());
        found.extend(paths.filter(|path| path.extension().is_some_and(|extension| extension == "md")));
    }
    found.sort();
    found
}

/// The fenced blocks: what stands behind the backticks, and the text within.
fn blocks(text: &str) -> Vec<(&str, &str)> {
    let fenced = text.split("\n```").skip(1).step_by(2);
    fenced.map(|block| block.split_once('\n').unwrap_or((block, ""))).collect()
}

#[test]
fn what_the_documents_quote_stands_in_the_file_they_name() {
    let mut quotes = 0;
    for document in documents() {
        let text = read(&document);
        for (title, quoted) in blocks(&text) {
            let Some((_, name)) = title.split_once(' ') else {
                continue;
            };
            let file = document.with_file_name(name);
            assert!(read(&file).contains(quoted), "{}: no longer in {name}:\n{quoted}", document.display());
            quotes += 1;
        }
    }
    assert!(quotes >= 20, "the recipes quote their examples: {quotes}");
}

#[test]
fn links_of_the_documents_lead_to_files() {
    let mut links = 0;
    for document in documents() {
        let text = read(&document);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
        for (target, _) in targets.filter(|(target, _)| !target.contains("://") && !target.starts_with('#')) {
            let name = target.split('#').next().unwrap_or_default();
            assert!(document.with_file_name(name).exists(), "{}: no {target}", document.display());
            links += 1;
        }
    }
    assert!(links >= 10, "{links}");
}

#[test]
fn both_generators_have_the_same_script_for_frames() {
    let examples = root().join("docs/examples");
    let scripts =
        ["mdbook/dryrun-frames.js", "mkdocs/docs/dryrun-frames.js"].map(|name| read(&examples.join(name)));
    assert_eq!(scripts[0], scripts[1]);
}
