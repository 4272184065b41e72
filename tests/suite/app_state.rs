//! The page's state: what an action changes, and what it makes the page do. No browser is needed.

use crate::graphs::{edge, graph, node};
use dryrun::app::examples::EXAMPLES;
use dryrun::app::keys;
use dryrun::app::state::{
    Action, Effect, Keeping, Key, Layout, Popover, Spot, Standing, Start, State, Theme,
};
use dryrun::graph::{JobKind, Runs};
use dryrun::layout::Direction::LeftToRight;
use dryrun::layout::arrange_graph;
use dryrun::report::{
    JobReport, Location, Place, Range, Report, ReportedDiagnostic, Severity, Verdict, WorkflowReport,
};
use dryrun::scene::draw;
use dryrun::worker::{Body, Given, Offer, Request, RequestKind, Response, answer};
use std::rc::Rc;

pub(crate) fn state() -> State {
    State::new(start())
}

pub(crate) fn start() -> Start {
    Start {
        text: None,
        file: None,
        link: None,
        first: "first",
        given: Given::default(),
        split: None,
        theme: Theme::System,
        width: 1440.0,
    }
}

/// A page whose engine is up and has not been asked yet about anything newer.
pub(crate) fn running() -> State {
    let mut state = state();
    state.apply(Action::EngineReady);
    state
}

pub(crate) fn edit(state: &mut State, text: &str) -> Vec<Effect> {
    state.apply(Action::Edited(text.into()))
}

pub(crate) fn range(start: (u32, u32), end: (u32, u32)) -> Range {
    let place = |(line, column)| Place { line, column, offset: 0 };
    Range { start: place(start), end: place(end) }
}

fn location(start: (u32, u32), end: (u32, u32)) -> Location {
    Location { file: "config.yml".into(), span: range(start, end) }
}

pub(crate) fn report(verdict: Verdict) -> Report {
    Report {
        parameters: Vec::new(),
        orbs: Vec::new(),
        setup: false,
        continuation: None,
        file: "config.yml".into(),
        verdict,
        diagnostics: Vec::new(),
        ignored: Vec::new(),
        fix_all: Vec::new(),
        outside: Vec::new(),
        not_checked: Vec::new(),
        workflows: Vec::new(),
        partial_before_line: None,
    }
}

pub(crate) fn problem(line: u32) -> ReportedDiagnostic {
    ReportedDiagnostic {
        check: "undefined-job".into(),
        severity: Severity::Error,
        message: format!("line {line}"),
        file: "config.yml".into(),
        span: range((line, 3), (line, 8)),
        related: Vec::new(),
        help: None,
        fix: None,
        alternatives: Vec::new(),
    }
}

/// `first` → `second` and `third`. Definitions on lines 1–4, 5–8 and 9–12, entries on 20, 21–22 and 23–24.
fn workflow(name: &str) -> WorkflowReport {
    let names = ["first", "second", "third"];
    let nodes = names.map(|name| node(name, JobKind::Build)).to_vec();
    let graph = graph(name, nodes, vec![edge(0, 1, &[]), edge(0, 2, &[])]);
    let job = |index: u32| {
        let (definition, entry) = (1 + 4 * index, 19 + 2 * index);
        JobReport {
            name: names[index as usize].into(),
            job: names[index as usize].into(),
            kind: JobKind::Build,
            places: vec![location((definition, 3), (definition, 9)), location((entry, 9), (entry, 15))],
            extents: vec![
                location((definition, 3), (definition + 3, 20)),
                location((entry, 9), (entry + 1, 30)),
            ],
            needs: Vec::new(),
            runs: Runs::Yes,
            why: Vec::new(),
        }
    };
    WorkflowReport {
        name: name.into(),
        runs: Runs::Yes,
        why: Vec::new(),
        place: None,
        scene: draw(&graph, &arrange_graph(&graph, LeftToRight), LeftToRight, &[]),
        jobs: (0..3).map(job).collect(),
        edges: vec![Some(location((22, 21), (22, 26))), Some(location((24, 21), (24, 26)))],
        problems: None,
    }
}

pub(crate) fn drawn(names: &[&str]) -> Report {
    Report { workflows: names.iter().map(|name| workflow(name)).collect(), ..report(Verdict::Ok) }
}

