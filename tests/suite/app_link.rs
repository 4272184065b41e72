//! Links to the page: what they hold, and what opening one does.

use crate::app_state::{answered, drawn, edit, range, running, start};
use dryrun::app::state::{
    Action, Effect, GivenChange, Link, Notice, Pane, Popover, RunChange, Start, State, View,
};
use dryrun::worker::{Given, NamedText, OrbFile, Pushed};

fn given() -> Given {
    Given {
        pushed: Pushed::Tag("v2".into()),
        trigger_source: Some("api".into()),
        schedule: Some("nightly".into()),
        parameters: vec![("deep".into(), "true".into()), ("image".into(), String::new())],
        continuation_parameters: vec![("from".into(), "setup".into())],
        orbs: vec![OrbFile {
            reference: "acme/tools@1.0.0".into(),
            name: "tools.yml".into(),
            text: "commands: {}\r\n".into(),
        }],
        continuation: Some(NamedText { name: "rest.yml".into(), text: "jobs: {}".into() }),
    }
}

fn rows(words: &[&[&str]]) -> Vec<Vec<String>> {
    words.iter().map(|row| row.iter().map(|word| (*word).to_owned()).collect()).collect()
}

fn opened_with(link: Link, kept: Option<&str>) -> State {
    State::new(Start { link: Some(Ok(link)), text: kept.map(str::to_owned), ..start() })
}

#[test]
fn what_a_link_holds_is_what_the_page_showed() {
    let mut state = State::new(Start { given: given(), ..start() });
    state.apply(Action::Opened { name: "mine.yml".into(), text: "\u{feff}jobs:\r\n  é: 🙂\r\n".into() });
    state.apply(Action::EngineReady);
    answered(&mut state, drawn(&["one", "two"]));
    state.apply(Action::WorkflowChosen(1));
    state.apply(Action::ViewChosen(View::Compiled));
    let link = Link::read(&state.link());
    assert_eq!(link.text, state.text);
    assert_eq!(link.file.as_deref(), Some("mine.yml"));
    assert_eq!(link.given, given());
    assert_eq!(link.view, View::Compiled);
    assert_eq!(link.workflow.as_deref(), Some("two"));

    let mut again = opened_with(link, None);
    again.apply(Action::EngineReady);
    answered(&mut again, drawn(&["one", "two"]));
    assert_eq!(again.link(), state.link());
}

#[test]
fn rows_of_a_wrong_shape_are_left_out() {
    let link = Link::read(&rows(&[
        &["text", "jobs: {}"],
        &[],
        &["text"],
        &["branch", "next", "more"],
        &["orbs", "acme/tools@1"],
        &["tab", "unheard of"],
        &["selection", "1", "2", "x", "4"],
        &["from the future", "7"],
    ]));
    assert_eq!(link, Link { text: "jobs: {}".into(), ..Link::default() });
}

#[test]
fn what_is_set_for_a_run_comes_back_from_its_link() {
    let mut state = running();
    let nothing = Link::read(&state.link()).run;
    assert!(state.link().iter().all(|row| row[0] != "run"), "nobody has set anything");
    for change in [
        RunChange::Toggled,
        RunChange::Lasts("a=b".into(), Some(40)),
        RunChange::Fails("test".into()),
        RunChange::Decided("hold".into(), Some(true)),
        RunChange::Decided("other hold".into(), Some(false)),
        RunChange::Canceled("build".into()),
        RunChange::Concurrency(Some(2)),
        RunChange::Warm,
        RunChange::SpeedChosen(3),
    ] {
        state.apply(Action::Run(change));
    }
    let link = Link::read(&state.link());
    assert_ne!(link.run, nothing);
    let again = opened_with(link, None);
    assert_eq!(again.run.inputs, state.run.inputs);
    assert!(again.run.is_open && again.run.speed == 3);
    assert_eq!(again.link().last(), state.link().last());
    assert_eq!(again.pane, Pane::Graph, "a narrow window shows the run");

    let mut state = again;
    state.apply(Action::LinkOpened(Box::new(Link { text: "linked".into(), ..Link::default() })));
    assert_eq!(state.run.inputs, nothing.inputs, "a link of before has no run");
    assert!(!state.run.is_open);
}

