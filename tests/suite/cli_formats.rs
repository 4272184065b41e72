//! `dryrun check` for programs: SARIF and annotations for GitHub.

use crate::cli::{GOOD, bad, file, folder, json, run_in, stdout};
use serde_json::Value;
use std::path::Path;

/// What the published schema of SARIF 2.1.0 asks of an object: its name, the properties it must have, and the others
/// that it may have; more are not allowed. A value is another of these objects, a list of them (`[]`), or as
/// [`check_value`] knows it.
type Shape = (&'static str, &'static [(&'static str, &'static str)], &'static [(&'static str, &'static str)]);

const SHAPES: &[Shape] = &[
    ("log", &[("version", "2.1.0"), ("runs", "[]run")], &[("$schema", "text")]),
    (
        "run",
        &[("tool", "tool")],
        &[("results", "[]result"), ("columnKind", "column"), ("invocations", "[]invocation")],
    ),
    ("tool", &[("driver", "component")], &[]),
    ("component", &[("name", "text")], &[("semanticVersion", "text"), ("rules", "[]rule")]),
    (
        "rule",
        &[("id", "text")],
        &[
            ("shortDescription", "message"),
            ("fullDescription", "message"),
            ("help", "message"),
            ("defaultConfiguration", "configuration"),
        ],
    ),
    ("configuration", &[], &[("level", "level")]),
    ("message", &[("text", "text")], &[("markdown", "text")]),
    ("invocation", &[("executionSuccessful", "bool")], &[("toolExecutionNotifications", "[]notification")]),
    ("notification", &[("message", "message")], &[("level", "level"), ("locations", "[]location")]),
    (
        "result",
        &[("message", "message")],
        &[
            ("ruleId", "text"),
            ("ruleIndex", "number"),
            ("level", "level"),
            ("locations", "[]location"),
            ("relatedLocations", "[]location"),
            ("fixes", "[]fix"),
            ("suppressions", "[]suppression"),
        ],
    ),
    ("location", &[], &[("physicalLocation", "place"), ("message", "message")]),
    ("place", &[("artifactLocation", "artifact")], &[("region", "region")]),
    ("artifact", &[("uri", "uri")], &[]),
    (
        "region",
        &[],
        &[("startLine", "count"), ("startColumn", "count"), ("endLine", "count"), ("endColumn", "count")],
    ),
    ("fix", &[("artifactChanges", "[]change")], &[("description", "message")]),
    ("change", &[("artifactLocation", "artifact"), ("replacements", "[]replacement")], &[]),
    ("replacement", &[("deletedRegion", "region")], &[("insertedContent", "content")]),
    ("content", &[], &[("text", "text")]),
    ("suppression", &[("kind", "suppression-kind")], &[("location", "location"), ("justification", "text")]),
];

/// Lists that must not be empty.
const NOT_EMPTY: [&str; 3] = ["runs", "artifactChanges", "replacements"];
/// Lists in which nothing may stand twice.
const UNIQUE: [&str; 5] = ["rules", "relatedLocations", "fixes", "suppressions", "invocations"];

fn check_value(value: &Value, kind: &str, at: &str) {
    let one_of = |words: &[&str]| words.iter().any(|word| value == *word);
    if let Some(kind) = kind.strip_prefix("[]") {
        let items = value.as_array().unwrap_or_else(|| panic!("{at} is a list"));
        let name = at.rsplit('/').next().unwrap();
        assert!(!items.is_empty() || !NOT_EMPTY.contains(&name), "{at} is empty");
        for (index, item) in items.iter().enumerate() {
            assert!(!UNIQUE.contains(&name) || !items[..index].contains(item), "{at} has {item} twice");
            check_value(item, kind, &format!("{at}/{index}"));
        }
        return;
    }
    let fits = match kind {
        "text" => value.is_string(),
        "bool" => value.is_boolean(),
        "number" => value.is_u64(),
        "count" => value.as_u64().is_some_and(|number| number >= 1),
        "2.1.0" => value == "2.1.0",
        "column" => one_of(&["utf16CodeUnits", "unicodeCodePoints"]),
        "level" => one_of(&["none", "note", "warning", "error"]),
        "suppression-kind" => one_of(&["inSource", "external"]),
        "uri" => value.as_str().is_some_and(is_uri_reference),
        _ => {
            check_object(value, kind, at);
            true
        }
    };
    assert!(fits, "{at} is {kind}: {value}");
}

fn check_object(value: &Value, kind: &str, at: &str) {
    let (_, required, optional) = SHAPES.iter().find(|(name, ..)| *name == kind).expect("a known shape");
    let object = value.as_object().unwrap_or_else(|| panic!("{at} is an object: {value}"));
    for (key, _) in *required {
        assert!(object.contains_key(*key), "{at} lacks {key}");
    }
    for (key, value) in object {
        let known = required.iter().chain(*optional).find(|(name, _)| name == key);
        let (_, kind) = known.unwrap_or_else(|| panic!("{at} may not have {key}"));
        check_value(value, kind, &format!("{at}/{key}"));
    }
}

/// Letters that may stand in a URI, and `%` only before two digits; a colon only behind a scheme.
fn is_uri_reference(text: &str) -> bool {
    let rest = text.strip_prefix("file://").unwrap_or(text);
    let escapes = rest
        .split('%')
        .skip(1)
        .all(|part| part.len() >= 2 && part.as_bytes()[..2].iter().all(u8::is_ascii_hexdigit));
    escapes && rest.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/%".contains(c))
}

/// What the text of the standard asks beyond the schema.
fn check_agreement(log: &Value) {
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let place = |end: &str| {
            (region[format!("{end}Line")].as_u64().unwrap(), region[format!("{end}Column")].as_u64().unwrap())
        };
        assert!(place("start") <= place("end"), "{region}");
    }
}

