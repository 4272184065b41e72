//! The run in the page: layers, what would run and why, and playing. Asks the engine itself.

use crate::app_state::{edit, running};
use dryrun::app::state::{Action, Effect, GivenChange, Key, Pane, RunChange, RunKey, Spot, State, View};
use dryrun::report::playback::Played;
use dryrun::report::run::{JobState, Seconds};
use dryrun::report::{RunInputs, Runs};
use dryrun::scene::Layer;
use dryrun::worker::{Body, Pushed, RequestKind, answer};
use proptest::prelude::*;

pub(crate) const FLOWING: &str = "version: 2.1
jobs:
  build:
    docker: [{image: 'cimg/node:22.1'}]
    steps:
      - restore_cache: {keys: [v1-deps]}
      - run: make
      - save_cache: {key: v1-deps, paths: [node_modules]}
      - persist_to_workspace: {root: ., paths: [dist]}
  test:
    docker: [{image: 'cimg/node:22.1'}]
    steps:
      - attach_workspace: {at: .}
      - run: make test
  ship:
    docker: [{image: 'cimg/node:22.1'}]
    steps: [{run: make ship}]
workflows:
  main:
    jobs:
      - build
      - test: {requires: [build]}
      - hold: {type: approval, requires: [test]}
      - ship: {requires: [hold], filters: {branches: {only: main}}}
";

/// Answers every question of the page until it has none.
pub(crate) fn settle(state: &mut State, mut effects: Vec<Effect>) {
    while let Some(request) = effects.iter().find_map(|effect| match effect {
        Effect::Ask(request) => Some(request.as_ref().clone()),
        _ => None,
    }) {
        effects = state.apply(Action::Answered(Box::new(answer(request))));
    }
}

pub(crate) fn act(state: &mut State, action: Action) {
    let effects = state.apply(action);
    settle(state, effects);
}

pub(crate) fn page(text: &str) -> State {
    let mut state = running();
    // The first question is about a text that is no longer there.
    let first = state.apply(Action::CheckedAgain);
    assert!(first.is_empty());
    let effects = edit(&mut state, text);
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::Ask(_))));
    let late = dryrun::worker::Response { rev: 0, body: Body::Exported(Box::default()) };
    let effects = state.apply(Action::Answered(Box::new(late)));
    settle(&mut state, effects);
    state
}

fn run(state: &mut State, change: RunChange) {
    act(state, Action::Run(change));
}

fn edge_of(state: &State, kind: &str) -> usize {
    state.shown_workflow().unwrap().scene.edges.iter().position(|edge| edge.kind == kind).unwrap()
}

fn played(state: &State) -> &Played {
    state.played().expect("a run is shown")
}

fn states(state: &State) -> Vec<JobState> {
    (0..4).map(|job| state.job_state(job).unwrap()).collect()
}

#[test]
fn a_layer_is_switched_and_kept_in_the_link() {
    let mut state = page(FLOWING);
    assert!(Layer::ALL.into_iter().all(|layer| state.has_layer(layer) && state.layers().has(layer)));
    assert!(state.link().iter().all(|row| row[0] != "layers"), "nobody has chosen");
    act(&mut state, Action::LayerToggled(Layer::Cache));
    assert!(!state.layers().has(Layer::Cache));
    let link = state.link();
    assert_eq!(link.iter().find(|row| row[0] == "layers").unwrap()[1..], ["requires", "workspace"]);
    let read = dryrun::app::state::Link::read(&link);
    assert_eq!(read.layers, [Some(true), Some(true), Some(false)]);
    let effects = state.apply(Action::ExportWanted { dark: false, as_file: true });
    let Some(Effect::Ask(request)) = effects.first() else { panic!("no file is asked for") };
    let RequestKind::Export { shown: Some(shown), .. } = &request.kind else { panic!("{request:?}") };
    let scene = &shown.scene;
    assert!(scene.slots.is_empty() && scene.edges.iter().all(|edge| edge.kind != "cache"));
}

