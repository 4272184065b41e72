//! Expressions and logic statements.

use dryrun::expression::{
    Answer, Expression, Fault, Logic, Lookup, Opaque, Part, Problem, Reference, Statement, Template, Value,
};
use dryrun::text::{SourceId, Span};
use proptest::prelude::*;
use std::path::Path;

/// The names of these tests: one of each kind, one that is not known offline, nothing else.
pub(crate) fn scope(reference: &Reference) -> Lookup {
    let value = match reference.path.as_str() {
        "parameters.text" => Value::from("some text"),
        "parameters.empty" | "pipeline.git.tag" => Value::from(""),
        "parameters.angles" => Value::from("<< parameters.text >> \\<<"),
        "parameters.yes" => Value::from(true),
        "parameters.no" => Value::from(false),
        "parameters.number" | "matrix.number" => Value::from(11),
        "parameters.zero" => Value::from(0),
        "parameters.none" => Value::Null,
        "parameters.1st" => Value::from("first"),
        "parameters.steps" => Value::Opaque(Opaque { kind: "a list of steps", content: "- checkout".into() }),
        "parameters.nothing" => Value::Opaque(Opaque { kind: "a list of steps", content: String::new() }),
        "pipeline.git.branch" => Value::from("main"),
        "pipeline.number" => Value::from(42),
        "pipeline.parameters.deploy-to" => Value::from("prod"),
        "pipeline.id" => return Lookup::Unknown("`pipeline.id` is made when a pipeline runs".to_owned()),
        _ => return Lookup::Undeclared,
    };
    Lookup::Value(value)
}

pub(crate) fn template(text: &str) -> Template {
    let (template, faults) = Template::parse(text);
    assert_eq!(faults, [], "{text}");
    template
}

/// What `text` becomes with the names of [`scope`].
pub(crate) fn rendered(text: &str) -> String {
    let rendered = template(text).render(&scope);
    assert_eq!(rendered.faults, [], "{text}");
    rendered.text().into_owned()
}

fn evaluated(text: &str) -> Value {
    let outcome =
        Expression::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}")).evaluate(&scope);
    assert_eq!(outcome.faults, [], "{text}");
    match outcome.answer {
        Answer::Known(value) => value,
        Answer::Unknown(unknown) => panic!("{text}: {unknown:?}"),
    }
}

/// The part of `text` that a fault points at, and its wording.
pub(crate) fn shown<'t>(text: &'t str, faults: &[Fault]) -> Vec<(&'t str, String)> {
    faults.iter().map(|fault| (&text[fault.range.clone()], fault.problem.to_string())).collect()
}

#[test]
fn operators_bind_as_documented() {
    let cases = [
        ("not true and false", Value::from(false)),
        ("not (true and false)", Value::from(true)),
        ("!true or true", Value::from(true)),
        ("true or true and false", Value::from(true)),
        ("(true or true) and false", Value::from(false)),
        ("1 < 2 == 3 > 2", Value::from(true)),
        ("\"main\" starts-with \"m\" == true", Value::from(true)),
        ("NOT (\"a b c\" CONTAINS \"b\") OR \"a\" contains \"b\" or TRUE", Value::from(true)),
        ("not 0 == 1", Value::from(false)),
        ("1 == 2 == false", Value::from(true)),
        ("1 != 2 and 2 >= 2 and 2 <= 2 and not (2 > 2) and not (2 < 2)", Value::from(true)),
        ("5>3", Value::from(true)),
        ("-1 < 0", Value::from(true)),
    ];
    for (text, value) in cases {
        assert_eq!(evaluated(text), value, "{text}");
    }
}

#[test]
fn and_and_or_give_the_operand_that_decides() {
    let cases = [
        ("parameters.yes and 10 or 1", Value::from(10)),
        ("parameters.no and 10 or 1", Value::from(1)),
        ("pipeline.git.tag or pipeline.git.branch", Value::from("main")),
        ("parameters.none or \"unknown branch\"", Value::from("unknown branch")),
        ("parameters.zero or parameters.empty", Value::from("")),
        ("parameters.number and parameters.text", Value::from("some text")),
        ("true or 1 > \"a\"", Value::from(true)),
    ];
    for (text, value) in cases {
        assert_eq!(evaluated(text), value, "{text}");
    }
}

