//! Mermaid and DOT texts, read back: the nodes and edges of the graph, no more and no less.

use crate::cli::{code, file, folder, run_in, stdout};
use crate::corpus;
use crate::graph_text::{read_label, read_quoted, without_control};
use dryrun::analysis::{Inputs, analyze};
use dryrun::graph::{EdgeKind, Graph, Status, dot, mermaid};
use dryrun::text::Sources;
use std::fs;
use std::path::{Path, PathBuf};

/// Names of the nodes in order; edges as indices, a label (empty for none), and whether they show data.
#[derive(Debug, Default, PartialEq)]
struct Read {
    nodes: Vec<String>,
    edges: Vec<(usize, usize, String, bool)>,
}

/// What the texts should say.
fn told(graph: &Graph) -> Read {
    let label = |kind: &EdgeKind| match kind {
        EdgeKind::Requires { statuses } if statuses == &[Status::Success] => String::new(),
        EdgeKind::Requires { statuses } => {
            statuses.iter().map(|status| status.name()).collect::<Vec<_>>().join(", ")
        }
        data => data.name().to_owned(),
    };
    let edges = graph.edges.iter().map(|edge| {
        let data = !matches!(edge.kind, EdgeKind::Requires { .. });
        (edge.from.0 as usize, edge.to.0 as usize, label(&edge.kind), data)
    });
    Read {
        nodes: graph.nodes.iter().map(|node| without_control(&node.name)).collect(),
        edges: edges.collect(),
    }
}

fn number(id: &str) -> usize {
    id.strip_prefix('n').and_then(|digits| digits.parse().ok()).unwrap_or_else(|| panic!("no node: {id}"))
}

/// Reads a flowchart; lines of `classDef` and `class` only say how a node looks.
fn read_mermaid(text: &str) -> Read {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("flowchart LR"));
    let mut read = Read::default();
    for line in lines.map(str::trim).filter(|line| !line.starts_with("class")) {
        let end =
            line.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or_else(|| panic!("{line}"));
        let (id, rest) = line.split_at(end);
        if let Some(arrow) = rest.strip_prefix(' ') {
            let (arrow, to) = arrow.rsplit_once(' ').unwrap_or_else(|| panic!("{line}"));
            let (kind, label) = arrow.split_once('|').unwrap_or((arrow, ""));
            assert!(["-->", "-.->"].contains(&kind), "{line}");
            let label = label.strip_suffix('|').map_or("", |quoted| quoted.trim_matches('"'));
            read.edges.push((number(id), number(to), read_label(label), kind == "-.->"));
            continue;
        }
        assert_eq!(number(id), read.nodes.len(), "{line}");
        let inner = rest.split_once('"').and_then(|(open, rest)| Some((open, rest.rsplit_once('"')?)));
        let Some((open, (label, close))) = inner else { panic!("no label: {line}") };
        let shapes = [("[", "]"), ("{{", "}}"), ("([", "])"), ("[[", "]]")];
        assert!(shapes.contains(&(open, close)), "{line}");
        assert!(!label.contains('"'), "{line}");
        read.nodes.push(read_label(label));
    }
    read
}

/// Reads one digraph. Strings end at a `"` that no backslash stands before.
fn read_dot(text: &str) -> Read {
    let mut read = Read::default();
    let mut lines = text.lines();
    assert!(
        lines.next().is_some_and(|line| line.starts_with("digraph \"") && line.ends_with("\" {")),
        "{text}"
    );
    for line in lines.map(str::trim).filter(|line| line.starts_with('n') && !line.starts_with("node ")) {
        let statement = line.strip_suffix(';').unwrap_or_else(|| panic!("{line}"));
        let (id, attributes) = statement.split_once(" [").unwrap_or((statement, "]"));
        let attributes = attributes.strip_suffix(']').unwrap_or_else(|| panic!("{line}"));
        let label = attributes
            .strip_prefix('x')
            .unwrap_or(attributes)
            .strip_prefix("label=")
            .map(|quoted| &quoted[..=end_of_string(quoted)]);
        let label = label.map(read_quoted).unwrap_or_default();
        match id.split_once(" -> ") {
            None => {
                assert_eq!(number(id), read.nodes.len(), "{line}");
                read.nodes.push(label);
            }
            Some((from, to)) => {
                let data = attributes.contains(", style=dashed");
                read.edges.push((number(from), number(to), label, data));
            }
        }
    }
    read
}

