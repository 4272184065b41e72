//! Templates: placeholders, sections, and what only looks like them.

use crate::expression::{rendered, scope, shown, template};
use dryrun::expression::{Answer, Expression, Namespace, Problem, Reference, Template, Value};

#[test]
fn placeholders_are_filled_in_with_any_spacing() {
    let cases = [
        ("a<<parameters.text>>b", "asome textb"),
        ("a << parameters.text >> b", "a some text b"),
        ("<<  parameters.text>> <<\tparameters.number\n>>", "some text 11"),
        ("$<< parameters.text >>", "$some text"),
        ("if << parameters.no >>; then", "if false; then"),
        ("[[ \"<< parameters.empty >>\" == \"<<parameters.none>>\" ]]", "[[ \"\" == \"\" ]]"),
        ("<<pipeline.git.branch>>-<<matrix.number>>", "main-11"),
        ("to << pipeline.parameters.deploy-to >>", "to prod"),
        ("the << parameters.1st >>", "the first"),
        ("n=<< pipeline.number > 40 and parameters.text >>.", "n=some text."),
    ];
    for (text, expected) in cases {
        assert_eq!(rendered(text), expected, "{text}");
    }
}

#[test]
fn what_has_no_name_of_circleci_s_in_it_is_told_and_stays_text() {
    let cases = [
        ("cat <<EOF >> file\nbody\nEOF", Some(4)),
        ("<<include(scripts/a.sh)>>", Some(0)),
        ("a << word >>", Some(2)),
        ("<<>>", Some(0)),
        ("<< >>", Some(0)),
        ("<< # comment parameters.text >>", Some(0)),
        ("<<network>>", Some(0)),
        ("tr <<< word >> file", Some(4)),
        ("cat << \"EOF\" >> parameters.txt\npipeline.sh\n", None),
        ("<< 1 >>", None),
        (">>", None),
        ("parameters.text >>", None),
        ("{{ checksum \"x\" }} ${A}", None),
    ];
    for (text, place) in cases {
        let (template, faults) = Template::parse(text);
        let told: Vec<_> = faults.iter().map(|fault| (&fault.problem, fault.range.clone())).collect();
        let expected: Vec<_> = place.iter().map(|at| (&Problem::NoTag, *at..at + 2)).collect();
        assert_eq!(told, expected, "{text}");
        assert!(template.is_constant(), "{text}");
    }
}

#[test]
fn a_here_document_does_not_hide_the_placeholders_in_it() {
    let (template, faults) = Template::parse("cat <<EOF >> out\n<< parameters.number >>\nEOF");
    assert_eq!(faults.len(), 1);
    assert_eq!(template.render(&scope).text(), "cat <<EOF >> out\n11\nEOF");
}

#[test]
fn a_tag_that_is_never_closed_is_told_and_stays_text() {
    let cases = [
        ("cat <<EOF > file\nbody\nEOF", &[4][..]),
        ("cat << EOF\n<<parameters.number>>\nEOF\n", &[4][..]),
        ("grep a <<< \"$text\"", &[7][..]),
        ("<<", &[0][..]),
        ("a << parameters.text", &[2][..]),
        ("$(( 1 << 2 )) \\<<EOF <<EOF", &[6, 21][..]),
        ("\\\\<<EOF", &[2][..]),
        ("<<<<parameters.number>>>>", &[0][..]),
    ];
    for (text, places) in cases {
        let (template, faults) = Template::parse(text);
        let told: Vec<_> = faults.iter().map(|fault| (&fault.problem, fault.range.clone())).collect();
        let expected: Vec<_> = places.iter().map(|at| (&Problem::UnclosedTag, *at..at + 2)).collect();
        assert_eq!(told, expected, "{text}");
        assert_eq!(template.references().len(), text.matches("<<parameters").count(), "{text}");
    }
}

