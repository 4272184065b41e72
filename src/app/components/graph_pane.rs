use super::button::{nothing, says, tool_button};
use super::details::{details, why};
use super::graph::{Graph, Playing, ZOOM_STEP};
use super::icon::Icon;
use super::layer_bar::layer_bar;
use super::node::whole;
use super::run_bar::{run_bar, timeline};
use super::tabs::{Tab, Tabs};
use super::view_pane::strip;
use crate::app::state::{Action, Drawing, RunChange, Standing, State, View, Workflow};
use crate::report::Runs;
use crate::report::run::JobState;
use std::rc::Rc;
use yew::{Callback, Html, MouseEvent, html};

/// Tabs, tools, how the graph stands to the text, and the graph. Its parts compare their own properties; this
/// only puts them together.
pub(super) fn graph_pane(state: &State, download: Callback<MouseEvent>, act: &Callback<Action>) -> Html {
    let tabs: Vec<Tab> = state
        .drawing
        .as_ref()
        .map_or_else(Vec::new, |drawing| drawing.workflows.iter().map(Tab::of).collect());
    let has_graph = state.shown_workflow().is_some_and(|workflow| !workflow.scene.nodes.is_empty());
    html! {
        <>
            <div class="pane-head">
                if !tabs.is_empty() { <Tabs {tabs} chosen={state.workflow} act={act.clone()} /> }
                <span class="gap"></span>
                if has_graph && state.view == View::Graph { { tools(state, download, act) } }
            </div>
            { for state.drawing.as_ref().and_then(strip) }
            { for state.shown_workflow().and_then(left_out) }
            <div class="stage">
            if let (View::Timeline, true) = (state.view, has_graph) {
                { timeline(state, act) }
            } else if let Some(workflow) = state.shown_workflow().filter(|_| has_graph) {
                { layer_bar(state, act) }
                <Graph key={workflow.name.clone()} scene={Rc::clone(&workflow.scene)} scale={state.shown_scale()}
                    focus={state.focus} current={state.current.clone()} kept={is_kept(state)} layers={state.layers()} plays={state.plays()} playing={playing(state)} act={act.clone()} />
            } else {
                { empty(state) }
            }
            { details(state, act) }
            </div>
            if has_graph && state.plays() { { run_bar(state, act) } }
        </>
    }
}

fn tools(state: &State, download: Callback<MouseEvent>, act: &Callback<Action>) -> Html {
    let zoom = |factor: f64| says(act, move || Action::ZoomedBy(factor));
    html! {
        <div class="tools" role="group" aria-label="Zoom and download">
            { tool_button(Icon::Minus, None, "Zoom out (−)", None, zoom(1.0 / ZOOM_STEP)) }
            <span class="scale" data-scale="">{ whole(state.shown_scale() * 100.0) }{ " %" }</span>
            { tool_button(Icon::Plus, None, "Zoom in (+)", None, zoom(ZOOM_STEP)) }
            { tool_button(Icon::Fit, None, "Fit (0)", None, says(act, || Action::Fitted)) }
            <button type="button" class="quiet" data-do="run" aria-pressed={state.run.is_open.to_string()} title="Simulate a run of this workflow"
                onclick={says(act, || Action::Run(RunChange::Toggled))}>{ Icon::Play.draw() }<span class="button-name">{ "Run" }</span></button>
            { tool_button(Icon::Download, Some("SVG"), "Download this graph as SVG", Some("svg"), download) }
        </div>
    }
}

/// Says why the workflow does not run, or what decides that is not known.
fn left_out(workflow: &Workflow) -> Option<Html> {
    let words = match workflow.runs {
        Runs::Yes => return None,
        Runs::No => "This workflow does not run.",
        Runs::Unknown => "It is not known whether this workflow runs.",
    };
    let has_why = !workflow.why.is_empty();
    Some(html! {
        <details class="left-out" data-left-out={workflow.name.clone()} open={has_why}>
            <summary>{ words }</summary>
            { why(&workflow.why) }
        </details>
    })
}

/// What every job is: in the run that is played, else whether the pipeline has it.
fn playing(state: &State) -> Playing {
    let Some(workflow) = state.shown_workflow() else { return Playing::default() };
    let run = |index: usize| state.job_state(index).map(JobState::name);
    let plan = |index: usize| {
        workflow.jobs.get(index).map_or("idle", |job| match job.runs {
            Runs::Yes => "idle",
            Runs::No => "skipped",
            Runs::Unknown => "unknown",
        })
    };
    Playing {
        states: (0..workflow.scene.nodes.len())
            .map(|index| run(index).unwrap_or_else(|| plan(index)))
            .collect(),
        moves: state
            .moves()
            .into_iter()
            .map(|(moved, far)| (moved.edge as usize, far, moved.missed))
            .collect(),
        critical: state.played().map(|played| played.critical_edges.clone()).unwrap_or_default(),
    }
}

fn is_kept(state: &State) -> bool {
    matches!(state.drawing, Some(Drawing { standing: Standing::Kept { .. }, .. }))
}

fn empty(state: &State) -> Html {
    let (title, words) = if state.text.trim().is_empty() {
        (
            "Nothing here yet",
            "Paste a .circleci/config.yml into the editor, drop a file anywhere, or pick an example.",
        )
    } else if state.drawing.is_none() && state.is_unchecked() {
        ("No graph", "This config has not been checked.")
    } else if state.drawing.is_none() {
        ("Reading…", "The graph appears as soon as the engine has read the config.")
    } else if state.drawing.as_ref().is_some_and(|drawing| drawing.workflows.is_empty()) {
        (
            "No workflow",
            "There is neither a workflow with jobs nor a job named build, so there is nothing to draw.",
        )
    } else {
        ("No jobs", "This workflow has no jobs to draw.")
    };
    nothing(title, words)
}