/// The index of the quote that ends the string at the beginning of `quoted`.
fn end_of_string(quoted: &str) -> usize {
    let mut escaped = true; // the quote that opens it
    for (at, letter) in quoted.char_indices() {
        match letter {
            '"' if !escaped => return at,
            _ => escaped = letter == '\\' && !escaped,
        }
    }
    panic!("no end: {quoted}")
}

/// Reads both texts of every workflow of the config; how many workflows there are.
fn compare(name: &str, text: &str) -> usize {
    let sources = Sources::new(name, text);
    let analysis = analyze(&sources, &Inputs::default());
    for graph in &analysis.graphs {
        let told = told(graph);
        assert_eq!(read_mermaid(&mermaid(graph)), told, "{name}: {}", graph.name);
        assert_eq!(read_dot(&dot(&[graph])), told, "{name}: {}", graph.name);
    }
    analysis.graphs.len()
}

/// Every YAML file under `folder`.
fn configs(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            configs(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yml") {
            found.push(path);
        }
    }
}

#[test]
fn every_graph_of_the_fixtures_reads_back() {
    let mut files = Vec::new();
    configs(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"), &mut files);
    let texts = files.iter().map(|path| (path, fs::read_to_string(path).unwrap()));
    let graphs: usize = texts.map(|(path, text)| compare(&path.display().to_string(), &text)).sum();
    assert!(graphs > 300, "{graphs} graphs");
}

#[test]
fn every_graph_of_real_configs_reads_back() {
    let Some(files) = corpus::configs() else { return };
    let texts =
        files.iter().map(|path| (path, String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned()));
    let graphs: usize = texts.map(|(path, text)| compare(&path.display().to_string(), &text)).sum();
    assert!(graphs >= files.len(), "{graphs} graphs");
}

/// Two jobs with every kind of edge between them, and names that mean something in Mermaid, DOT and SVG.
fn hostile() -> String {
    let job = |steps: &str| format!("{{docker: [{{image: cimg/base:2024.01}}], steps: [checkout, {steps}]}}");
    let persist = "{persist_to_workspace: {root: ., paths: [a]}}, {save_cache: {key: k, paths: [b]}}";
    let attach = "{attach_workspace: {at: .}}, {restore_cache: {key: k}}";
    let names = [
        "end",
        "a]b",
        "\\\"q\\\"",
        "<b>&amp;",
        "subgraph",
        "n0",
        "--> x",
        "日本語",
        "line\\nbreak",
        "`#35;`",
    ];
    let entries = names.iter().map(|name| format!("      - use: {{name: \"{name}\", requires: [build]}}\n"));
    let long =
        format!("      - use: {{name: \"{}\", requires: [build: [failed, canceled]]}}\n", "x".repeat(3_000));
    format!(
        "version: 2.1\njobs:\n  build: {}\n  use: {}\nworkflows:\n  \"a \\\"]<\":\n    jobs:\n      - build\n{}{long}\
         \u{20} other: {{jobs: [build]}}\n",
        job(persist),
        job(attach),
        entries.collect::<String>(),
    )
}

#[test]
fn hostile_names_read_back() {
    assert_eq!(compare("hostile", &hostile()), 2);
}

#[test]
fn every_format_shows_the_layers_that_are_asked_for() {
    let folder = folder("layers");
    let path = file(&folder, "config.yml", hostile());
    // What stands for an edge of each layer, eleven times in the first workflow.
    let marks = [
        ("svg", ["data-edge=\"requires\"", "data-edge=\"workspace\"", "data-edge=\"cache\""]),
        ("mermaid", ["n0 --", "\"workspace\"", "\"cache\""]),
        ("dot", ["n0 -> n", "label=\"workspace\"", "label=\"cache\""]),
        ("json", ["\"kind\":\"requires\"", "\"kind\":\"workspace\"", "\"kind\":\"cache\""]),
    ];
    for (format, marks) in marks {
        let drawn = |layers: &str| {
            let output = run_in(&folder, &["graph", "--format", format, "--layers", layers, &path], b"");
            assert_eq!(code(&output), 0, "{format} {layers}");
            stdout(&output)
        };
        let all = drawn("requires,workspace,cache");
        for (mark, layer) in marks.into_iter().zip(["requires", "workspace", "cache"]) {
            let alone = drawn(layer);
            assert_eq!(alone.matches(mark).count(), 11, "{format} {layer}: {alone}");
            assert!(all.matches(mark).count() >= 11, "{format} {layer}");
            let others =
                marks.iter().filter(|other| **other != mark && !(format == "dot" && **other == "n0 -> n"));
            assert!(others.clone().all(|other| !alone.contains(other)), "{format} {layer}: {alone}");
        }
        assert!(all.contains("other"), "{format}: the second workflow is there too");
    }
}
