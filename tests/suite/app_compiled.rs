//! The page's state: the compiled view, and what a config is looked at with.

use crate::app_state::{answered, drawn, edit, problem, range, report, revealed, running};
use dryrun::app::highlight::{Piece, pieces};
use dryrun::app::state::{Action, Effect, GivenChange, Notice, Row, Standing, State, Use, View};
use dryrun::report::{OrbReport, OrbState, PipelineParameter, Report, ReportedLabel, Verdict};
use dryrun::worker::{Body, Given, NamedText, OrbFile, Pushed, Request, RequestKind, Response, answer};

const CONFIG: &str = "\
version: 2.1
commands:
  greet:
    steps:
      - run: |
          echo hello
          echo again
jobs:
  build:
    docker:
      - image: cimg/base:current
    steps:
      - greet
workflows:
  main:
    jobs: [build]
";

fn request(effects: &[Effect]) -> Option<Request> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(request) => Some((**request).clone()),
        _ => None,
    })
}

/// Lets the real engine answer whatever the page asks, until it asks nothing more.
fn settle(state: &mut State, effects: Vec<Effect>) -> Vec<Effect> {
    let mut all = effects;
    let mut asked = request(&all);
    while let Some(request) = asked {
        let effects = state.apply(Action::Answered(Box::new(answer(request))));
        asked = self::request(&effects);
        all.extend(effects);
    }
    all
}

fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let effects = state.apply(action);
    settle(state, effects)
}

/// A page on `text` with the compiled view open.
fn compiled(text: &str) -> State {
    let mut state = running();
    answered(&mut state, report(Verdict::Ok));
    act(&mut state, Action::Edited(text.into()));
    act(&mut state, Action::ViewChosen(View::Compiled));
    state
}

fn texts(state: &State) -> Vec<String> {
    let view = state.compiled.as_ref().unwrap();
    let text = |row| match view.row(row).unwrap() {
        Row::Title(file) => format!("title {file}"),
        Row::Line { text, .. } => text.to_owned(),
    };
    (0..view.rows()).map(text).collect()
}

fn row_of(state: &State, words: &str) -> usize {
    texts(state).iter().position(|text| text.contains(words)).unwrap()
}

fn derived(state: &State) -> Vec<String> {
    let texts = texts(state);
    state.derived.iter().map(|&row| texts[row].trim().to_owned()).collect()
}

#[test]
fn the_compiled_text_is_asked_for_only_while_it_is_looked_at_and_once_a_revision() {
    let mut state = running();
    assert_eq!(request(&answered(&mut state, drawn(&["main"]))), None);
    let asked = request(&state.apply(Action::ViewChosen(View::Compiled))).unwrap();
    assert!(matches!(asked.kind, RequestKind::Compile { .. }));
    state.apply(Action::Answered(Box::new(answer(asked))));
    assert_eq!(request(&state.apply(Action::ViewChosen(View::Graph))), None);
    assert_eq!(request(&state.apply(Action::ViewChosen(View::Compiled))), None);
}

#[test]
fn a_question_that_broke_the_engine_is_not_asked_again_for_the_same_text() {
    let mut state = running();
    answered(&mut state, drawn(&["main"]));
    assert!(request(&state.apply(Action::ViewChosen(View::Compiled))).is_some());
    state.apply(Action::EnginePanicked("on purpose".into()));
    assert_eq!(request(&state.apply(Action::EngineReady)), None);
    edit(&mut state, "another");
    let effects = answered(&mut state, drawn(&["main"]));
    assert!(request(&effects).is_some());
}

