use super::graph::{Graph, ZOOM_STEP};
use super::icon::Icon;
use super::tabs::{Tab, Tabs};
use super::view_pane::strip;
use crate::app::state::{Action, Drawing, Standing, State};
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
                if has_graph { { tools(state, download, act) } }
            </div>
            { for state.drawing.as_ref().and_then(strip) }
            if let Some(workflow) = state.shown_workflow().filter(|_| has_graph) {
                <Graph key={workflow.name.clone()} scene={Rc::clone(&workflow.scene)} scale={state.shown_scale()}
                    focus={state.focus} current={state.current.clone()} kept={is_kept(state)} act={act.clone()} />
            } else {
                { empty(state) }
            }
        </>
    }
}

fn tools(state: &State, download: Callback<MouseEvent>, act: &Callback<Action>) -> Html {
    let zoom = |factor: f64| act.reform(move |_: MouseEvent| Action::ZoomedBy(factor));
    html! {
        <div class="tools" role="group" aria-label="Zoom and download">
            <button type="button" class="quiet" aria-label="Zoom out" title="Zoom out (−)" onclick={zoom(1.0 / ZOOM_STEP)}>
                { Icon::Minus.draw() }
            </button>
            <span class="scale" data-scale="">{ format!("{:.0} %", state.shown_scale() * 100.0) }</span>
            <button type="button" class="quiet" aria-label="Zoom in" title="Zoom in (+)" onclick={zoom(ZOOM_STEP)}>
                { Icon::Plus.draw() }
            </button>
            <button type="button" class="quiet" aria-label="Fit" title="Fit (0)" onclick={act.reform(|_| Action::Fitted)}>
                { Icon::Fit.draw() }
            </button>
            <button type="button" class="quiet" data-download="svg" title="Download this graph as SVG" onclick={download}>
                { Icon::Download.draw() }<span class="button-name">{ "SVG" }</span>
            </button>
        </div>
    }
}

fn is_kept(state: &State) -> bool {
    matches!(state.drawing, Some(Drawing { standing: Standing::Kept { .. }, .. }))
}

fn empty(state: &State) -> Html {
    let (title, words) = if state.text.trim().is_empty() {
        (
            "Nothing here yet",
            "Paste a .circleci/config.yml on the left, drop a file anywhere, or take an example.",
        )
    } else if state.drawing.is_none() && state.is_unchecked() {
        ("No graph", "This text has not been checked.")
    } else if state.drawing.is_none() {
        ("Reading…", "The graph appears when the engine has read the text.")
    } else if state.drawing.as_ref().is_some_and(|drawing| drawing.workflows.is_empty()) {
        (
            "No workflow",
            "The text has neither a workflow with jobs nor a job named build, so there is nothing to draw.",
        )
    } else {
        ("No jobs", "This workflow has no jobs to draw.")
    };
    html! { <div class="empty"><h2>{ title }</h2><p>{ words }</p></div> }
}
