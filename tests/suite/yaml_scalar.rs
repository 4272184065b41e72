//! YAML 1.1 meaning of scalars, as SnakeYAML resolves them.

use dryrun::yaml::{Resolved, Scalar, ScalarStyle};
use proptest::prelude::*;

fn scalar(text: &str, style: ScalarStyle) -> Scalar {
    Scalar { text: text.to_owned(), style }
}

fn plain(text: &str) -> Resolved {
    Resolved::of(&scalar(text, ScalarStyle::Plain), None)
}

#[test]
fn the_words_of_yaml_1_1_are_booleans_in_three_spellings_only() {
    for (word, meaning) in
        [("yes", true), ("true", true), ("on", true), ("no", false), ("false", false), ("off", false)]
    {
        let capitalised = word[..1].to_uppercase() + &word[1..];
        for spelling in [word.to_owned(), capitalised, word.to_uppercase()] {
            assert_eq!(plain(&spelling), Resolved::Bool(meaning), "{spelling}");
        }
    }
    for text in ["y", "n", "Y", "N", "yEs", "tRUE", "oN", "yes ", "truee"] {
        assert_eq!(plain(text), Resolved::String(text.to_owned()), "{text}");
    }
}

#[test]
fn nulls_are_the_empty_text_the_tilde_and_null() {
    for text in ["", "~", "null", "Null", "NULL"] {
        assert_eq!(plain(text), Resolved::Null, "{text:?}");
    }
    assert_eq!(plain("nULL"), Resolved::String("nULL".to_owned()));
}

#[test]
fn integers_are_read_in_every_base() {
    let cases = [
        ("0", 0),
        ("-0", 0),
        ("12", 12),
        ("+12", 12),
        ("-12", -12),
        ("1_000", 1000),
        ("1__0_", 10),
        ("0777", 511),
        ("-0777", -511),
        ("0_7", 7),
        ("0_", 0),
        ("00", 0),
        ("0x1F", 31),
        ("0xff_ff", 65535),
        ("-0x10", -16),
        ("0b101", 5),
        ("+0b1_0", 2),
        ("1:30", 90),
        ("12:30:45", 45045),
        ("-1:30", -90),
        ("190:20:30", 685_230),
        ("22:22", 1342),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808", i64::MIN),
    ];
    for (text, number) in cases {
        assert_eq!(plain(text), Resolved::Int(number), "{text}");
    }
}

#[test]
fn integers_beyond_64_bits_stay_as_written() {
    for text in
        ["9223372036854775808", "-9223372036854775809", "0xFFFFFFFFFFFFFFFFF", "9223372036854775807:00"]
    {
        assert_eq!(plain(text), Resolved::Verbatim(text.to_owned()), "{text}");
    }
}

#[test]
fn floats_are_read_in_every_form() {
    let cases = [
        ("1.10", 1.1),
        ("1.", 1.0),
        ("0.5", 0.5),
        (".5", 0.5),
        ("-1.5", -1.5),
        ("+1.5", 1.5),
        ("1e3", 1000.0),
        ("1E3", 1000.0),
        ("1e+3", 1000.0),
        ("12e-1", 1.2),
        ("1.5e2", 150.0),
        ("1.e2", 100.0),
        (".5e1", 5.0),
        ("1_0.2_5", 10.25),
        ("08.5", 8.5),
        ("01e1", 10.0),
        ("1:30.5", 90.5),
        ("0:30.", 30.0),
        ("-1:30.5", -90.5),
        (".inf", f64::INFINITY),
        ("-.INF", f64::NEG_INFINITY),
        ("+.Inf", f64::INFINITY),
    ];
    for (text, number) in cases {
        assert_eq!(plain(text), Resolved::Float(number), "{text}");
    }
    for text in [".nan", ".NaN", ".NAN"] {
        assert!(matches!(plain(text), Resolved::Float(number) if number.is_nan()), "{text}");
    }
}

