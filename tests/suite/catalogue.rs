//! The signatures of well-known orbs: the file itself, and what is made of it.

use dryrun::analysis::{analyze, catalogue_with, licence_note};
use dryrun::compile::Inputs;
use dryrun::config::ParameterType;
use dryrun::diagnostic::{Diagnostic, Severity};
use dryrun::orb::OrbReference;
use dryrun::orb::catalogue::{BUILT_IN, Catalogue, update};
use dryrun::text::{Sources, Span};
use std::path::Path;

#[test]
fn the_file_is_in_its_canonical_form() {
    let update = catalogue_with(&Sources::new("", ""));
    let differing = update.text.lines().zip(BUILT_IN.lines()).find(|(new, old)| new != old);
    assert_eq!(differing, None, "write it with make catalogue");
    assert_eq!(update.text, BUILT_IN);
}

#[test]
fn the_licence_note_names_every_orb_and_release() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/orb/catalogue/LICENCE.md");
    let note = std::fs::read_to_string(path).unwrap();
    assert_eq!(licence_note(&note, BUILT_IN), note, "write it with make catalogue");
    assert!(note.lines().filter(|line| line.starts_with("| `")).count() > 20);
}

#[test]
fn every_orb_is_found_by_its_major_version_and_every_parameter_has_a_type() {
    let catalogue = Catalogue::built_in();
    assert!(catalogue.releases().len() >= 103, "releases");
    for release in catalogue.releases() {
        let asked = format!("{}@{}", release.reference.name, release.numbers()[0]);
        let found = catalogue.find(&OrbReference::parse(&asked).unwrap()).unwrap();
        assert_eq!(found.reference, release.reference);
        let elements = release.elements(Span::default());
        assert!(!elements.is_empty(), "{}", release.reference);
        let jobs = elements.jobs.iter().flat_map(dryrun::config::Job::parameters);
        let commands = elements.commands.iter().flat_map(|command| &command.parameters);
        for parameter in jobs.chain(commands) {
            let kind = parameter.kind.as_ref().unwrap();
            let choices = parameter.choices.is_empty();
            assert!(kind.value != ParameterType::Enum || !choices, "{}", release.reference);
        }
    }
    let lines = BUILT_IN.lines().filter(|line| line.starts_with("  ")).count();
    assert!(lines >= 4_000, "parameters");
}

fn diagnostics(text: &str) -> Vec<Diagnostic> {
    analyze(&Sources::new("config.yml", text), &Inputs::default()).diagnostics
}

/// A config that imports `orb` as `o` and calls `step` in a job.
fn config(orb: &str, step: &str) -> String {
    format!(
        "version: 2.1\norbs:\n  o: {orb}\njobs:\n  build:\n    docker: [{{image: cimg/base:2024.01}}]\n    \
         steps:\n      - {step}\nworkflows:\n  main:\n    jobs:\n      - build\n"
    )
}

#[test]
fn a_fault_is_an_error_only_where_the_release_is_the_one_that_was_read() {
    let cases = [
        ("circleci/node@5", Some(Severity::Error)),
        ("circleci/node@5.3.0", Some(Severity::Error)),
        ("circleci/node@volatile", Some(Severity::Error)),
        ("circleci/node@5.3", Some(Severity::Warning)),
        ("circleci/node@5.2", Some(Severity::Warning)),
        ("circleci/node@5.1.0", Some(Severity::Warning)),
        ("circleci/android@0", Some(Severity::Warning)),
        ("circleci/android@0.3.0", Some(Severity::Warning)),
        ("eddiewebb/queue@3", Some(Severity::Warning)),
        ("circleci/node@99", None),
        ("circleci/node@dev:alpha", None),
        ("circleci/node@<< pipeline.parameters.release >>", None),
        ("nobody/knows@1", None),
    ];
    for (orb, severity) in cases {
        let parameter = "parameters:\n  release:\n    type: string\n    default: \"5\"\norbs:";
        let text = config(orb, "o/no-such-command").replacen("orbs:", parameter, 1);
        let found = diagnostics(&text);
        let elements: Vec<&Diagnostic> =
            found.iter().filter(|found| found.check == "undefined-orb-element").collect();
        assert_eq!(elements.first().map(|found| found.severity), severity, "{orb}");
        if severity == Some(Severity::Warning) {
            assert_eq!(elements[0].fix, None, "{orb}");
            assert!(elements[0].help.as_ref().unwrap().contains("which may differ from"), "{orb}");
        }
    }
}