fn broken(line: u32, names: &[&str]) -> Report {
    let verdict = Verdict::Unparsable;
    Report { verdict, partial_before_line: Some(line), diagnostics: vec![problem(line)], ..drawn(names) }
}

/// The engine answers about the newest text.
pub(crate) fn answered(state: &mut State, report: Report) -> Vec<Effect> {
    let body = Body::Report(Box::new(report));
    state.apply(Action::Answered(Box::new(Response { rev: state.rev, body })))
}

fn analyze(text: &str) -> RequestKind {
    RequestKind::Analyze {
        name: "config.yml".into(),
        text: text.into(),
        given: Given::default(),
        direction: LeftToRight,
    }
}

pub(crate) fn asked_text(effects: &[Effect]) -> Option<&str> {
    effects.iter().find_map(|effect| match effect {
        Effect::Ask(request) => match &request.kind {
            RequestKind::Analyze { text, .. } => Some(text.as_str()),
            RequestKind::Compile { .. }
            | RequestKind::Ignore { .. }
            | RequestKind::Complete { .. }
            | RequestKind::Run { .. }
            | RequestKind::Export { .. } => None,
        },
        _ => None,
    })
}

pub(crate) fn revealed(effects: &[Effect]) -> Option<(u32, bool)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Reveal { range, focus } => Some((range.start.line, *focus)),
        _ => None,
    })
}

#[test]
fn a_first_visit_shows_the_first_text_and_a_later_one_the_kept_text() {
    assert_eq!(&*state().text, "first");
    let kept = Start {
        link: None,
        file: None,
        text: Some("kept".into()),
        first: "first",
        given: Given::default(),
        split: None,
        theme: Theme::Dark,
        width: 1.0,
    };
    assert_eq!(&*State::new(kept).text, "kept");
}

#[test]
fn a_text_of_the_last_visit_has_the_name_of_its_file() {
    let state = State::new(Start { text: Some("kept".into()), file: Some("mine.yml".into()), ..start() });
    let [Effect::Download { name, .. }] = &state.clone().apply(Action::TextDownloaded)[..] else { panic!() };
    assert_eq!(name, "mine.yml");
}

#[test]
fn what_is_typed_before_the_engine_is_up_is_checked_once_it_is() {
    let mut state = state();
    assert_eq!(asked_text(&edit(&mut state, "typed")), None);
    assert_eq!(asked_text(&state.apply(Action::EngineReady)), Some("typed"));
}

#[test]
fn the_last_good_graph_stays_over_a_syntax_error_and_goes_when_it_is_mended() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    edit(&mut state, "broken");
    answered(&mut state, broken(7, &["part"]));
    let drawing = state.drawing.clone().unwrap();
    assert_eq!((drawing.rev, drawing.standing), (1, Standing::Kept { line: 7 }));
    assert_eq!(drawing.workflows[0].name, "build");
    edit(&mut state, "mended");
    answered(&mut state, drawn(&["build"]));
    assert_eq!(state.drawing.unwrap().standing, Standing::Whole);
}

#[test]
fn without_a_good_graph_the_part_before_the_error_is_shown_and_marked() {
    let mut state = running();
    answered(&mut state, broken(7, &["part"]));
    assert_eq!(state.drawing.as_ref().unwrap().standing, Standing::Partial { line: 7 });
    edit(&mut state, "broken still");
    answered(&mut state, broken(9, &["longer part"]));
    let drawing = state.drawing.unwrap();
    assert_eq!(
        (drawing.standing, &*drawing.workflows[0].name),
        (Standing::Partial { line: 9 }, "longer part")
    );
}

#[test]
fn another_document_does_not_keep_the_graph_of_the_one_before() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    state.apply(Action::Opened { name: "other.yml".into(), text: "broken".into() });
    answered(&mut state, broken(1, &[]));
    assert_eq!(state.drawing.unwrap().standing, Standing::Partial { line: 1 });
}

#[test]
fn an_unchanged_picture_is_not_drawn_again() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    let before = Rc::clone(&state.shown_workflow().unwrap().scene);
    edit(&mut state, "a comment more");
    answered(&mut state, drawn(&["build"]));
    assert!(Rc::ptr_eq(&before, &state.shown_workflow().unwrap().scene));
}

#[test]
fn the_open_tab_stays_open_when_a_workflow_comes_before_it() {
    let mut state = running();
    answered(&mut state, drawn(&["a", "b"]));
    state.apply(Action::WorkflowChosen(1));
    edit(&mut state, "one more workflow");
    answered(&mut state, drawn(&["new", "a", "b"]));
    assert_eq!(state.shown_workflow().unwrap().name, "b");
}