#[test]
fn the_focus_leaves_a_line_that_is_hidden_and_keys_pass_it_by() {
    let mut state = page(FLOWING);
    let workspace = edge_of(&state, "workspace");
    act(&mut state, Action::DetailsWanted(Spot::Edge(workspace)));
    assert!(state.details().unwrap().lines.iter().any(|line| line.text.contains("dist")));
    act(&mut state, Action::LayerToggled(Layer::Workspace));
    assert_eq!((state.focus, state.details()), (Spot::default(), None));
    act(&mut state, Action::LayerToggled(Layer::Requires));
    act(&mut state, Action::LayerToggled(Layer::Cache));
    act(&mut state, Action::GraphKey(Key::LineRight));
    assert_eq!(state.focus, Spot::Node(0), "no line is shown");
}

#[test]
fn a_large_graph_hides_its_data_until_it_is_asked_for() {
    let entries: Vec<String> =
        (0..45).map(|n| format!("      - test: {{name: t{n}, requires: [build]}}\n")).collect();
    let (head, _) = FLOWING.split_once("      - test: {").unwrap();
    let mut state = page(&format!("{head}{}", entries.concat()));
    assert!(state.hides_data() && !state.layers().has(Layer::Workspace));
    act(&mut state, Action::LayerToggled(Layer::Workspace));
    assert!(state.layers().has(Layer::Workspace));
}

#[test]
fn a_cache_tells_who_uses_it() {
    let mut state = page(FLOWING);
    act(&mut state, Action::DetailsWanted(Spot::Slot(0)));
    let details = state.details().unwrap();
    assert!(details.title.contains("v1-deps"), "{details:?}");
    assert!(!details.lines.is_empty());
    act(&mut state, Action::Escaped);
    assert_eq!(state.details(), None);
}

#[test]
fn what_a_push_leaves_out_says_why() {
    let mut state = page(FLOWING);
    let runs = |state: &State| -> Vec<Runs> {
        state.shown_workflow().unwrap().jobs.iter().map(|job| job.runs).collect()
    };
    assert_eq!(runs(&state), [Runs::Yes; 4]);
    act(&mut state, Action::Given(GivenChange::Pushed(Pushed::Branch("topic".into()))));
    assert_eq!(runs(&state), [Runs::Yes, Runs::Yes, Runs::Yes, Runs::No]);
    act(&mut state, Action::SpotActivated { spot: Spot::Node(3), by_key: false });
    let words: Vec<String> = state.details().unwrap().lines.into_iter().map(|line| line.text).collect();
    assert!(words.len() > 1 && words.iter().any(|line| line.contains("topic")), "{words:?}");
    act(&mut state, Action::Given(GivenChange::Pushed(Pushed::Tag("v1".into()))));
    assert_eq!(runs(&state), [Runs::No; 4]);
    assert!(state.shown_workflow().unwrap().jobs.iter().all(|job| !job.why.is_empty()));
}

#[test]
fn a_schedule_and_a_trigger_source_decide_too() {
    let text =
        FLOWING.replace("  main:\n", "  main:\n    when: {equal: [api, << pipeline.trigger_source >>]}\n");
    let mut state = page(&text);
    assert_eq!(state.shown_workflow().unwrap().runs, Runs::No);
    act(&mut state, Action::Given(GivenChange::TriggerSource(Some("api".into()))));
    assert_eq!(state.shown_workflow().unwrap().runs, Runs::Yes);
    assert!(state.is_pipeline_changed());
    let cron = "    triggers: [{schedule: {cron: '0 3 * * *', filters: {branches: {only: main}}}}]\n";
    let mut state = page(&FLOWING.replace("  main:\n", &format!("  main:\n{cron}")));
    assert_eq!(state.shown_workflow().unwrap().runs, Runs::No);
    act(&mut state, Action::Given(GivenChange::Schedule(Some("main".into()))));
    assert_eq!(state.shown_workflow().unwrap().runs, Runs::Yes);
}

#[test]
fn nothing_is_simulated_before_somebody_wants_to_see_it() {
    let mut state = page(FLOWING);
    assert!(state.played().is_none());
    run(&mut state, RunChange::Toggled);
    assert_eq!(played(&state).jobs.len(), 4);
    let mut state = page(FLOWING);
    act(&mut state, Action::ViewChosen(View::Timeline));
    assert_eq!(played(&state).jobs.len(), 4);
}