#[test]
fn dates_and_time_stamps_stay_as_written() {
    for text in [
        "2001-12-14",
        "2001-12-14t21:59:43.10-05:00",
        "2001-12-14T21:59:43Z",
        "2001-12-14 21:59:43.10 -5",
        "2001-12-15 2:59:43.10",
        "2001-1-2  3:04:05.",
        "2001-01-02\t03:04:05 +07:30",
    ] {
        assert_eq!(plain(text), Resolved::Verbatim(text.to_owned()), "{text}");
    }
}

#[test]
fn what_only_looks_like_another_type_is_a_string() {
    for text in [
        "08",
        "0o17",
        "0x",
        "0b2",
        "0x_",
        "_1",
        "1:60",
        "0:30",
        "1:",
        ":30",
        "1:2:",
        "1.2.3",
        "e3",
        "1e",
        "1e+",
        "+.5",
        "-.5",
        "+.nan",
        ".",
        "._1",
        "-",
        "+",
        "--1",
        "1-",
        "inf",
        "nan",
        "2001-1-2",
        "2001-12-14T21:59",
        "2001-12-1421:59:43",
        "201-12-14",
        "2001-12-14 21:59:43 X",
        "2001-12-14 21:59:43 +",
        "2001-12-14T",
        "20.04-x",
        "1,000",
        "٣",
        "=",
        "<",
        "<<<",
        "a b",
        "v1",
        "1a",
        "1:30.5e3",
        "cimg/go:1.21",
    ] {
        assert_eq!(plain(text), Resolved::String(text.to_owned()), "{text}");
    }
}

#[test]
fn a_plain_double_angle_is_a_merge_key() {
    assert_eq!(plain("<<"), Resolved::Merge);
    let quoted = scalar("<<", ScalarStyle::SingleQuoted);
    assert_eq!(Resolved::of(&quoted, None), Resolved::String("<<".to_owned()));
}

#[test]
fn every_style_but_plain_means_a_string() {
    for style in
        [ScalarStyle::SingleQuoted, ScalarStyle::DoubleQuoted, ScalarStyle::Literal, ScalarStyle::Folded]
    {
        for text in ["true", "12", "1.5", "", "2001-12-14"] {
            assert_eq!(Resolved::of(&scalar(text, style), None), Resolved::String(text.to_owned()));
        }
    }
}

#[test]
fn a_tag_wins_over_the_look_in_each_of_its_spellings() {
    let cases = [
        ("12", "str", Resolved::String("12".to_owned())),
        ("12", "int", Resolved::Int(12)),
        ("0777", "int", Resolved::Int(511)),
        ("12", "float", Resolved::Float(12.0)),
        ("1.5", "float", Resolved::Float(1.5)),
        ("yes", "bool", Resolved::Bool(true)),
        ("", "null", Resolved::Null),
        ("2001-12-14", "timestamp", Resolved::Verbatim("2001-12-14".to_owned())),
        ("<<", "merge", Resolved::Merge),
        ("many", "int", Resolved::String("many".to_owned())),
        ("x", "binary", Resolved::String("x".to_owned())),
    ];
    for (text, kind, meaning) in cases {
        for tag in [kind.to_owned(), format!("!!{kind}"), format!("tag:yaml.org,2002:{kind}")] {
            for style in [ScalarStyle::Plain, ScalarStyle::DoubleQuoted] {
                assert_eq!(Resolved::of(&scalar(text, style), Some(&tag)), meaning, "{tag} {text}");
            }
        }
    }
    assert_eq!(plain_under("12", "!"), Resolved::String("12".to_owned()));
    assert_eq!(plain_under("12", "!own"), Resolved::String("12".to_owned()));
}

fn plain_under(text: &str, tag: &str) -> Resolved {
    Resolved::of(&scalar(text, ScalarStyle::Plain), Some(tag))
}

proptest! {
    #[test]
    fn resolving_never_panics_and_keeps_the_text(text in "[-+0-9a-fxoEe_:.T Z<~]{0,24}|\\PC{0,12}") {
        match plain(&text) {
            Resolved::String(kept) | Resolved::Verbatim(kept) => prop_assert_eq!(kept, text),
            _ => {}
        }
    }

    #[test]
    fn a_written_integer_reads_back(number: i64) {
        prop_assert_eq!(plain(&number.to_string()), Resolved::Int(number));
    }
}