#[test]
fn a_node_shows_its_definition_then_its_entry_then_its_definition_again() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    let click = Action::SpotActivated { spot: Spot::Node(1), by_key: false };
    let lines = [(); 3].map(|()| revealed(&state.apply(click.clone())));
    assert_eq!(lines, [Some((5, false)), Some((21, false)), Some((5, false))]);
    let other = state.apply(Action::SpotActivated { spot: Spot::Node(2), by_key: true });
    assert_eq!(revealed(&other), Some((9, true)), "another node begins with its definition");
}

#[test]
fn a_line_shows_the_item_that_asks_for_it() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    let effects = state.apply(Action::SpotActivated { spot: Spot::Edge(1), by_key: false });
    assert_eq!(revealed(&effects), Some((24, false)));
}

#[test]
fn a_kept_graph_selects_nothing_in_a_text_that_is_not_its_own() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    edit(&mut state, "broken");
    answered(&mut state, broken(1, &[]));
    let effects = state.apply(Action::SpotActivated { spot: Spot::Node(1), by_key: false });
    assert_eq!(effects, Vec::new());
}

#[test]
fn the_caret_marks_the_job_it_stands_in_and_the_line_it_asks_for() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    state.apply(Action::CaretMoved(6, 1));
    assert_eq!(state.current, [Spot::Node(1)]);
    state.apply(Action::CaretMoved(22, 23));
    assert_eq!(state.current, [Spot::Node(1), Spot::Edge(0)]);
    state.apply(Action::CaretMoved(15, 1));
    assert_eq!(state.current, []);
}

#[test]
fn a_node_is_brought_into_view_only_when_the_caret_came_to_another_one() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    assert_eq!(state.apply(Action::CaretMoved(6, 1)), [Effect::ShowSpot(Spot::Node(1))]);
    assert_eq!(state.apply(Action::CaretMoved(7, 1)), []);
}

#[test]
fn arrows_walk_along_lines_and_between_siblings() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    let mut walk = |key| {
        state.apply(Action::GraphKey(key));
        state.focus
    };
    assert_eq!(walk(Key::Right), Spot::Node(1));
    assert_eq!(walk(Key::Down), Spot::Node(2));
    assert_eq!(walk(Key::Down), Spot::Node(2), "there is nothing below");
    assert_eq!(walk(Key::Up), Spot::Node(1));
    assert_eq!(walk(Key::LineLeft), Spot::Edge(0));
    assert_eq!(walk(Key::LineLeft), Spot::Node(0));
    assert_eq!(walk(Key::Last), Spot::Node(2));
    assert_eq!(walk(Key::Left), Spot::Node(0));
    assert_eq!(walk(Key::LineRight), Spot::Edge(0));
    assert_eq!(walk(Key::First), Spot::Node(0));
}

#[test]
fn problems_are_stepped_through_and_wrap_at_both_ends() {
    let mut state = running();
    let diagnostics = vec![problem(3), problem(8)];
    answered(&mut state, Report { diagnostics, ..report(Verdict::Errors) });
    let mut step = |forward| revealed(&state.apply(Action::ProblemStepped { forward }));
    let lines = [step(true), step(true), step(true), step(false)];
    assert_eq!(lines, [Some((3, true)), Some((8, true)), Some((3, true)), Some((8, true))]);
}

#[test]
fn a_text_that_a_file_replaced_can_be_brought_back() {
    let mut state = running();
    edit(&mut state, "hours of work");
    state.apply(Action::Opened { name: "other.yml".into(), text: "other".into() });
    assert_eq!((&*state.text, &*state.file), ("other", "other.yml"));
    let effects = state.apply(Action::Undone);
    assert!(effects.contains(&Effect::Replace("hours of work".into())));
    assert_eq!((&*state.text, &*state.file, &state.notice), ("hours of work", "config.yml", &None));
}

#[test]
fn an_example_that_was_not_changed_goes_without_a_notice() {
    let mut state = running();
    state.apply(Action::ExampleChosen(1));
    state.apply(Action::NoticeClosed);
    state.apply(Action::ExampleChosen(2));
    assert_eq!((&*state.text, &state.notice), (EXAMPLES[2].text, &None));
}