/// The SARIF log of the configs `names` in `folder`.
fn sarif(folder: &Path, names: &[&str]) -> Value {
    let log = json(&run_in(folder, &[&["check", "--format", "sarif"], names].concat(), b""));
    check_value(&log, "log", "");
    check_agreement(&log);
    log
}

#[test]
fn sarif_is_what_its_schema_allows() {
    let folder = folder("sarif-schema");
    let cycle = GOOD.replace(
        "      - build\n",
        "      - build: {name: ä, requires: [b]}\n      - build: {name: b, requires: [ä]}\n",
    );
    file(&folder, "a b/ä:100%.yml", cycle);
    file(&folder, "clean.yml", GOOD);
    file(&folder, "ignored.yml", bad().replace("- biuld", "- biuld  # cci-ignore: \"later\"\\"));
    file(&folder, "orb.yml", GOOD.replace("jobs:\n  build", "orbs: {x: acme/x@1}\njobs:\n  build"));
    file(&folder, "no.yml", "a: [\tb\n");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/checks");
    let folders = std::fs::read_dir(fixtures).unwrap().map(|entry| entry.unwrap().path().join("bad.yml"));
    let mut names: Vec<String> = folders.map(|path| path.to_str().unwrap().to_owned()).collect();
    names.extend(["a b/ä:100%.yml", "clean.yml", "./ignored.yml", "orb.yml", "no.yml"].map(str::to_owned));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let log = sarif(&folder, &names);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let uri = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert!(results.iter().any(|result| uri(result) == "a%20b/%C3%A4%3A100%25.yml"));
    let ignored = results.iter().find(|result| uri(result) == "ignored.yml").expect("without `./`");
    assert_eq!(ignored["suppressions"][0]["kind"], "inSource");
    assert_eq!(ignored["suppressions"][0]["justification"], "\"later\"\\");
    let kinds =
        |key: &str| results.iter().any(|result| result[key].as_array().is_some_and(|list| !list.is_empty()));
    assert!(kinds("fixes") && kinds("relatedLocations"), "the configs show all there is");
    assert!(!log["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap().is_empty());
    sarif(&folder, &["clean.yml"]);
}

#[test]
fn sarif_points_at_rules_places_and_fixes() {
    let folder = folder("sarif");
    file(&folder, "a b.yml", bad());
    let report = json(&run_in(&folder, &["check", "--format", "sarif", "a b.yml"], b""));
    assert_eq!(report["version"], "2.1.0");
    let run = &report["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let result = &run["results"][0];
    let rule =
        &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
    assert_eq!(rule["id"], result["ruleId"]);
    assert_eq!(result["level"], "error");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.yml");
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 11, "startColumn": 9, "endLine": 11, "endColumn": 14})
    );
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"], place["artifactLocation"]);
    assert_eq!(change["replacements"][0]["deletedRegion"], place["region"]);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "build");
    let failed = json(&run_in(&folder, &["check", "--format", "sarif", "missing.yml"], b""));
    assert_eq!(failed["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn annotations_for_github_are_one_line_each_whatever_the_names() {
    let folder = folder("github");
    file(&folder, "a,b.yml", GOOD.replace("- build\n", "- \"50%\\nx::y\"\n"));
    let output = run_in(&folder, &["check", "--format", "github", "a,b.yml"], b"");
    let text = stdout(&output);
    assert_eq!(text.lines().count(), 1, "{text}");
    assert!(text.starts_with("::error file=a%2Cb.yml,line=11,endLine=11,col=9,endColumn="), "{text}");
    assert!(text.contains(",title=undefined-job::") && text.contains("`50%25"), "{text}");
}