#[test]
fn words_of_a_run_that_are_of_a_wrong_shape_are_left_out() {
    let words = [
        "open",
        "concurrency=0",
        "speed=7",
        "second=-1",
        "duration=build",
        "approve=hold=soon",
        "grow=a=1",
        "",
        "=",
    ];
    let row: Vec<&str> = std::iter::once("run").chain(words).collect();
    let mut only = Link::read(&rows(&[&["run", "open"]]));
    assert!(std::mem::take(&mut only.run.is_open));
    assert_eq!(only, Link::default());
    let mut link = Link::read(&rows(&[&row]));
    assert!(std::mem::take(&mut link.run.is_open));
    assert_eq!(link, Link::default());
}

#[test]
fn a_narrow_window_shows_the_pane_of_the_view_that_a_link_names() {
    let pane = |tab: &str| opened_with(Link::read(&rows(&[&["text", "jobs: {}"], &["tab", tab]])), None).pane;
    assert_eq!(pane("compiled"), Pane::Graph);
    assert_eq!(pane("graph"), Pane::Code);
}

#[test]
fn a_link_selects_its_place_once_the_page_stands() {
    let link = Link::read(&rows(&[&["text", "jobs: {}"], &["selection", "1", "1", "1", "5"]]));
    let mut state = opened_with(link, None);
    let reveal = Effect::Reveal { range: range((1, 1), (1, 5)), focus: false };
    assert_eq!(state.opening(), [Effect::Publish, reveal]);
    assert!(state.opening().is_empty());
}

#[test]
fn the_text_of_the_last_visit_is_one_undo_away_from_a_link() {
    let link = Link { text: "linked".into(), given: given(), ..Link::default() };
    let mut state = State::new(Start {
        link: Some(Ok(link)),
        text: Some("mine".into()),
        given: Given { pushed: Pushed::Branch("own".into()), ..Given::default() },
        ..start()
    });
    assert_eq!(&*state.text, "linked");
    let effects = state.apply(Action::Undone);
    assert_eq!(&*state.text, "mine");
    assert_eq!(state.given.pushed, Pushed::Branch("own".into()));
    assert!(effects.contains(&Effect::SaveText) && effects.contains(&Effect::KeepGiven));
}

#[test]
fn an_example_that_was_kept_is_no_loss() {
    let example = dryrun::app::examples::EXAMPLES[1].text;
    let state = opened_with(Link { text: "linked".into(), ..Link::default() }, Some(example));
    assert_eq!(state.notice, None);
}

#[test]
fn a_broken_link_leaves_everything_as_the_last_visit_left_it() {
    let why = "it is not complete".to_owned();
    let state = State::new(Start {
        link: Some(Err(why.clone())),
        text: Some("mine".into()),
        given: given(),
        ..start()
    });
    assert_eq!((&*state.text, &*state.given), ("mine", &given()));
    assert_eq!(state.notice, Some(Notice::BrokenLink(why)));
}

#[test]
fn a_link_opened_later_replaces_text_and_inputs_and_both_come_back() {
    let mut state = running();
    edit(&mut state, "mine");
    state.apply(Action::Given(GivenChange::Pushed(Pushed::Tag("v1".into()))));
    let link = Link { text: "linked".into(), given: given(), view: View::Compiled, ..Link::default() };
    let rev = state.rev;
    let effects = state.apply(Action::LinkOpened(Box::new(link)));
    assert!(effects.contains(&Effect::Replace("linked".into())));
    assert!(state.rev > rev);
    assert_eq!((&*state.given, state.view), (&given(), View::Compiled));
    state.apply(Action::Undone);
    assert_eq!(&*state.text, "mine");
    assert_eq!(state.given.pushed, Pushed::Tag("v1".into()));
}

#[test]
fn a_link_with_the_same_text_and_other_inputs_is_looked_at_again() {
    let mut state = running();
    let rev = state.rev;
    let link = Link { text: state.text.clone(), given: given(), ..Link::default() };
    state.apply(Action::LinkOpened(Box::new(link)));
    assert_eq!((state.rev, &*state.given), (rev + 1, &given()));
    assert_eq!(state.notice, None);
}

#[test]
fn the_panel_for_links_is_filled_when_it_opens_and_not_when_it_closes() {
    let mut state = running();
    let toggle = Action::PopoverToggled(Popover::Share);
    assert_eq!(state.apply(toggle.clone()), [Effect::Share { at_once: false }]);
    assert!(state.apply(toggle).is_empty());
    assert_eq!(state.apply(Action::LinkWanted), [Effect::Share { at_once: true }]);
    assert_eq!(state.popover, Some(Popover::Share));
}