#[test]
fn a_text_over_a_megabyte_is_said_not_to_be_kept() {
    let mut state = running();
    edit(&mut state, &"x".repeat(1_000_001));
    assert_eq!(state.keeping, Keeping::TooLarge);
    edit(&mut state, "small");
    assert_eq!(state.keeping, Keeping::Kept);
    state.apply(Action::Saved(false));
    assert_eq!(state.keeping, Keeping::Denied);
}

#[test]
fn escape_closes_one_thing_at_a_time() {
    let mut state = running();
    state.apply(Action::Refused("not a text".into()));
    state.apply(Action::PopoverToggled(Popover::Privacy));
    assert_eq!(state.apply(Action::Escaped), [Effect::FocusOpener(Popover::Privacy)]);
    assert_eq!((state.popover, state.notice.is_some()), (None, true));
    state.apply(Action::Escaped);
    assert_eq!(state.notice, None);
}

#[test]
fn a_drawing_is_written_as_it_is_shown_and_gets_a_harmless_file_name() {
    let mut state = running();
    answered(&mut state, drawn(&["../../etc <b>"]));
    let effects = state.apply(Action::ExportWanted { dark: true, as_file: true });
    let request = effects.iter().find_map(|effect| match effect {
        Effect::Ask(request) => Some((**request).clone()),
        _ => None,
    });
    let effects = state.apply(Action::Answered(Box::new(answer(request.unwrap()))));
    let [Effect::Download { name, media, text }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((&**name, *media), ("..-..-etc--b-.svg", "image/svg+xml"));
    assert!(text.starts_with("<svg") && !text.contains("<b>"));
}

#[test]
fn the_panes_stand_by_the_width_of_the_page() {
    let layouts = [390.0, 759.0, 760.0, 1099.0, 1100.0].map(|width| {
        let mut state = state();
        state.apply(Action::PageMeasured { width });
        state.layout()
    });
    assert_eq!(layouts, [Layout::Narrow, Layout::Narrow, Layout::Medium, Layout::Medium, Layout::Wide]);
}

#[test]
fn a_picture_is_fitted_whole_or_shown_at_a_size_that_is_read() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    let (width, height) = {
        let scene = &state.shown_workflow().unwrap().scene;
        (scene.width, scene.height)
    };
    let mut fit = |part: f64| {
        state.apply(Action::Measured { width: width * part, height: height * part });
        state.shown_scale()
    };
    assert!((fit(0.8) - 0.8).abs() < 1e-9);
    assert!((fit(5.0) - 1.25).abs() < 1e-9);
    assert!((fit(0.3) - 12.0 / 14.0).abs() < 1e-9);
}

#[test]
fn a_fitted_picture_follows_the_window_and_a_zoomed_one_does_not() {
    let mut state = running();
    answered(&mut state, drawn(&["build"]));
    state.apply(Action::ZoomedBy(2.0));
    let chosen = state.shown_scale();
    state.apply(Action::Measured { width: 9_000.0, height: 9_000.0 });
    assert!((state.shown_scale() - chosen).abs() < 1e-9);
    state.apply(Action::Fitted);
    assert!((state.shown_scale() - 1.25).abs() < 1e-9);
}

#[test]
fn the_page_takes_no_key_that_writes_text() {
    for name in ["a", "s", "Enter", "Escape", "Tab", "ArrowLeft", "Home"] {
        assert_eq!(keys::anywhere(name, false, false, false), None, "{name}");
    }
    assert_eq!(keys::anywhere("s", true, false, false), Some(Action::TextDownloaded));
}

#[test]
fn messages_survive_the_way_to_the_worker_and_back() {
    for example in EXAMPLES {
        let kind = analyze(example.text);
        let request = Request { rev: 7, kind };
        let bytes = postcard::to_allocvec(&request).unwrap();
        assert_eq!(postcard::from_bytes::<Request>(&bytes).unwrap(), request);
        let response = answer(request);
        let bytes = postcard::to_allocvec(&response).unwrap();
        assert_eq!(postcard::from_bytes::<Response>(&bytes).unwrap(), response, "{}", example.name);
    }
}

