//! Text for values, byte for byte as CircleCI's emitter writes it.

use dryrun::yaml::{Data, Key, Resolved, Value, write};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

fn value(data: Data<()>) -> Value<()> {
    Value { data, mark: () }
}

fn string(text: &str) -> Value<()> {
    value(Data::String(text.to_owned()))
}

fn list(items: Vec<Value<()>>) -> Value<()> {
    value(Data::List(items))
}

fn map(entries: Vec<(&str, Value<()>)>) -> Value<()> {
    let keyed = |(text, value): (&str, _)| (Key { text: text.to_owned(), mark: () }, value);
    value(Data::Map(entries.into_iter().map(keyed).collect()))
}

/// The text written for `text` as the value of the key `k`, without the key.
fn written(text: &str) -> String {
    let whole = write(&map(vec![("k", string(text))])).text;
    whole.strip_prefix("k: ").and_then(|rest| rest.strip_suffix('\n')).unwrap_or(&whole).to_owned()
}

fn from_serde(given: &serde_yaml::Value) -> Value<()> {
    use serde_yaml::Value as Yaml;
    value(match given {
        Yaml::Null => Data::Null,
        Yaml::Bool(flag) => Data::Bool(*flag),
        Yaml::Number(number) => {
            number.as_i64().map_or_else(|| Data::Float(number.as_f64().unwrap_or(f64::NAN)), Data::Int)
        }
        Yaml::String(text) => Data::String(text.clone()),
        Yaml::Sequence(items) => Data::List(items.iter().map(from_serde).collect()),
        Yaml::Mapping(entries) => Data::Map(
            entries
                .iter()
                .map(|(key, value)| {
                    (
                        Key { text: key.as_str().expect("only texts are keys").to_owned(), mark: () },
                        from_serde(value),
                    )
                })
                .collect(),
        ),
        Yaml::Tagged(_) => panic!("no tags are written"),
    })
}

/// Texts that another reading of YAML, a missing quote or a wrong block header would change.
#[rustfmt::skip]
const TRICKY: &[&str] = &[
    // Words, numbers and dates of YAML 1.1.
    "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "yes", "Yes", "YES", "no", "No", "on",
    "On", "off", "OFF", "y", "n", "0", "12", "-12", "+12", "1_000", "0777", "0o17", "0x1F", "0b101",
    "12:30:45", "1:30", "1.10", "1.", ".5", "1e3", "1.5E+3", "1:30.5", ".inf", "-.INF", ".nan", ".NaN",
    "2001-01-01", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43", "=", "<<", "9223372036854775808",
    // Indicators.
    "-", "- a", "--", "-a", "---", "--- a", "...", "?", "? a", "?a", ":", ": a", ":a", "a:", "a: b", "a:b",
    "a #b", "a#b", "#a", ",", ",a", "[a]", "]", "{a}", "}", "{{ .Branch }}", "&a", "*a", "!a", "!!str a",
    "|", ">", ">-", "%a", "@a", "`a`", "'", "'a'", "it's", "\"", "\"a\"", "a\"b", "\\", "a\\nb",
    "<< parameters.x >>",
    // Blanks, line ends and control characters in one line.
    " ", "  ", " a", "a ", "a\tb", "\t", "\ta", "\r", "a\rb", "a\r\nb", "\0", "a\u{1b}[0m", "\u{7f}",
    "\u{9f}", "\u{85}", "a\u{2028}b", "a\u{2029}b", "\u{feff}", "\u{feff}a", "a\u{a0}b", "\u{a0}\t",
    "\u{fffe}",
    // Beyond ASCII.
    "é", "日本", "Build 🏗", "🏗: a", "🏗\t", "\u{10ffff}",
    // Several lines.
    "\n", "\n\n", "a\n", "a\nb", "a\nb\n", "a\n\n", "a\n\n\n", "a\n\nb", "\na", "\n\na\n", " a\nb",
    "  a\n b\n", "a\n b", "a \nb", "a\nb ", "a\n \nb", "a\n\tb", "\ta\nb", "a\tb\nc", "a\r\nb\r\n",
    "# a\nb", "---\na", "...\n", "a: b\n- c\n", " \n", "\n ", "é\n日\n", "a\n\u{2028}b", "a\n  \n",
    "'a'\n\"b\"\n", "#!/bin/bash\nset -e\n",
];