#[test]
fn equality_minds_the_type() {
    let cases = [
        ("1 == 1", true),
        ("1 == \"1\"", false),
        ("1 != \"1\"", true),
        ("true == \"true\"", false),
        ("false == 0", false),
        ("\"a\" == \"a\"", true),
        ("pipeline.git.branch == \"main\"", true),
        ("parameters.steps == parameters.steps", true),
        ("parameters.steps == parameters.nothing", false),
    ];
    for (text, holds) in cases {
        assert_eq!(evaluated(text), Value::from(holds), "{text}");
    }
}

#[test]
fn strings_and_patterns_unescape_what_they_must() {
    assert_eq!(evaluated(r#""a \"b\" \\ \n""#), Value::from(r#"a "b" \ \n"#));
    assert_eq!(evaluated(r#""a/b" matches /a\/b/"#), Value::from(true));
    assert_eq!(evaluated(r#""a\\b" matches /a\\b/"#), Value::from(true));
    assert_eq!(evaluated(r#""v1.2" matches /v\d\.\d/"#), Value::from(true));
    assert_eq!(evaluated("\"a\"\n==\t\"a\""), Value::from(true));
}

#[test]
fn patterns_match_the_whole_text() {
    let cases = [
        ("hello.*", "hello world", true),
        ("hello", "hello world", false),
        ("world", "hello world", false),
        ("a|ab", "ab", true),
        ("a|b", "xb", false),
        ("^main$", "main", true),
        ("(?i)MAIN", "main", true),
        ("release/\\d+\\.\\d+", "release/1.20", true),
        ("", "", true),
        ("[^a-c]+", "xyz", true),
    ];
    for (pattern, text, holds) in cases {
        assert_eq!(matching(pattern, text), Answer::Known(Value::from(holds)), "{pattern} {text}");
    }
}

#[test]
fn patterns_that_only_java_knows_are_unknown() {
    for pattern in [
        "(?!main).*",
        "(?<=a)b",
        "(a)\\1",
        "a++",
        "a*+",
        "a{2}+",
        "(?>a)",
        "[a-z&&[^b]]",
        "[a[b]]",
        "\\p{Lower}",
        "\\Qa.b\\E",
        "a\\Z",
        "(?x)a",
        "\\cA",
        "(",
        "a{1000}{1000}",
        "[]a]",
        "\\h",
        "\\",
    ] {
        assert!(matches!(matching(pattern, "ab"), Answer::Unknown(_)), "{pattern}");
    }
    assert!(matches!(matching("a.b", "a\rb"), Answer::Unknown(_)));
    assert!(matches!(matching("a*", &"a".repeat(100_000)), Answer::Unknown(_)));
}

#[test]
fn malformed_expressions_are_told_where_they_break() {
    let cases = [
        ("", "", "An expression is missing here"),
        ("1 +", "+", "`+` has no meaning in an expression"),
        ("a == ", "==", "An expression is missing here"),
        ("== a", "==", "A value is missing here"),
        ("(1", "(", "This parenthesis is never closed"),
        ("1)", ")", "An operator is missing here"),
        ("\"a", "\"a", "A string lacks its closing quote"),
        ("\"a\" matches \"a\"", "\"a\"", "`matches` takes a regular expression between slashes"),
        ("\"a\" matches /a", "/a", "A regular expression lacks its closing slash"),
        ("1a", "1a", "`1a` is not an integer"),
        ("99999999999999999999", "99999999999999999999", "`99999999999999999999` is not an integer"),
        ("a. == 1", "a.", "`a.` is not a name"),
        ("é == 1", "é", "`é` has no meaning in an expression"),
        ("'a'", "'", "`'` has no meaning in an expression"),
    ];
    for (text, part, message) in cases {
        let fault = Expression::parse(text).expect_err(text);
        assert_eq!(shown(text, &[fault]), [(part, message.to_owned())], "{text}");
    }
}

#[test]
fn operands_of_a_wrong_type_are_told_at_the_operand() {
    let cases = [
        ("1 starts-with \"a\"", "1", "`starts-with` takes a string here, and this is an integer"),
        ("\"a\" starts-with true", "true", "`starts-with` takes a string here, and this is a boolean"),
        ("1 < \"a\"", "\"a\"", "`<` takes an integer here, and this is a string"),
        ("pipeline.id >= null", "null", "Referred to a variable \"null\" that does not exist:"),
        ("pipeline.id >= true", "true", "`>=` takes an integer here, and this is a boolean"),
        ("(1 == 1) matches /a/", "(1 == 1)", "`matches` takes a string here, and this is a boolean"),
    ];
    for (text, part, message) in cases {
        let outcome = Expression::parse(text).unwrap().evaluate(&scope);
        assert_eq!(shown(text, &outcome.faults), [(part, message.to_owned())], "{text}");
        assert!(matches!(outcome.answer, Answer::Unknown(_)), "{text}");
    }
}

#[test]
fn a_comparison_with_a_value_that_is_not_there_is_not_there_either() {
    for text in [
        "parameters.none == parameters.none",
        "parameters.none != \"a\"",
        "parameters.none starts-with \"a\"",
        "parameters.none matches /a/",
        "3 > parameters.none",
    ] {
        assert_eq!(evaluated(text), Value::Null, "{text}");
    }
    assert_eq!(evaluated("parameters.none == \"a\" or 12"), Value::from(12));
    assert_eq!(evaluated("not parameters.none"), Value::from(true));
}

#[test]
fn what_is_unknown_is_carried_on_and_never_guessed() {
    let cases = [
        ("pipeline.id", None),
        ("not pipeline.id", None),
        ("pipeline.id == \"a\"", None),
        ("pipeline.id != pipeline.id", None),
        ("pipeline.id or true", Some(true)),
        ("pipeline.id or false", None),
        ("pipeline.id and false", Some(false)),
        ("pipeline.id and true", None),
        ("true or pipeline.id", Some(true)),
        ("false and pipeline.id", Some(false)),
        ("not (pipeline.id and false)", Some(true)),
        ("pipeline.id starts-with \"a\"", None),
    ];
    for (text, truth) in cases {
        let outcome = Expression::parse(text).unwrap().evaluate(&scope);
        assert_eq!(outcome.faults, [], "{text}");
        assert_eq!(outcome.answer.truth(), truth, "{text}");
    }
}

#[test]
fn nesting_is_limited_and_long_chains_are_not() {
    for nested in ["(".repeat(100_000) + "1", "!".repeat(100_000) + "1", "not ".repeat(100_000) + "1"] {
        let fault = Expression::parse(&nested).expect_err("too deep");
        assert_eq!(fault.problem.to_string(), "Parentheses and negations nest more than 100 deep");
    }
    assert!(Expression::parse(&format!("{}1{}", "(".repeat(100), ")".repeat(100))).is_ok());
    let chain = vec!["parameters.no"; 20_000].join(" or ");
    assert_eq!(evaluated(&chain), Value::from(false));
    let (_, faults) = Template::parse(&"<<#parameters.yes>>".repeat(200));
    assert!(faults.iter().any(|fault| fault.problem == Problem::TooDeep("Sections")));
}

fn logic(statement: Statement) -> Logic {
    Logic { statement, span: Span::new(SourceId(0), 10..20) }
}

fn literal(value: impl Into<Value>) -> Logic {
    logic(Statement::Literal(value.into()))
}

fn text(content: &str) -> Logic {
    logic(Statement::Template(template(content)))
}

fn matching(pattern: &str, value: &str) -> Answer {
    let (pattern, value) = (Box::new(literal(pattern)), Box::new(literal(value)));
    logic(Statement::Matches { pattern, value }).decide(&scope).answer
}

#[test]
fn statements_decide_in_three_values() {
    use Statement::{And, Equal, Not, Or};
    let unknown = || text("<< pipeline.id >>");
    let cases = [
        (And(vec![literal(true), literal("a")]), Some(true)),
        (And(vec![literal(true), literal("")]), Some(false)),
        (And(vec![unknown(), literal(false)]), Some(false)),
        (And(vec![unknown(), literal(true)]), None),
        (And(vec![]), Some(false)),
        (Or(vec![literal(0), literal("a")]), Some(true)),
        (Or(vec![unknown(), literal(true)]), Some(true)),
        (Or(vec![unknown(), literal(false)]), None),
        (Or(vec![]), Some(false)),
        (Not(Box::new(text("<< parameters.empty >>"))), Some(true)),
        (Not(Box::new(unknown())), None),
        (Equal(vec![literal("prod"), text("<< pipeline.parameters.deploy-to >>")]), Some(true)),
        (Equal(vec![literal("11"), text("<< parameters.number >>")]), Some(false)),
        (Equal(vec![literal(11), text("<< parameters.number >>"), text("<<matrix.number>>")]), Some(true)),
        (Equal(vec![literal(1), unknown(), literal(2)]), Some(false)),
        (Equal(vec![literal(1), unknown(), literal(1)]), None),
        (Equal(vec![literal("one")]), Some(true)),
        (Equal(vec![]), Some(false)),
    ];
    for (statement, holds) in cases {
        let verdict = logic(statement.clone()).decide(&scope);
        assert_eq!((verdict.holds(), verdict.faults.len()), (holds, 0), "{statement:?}");
    }
}

#[test]
fn any_text_that_is_not_empty_holds_as_a_condition() {
    let cases = [
        ("<< parameters.no >> << parameters.no >>", true),
        ("<< parameters.no >>", false),
        ("<< parameters.text >>", true),
        ("<< parameters.empty >>", false),
        ("<< parameters.empty >><< parameters.empty >>", false),
    ];
    for (content, holds) in cases {
        assert_eq!(text(content).decide(&scope).holds(), Some(holds), "{content}");
    }
}

#[test]
fn faults_of_statements_know_their_scalar() {
    let statement = Statement::And(vec![literal(false), text("<< parameters.x >>")]);
    let verdict = logic(statement).decide(&scope);
    assert_eq!(verdict.faults.len(), 1);
    assert_eq!(verdict.faults[0].span, Span::new(SourceId(0), 10..20));
    assert_eq!(verdict.faults[0].value.range, 3..15);
}

#[test]
fn statements_nest_a_hundred_deep_and_no_deeper() {
    let nested =
        |levels: usize| (1..levels).fold(literal(true), |inner, _| logic(Statement::And(vec![inner])));
    assert_eq!(nested(100).decide(&scope).holds(), Some(true));
    let verdict = nested(101).decide(&scope);
    assert_eq!(verdict.holds(), None);
    assert_eq!(verdict.faults[0].problem.to_string(), "Logic statements nest more than 100 deep");
}

#[test]
fn configs_that_circleci_ran_hold_no_malformed_template() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/real");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    };
    let mut placeholders = 0;
    for file in files {
        let path = file.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        // A whole file as one template: its comments are read along, and no scalar is left out.
        let (template, mut faults) = Template::parse(&text);
        // A merge key opens a tag as soon as it stands in a text.
        faults.retain(|fault| !matches!(fault.problem, Problem::UnclosedTag | Problem::NoTag));
        assert_eq!(shown(&text, &faults), [], "{}", path.display());
        placeholders += template.references().len();
    }
    assert!(placeholders > 0, "no placeholder was seen");
}

/// Bits of templates and expressions in any order.
fn scrap() -> impl Strategy<Value = String> {
    let bits = [
        "<<",
        ">>",
        "\\",
        "#",
        "/",
        "^",
        " ",
        "\n",
        "parameters.text",
        "parameters.no",
        "pipeline.id",
        "(",
        ")",
        "not ",
        "!",
        " and ",
        " or ",
        "==",
        ">",
        "\"",
        "\"a\"",
        " matches ",
        "/a/",
        "1",
        "EOF",
        "é",
        "parameters.",
    ];
    proptest::collection::vec(proptest::sample::select(bits.to_vec()), 0..24).prop_map(|bits| bits.concat())
}

proptest! {
    #[test]
    fn nothing_panics_and_ranges_lie_on_characters(text in prop_oneof![scrap(), "\\PC{0,40}"]) {
        let (template, faults) = Template::parse(&text);
        let rendered = template.render(&scope);
        for fault in faults.iter().chain(&rendered.faults) {
            prop_assert!(text.get(fault.range.clone()).is_some());
        }
        match Expression::parse(&text) {
            Ok(expression) => {
                for fault in expression.evaluate(&scope).faults {
                    prop_assert!(text.get(fault.range).is_some());
                }
            }
            Err(fault) => prop_assert!(text.get(fault.range).is_some()),
        }
    }

    #[test]
    fn a_text_without_angles_is_itself(text in "([^<]|<[^<]){0,40}") {
        let template = template(&text);
        prop_assert!(template.is_constant());
        prop_assert_eq!(template.render(&scope).answer, Answer::Known(Value::String(text)));
    }

    #[test]
    fn the_parts_lie_in_order(text in scrap()) {
        let (template, _) = Template::parse(&text);
        let mut end = 0;
        for part in template.parts() {
            let range = match part {
                Part::Text(range) => range,
                Part::Placeholder(placeholder) => &placeholder.range,
                Part::Section(section) => &section.range,
            };
            prop_assert!(end <= range.start && range.start < range.end);
            end = range.end;
        }
    }

    #[test]
    fn a_whole_placeholder_gives_the_very_value(number: i64, flag: bool, string in "\\PC{0,12}") {
        let whole = template("<< parameters.x >>");
        for value in [Value::Int(number), Value::Bool(flag), Value::String(string)] {
            let one = |_: &Reference| Lookup::Value(value.clone());
            prop_assert_eq!(whole.render(&one).answer, Answer::Known(value.clone()));
        }
    }
}
