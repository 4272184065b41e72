//! Compiled configs, to the letter: our own fixtures, and pairs that CircleCI's compiler made.

use dryrun::analysis::{Analysis, analyze};
use dryrun::compile::Inputs;
use dryrun::diagnostic::Severity;
use dryrun::report::CompiledReport;
use dryrun::text::{Encoding, Sources};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folders in `folder` that hold a `config.yml`, in order; none where there is no such folder.
fn cases(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        eprintln!("skipped: there is no {}", folder.display());
        return Vec::new();
    };
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.retain(|case| case.join("config.yml").is_file());
    cases.sort();
    cases
}

fn compiled(analysis: &Analysis<'_>) -> String {
    CompiledReport::of(analysis, Encoding::Scalar).map(|report| report.text).unwrap_or_default()
}

/// The config of a case, with the orb files beside it.
fn sources(case: &Path) -> Sources {
    let mut sources = Sources::new("config.yml", fs::read_to_string(case.join("config.yml")).unwrap());
    let mut orbs: Vec<PathBuf> = fs::read_dir(case.join("orbs"))
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
        .unwrap_or_default();
    orbs.sort();
    for orb in orbs {
        let reference = orb.file_stem().unwrap().to_string_lossy().replacen("__", "/", 1);
        sources = sources.with_orb(reference.clone(), reference, fs::read_to_string(&orb).unwrap());
    }
    sources
}

/// What a real pair was compiled with.
fn inputs(case: &Path) -> (Inputs, serde_json::Value) {
    let meta = fs::read_to_string(case.join("meta.json")).unwrap_or_else(|_| "{}".to_owned());
    let meta: serde_json::Value = serde_json::from_str(&meta).unwrap();
    let pairs = |key: &str| -> Vec<(String, String)> {
        let text = |value: &serde_json::Value| value.as_str().map_or(value.to_string(), str::to_owned);
        let map = meta.get(key).and_then(serde_json::Value::as_object);
        map.map(|map| map.iter().map(|(name, value)| (name.clone(), text(value))).collect())
            .unwrap_or_default()
    };
    let inputs = Inputs { parameters: pairs("parameters"), values: pairs("values"), ..Inputs::default() };
    (inputs, meta)
}

#[test]
fn our_fixtures_compile_to_the_letter() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let cases = cases(&root().join("tests/fixtures/compile"));
    assert!(!cases.is_empty());
    for case in cases {
        let sources = sources(&case);
        let analysis = analyze(&sources, &Inputs::default());
        assert!(analysis.compiled.faults.is_empty(), "{}: {:?}", case.display(), analysis.compiled.faults);
        let text = compiled(&analysis);
        let expected = case.join("expected.yml");
        if update {
            fs::write(&expected, &text).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(text, expected, "{}", case.display());
    }
}

#[test]
fn a_compiled_config_compiles_to_itself() {
    let ours = cases(&root().join("tests/fixtures/compile"));
    for case in ours.into_iter().chain(cases(&root().join("../shared/corpus/compile"))) {
        let once = without_comments(&fs::read_to_string(case.join("expected.yml")).unwrap());
        let sources = Sources::new("config.yml", once.clone());
        let analysis = analyze(&sources, &Inputs::default());
        // Folded lines are unfolded by whoever writes them again.
        if inputs(&case).1["folded_at_80"].as_bool() != Some(true) {
            assert_eq!(compiled(&analysis), once, "{}", case.display());
        }
        let errors = analysis.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        assert_eq!(errors.count(), 0, "{}", case.display());
    }
}

#[test]
fn what_circleci_compiled_comes_out_the_same() {
    for case in cases(&root().join("../shared/corpus/compile")) {
        let (inputs, meta) = inputs(&case);
        let needs_orb = meta["needs_registry_orb"].as_bool().unwrap_or(false);
        if needs_orb && !case.join("orbs").is_dir() {
            continue;
        }
        let sources = sources(&case);
        let text = compiled(&analyze(&sources, &inputs));
        let expected = without_comments(&fs::read_to_string(case.join("expected.yml")).unwrap());
        if meta["folded_at_80"].as_bool().unwrap_or(false) {
            // An older writer folded long lines: equal as data is enough.
            let parse = |text: &str| serde_yaml::from_str::<serde_yaml::Value>(text).unwrap();
            assert_eq!(parse(&text), parse(&expected), "{}", case.display());
        } else {
            assert_eq!(text, expected, "{}", case.display());
        }
    }
}

/// The text without the lines that the real compiler puts around it.
fn without_comments(text: &str) -> String {
    let body = text.split("# Original config.yml file:").next().unwrap_or_default();
    let lines: Vec<&str> = body.lines().collect();
    let first = lines.iter().position(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines[first.unwrap_or(lines.len())..].join("\n").trim_end().to_owned() + "\n"
}

#[test]
fn nearly_every_line_knows_where_it_comes_from() {
    let folders = [root().join("tests/fixtures/compile"), root().join("../shared/corpus/compile")];
    let (mut lines, mut known) = (0, 0);
    for case in folders.iter().flat_map(|folder| cases(folder)) {
        let (inputs, _) = inputs(&case);
        let sources = sources(&case);
        let report = CompiledReport::of(&analyze(&sources, &inputs), Encoding::Scalar).unwrap();
        assert_eq!(report.lines.len(), report.text.lines().count(), "{}", case.display());
        lines += report.lines.len();
        known += report.lines.iter().filter(|line| !line.chain.is_empty()).count();
    }
    assert!(known * 100 >= lines * 99, "{known} of {lines} lines");
}

#[test]
fn the_origin_of_a_scalar_that_stands_in_a_source_contains_it() {
    for case in cases(&root().join("tests/fixtures/compile")) {
        let sources = sources(&case);
        let analysis = analyze(&sources, &Inputs::default());
        let document = analysis.compiled.document.as_ref().unwrap();
        let config = &sources.config().text;
        walk(document, &mut |text, origin| {
            // Whatever is long enough to be no coincidence.
            if text.len() >= 8 && !text.contains('\n') && config.contains(text) {
                let span = origin.span().unwrap_or_else(|| panic!("{}: {text:?}", case.display()));
                let source = sources.slice(span);
                // Filled in, or the name of a row: made, although it may stand somewhere else too.
                let made = source.contains("<<") || text.starts_with(source);
                assert!(source.contains(text) || made, "{}: {text:?} in {source:?}", case.display());
            }
        });
    }
}

type Compiled = dryrun::yaml::Value<dryrun::compile::Origin>;

fn walk(value: &Compiled, visit: &mut dyn FnMut(&str, &dryrun::compile::Origin)) {
    match &value.data {
        dryrun::yaml::Data::String(text) => visit(text, &value.mark),
        dryrun::yaml::Data::List(items) => items.iter().for_each(|item| walk(item, visit)),
        dryrun::yaml::Data::Map(entries) => entries.iter().for_each(|(_, value)| walk(value, visit)),
        _ => {}
    }
}