#[test]
fn what_stays_unchecked_is_said() {
    let why = |orb: &str| {
        let text = config(orb, "o/install");
        let sources = Sources::new("config.yml", text);
        let analysis = analyze(&sources, &Inputs::default());
        let [only] = analysis.not_checked() else { panic!("{:?}", analysis.not_checked()) };
        assert_eq!(only.what, format!("orb `{orb}`"));
        only.why.clone()
    };
    assert!(why("circleci/node@5").contains("held against `circleci/node@5.3.0`"));
    assert!(why("circleci/node@99").contains("of this version no signatures are known"));
    assert_eq!(why("nobody/knows@1"), "its source is not at hand");
}

#[test]
fn steps_around_the_job_of_an_orb_are_checked() {
    for orb in ["circleci/node@5", "nobody/knows@1"] {
        let text = format!(
            "version: 2.1\norbs: {{o: {orb}, node: circleci/node@5}}\nworkflows:\n  main:\n    jobs:\n      \
             - o/test:\n          post-steps:\n            - node/install: {{node-version: 20}}\n"
        );
        let found = diagnostics(&text);
        assert_eq!(found.len(), 1, "{orb}: {found:?}");
        assert_eq!((found[0].check, found[0].severity), ("wrong-argument-type", Severity::Error), "{orb}");
    }
}

#[test]
fn a_file_that_is_given_goes_before_the_catalogue() {
    let text = config("circleci/node@5", "o/mine");
    let orb = "commands: {mine: {steps: [checkout]}}\n";
    let sources = Sources::new("config.yml", text).with_orb("circleci/node@5", "node.yml", orb);
    let analysis = analyze(&sources, &Inputs::default());
    assert_eq!(analysis.diagnostics, []);
    assert_eq!(analysis.not_checked(), []);
}

#[test]
fn an_orb_file_takes_the_place_of_an_older_release_only() {
    let old = "# A comment.\nacme/a@1.2.0\n command old\nacme/b@1.0.0\n command b\n";
    let new = "commands:\n  go:\n    parameters:\n      to: {type: enum, enum: [x, 2], default: x}\n      \
               now: {type: boolean, default: on}\n      then: {type: steps, default: []}\n      \
               note: {type: string, default: \"\"}\n      who: {type: string}\n    steps: [checkout]\n";
    let sources = Sources::new("", "")
        .with_orb("acme/a@1.10.0", "new", new)
        .with_orb("acme/b@0.9.0", "another major", new)
        .with_orb("acme/b@1", "no release", new)
        .with_orb("acme/c@1.0.0", "aliases", "commands: {go: other/go}\n");
    let library = dryrun::orb::Library::of_files(&sources);
    let result = update(old, &library);
    let go = " command go\n  note string =\n  now boolean = on\n  then steps ?\n  to enum[x|2] = x\n  who string\n";
    let expected = format!("# A comment.\nacme/a@1.10.0\n{go}acme/b@0.9.0\n{go}acme/b@1.0.0\n command b\n");
    assert_eq!(result.text, expected);
    assert_eq!(result.taken, ["acme/a@1.10.0", "acme/b@0.9.0"]);
    let left_out: Vec<&str> = result.left_out.iter().map(|(orb, _)| orb.as_str()).collect();
    assert_eq!(left_out, ["acme/b@1", "acme/c@1.0.0"]);
    let older = Sources::new("", "").with_orb("acme/a@1.1.9", "old", new);
    assert_eq!(update(old, &dryrun::orb::Library::of_files(&older)).text, old);
}