#[test]
fn a_line_leads_to_the_text_that_made_it_and_its_chain_from_the_outside_in() {
    let mut state = compiled(CONFIG);
    let row = row_of(&state, "echo hello");
    assert_eq!(revealed(&state.apply(Action::RowFollowed { row, by_key: false })), Some((5, false)));
    let crumbs: Vec<_> = state.crumbs().iter().map(|crumb| (crumb.frame.kind.clone(), crumb.here)).collect();
    let kinds = ["workflow", "workflow entry", "job", "command", "text"];
    assert_eq!(crumbs, kinds.map(|kind| (kind.to_owned(), true)));
    let command = state.crumbs()[3].index;
    assert_eq!(revealed(&state.apply(Action::CrumbChosen(command))), Some((13, true)));
}

#[test]
fn the_caret_marks_the_lines_of_its_line_not_those_around() {
    let mut state = compiled(CONFIG);
    let effects = state.apply(Action::CaretMoved(11, 9));
    assert_eq!(derived(&state), ["- image: cimg/base:current"]);
    assert!(effects.contains(&Effect::ShowRows(state.derived.to_vec())));
    // In the middle of a block of text: the whole block.
    state.apply(Action::CaretMoved(7, 12));
    assert_eq!(derived(&state), ["command: |", "echo hello", "echo again"]);
    // On a call: all that it expands to.
    state.apply(Action::CaretMoved(13, 9));
    assert_eq!(derived(&state), ["- run:", "command: |", "echo hello", "echo again"]);
    state.apply(Action::CaretMoved(1, 1));
    assert_eq!(derived(&state), [""; 0]);
}

#[test]
fn text_that_does_not_parse_keeps_the_compiled_text_and_its_places_lead_nowhere() {
    let mut state = compiled(CONFIG);
    let before = texts(&state);
    act(&mut state, Action::Edited(CONFIG.replace("jobs: [build]", "jobs: [build").into()));
    assert!(matches!(state.drawing.as_ref().unwrap().standing, Standing::Kept { .. }));
    assert_eq!(texts(&state), before);
    let row = row_of(&state, "echo hello");
    assert_eq!(revealed(&state.apply(Action::RowFollowed { row, by_key: false })), None);
}

#[test]
fn the_last_good_text_is_compiled_when_the_view_is_opened_only_after_the_fault() {
    let mut state = running();
    answered(&mut state, report(Verdict::Ok));
    act(&mut state, Action::Edited(CONFIG.into()));
    act(&mut state, Action::Edited("version: [".into()));
    act(&mut state, Action::ViewChosen(View::Compiled));
    assert!(row_of(&state, "echo hello") > 0);
}

#[test]
fn a_config_that_meets_a_limit_has_no_compiled_text_and_an_error() {
    // Each command calls the next one twice.
    let double = |at: u32| format!("  c{at}:\n    steps: [c{0}, c{0}]\n", at + 1);
    let commands = (0..40).map(double).collect::<Vec<_>>().concat();
    let text = CONFIG
        .replace("commands:\n", &format!("commands:\n{commands}  c40: {{steps: [checkout]}}\n"))
        .replace("- greet", "- c0");
    let state = compiled(&text);
    let view = state.compiled.as_ref().unwrap();
    assert_eq!((view.has_own, view.rows()), (false, 0));
    assert_eq!(state.report.as_ref().unwrap().1.verdict, Verdict::Errors);
}

const ORB: &str =
    "version: 2.1\ndescription: d\njobs:\n  lint:\n    docker: [{image: a}]\n    steps: [checkout]\n";
const IMPORT: &str =
    "version: 2.1\norbs:\n  tools: acme/tools@1.2.3\nworkflows:\n  main:\n    jobs: [tools/lint]\n";

fn orb(reference: &str) -> OrbFile {
    OrbFile { reference: reference.into(), name: "tools.yml".into(), text: ORB.into() }
}

