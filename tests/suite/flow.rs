//! What flows between jobs, held against `tests/fixtures/flow`: beside each config stand its data edges and the
//! findings about it. `UPDATE_FIXTURES=1` writes them; what is written is read before it is believed.

use dryrun::analysis::{Analysis, analyze};
use dryrun::compile::{Inputs, compile};
use dryrun::config;
use dryrun::diagnostic::{Diagnostic, Fix, apply_edits};
use dryrun::flow;
use dryrun::graph::{Edge, EdgeKind};
use dryrun::orb::Library;
use dryrun::text::{Encoding, Sources};
use dryrun::yaml;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/flow")
}

fn configs() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the fixtures are there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yml"));
    files.sort();
    files
}

fn described(analysis: &Analysis<'_>) -> String {
    let mut text = String::new();
    for graph in &analysis.graphs {
        let _ = writeln!(text, "workflow {}", graph.name);
        let name = |edge: &Edge| {
            let name = |id: u32| graph.nodes[id as usize].name.as_str();
            format!("{} -> {}", name(edge.from.0), name(edge.to.0))
        };
        for edge in &graph.edges {
            match &edge.kind {
                EdgeKind::Requires { .. } => {}
                EdgeKind::Workspace { layers, at } => {
                    let _ = write!(text, "  {} workspace", name(edge));
                    for layer in layers {
                        let _ = write!(text, " {}: {} [{}]", layer.order, layer.root, layer.paths.join(", "));
                    }
                    let _ = writeln!(text, " at {}", at.join(" and "));
                }
                EdgeKind::Cache { key, found_by, earlier_run, .. } => {
                    let when = if *earlier_run { "an earlier run" } else { "this run" };
                    let _ = writeln!(text, "  {} cache of {when}: {key} found by {found_by}", name(edge));
                }
            }
        }
    }
    for found in &analysis.diagnostics {
        let place = analysis.sources.get(found.span.source).position(found.span.start, Encoding::Scalar);
        let (line, severity) = (place.line, found.severity.name());
        let _ = writeln!(text, "{line}: {severity}[{}]: {}", found.check, found.message);
    }
    text
}

#[test]
fn data_edges_and_findings_are_the_expected_ones() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let mut wrong = Vec::new();
    for path in configs() {
        let sources = Sources::new("config.yml", fs::read_to_string(&path).expect("a readable file"));
        let text = described(&analyze(&sources, &Inputs::default()));
        let expected = path.with_extension("edges");
        if update {
            fs::write(&expected, text).expect("a folder to write to");
        } else if fs::read_to_string(&expected).ok().as_ref() != Some(&text) {
            wrong.push(format!("{}\n{text}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn there_are_forty_configs() {
    assert!(configs().len() >= 40, "{}", configs().len());
}

fn article() -> String {
    fs::read_to_string(folder().join("article.yml")).expect("the article's config is there")
}

fn predictions(text: &str) -> Vec<Diagnostic> {
    let sources = Sources::new("config.yml", text);
    let mut found = analyze(&sources, &Inputs::default()).diagnostics;
    found.retain(|diagnostic| diagnostic.check == "forbidden-attach");
    found
}

#[test]
fn the_articles_failure_is_predicted_once_for_each_attach() {
    let found = predictions(&article());
    assert_eq!(found.len(), 2);
    for diagnostic in &found {
        assert!(diagnostic.help.as_ref().is_some_and(|help| help.contains("exit status 2")));
        assert_eq!(1 + diagnostic.alternatives.len(), 3, "three ways out");
    }
}

#[test]
fn each_fix_of_the_articles_failure_takes_it_away() {
    let text = article();
    let found = predictions(&text);
    let ways = |diagnostic: &Diagnostic| -> Vec<Fix> {
        diagnostic.fix.iter().chain(&diagnostic.alternatives).cloned().collect()
    };
    for way in 0..3 {
        // The same way out at both attaches.
        let edits: Vec<_> = found.iter().flat_map(|one| ways(one)[way].edits.clone()).collect();
        let mended = apply_edits(&text, &edits);
        assert_ne!(mended, text);
        assert!(predictions(&mended).is_empty(), "{mended}");
    }
}

#[test]
fn restoring_a_cache_into_foreign_directories_is_fine() {
    let attach = "attach_workspace:\n          at: /go";
    let restore = "restore_cache:\n          key: go-modules-";
    assert!(article().contains(attach));
    assert!(predictions(&article().replace(attach, restore)).is_empty());
}

#[test]
fn images_that_are_not_in_the_table_are_not_judged() {
    for image in ["golang:1.13", "acme/circleci-golang:1", "cimg/postgres:16.1"] {
        assert!(predictions(&article().replace("circleci/golang:1.13", image)).is_empty(), "{image}");
    }
    let mirrored = article().replace("circleci/golang:1.13", "mirror.example.com/circleci/golang:1.13");
    assert_eq!(predictions(&mirrored).len(), 2);
    // In the image that followed there is no such directory, and nobody but root can make it.
    let new = predictions(&article().replace("circleci/golang:1.13", "cimg/go:1.22"));
    assert!(new.len() == 2 && new.iter().all(|found| found.message.contains("only root can make `/go`")));
}

/// A workflow of `count` jobs in rows of twenty, each of which moves all kinds of data.
fn busy_workflow(count: usize) -> String {
    let mut text = String::from("version: 2.1\njobs:\n");
    for index in 0..count {
        let _ = writeln!(
            text,
            "  j{index}:\n    docker: [{{image: cimg/base:2024.06}}]\n    steps:\n      - restore_cache: {{keys: ['k{index}-{{{{ \
             arch }}}}', 'shared']}}\n      - attach_workspace: {{at: .}}\n      - persist_to_workspace: {{root: ., paths: \
             [out{index}]}}\n      - save_cache: {{key: 'k{index}-{{{{ arch }}}}', paths: [x]}}\n      - save_cache: \
             {{key: shared, paths: [y]}}"
        );
    }
    text.push_str("workflows:\n  main:\n    jobs:\n");
    for index in 0..count {
        let (row, column) = (index / 20, index % 20);
        let required: Vec<String> = (0..if row == 0 { 0 } else { 2 })
            .map(|add| format!("j{}", (row - 1) * 20 + (column + add) % 20))
            .collect();
        let _ = writeln!(text, "      - j{index}: {{requires: [{}]}}", required.join(", "));
    }
    text
}

#[test]
fn a_thousand_jobs_are_followed_in_no_time() {
    let sources = Sources::new("config.yml", busy_workflow(1000));
    let (document, _) = yaml::parse(sources.config());
    let config = config::read(&document);
    let library = Library::read(&sources, &config.own);
    let compiled = compile(&sources, &config, &library, &Inputs::default());
    let once = || {
        let start = Instant::now();
        let flows = flow::trace(&compiled);
        let edges = flow::edges(&flows, 0);
        assert!(edges.len() > 10_000, "{}", edges.len());
        start.elapsed()
    };
    let fastest = (0..5).map(|_| once()).min().expect("five times");
    // 25 ms are meant, for a release build on a machine that does nothing else.
    assert!(fastest < Duration::from_millis(1500), "{fastest:?}");
}