#[test]
fn stepping_goes_from_event_to_event_and_back() {
    let mut state = page(FLOWING);
    run(&mut state, RunChange::Toggled);
    let mut seen = vec![state.run.second()];
    for _ in 0..50 {
        run(&mut state, RunChange::Stepped { forward: true });
        seen.push(state.run.second());
    }
    seen.dedup();
    let mut times: Vec<Seconds> = played(&state).log.iter().map(|line| line.t).collect();
    times.dedup();
    assert_eq!(seen, times);
    run(&mut state, RunChange::Stepped { forward: false });
    assert_eq!(state.run.second(), times[times.len() - 2]);
}

#[test]
fn an_approval_lets_the_rest_run_and_a_failure_does_not() {
    let mut state = page(FLOWING);
    run(&mut state, RunChange::Toggled);
    let at_end = |state: &mut State| {
        run(state, RunChange::Scrubbed(Seconds::MAX));
        states(state)
    };
    assert_eq!(at_end(&mut state)[2..], [JobState::OnHold, JobState::Waiting]);
    run(&mut state, RunChange::Decided("hold".into(), Some(true)));
    assert_eq!(at_end(&mut state), [JobState::Success; 4]);
    run(&mut state, RunChange::Fails("test".into()));
    assert_eq!(at_end(&mut state), [JobState::Success, JobState::Failed, JobState::NotRun, JobState::NotRun]);
    run(&mut state, RunChange::Fails("test".into()));
    run(&mut state, RunChange::Lasts("build".into(), Some(1_000)));
    assert!(played(&state).end > 1_000);
    run(&mut state, RunChange::Decided("hold".into(), Some(false)));
    assert_eq!(at_end(&mut state)[2], JobState::Canceled);
}

#[test]
fn keys_fail_a_job_and_approve_one_and_take_it_back() {
    let mut state = page(FLOWING);
    run(&mut state, RunChange::Toggled);
    let set = |state: &State, job: &str| state.run.set_for(job);
    let press = |state: &mut State, job: usize, key: RunKey| {
        state.apply(Action::SpotFocused(Spot::Node(job)));
        act(state, Action::RunKey(key));
    };
    press(&mut state, 2, RunKey::Approve);
    assert_eq!(set(&state, "hold").3, Some(true));
    press(&mut state, 1, RunKey::Fail);
    assert!(set(&state, "test").1);
    run(&mut state, RunChange::Scrubbed(Seconds::MAX));
    assert_eq!(states(&state)[1], JobState::Failed);
    press(&mut state, 2, RunKey::Approve);
    press(&mut state, 1, RunKey::Fail);
    assert!(set(&state, "hold").3.is_none() && !set(&state, "test").1);
    // Neither can a job be approved nor an approval fail.
    let before = state.run.inputs.clone();
    press(&mut state, 2, RunKey::Fail);
    press(&mut state, 1, RunKey::Approve);
    assert_eq!(state.run.inputs, before);
}

#[test]
fn a_narrow_window_tells_the_graph_from_its_run() {
    let mut state = page(FLOWING);
    assert_eq!(state.shown_pane(), Pane::Code);
    act(&mut state, Action::PaneChosen(Pane::Run));
    assert_eq!((state.shown_pane(), state.plays(), state.view), (Pane::Run, true, View::Graph));
    assert_eq!(played(&state).jobs.len(), 4);
    act(&mut state, Action::PaneChosen(Pane::Graph));
    assert_eq!((state.shown_pane(), state.plays()), (Pane::Graph, false));
    for view in [View::Compiled, View::Timeline] {
        act(&mut state, Action::ViewChosen(view));
        act(&mut state, Action::PaneChosen(Pane::Run));
        assert_eq!(state.shown_pane(), Pane::Run);
        act(&mut state, Action::ViewChosen(view));
        act(&mut state, Action::PaneChosen(Pane::Graph));
        assert_eq!(state.shown_pane(), Pane::Graph, "after {view:?}");
        assert!(!state.plays());
    }
}

