//! What can be taken along from the page: the picture, the graph for other programs, the report.

use crate::app_run::{FLOWING, act, page, settle};
use crate::app_state::edit;
use crate::cli::{file, folder, run_in, stdout};
use dryrun::app::state::{Action, Effect, Popover, State};
use dryrun::report::Exported;
use dryrun::worker::{RequestKind, answer};

/// What the panel is given, and how the names of its files begin.
fn exported(state: &mut State) -> (String, Exported) {
    let mut effects = state.apply(Action::ExportWanted { dark: false, as_file: false });
    while let Some(request) = effects.iter().find_map(|effect| match effect {
        Effect::Ask(request) => Some(request.as_ref().clone()),
        _ => None,
    }) {
        effects = state.apply(Action::Answered(Box::new(answer(request))));
        if let Some(Effect::ShowExported { stem, texts }) = effects.first() {
            return (stem.clone(), (**texts).clone());
        }
    }
    panic!("nothing was exported")
}

/// What the command line prints about the same text.
fn printed(name: &str, text: &str, arguments: &[&str]) -> String {
    let folder = folder(name);
    file(&folder, "config.yml", text);
    stdout(&run_in(&folder, &[arguments, &["config.yml"]].concat(), b""))
}

const TWO: &str = "  other:\n    jobs: [build, ship]\n";

#[test]
fn the_panel_has_what_the_command_line_prints() {
    let text = format!("{FLOWING}{TWO}");
    let mut state = page(&text);
    act(&mut state, Action::WorkflowChosen(1));
    let (stem, texts) = exported(&mut state);
    let graph =
        |format| printed("export-graph", &text, &["graph", "--workflow", "other", "--format", format]);
    assert_eq!(stem, "other");
    assert_eq!(texts.graph.mermaid, graph("mermaid"));
    assert_eq!(texts.graph.dot, graph("dot"));
    assert!(texts.svg.starts_with("<svg") && texts.svg.contains("data-job=\"ship\""), "{}", texts.svg);
    assert_eq!(texts.report, printed("export-report", &text, &["check", "--format", "markdown"]));
    assert_eq!(texts.report.matches("```mermaid").count(), 2);
}

#[test]
fn while_the_text_does_not_parse_the_graph_is_the_one_on_the_screen_and_the_report_says_so() {
    let mut state = page(FLOWING);
    let (_, before) = exported(&mut state);
    let effects = edit(&mut state, &format!("{FLOWING}bad: [\n"));
    settle(&mut state, effects);
    let (_, texts) = exported(&mut state);
    assert_eq!((&texts.svg, &texts.graph), (&before.svg, &before.graph));
    assert!(texts.report.contains("**Not valid YAML: "), "{}", texts.report);
}

#[test]
fn a_text_without_a_workflow_has_a_report_and_no_graph() {
    let (stem, texts) = exported(&mut page("version: 2.1\n"));
    assert_eq!((stem.as_str(), texts.svg.as_str(), texts.graph.dot.as_str()), ("", "", ""));
    assert!(texts.report.starts_with("## `config.yml`"));
}

#[test]
fn the_report_tells_about_the_continuation_too() {
    let mut state = page(&FLOWING.replace("version: 2.1", "version: 2.1\nsetup: true"));
    let continuation = dryrun::worker::NamedText { name: "next.yml".into(), text: FLOWING.into() };
    act(&mut state, Action::Given(dryrun::app::state::GivenChange::Continuation(continuation)));
    act(&mut state, Action::WorkflowChosen(1));
    let (_, texts) = exported(&mut state);
    assert!(texts.report.contains("\n\n## `next.yml`\n"), "{}", texts.report);
    assert_eq!(texts.graph.mermaid, printed("export-continued", FLOWING, &["graph", "--format", "mermaid"]));
}

#[test]
fn the_panel_asks_nothing_about_a_text_that_the_engine_did_not_survive() {
    let mut state = page(FLOWING);
    let effects = edit(&mut state, "hangs: true\n");
    assert!(matches!(&effects[..], [.., Effect::Ask(_)]));
    state.apply(Action::EnginePanicked("oh".into()));
    state.apply(Action::EngineReady);
    assert_eq!(state.apply(Action::ExportWanted { dark: false, as_file: false }), []);
    // The picture is that of another text.
    let effects = state.apply(Action::ExportWanted { dark: false, as_file: true });
    let [Effect::Ask(request)] = &effects[..] else { panic!("{effects:?}") };
    let RequestKind::Export { text, .. } = &request.kind else { panic!("{request:?}") };
    assert_eq!(text, FLOWING);
}

#[test]
fn opening_the_panel_asks_for_its_filling() {
    let mut state = page(FLOWING);
    assert_eq!(state.apply(Action::PopoverToggled(Popover::Share)), [Effect::Share { at_once: false }]);
}