#[test]
fn the_examples_are_what_their_lines_say() {
    let verdicts = EXAMPLES.map(|example| {
        let kind = analyze(example.text);
        match answer(Request { rev: 1, kind }).body {
            Body::Report(report) => (report.verdict != Verdict::Errors, report.partial_before_line),
            Body::Compiled(_) | Body::Ignore(_) | Body::Offered(_) | Body::Run(_) | Body::Exported(_) => {
                panic!("{}", example.name)
            }
        }
    });
    assert_eq!(verdicts[..5], [(true, None); 5], "five are without errors");
    assert_eq!(verdicts[5], (false, None), "the last one is broken, and parses");
}

#[test]
fn the_splitter_is_kept_in_whole_parts_and_stands_there_again() {
    let kept = state().apply(Action::SplitMoved(0.33));
    assert_eq!(kept, [Effect::Keep { key: "split", value: "3300".into() }]);
    let start = Start {
        link: None,
        file: None,
        text: None,
        first: "",
        given: Given::default(),
        split: Some(3300),
        theme: Theme::System,
        width: 1440.0,
    };
    assert!((State::new(start).split - 0.33).abs() < 1e-9);
}

/// The places of the questions for a list of what can be written.
fn asked_completion(effects: &[Effect]) -> Vec<(u32, u32)> {
    let places = effects.iter().filter_map(|effect| match effect {
        Effect::Ask(request) => match &request.kind {
            RequestKind::Complete { line, column, .. } => Some((*line, *column)),
            _ => None,
        },
        _ => None,
    });
    places.collect()
}

#[test]
fn a_list_of_what_can_be_written_goes_before_the_check_and_an_old_one_is_not_shown() {
    let mut state = running();
    let text = "version: 2.1\nsetup: ";
    // The first text is being looked at; of two wishes the last one counts.
    edit(&mut state, text);
    assert_eq!(asked_completion(&state.apply(Action::CompletionWanted(1, 1))), []);
    assert_eq!(asked_completion(&state.apply(Action::CompletionWanted(2, 8))), []);
    let rev = state.rev;
    let report = Box::new(Response { rev: rev - 1, body: Body::Report(Box::new(report(Verdict::Ok))) });
    let effects = state.apply(Action::Answered(report));
    assert_eq!(asked_completion(&effects), [(2, 8)]);

    let kind = RequestKind::Complete {
        name: "config.yml".into(),
        text: text.into(),
        given: Given::default(),
        line: 2,
        column: 8,
    };
    let response = answer(Request { rev, kind });
    let effects = state.apply(Action::Answered(Box::new(response.clone())));
    let Some(Effect::Offer(Some(offer))) = effects.first() else { panic!("{effects:?}") };
    assert_eq!(
        offer.candidates.iter().map(|found| found.label.as_str()).collect::<Vec<_>>(),
        ["false", "true"]
    );
    assert!(asked_text(&effects).is_some(), "then the text is checked");

    edit(&mut state, "version: 2.1");
    let effects = state.apply(Action::Answered(Box::new(response)));
    assert_eq!(offers(&effects), [None], "the editor does not wait for ever");
}

/// What the editor is told to its questions for a list.
fn offers(effects: &[Effect]) -> Vec<Option<&Offer>> {
    let told = effects.iter().filter_map(|effect| match effect {
        Effect::Offer(offer) => Some(offer.as_ref()),
        _ => None,
    });
    told.collect()
}

#[test]
fn a_question_for_a_list_is_answered_also_where_a_newer_one_waits_or_the_engine_stops() {
    let mut state = running();
    edit(&mut state, "version: 2.1\nsetup: ");
    let report = Box::new(Response { rev: state.rev, body: Body::Report(Box::new(report(Verdict::Ok))) });
    state.apply(Action::Answered(report));
    assert_eq!(asked_completion(&state.apply(Action::CompletionWanted(2, 8))), [(2, 8)]);

    // The caret has moved on before the answer: that one is for nobody, the next question follows.
    assert_eq!(asked_completion(&state.apply(Action::CompletionWanted(1, 9))), []);
    let place = Place { line: 2, column: 8, offset: 20 };
    let offer = Offer { range: Range { start: place, end: place }, candidates: Vec::new() };
    let answered = Box::new(Response { rev: state.rev, body: Body::Offered(offer) });
    let effects = state.apply(Action::Answered(answered));
    assert_eq!(offers(&effects), []);
    assert_eq!(asked_completion(&effects), [(1, 9)]);

    let effects = state.apply(Action::EnginePanicked("overflow".into()));
    assert_eq!(offers(&effects), [None]);
}