#[test]
fn a_change_of_what_is_given_is_a_revision_and_is_kept_and_the_same_again_is_not() {
    let mut state = running();
    answered(&mut state, report(Verdict::Ok));
    let rev = state.rev;
    let change = Action::Given(GivenChange::Pushed(Pushed::Tag("v2".into())));
    let effects = state.apply(change.clone());
    assert!(effects.contains(&Effect::KeepGiven) && request(&effects).is_some());
    assert_eq!((state.rev, state.is_pipeline_changed()), (rev + 1, true));
    assert_eq!(state.apply(change), []);
    state.apply(Action::Given(GivenChange::Reset));
    assert_eq!(*state.given, Given::default());
}

#[test]
fn a_parameter_differs_only_where_its_value_is_not_the_default() {
    let mut state = running();
    let parameter = PipelineParameter {
        name: "size".into(),
        kind: "string".into(),
        description: String::new(),
        default: "small".into(),
        choices: Vec::new(),
    };
    answered(&mut state, Report { parameters: vec![parameter], ..report(Verdict::Ok) });
    let give = |value: Option<&str>| {
        let value = value.map(str::to_owned);
        Action::Given(GivenChange::Parameter { continued: false, name: "size".into(), value })
    };
    let mut changed = |value| {
        state.apply(give(value));
        (state.is_pipeline_changed(), state.given_value(false, "size").map(str::to_owned))
    };
    assert_eq!(changed(Some("large")), (true, Some("large".into())));
    assert_eq!(changed(Some("small")), (false, Some("small".into())));
    assert_eq!(changed(None), (false, None));
}

#[test]
fn a_dropped_orb_is_offered_for_the_orbs_that_are_missing_and_resolves_them() {
    let mut state = running();
    answered(&mut state, report(Verdict::Ok));
    act(&mut state, Action::Edited(IMPORT.into()));
    act(&mut state, Action::Dropped { name: "source.yml".into(), text: ORB.into() });
    let Some(Notice::Offered { uses, .. }) = &state.notice else { panic!("{:?}", state.notice) };
    let orb = Use::Orb("acme/tools@1.2.3".into());
    assert_eq!(*uses, [orb.clone(), Use::Config]);
    act(&mut state, Action::OfferTaken(orb));
    assert_eq!(state.imported_orbs()[0].state, OrbState::Given);
    assert_eq!(&*state.text, IMPORT);
}

#[test]
fn a_dropped_config_is_opened_unasked() {
    let mut state = running();
    answered(&mut state, report(Verdict::Ok));
    act(&mut state, Action::Edited(IMPORT.into()));
    act(&mut state, Action::Dropped { name: "config.yml".into(), text: CONFIG.into() });
    assert_eq!(&*state.text, CONFIG);
}

#[test]
fn a_file_for_another_version_is_known_and_can_be_moved() {
    let mut state = running();
    answered(&mut state, report(Verdict::Ok));
    act(&mut state, Action::Edited(IMPORT.into()));
    act(&mut state, Action::Given(GivenChange::Orb(orb("acme/tools@2.0.0"))));
    let asked: OrbReport = state.imported_orbs().remove(0);
    assert_eq!((asked.state, state.file_of(&asked)), (OrbState::Missing, None));
    assert_eq!(state.file_of_other_version(&asked), Some(&orb("acme/tools@2.0.0")));
    let moved = GivenChange::OrbMoved { from: "acme/tools@2.0.0".into(), to: asked.reference };
    act(&mut state, Action::Given(moved));
    let asked = state.imported_orbs().remove(0);
    assert_eq!(state.file_of(&asked), Some(&orb("acme/tools@1.2.3")));
    act(&mut state, Action::Given(GivenChange::OrbRemoved(asked.reference)));
    assert_eq!(state.given.orbs, []);
}

