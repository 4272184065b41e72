//! Comments that ask to ignore findings.

use dryrun::analysis::{Analysis, analyze, fixed};
use dryrun::compile::Inputs;
use dryrun::diagnostic::{Diagnostic, Severity, apply_edits};
use dryrun::report::{Report, Verdict};
use dryrun::text::{Encoding, Sources};
use std::time::{Duration, Instant};

/// A config with an error on line 11, where `@` stands, and a warning (`unused-job`) on line 7.
const CONFIG: &str = "\
version: 2.1
jobs:
  build:
    docker: [{image: cimg/go:1.22}]
    steps: [checkout]

  lint:
    docker: [{image: cimg/go:1.22}]
    steps: [checkout]
workflows:
  main: {jobs: [build], when: {equal: [<< pipeline.nmber >>, 1]}}@
";

fn with(comment: &str) -> String {
    CONFIG.replace('@', comment)
}

/// Check and line (from 1) of each finding.
fn shown(sources: &Sources) -> Vec<(&'static str, u32)> {
    places(sources, &analyze(sources, &Inputs::default()).diagnostics)
}

fn places(sources: &Sources, diagnostics: &[Diagnostic]) -> Vec<(&'static str, u32)> {
    let line =
        |found: &Diagnostic| sources.get(found.span.source).position(found.span.start, Encoding::Scalar).line;
    diagnostics.iter().map(|found| (found.check, line(found))).collect()
}

fn findings(text: &str) -> Vec<(&'static str, u32)> {
    shown(&Sources::new("config.yml", text))
}

const ERROR: (&str, u32) = ("unknown-pipeline-value", 11);
const WARNING: (&str, u32) = ("unused-job", 7);

#[test]
fn a_comment_is_about_the_findings_that_begin_on_its_line() {
    assert_eq!(findings(&with("")), [ERROR, WARNING], "the config these tests are about");
    for comment in ["# cci-ignore", "#cci-ignore", "# a note # cci-ignore", "# cci-ignore: a reason"] {
        assert_eq!(findings(&with(&format!(" {comment}"))), [WARNING], "{comment}");
    }
    for no_comment in ["# cci-ignored", "# to cci-ignore it", "# CCI-IGNORE"] {
        assert_eq!(findings(&with(&format!(" {no_comment}"))), [ERROR, WARNING], "{no_comment}");
    }
}

#[test]
fn a_comment_is_about_the_next_line_a_range_or_the_file() {
    let next = with("").replace("  main:", "  # cci-ignore-next-line\n  main:");
    assert_eq!(findings(&next), [WARNING]);
    let range = with("").replace("\n  lint:", "# cci-ignore-start\n  lint:") + "# cci-ignore-end\n";
    assert_eq!(findings(&range), []);
    let over = with("")
        .replace("\n  lint:", "# cci-ignore-start\n  lint:")
        .replace("workflows:", "# cci-ignore-end\nworkflows:");
    assert_eq!(findings(&over), [(ERROR.0, 12)]);
    assert_eq!(findings(&(with("") + "# cci-ignore-file\n")), []);
    assert_eq!(findings(&(with("") + "# cci-ignore-file unused-job\n")), [ERROR]);
}

#[test]
fn a_comment_with_names_is_about_those_checks_only() {
    let one = with("  # cci-ignore unknown-pipeline-value: it comes with the next release");
    assert_eq!(findings(&one), [WARNING]);
    let several = with("  # cci-ignore unknown-key, unknown-pipeline-value");
    assert_eq!(findings(&several), [WARNING, ("unused-ignore", 11)]);
    let other = with("  # cci-ignore unknown-key");
    assert_eq!(findings(&other), [ERROR, WARNING, ("unused-ignore", 11)]);
}

#[test]
fn what_looks_like_a_comment_inside_a_text_is_none() {
    for text in [
        "|\n          # cci-ignore-file",
        ">-\n          a\n          # cci-ignore-file\n          b",
        "'a # cci-ignore-file'",
        "\"a\n          # cci-ignore-file\"",
        "a#cci-ignore-file",
    ] {
        let config = with("").replace("[checkout]\n\n", &format!("\n      - run: {text}\n\n"));
        let found: Vec<_> = findings(&config).into_iter().map(|(check, _)| check).collect();
        assert_eq!(found, [ERROR.0, WARNING.0], "{config}");
    }
}