#[test]
fn data_moves_along_the_lines_and_a_cold_cache_misses() {
    let mut state = page(FLOWING);
    run(&mut state, RunChange::Toggled);
    let (workspace, cache) = (edge_of(&state, "workspace"), edge_of(&state, "cache"));
    let on = |state: &State, edge: usize| -> Vec<bool> {
        played(state)
            .moves
            .iter()
            .filter(|moved| moved.edge as usize == edge)
            .map(|moved| moved.missed)
            .collect()
    };
    assert_eq!(on(&state, workspace), [false]);
    assert_eq!(on(&state, cache), [true], "nothing was saved before");
    run(&mut state, RunChange::Warm);
    assert_eq!(on(&state, cache), [false]);
    let moved = played(&state).moves.iter().find(|moved| moved.edge as usize == workspace).unwrap().clone();
    run(&mut state, RunChange::Scrubbed(moved.start));
    assert_eq!(state.moves().last().unwrap().1.to_bits(), 0.0_f64.to_bits());
    run(&mut state, RunChange::Scrubbed(moved.end));
    assert_eq!(state.moves().last().unwrap().1.to_bits(), 1.0_f64.to_bits());
}

#[test]
fn bars_and_states_tell_the_same() {
    let mut state = page(FLOWING);
    run(&mut state, RunChange::Toggled);
    for job in &played(&state).jobs {
        for bar in &job.bars {
            assert!(job.states.contains(&(bar.start, bar.state)), "{job:?}");
            assert!(bar.end.is_none_or(|end| job.states.iter().any(|(t, _)| *t == end)), "{job:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn jumping_to_a_second_and_playing_to_it_come_to_the_same(ticks in 0_u32..200, speed in 0_usize..4) {
        let mut state = page(FLOWING);
        run(&mut state, RunChange::Toggled);
        run(&mut state, RunChange::SpeedChosen(speed));
        run(&mut state, RunChange::Played);
        for _ in 0..ticks {
            run(&mut state, RunChange::Ticked { still: false });
        }
        let second = state.run.second();
        run(&mut state, RunChange::Scrubbed(second));
        let after_playing = (states(&state), state.moves());
        let mut other = page(FLOWING);
        run(&mut other, RunChange::Toggled);
        run(&mut other, RunChange::Scrubbed(second));
        prop_assert_eq!((states(&other), other.moves()), after_playing);
    }
}

#[test]
fn with_reduced_motion_it_goes_from_event_to_event_and_stops_at_the_end() {
    let mut state = page(FLOWING);
    run(&mut state, RunChange::Toggled);
    let effects = state.apply(Action::Run(RunChange::Played));
    assert_eq!(effects, [Effect::Tick(true)]);
    let times: Vec<Seconds> = played(&state).log.iter().map(|line| line.t).collect();
    let mut stopped = false;
    for _ in 0..1_000 {
        stopped |= state.apply(Action::Run(RunChange::Ticked { still: true })) == [Effect::Tick(false)];
        assert!(times.contains(&state.run.second()));
    }
    assert!(stopped && !state.run.is_playing);
    assert_eq!(state.run.second(), played(&state).end);
}

#[test]
fn another_document_keeps_neither_what_was_set_for_jobs_nor_what_was_told_about_one() {
    let mut state = page(FLOWING);
    run(&mut state, RunChange::Toggled);
    run(&mut state, RunChange::SpeedChosen(2));
    run(&mut state, RunChange::Fails("build".into()));
    run(&mut state, RunChange::Scrubbed(30));
    act(&mut state, Action::SpotActivated { spot: Spot::Node(1), by_key: false });
    assert!(state.details().is_some() && state.run.now > 0.0);
    let other = FLOWING.replace("make test", "make check");
    act(&mut state, Action::Opened { name: "other.yml".into(), text: other.into() });
    assert_eq!((state.details(), state.focus), (None, Spot::default()));
    assert!(state.run.is_open && state.run.speed == 2, "how one looks at it stays");
    assert!(state.run.now.abs() < f64::EPSILON && state.run.inputs == RunInputs::default());
    assert!(played(&state).jobs.iter().all(|job| job.outcome != JobState::Failed));
}