#[test]
fn places_in_an_orb_file_do_not_lead_into_the_editor() {
    let mut state = running();
    answered(&mut state, report(Verdict::Ok));
    act(&mut state, Action::Edited(IMPORT.into()));
    act(&mut state, Action::Given(GivenChange::Orb(orb("acme/tools@1.2.3"))));
    act(&mut state, Action::ViewChosen(View::Compiled));
    let row = row_of(&state, "checkout");
    // The closest place in the editor is the entry of the workflow.
    assert_eq!(revealed(&state.apply(Action::RowFollowed { row, by_key: false })), Some((6, false)));
    let inner = state.crumbs().last().map(|crumb| (crumb.here, crumb.frame.place.file.clone()));
    assert_eq!(inner, Some((false, "acme/tools@1.2.3".to_owned())));
    let shown = state.shown_workflow().unwrap();
    assert!(shown.jobs[0].places.iter().all(|place| place.file == "config.yml"));
}

#[test]
fn a_continuation_adds_its_workflows_problems_and_text_to_a_setup_config_only() {
    let mut state = compiled(&CONFIG.replace("version: 2.1\n", "version: 2.1\nsetup: true\n"));
    let text = CONFIG.replace("main:", "later:").replace("[build]", "[build, biuld]");
    let file = NamedText { name: "config.yml".into(), text };
    act(&mut state, Action::Given(GivenChange::Continuation(file)));
    let names = |state: &State| -> Vec<(String, bool)> {
        let workflows = &state.drawing.as_ref().unwrap().workflows;
        workflows.iter().map(|workflow| (workflow.name.clone(), workflow.continued)).collect()
    };
    assert_eq!(names(&state), [("main".to_owned(), false), ("later".to_owned(), true)]);
    let report = &state.report.as_ref().unwrap().1;
    assert_eq!(report.verdict, Verdict::Errors);
    // Two files of one name are told apart.
    assert_eq!(report.diagnostics[0].file, "config.yml (continuation)");
    assert_eq!(state.apply(Action::ProblemChosen(0)), []);
    assert!(texts(&state).contains(&"title config.yml (continuation)".to_owned()));
    act(&mut state, Action::Edited(CONFIG.into()));
    assert_eq!(names(&state), [("main".to_owned(), false)]);
}

#[test]
fn an_answer_about_an_older_text_is_not_shown() {
    let mut state = compiled(CONFIG);
    let before = texts(&state);
    let body = Body::Compiled(Vec::new());
    state.apply(Action::Answered(Box::new(Response { rev: 0, body })));
    assert_eq!(texts(&state), before);
}

#[test]
fn the_pieces_of_a_line_are_the_line_and_keys_are_told_from_values() {
    let lines = [
        "    - image: cimg/base:current",
        "  \"a: b\": 1",
        "- -1",
        "-",
        "--- x",
        "    command: |-",
        "  'it''s'",
        "a:b",
        "é: ü",
        "",
    ];
    for line in lines {
        let joined: String = pieces(line, false).into_iter().map(|(_, text)| text).collect();
        assert_eq!(joined, line);
    }
    let keys = |line| -> Vec<_> {
        pieces(line, false)
            .into_iter()
            .filter(|(piece, _)| *piece == Piece::Key)
            .map(|(_, text)| text)
            .collect()
    };
    assert_eq!(
        lines.map(keys),
        [
            vec!["image"],
            vec!["\"a: b\""],
            vec![],
            vec![],
            vec![],
            vec!["command"],
            vec![],
            vec![],
            vec!["é"],
            vec![],
        ]
    );
    assert_eq!(pieces("a: b", true), [(Piece::Text, "a: b")]);
}

#[test]
fn a_place_is_in_the_editor_only_by_the_name_of_its_file() {
    let mut state = running();
    let mut broken = report(Verdict::Errors);
    broken.diagnostics = vec![problem(4)];
    broken.diagnostics[0].related.push(ReportedLabel {
        file: "acme/tools@1.2.3".into(),
        span: range((2, 1), (2, 5)),
        message: "here".into(),
    });
    answered(&mut state, broken);
    assert_eq!(revealed(&state.apply(Action::ProblemChosen(0))), Some((4, true)));
    assert_eq!(revealed(&state.apply(Action::RelatedChosen(0, 0))), None);
}