#[test]
fn a_backslash_escapes_the_angles_and_only_that_one_goes() {
    let cases = [
        ("cat \\<<EOF", "cat <<EOF"),
        ("\\<< parameters.text >>", "<< parameters.text >>"),
        (".\\\\<< parameters.text >>", ".\\some text"),
        ("\\\\\\<< parameters.text >>", "\\<< parameters.text >>"),
        ("a\\b \\n \\\\ c", "a\\b \\n \\\\ c"),
        ("\\<<parameters.number>> <<parameters.number>>", "<<parameters.number>> 11"),
    ];
    for (text, expected) in cases {
        assert_eq!(rendered(text), expected, "{text}");
    }
}

#[test]
fn what_was_filled_in_is_not_read_again() {
    assert_eq!(rendered("a <<parameters.angles>>"), "a << parameters.text >> \\<<");
}

#[test]
fn a_whole_scalar_keeps_the_type_of_its_value() {
    let cases = [
        ("<< parameters.number >>", Value::from(11)),
        ("<<parameters.yes>>", Value::from(true)),
        ("<< parameters.none >>", Value::Null),
        ("<< not parameters.yes >>", Value::from(false)),
        ("<< pipeline.number >= 42 >>", Value::from(true)),
        ("<< parameters.number >> ", Value::from("11 ")),
        ("<< parameters.no >> << parameters.no >>", Value::from("false false")),
    ];
    for (text, value) in cases {
        assert_eq!(template(text).render(&scope).answer, Answer::Known(value), "{text}");
    }
    let steps = template("<< parameters.steps >>");
    assert_eq!(
        steps.whole().and_then(|whole| whole.expression.as_reference()).map(Reference::name),
        Some("steps")
    );
    assert!(matches!(steps.render(&scope).answer, Answer::Known(Value::Opaque(_))));
    assert!(template("a << parameters.steps >>").whole().is_none());
}

#[test]
fn sections_are_kept_or_dropped_with_their_tags() {
    let cases = [
        ("a<<# parameters.yes >>-b<</ parameters.yes >>c", "a-bc"),
        ("a<<#parameters.no>>-b<</parameters.no>>c", "ac"),
        ("a<<^ parameters.yes >>-b<</ parameters.yes >>c", "ac"),
        ("a<<^parameters.no>>-b<</parameters.no>>c", "a-bc"),
        ("<<#parameters.text>>[<<parameters.text>>]<</parameters.text>>", "[some text]"),
        ("<<#parameters.empty>>x<</parameters.empty>><<^parameters.empty>>y<</parameters.empty>>", "y"),
        ("<<#parameters.zero>>x<</parameters.zero>>", ""),
        ("<<#parameters.nothing>>x<</parameters.nothing>><<#parameters.steps>>y<</parameters.steps>>", "y"),
        ("v1-<<#pipeline.git.branch>>b<</pipeline.git.branch >>", "v1-b"),
        (
            "<<#parameters.no>>a <<#parameters.yes>>b<</parameters.yes>> <<parameters.text>><</parameters.no>>.",
            ".",
        ),
        ("<<#parameters.yes>>a<<^parameters.no>>b<</parameters.no>>c<</parameters.yes>>", "abc"),
    ];
    for (text, expected) in cases {
        assert_eq!(rendered(text), expected, "{text}");
    }
}

#[test]
fn a_section_tag_alone_on_its_line_takes_the_line_with_it() {
    let cases = [
        ("a\n  <<# parameters.yes >>  \n  b\n<</ parameters.yes >>\nc\n", "a\n  b\nc\n"),
        ("a\n  <<# parameters.no >>\n  b\n  <</ parameters.no >>\nc\n", "a\nc\n"),
        ("run \\\n  <<#parameters.no>> --x \\\n  <</parameters.no>>\n", "run \\\n  "),
        ("run \\\n  <<#parameters.no>> --x<</parameters.no>> \\\n  y", "run \\\n   \\\n  y"),
        ("<<#parameters.yes>>\r\na\r\n<</parameters.yes>>\r\nb", "a\r\nb"),
        ("<<#parameters.yes>>\n<</parameters.yes>>", ""),
        ("x <<#parameters.yes>>\ny\n<</parameters.yes>> z", "x \ny\n z"),
        ("  <<parameters.number>>\n", "  11\n"),
    ];
    for (text, expected) in cases {
        assert_eq!(rendered(text), expected, "{text}");
    }
}