#[test]
fn no_comment_fits_into_a_text_of_several_lines_so_its_first_line_speaks_for_it() {
    let config = |before: &str, header: &str| {
        format!(
            "version: 2.1\njobs:\n  build:\n    docker: [{{image: cimg/go:1.22}}]\n    steps:\n{before}      - run: {header}\n          make\n          make << parameters.gone >>\n"
        )
    };
    let found = findings(&config("", "|"));
    assert_eq!(found, [("undeclared-parameter", 8)]);
    assert_eq!(findings(&config("", "|  # cci-ignore undeclared-parameter")), []);
    assert_eq!(findings(&config("      # cci-ignore-next-line\n", ">-")), []);
    assert_eq!(findings(&config("      # cci-ignore-next-line\n", "'a").replace(">>\n", ">>'\n")), []);
}

#[test]
fn ignored_findings_are_told_with_the_comment_and_its_reason() {
    let text = with("  # cci-ignore unknown-pipeline-value: see #12: it comes");
    let sources = Sources::new("config.yml", text.as_str());
    let analysis = analyze(&sources, &Inputs::default());
    let report = Report::without_drawings(&analysis, Encoding::Scalar);
    assert_eq!(report.verdict, Verdict::Warnings);
    let [ignored] = report.ignored.as_slice() else { panic!("{:?}", report.ignored) };
    assert_eq!(ignored.diagnostic.check, ERROR.0);
    assert_eq!(ignored.by.span.start.line, 11);
    assert_eq!(ignored.reason.as_deref(), Some("see #12: it comes"));
}

#[test]
fn findings_about_comments_are_ignored_only_where_they_are_named() {
    let unused = (with("") + "# cci-ignore\n").replace("nmber", "number").replace("[build]", "[build, lint]");
    assert_eq!(findings(&unused), [("unused-ignore", 12)]);
    assert_eq!(findings(&(unused.clone() + "# cci-ignore-file unused-ignore\n")), []);
    let file_wide = unused.replace("cci-ignore", "cci-ignore-file");
    assert_eq!(findings(&file_wide), [("unused-ignore", 12)], "it does not hide that it is unused");
    let invalid = with("") + "# cci-ignore-end\n# cci-ignore-file\n";
    assert_eq!(findings(&invalid), [], "as in the language server");
}

#[test]
fn in_a_text_that_is_no_yaml_only_the_whole_file_can_be_ignored() {
    let broken =
        |comment: &str| format!("# cci-ignore-file {comment}\nversion: 2.1\njobs: [  # cci-ignore\n");
    let sources = Sources::new("config.yml", broken(""));
    let analysis = analyze(&sources, &Inputs::default());
    assert_eq!(places(&sources, &analysis.diagnostics), []);
    assert_eq!(analysis.ignored.len(), 1);
    assert_eq!(Verdict::of(&analysis), Verdict::Unparsable, "it was not read, whatever is ignored");
    assert_eq!(findings(&broken("unused-job")), [("yaml-syntax", 3)]);
}

#[test]
fn comments_in_an_orb_file_are_about_findings_there() {
    let config = with("").replace("nmber", "number").replace("[build]", "[build, lint, tools/pack]");
    let orb = |comment: &str| {
        format!(
            "version: 2.1\njobs:\n  pack:\n    docker: [{{image: a/b:1}}]\n    steps: [checkout]\n    stpes: []{comment}\n"
        )
    };
    let found = |comment: &str| {
        let config = config.replace("jobs:\n  build", "orbs: {tools: acme/tools@1.0.0}\njobs:\n  build");
        shown(&Sources::new("config.yml", config).with_orb("acme/tools@1.0.0", "tools.yml", orb(comment)))
    };
    assert_eq!(found(""), [("unknown-key", 6)]);
    assert_eq!(found("  # cci-ignore unknown-key"), []);
}

