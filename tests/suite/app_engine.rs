//! The page and its engine: one question at a time, late answers, and an engine that falls silent or panics.

use crate::app_state::{answered, asked_text, edit, report, running, state};
use dryrun::app::state::{Action, Crash, Effect, Engine, Notice};
use dryrun::report::Verdict;
use dryrun::worker::{Body, Response};

#[test]
fn one_question_is_asked_at_a_time_and_the_latest_text_next() {
    let mut state = running();
    assert_eq!(asked_text(&edit(&mut state, "one")), None, "the first text is still being looked at");
    assert_eq!(asked_text(&edit(&mut state, "two")), None);
    let late = Response { rev: 1, body: Body::Report(Box::new(report(Verdict::Ok))) };
    let effects = state.apply(Action::Answered(Box::new(late)));
    assert_eq!(asked_text(&effects), Some("two"));
}

#[test]
fn an_answer_about_an_older_text_is_dropped() {
    let mut state = running();
    edit(&mut state, "newer");
    let late = Response { rev: 1, body: Body::Report(Box::new(report(Verdict::Errors))) };
    state.apply(Action::Answered(Box::new(late)));
    assert_eq!(state.report, None);
    assert_eq!(state.verdict_mark(), "checking");
}

#[test]
fn the_verdict_mark_is_checking_from_the_edit_to_the_answer() {
    let mut state = running();
    answered(&mut state, report(Verdict::Warnings));
    assert_eq!(state.verdict_mark(), "warnings");
    edit(&mut state, "newer");
    assert_eq!(state.verdict_mark(), "checking");
    // The word on the page does not flicker while the answer is quick to come.
    assert_eq!(state.verdict_shown(), Some(Verdict::Warnings));
    let Engine::Busy { turn, .. } = state.engine else { panic!("{:?}", state.engine) };
    state.apply(Action::Slow(turn));
    assert_eq!(state.verdict_shown(), None);
}

#[test]
fn a_silent_engine_is_started_again_and_not_asked_again_about_the_same_text() {
    let mut state = running();
    let Engine::Busy { turn, .. } = state.engine else { panic!("{:?}", state.engine) };
    assert!(state.apply(Action::Silent(turn)).contains(&Effect::RestartEngine));
    assert_eq!(state.notice, Some(Notice::Hung));
    assert_eq!(asked_text(&state.apply(Action::EngineReady)), None);
    assert_eq!(asked_text(&edit(&mut state, "shorter")), Some("shorter"));
}

#[test]
fn no_watchdog_runs_while_the_engine_is_at_the_question_of_another_element() {
    let mut state = state();
    let effects = state.apply(Action::EngineReady);
    assert!(asked_text(&effects).is_some());
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Watch(_))));
    let Engine::Busy { turn, .. } = state.engine else { panic!("{:?}", state.engine) };
    assert_eq!(state.apply(Action::EngineBegan), vec![Effect::Watch(turn)]);
}

#[test]
fn the_watchdog_of_an_answered_question_does_nothing() {
    let mut state = running();
    let Engine::Busy { turn, .. } = state.engine else { panic!("{:?}", state.engine) };
    answered(&mut state, report(Verdict::Ok));
    assert_eq!(state.apply(Action::Silent(turn)), Vec::new());
    assert_eq!(state.engine, Engine::Idle);
}

#[test]
fn a_panic_keeps_the_text_and_the_next_edit_is_checked() {
    let mut state = running();
    edit(&mut state, "poison");
    answered(&mut state, report(Verdict::Ok));
    edit(&mut state, "poison!");
    let effects = state.apply(Action::EnginePanicked("at the disco".into()));
    assert!(effects.contains(&Effect::RestartEngine));
    assert_eq!(&*state.text, "poison!");
    assert!(state.crash.is_some());
    assert_eq!(asked_text(&state.apply(Action::EngineReady)), None, "it would panic again");
    assert_eq!(asked_text(&edit(&mut state, "mended")), Some("mended"));
    answered(&mut state, report(Verdict::Ok));
    assert_eq!(state.crash, None);
}

#[test]
fn a_report_of_a_crash_has_the_text_only_where_that_is_wanted() {
    let crash = Crash { message: "index out of bounds".into(), text: "secret: yes".into() };
    assert!(!crash.report("1.0", false).contains("secret"));
    assert!(crash.report("1.0", false).contains("index out of bounds"));
    assert!(crash.report("1.0", true).contains("secret: yes"));
}

#[test]
fn an_engine_that_does_not_load_leaves_the_text_to_be_edited_and_downloaded() {
    let mut state = state();
    state.apply(Action::EngineLost("404".into()));
    edit(&mut state, "still here");
    let effects = state.apply(Action::TextDownloaded);
    assert!(matches!(&effects[..], [Effect::Download { text, .. }] if text == "still here"));
    assert!(state.apply(Action::Retried).contains(&Effect::RestartEngine));
}