#[test]
fn names_that_do_not_exist_are_told_in_the_compilers_words_at_the_name() {
    let text =
        "a << parameters.x >> <<# parameters.y >>b<</ parameters.y >> << parameters.text or pipeline.z >>";
    let faults = template(text).render(&scope).faults;
    let expected = [
        ("parameters.x", "Arguments referenced without declared parameters: parameters.x"),
        ("parameters.y", "Arguments referenced without declared parameters: parameters.y"),
        ("pipeline.z", "Referred to a variable \"pipeline.z\" that does not exist:"),
    ];
    assert_eq!(shown(text, &faults), expected.map(|(part, message)| (part, message.to_owned())));

    let bare = "branch == \"main\" and pipeline.number > 1";
    let outcome = Expression::parse(bare).unwrap().evaluate(&scope);
    assert_eq!(outcome.faults[0].range, 0..6);
    assert_eq!(outcome.faults[0].problem, Problem::UnknownVariable("branch".to_owned()));
}

#[test]
fn names_in_parts_that_are_dropped_must_exist_too() {
    let text = "<<#parameters.no>><< parameters.x >><</parameters.no>>";
    assert_eq!(shown(text, &template(text).render(&scope).faults)[0].0, "parameters.x");
}

#[test]
fn faults_in_templates_point_at_the_smallest_wrong_part() {
    let cases = [
        ("a << parameters.text parameters.no >>", "parameters.no", "An operator is missing here"),
        ("<< parameters.number > >>", ">", "An expression is missing here"),
        (
            "<< pipeline.git..branch == \"a\" >>",
            "pipeline.git..branch",
            "`pipeline.git..branch` is not a name",
        ),
        (
            "x <<# parameters.yes >> y",
            "<<# parameters.yes >>",
            "The section `parameters.yes` is never closed",
        ),
        ("x <</ parameters.yes >> y", "<</ parameters.yes >>", "No section `parameters.yes` is open here"),
    ];
    for (text, part, message) in cases {
        let (template, faults) = Template::parse(text);
        assert_eq!(shown(text, &faults), [(part, message.to_owned())], "{text}");
        assert_eq!(template.render(&scope).text(), text, "what is wrong stays text");
    }
    let crossing = "<<#parameters.yes>><<#parameters.no>><</parameters.yes>><</parameters.no>>";
    let (_, faults) = Template::parse(crossing);
    assert_eq!(
        faults[0].problem,
        Problem::Malformed("The section `parameters.no` is still open here".to_owned())
    );
}

#[test]
fn what_is_not_known_offline_stays_as_written_and_makes_the_text_unknown() {
    let text = "id: << pipeline.id >>, <<# pipeline.id >>x<</ pipeline.id >> << parameters.number >>";
    let rendered = template(text).render(&scope);
    assert_eq!(rendered.text(), "id: << pipeline.id >>, <<# pipeline.id >>x<</ pipeline.id >> 11");
    let Answer::Unknown(unknown) = &rendered.answer else { panic!("{rendered:?}") };
    assert_eq!(unknown.reason, "`pipeline.id` is made when a pipeline runs");
    assert_eq!(unknown.truth, Some(true), "a text that holds something is not empty");
    assert_eq!(template("<<pipeline.id>><<pipeline.id>>").render(&scope).answer.truth(), None);
    assert_eq!(template("a << parameters.steps >>").render(&scope).text(), "a << parameters.steps >>");
}

#[test]
fn references_know_their_namespace_and_place() {
    let text = "<< parameters.a >> << pipeline.parameters.b.c >> << pipeline.git.branch >> << matrix.d >>";
    let template = template(text);
    let found: Vec<_> = template
        .references()
        .iter()
        .map(|reference| (reference.namespace(), reference.name(), &text[reference.range.clone()]))
        .collect();
    let expected = [
        (Namespace::Parameters, "a", "parameters.a"),
        (Namespace::PipelineParameters, "b.c", "pipeline.parameters.b.c"),
        (Namespace::Pipeline, "git.branch", "pipeline.git.branch"),
        (Namespace::Matrix, "d", "matrix.d"),
    ];
    assert_eq!(found, expected);
}