/// The text with the comment that has finding `index` ignored.
fn with_ignored(analysis: &Analysis<'_>, index: usize) -> Option<String> {
    let fix = analysis.ignore_fix(&analysis.diagnostics[index])?;
    Some(apply_edits(&analysis.sources.config().text, &fix.edits))
}

#[test]
fn the_comment_that_is_offered_hides_its_finding_and_no_other() {
    let block = "\n      - run: |\n          make << parameters.gone >>\n      - run: \"a\n          << parameters.lost >>\"\n\n";
    let configs = [
        with(""),
        with("").replace('\n', "\r\n"),
        with("  # see the wiki"),
        with("  # cci-ignore unused-ignore"),
        with("").replace("[checkout]\n\n", block),
        with("").replace("[checkout]\n\n", block).replace('\n', "\r\n"),
        format!("\u{feff}{}", with("").replace("version: 2.1\n", "")),
        with("").replace("  main:", "  # cci-ignore-next-line unused-ignore: a reason\n  main:"),
        String::new(),
    ];
    for config in configs {
        let sources = Sources::new("config.yml", config.as_str());
        let analysis = analyze(&sources, &Inputs::default());
        assert!(!analysis.diagnostics.is_empty());
        for (index, found) in analysis.diagnostics.iter().enumerate() {
            let Some(text) = with_ignored(&analysis, index) else {
                assert_eq!(found.check, "unused-ignore", "{config}");
                continue;
            };
            let after = Sources::new("config.yml", text.as_str());
            let after = analyze(&after, &Inputs::default());
            let before: Vec<&str> = analysis.diagnostics.iter().map(|found| found.message.as_str()).collect();
            let mut expected = before.clone();
            expected.remove(index);
            let left: Vec<&str> = after.diagnostics.iter().map(|found| found.message.as_str()).collect();
            assert_eq!(left, expected, "{} in\n{text}", found.message);
            assert_eq!(after.ignored[0].diagnostic.check, found.check);
            assert!(
                !config.contains('\r') || !text.replace("\r\n", "").contains('\n'),
                "line ends: {text:?}"
            );
        }
    }
}

#[test]
fn a_comment_on_the_line_above_is_moved_to_where_it_helps() {
    let text = with("").replace("  main:", "  # cci-ignore unknown-pipeline-value\n  main:");
    let sources = Sources::new("config.yml", text.as_str());
    let analysis = analyze(&sources, &Inputs::default());
    let about_it: Vec<Diagnostic> =
        analysis.diagnostics.into_iter().filter(|found| found.check == "unused-ignore").collect();
    let mended = fixed(sources.config(), &about_it, false);
    assert_eq!(mended, text.replace("cci-ignore", "cci-ignore-next-line"));
    assert_eq!(findings(&mended), [WARNING]);
}

#[test]
fn a_bare_comment_for_another_tool_is_only_a_hint() {
    let sources = Sources::new("config.yml", with("").replace("  build:", "  build:  # cci-ignore"));
    let analysis = analyze(&sources, &Inputs::default());
    let unused = analysis.diagnostics.iter().find(|found| found.check == "unused-ignore");
    assert_eq!(unused.map(|found| found.severity), Some(Severity::Hint));
}

#[test]
fn many_comments_and_many_findings_take_no_product_of_both() {
    let many = |count: usize| {
        let entries = "      - gone  # cci-ignore unused-job, undefined-job\n      # cci-ignore-start\n      - lost\n      # cci-ignore-end\n";
        let config =
            with("").replace("{jobs: [build], when: {equal: [<< pipeline.nmber >>, 1]}}", "\n    jobs:\n");
        let sources = Sources::new("config.yml", config + &entries.repeat(count));
        let started = Instant::now();
        let analysis = analyze(&sources, &Inputs::default());
        assert!(analysis.diagnostics.iter().all(|found| found.check != "undefined-job"));
        started.elapsed()
    };
    many(10);
    let took = many(2_000);
    assert!(took < Duration::from_secs(10), "{took:?}");
}