/// The keys and values of a mapping of texts, whatever types a reader would give them: types are
/// [`what_is_written_plain_is_a_string_in_yaml_1_1_too`]'s business, and those of YAML 1.2 are not CircleCI's.
fn read_texts(yaml: &str) -> BTreeMap<String, String> {
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{yaml}\n{error}"))
}

fn texts<const N: usize>(entries: [(&str, &str); N]) -> BTreeMap<String, String> {
    entries.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

#[test]
fn tricky_texts_survive_as_values() {
    for text in TRICKY {
        let yaml = write(&map(vec![("k", string(text)), ("after", string("z"))])).text;
        assert_eq!(read_texts(&yaml), texts([("k", text), ("after", "z")]), "{yaml}");
    }
}

#[test]
fn tricky_texts_survive_as_keys() {
    for text in TRICKY {
        let yaml = write(&map(vec![(text, string(text)), ("after", string("z"))])).text;
        assert_eq!(read_texts(&yaml), texts([(text, text), ("after", "z")]), "{yaml}");
    }
}

#[test]
fn what_is_written_plain_is_a_string_in_yaml_1_1_too() {
    for text in TRICKY {
        if written(text) == *text {
            assert_eq!(Resolved::plain(text), Resolved::String((*text).to_owned()));
            assert_ne!(*text, "=");
        }
    }
}

#[test]
fn one_line_is_plain_where_it_may_be_and_quoted_where_it_must_be() {
    let cases = [
        ("echo \"x\"", "echo \"x\""),
        ("/^master$/", "/^master$/"),
        ("--ci-dir=test/reports", "--ci-dir=test/reports"),
        ("v1-{{ checksum \"go.mod\" }}", "v1-{{ checksum \"go.mod\" }}"),
        ("{{ .Branch }}", "'{{ .Branch }}'"),
        ("cimg/go:1.21", "cimg/go:1.21"),
        ("y", "y"),
        ("1.21", "'1.21'"),
        ("08", "08"),
        ("on", "'on'"),
        ("22:30", "'22:30'"),
        ("1e3", "'1e3'"),
        ("", "''"),
        ("=", "'='"),
        ("it's", "it's"),
        ("'a' it's", "'''a'' it''s'"),
        ("a: it's", "'a: it''s'"),
        ("a # b", "'a # b'"),
        ("# b", "'# b'"),
        ("a#b", "a#b"),
        ("- a", "'- a'"),
        ("-a", "-a"),
        ("?a", "?a"),
        ("...a", "'...a'"),
        ("~/repo", "~/repo"),
        ("<< parameters.x >>", "<< parameters.x >>"),
        ("a ", "'a '"),
        ("a\tb", "\"a\\tb\""),
        ("a\"\\\t", "\"a\\\"\\\\\\t\""),
        ("\u{1b}[0m\u{7f}", "\"\\e[0m\\x7f\""),
        ("a\u{2028}\u{85}\u{feff}", "\"a\\L\\N\\ufeff\""),
        ("Build 🏗", "Build 🏗"),
        ("日\t🏗\u{a0}", "\"日\\t🏗\\_\""),
    ];
    for (text, expected) in cases {
        assert_eq!(written(text), expected, "{text:?}");
    }
}

#[test]
fn several_lines_are_a_literal_block_with_the_hints_it_needs() {
    let cases = [
        ("a\nb", "|-\n  a\n  b"),
        ("a\nb\n", "|\n  a\n  b"),
        ("a\n\nb\n\n\n", "|+\n  a\n\n  b\n\n"),
        ("  a\nb", "|2-\n    a\n  b"),
        ("\na\n", "|2\n\n  a"),
        ("\n", "|2+\n"),
        ("a\n  b\n", "|\n  a\n    b"),
        ("# a\n: b\n", "|\n  # a\n  : b"),
    ];
    for (text, expected) in cases {
        assert_eq!(written(text), expected, "{text:?}");
    }
}

#[test]
fn several_lines_are_double_quoted_where_a_line_ends_in_a_blank() {
    assert_eq!(written("a \nb\n"), r#""a \nb\n""#);
    assert_eq!(written("a\nb "), r#""a\nb ""#);
    assert_eq!(written("a\n\tb\n"), r#""a\n\tb\n""#);
}

#[test]
fn no_line_is_ever_folded() {
    let words = "word ".repeat(100) + "end";
    assert_eq!(written(&words), words);
    let quoted = "word\t ".repeat(100);
    assert_eq!(written(&quoted).lines().count(), 1);
}

#[test]
fn collections_nest_as_circleci_indents_them() {
    let inner = list(vec![list(vec![string("a"), string("b")]), list(vec![]), map(vec![])]);
    let step = map(vec![("run", map(vec![("name", string("x")), ("command", string("a\nb"))]))]);
    let whole = map(vec![
        ("version", value(Data::Int(2))),
        ("jobs", map(vec![("steps", list(vec![string("checkout"), step])), ("empty", map(vec![]))])),
        ("nested", inner),
        ("none", value(Data::Null)),
        ("yes", value(Data::Bool(true))),
        ("no", value(Data::Bool(false))),
        ("date", value(Data::Verbatim("2001-01-01".to_owned()))),
    ]);
    let expected = "\
version: 2
jobs:
  steps:
  - checkout
  - run:
      name: x
      command: |-
        a
        b
  empty: {}
nested:
- - a
  - b
- []
- {}
none: null
'yes': true
'no': false
date: 2001-01-01
";
    assert_eq!(write(&whole).text, expected);
}

#[test]
fn a_document_may_be_a_list_or_a_scalar() {
    assert_eq!(write(&list(vec![string("a"), map(vec![("b", string("c"))])])).text, "- a\n- b: c\n");
    assert_eq!(write(&string("a")).text, "a\n");
    assert_eq!(write(&string("a\nb\n")).text, "|\n  a\n  b\n");
    assert_eq!(write(&map(vec![])).text, "{}\n");
}

#[test]
fn a_key_that_is_not_simple_gets_a_question_mark() {
    let short = "k".repeat(122);
    assert_eq!(write(&map(vec![(&short, string("a"))])).text, format!("{short}: a\n"));
    let long = "k".repeat(123);
    assert_eq!(write(&map(vec![(&long, string("a"))])).text, format!("? {long}\n: a\n"));
    let nested = map(vec![("a", list(vec![string("b")])), ("c", string("d"))]);
    assert_eq!(write(&map(vec![("x\ny", nested)])).text, "? |-\n  x\n  y\n: a:\n  - b\n  c: d\n");
    assert_eq!(write(&map(vec![("", list(vec![string("b")]))])).text, "? ''\n: - b\n");
}

#[test]
fn a_key_is_measured_in_utf_16_units_as_java_does() {
    let long = "🏗".repeat(62);
    assert_eq!(write(&map(vec![(&long, string("a"))])).text, format!("? {long}\n: a\n"));
    let short = "🏗".repeat(61);
    assert_eq!(write(&map(vec![(&short, string("a"))])).text, format!("{short}: a\n"));
}

#[test]
fn floats_are_written_as_java_does() {
    let cases = [
        (1.1, "1.1"),
        (2.0, "2.0"),
        (-0.5, "-0.5"),
        (0.0, "0.0"),
        (-0.0, "-0.0"),
        (0.001, "0.001"),
        (0.0001, "1.0E-4"),
        (0.000_123, "1.23E-4"),
        (9_999_999.0, "9999999.0"),
        (1e7, "1.0E7"),
        (1e10, "1.0E10"),
        (-1.5e300, "-1.5E300"),
        (f64::INFINITY, ".inf"),
        (f64::NEG_INFINITY, "-.inf"),
        (f64::NAN, ".NaN"),
    ];
    for (number, expected) in cases {
        assert_eq!(write(&value(Data::Float(number))).text, format!("{expected}\n"));
    }
}

#[test]
fn each_line_knows_the_marks_of_what_begins_on_it() {
    fn leaf(mark: &'static str, text: &str) -> Value<&'static str> {
        Value { data: Data::String(text.to_owned()), mark }
    }
    fn keyed(key: &'static str, value: Value<&'static str>) -> (Key<&'static str>, Value<&'static str>) {
        (Key { text: key.trim_end_matches("-key").to_owned(), mark: key }, value)
    }
    let run = vec![keyed("name-key", leaf("name", "x")), keyed("command-key", leaf("command", "a\n\nb\n"))];
    let step = Value {
        data: Data::Map(vec![keyed("run-key", Value { data: Data::Map(run), mark: "run" })]),
        mark: "step",
    };
    let steps = Value { data: Data::List(vec![leaf("checkout", "checkout"), step]), mark: "steps" };
    let root = Value {
        data: Data::Map(vec![keyed("steps-key", steps), keyed("z-key", leaf("z", "z"))]),
        mark: "root",
    };
    let written = write(&root);
    let lines: Vec<_> =
        written.lines.iter().map(|line| (&written.text[line.range.clone()], line.marks.as_slice())).collect();
    let expected: [(&str, &[&&str]); 9] = [
        ("steps:", &[&"root", &"steps-key", &"steps"]),
        ("- checkout", &[&"checkout"]),
        ("- run:", &[&"step", &"run-key", &"run"]),
        ("    name: x", &[&"name-key", &"name"]),
        ("    command: |", &[&"command-key", &"command"]),
        ("      a", &[&"command"]),
        ("", &[&"command"]),
        ("      b", &[&"command"]),
        ("z: z", &[&"z-key", &"z"]),
    ];
    assert_eq!(lines, expected);
}

#[test]
fn compiled_configs_of_circleci_are_written_back_to_the_letter() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/compile");
    let Ok(pairs) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    };
    let mut compared = 0;
    for pair in pairs {
        let pair = pair.unwrap().path();
        let meta = std::fs::read_to_string(pair.join("meta.json")).unwrap();
        let meta: serde_json::Value = serde_json::from_str(&meta).unwrap();
        if meta["folded_at_80"] == true {
            continue;
        }
        let expected = std::fs::read_to_string(pair.join("expected.yml")).unwrap();
        let read: serde_yaml::Value = serde_yaml::from_str(&expected).unwrap();
        let actual = write(&from_serde(&read)).text;
        if let Some((line, (expected, actual))) = expected
            .lines()
            .zip(actual.lines())
            .enumerate()
            .find(|(_, (expected, actual))| expected != actual)
        {
            panic!("{}:{}\nexpected {expected}\nwritten  {actual}", pair.display(), line + 1);
        }
        assert_eq!(actual.len(), expected.len(), "{}", pair.display());
        compared += 1;
    }
    assert!(compared > 0, "no pair was compared");
}

/// Texts with many of the characters that matter to YAML; none that YAML 1.2, which the reader of these
/// tests knows, reads as a number and YAML 1.1 as a string (`0o17`).
fn text() -> impl Strategy<Value = String> {
    let same_in_both = |text: &String| {
        written(text) != *text
            || serde_yaml::from_str::<serde_yaml::Value>(text).is_ok_and(|read| read.is_string())
    };
    any_text().prop_filter("read alike by YAML 1.1 and 1.2", same_in_both)
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab:#?'\" \n\t-]{0,10}",
        "\\PC{0,8}",
        proptest::sample::select(TRICKY).prop_map(str::to_owned)
    ]
}

fn tree() -> impl Strategy<Value = Value<()>> {
    let leaf = prop_oneof![
        text().prop_map(|text| value(Data::String(text))),
        any::<i64>().prop_map(|number| value(Data::Int(number))),
        any::<bool>().prop_map(|flag| value(Data::Bool(flag))),
        Just(value(Data::Null)),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let entries = proptest::collection::btree_map(text(), inner.clone(), 0..4);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(list),
            entries.prop_map(|entries| {
                let keyed = |(text, value)| (Key { text, mark: () }, value);
                value(Data::Map(entries.into_iter().map(keyed).collect()))
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_reads_back_as_it_was(tree in tree()) {
        let yaml = write(&tree).text;
        let read: serde_yaml::Value = serde_yaml::from_str(&yaml).map_err(|error| {
            TestCaseError::fail(format!("{error}\n{yaml}"))
        })?;
        prop_assert_eq!(from_serde(&read), tree);
    }

    #[test]
    fn the_lines_cover_the_text(tree in tree()) {
        let written = write(&tree);
        let lines: Vec<_> = written.lines.iter().map(|line| &written.text[line.range.clone()]).collect();
        prop_assert_eq!(lines.join("\n") + "\n", written.text.as_str());
        prop_assert!(written.lines.iter().all(|line| !line.marks.is_empty()));
    }
}
