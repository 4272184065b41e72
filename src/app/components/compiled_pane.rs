use super::button::{nothing, says, tool_button};
use super::compiled::Compiled;
use super::copy::CopyButton;
use super::icon::Icon;
use super::prose::prose;
use super::view_pane::strip;
use crate::app::state::{Action, CompiledView, Crumb, Row, State};
use crate::report::{Report, Severity};
use std::rc::Rc;
use yew::{Callback, Html, html};

/// So many reasons are named when there is nothing to show.
const REASONS: usize = 3;

/// The compiled text under the chain of the line that is looked at.
pub(super) fn compiled_pane(state: &State, act: &Callback<Action>) -> Html {
    let view = state.compiled.as_ref().filter(|view| view.rows() > 0);
    html! {
        <>
            <div class="pane-head">
                { chain(state, act) }
                <span class="gap"></span>
                if let Some(view) = view { { tools(view, act) } }
            </div>
            { for state.drawing.as_ref().and_then(strip) }
            if state.compiled.as_ref().is_some_and(|view| !view.has_own) { { without_own(state, view.is_none()) } }
            if let Some(view) = view {
                <Compiled view={Rc::clone(view)} row={state.row} derived={Rc::clone(&state.derived)}
                    kept={state.compiled_is_kept()} act={act.clone()} />
            } else if state.compiled.is_none() {
                { empty(state) }
            }
        </>
    }
}

fn tools(view: &Rc<CompiledView>, act: &Callback<Action>) -> Html {
    let text = {
        let view = Rc::clone(view);
        Callback::from(move |()| view.text())
    };
    html! {
        <div class="tools" role="group" aria-label="Copy and download">
            <CopyButton name="the compiled config" {text} />
            { tool_button(Icon::Download, Some("YAML"), "Download the compiled config", Some("compiled"), says(act, || Action::CompiledDownloaded)) }
        </div>
    }
}

/// Where the chosen row comes from: from the outside in, each link a way to its place.
fn chain(state: &State, act: &Callback<Action>) -> Html {
    let crumbs = state.crumbs();
    if crumbs.is_empty() {
        let is_line = state
            .row
            .and_then(|row| state.compiled.as_ref()?.row(row))
            .is_some_and(|row| matches!(row, Row::Line { .. }));
        let words =
            if is_line { "Added by the compiler itself" } else { "Select a line to see where it comes from" };
        return html! { <p class="crumbs faint">{ words }</p> };
    }
    let items = crumbs.iter().map(|link| html! { <li>{ crumb(link, act) }</li> });
    html! { <nav class="crumbs" aria-label="Where this line comes from"><ol>{ for items }</ol></nav> }
}

fn crumb(crumb: &Crumb<'_>, act: &Callback<Action>) -> Html {
    let Crumb { index, frame, here } = crumb;
    let (index, start) = (*index, frame.place.span.start);
    let place = if *here { start.line.to_string() } else { format!("{}:{}", frame.place.file, start.line) };
    let face = html! {
        <>
            if frame.kind == Crumb::TEXT {
                if *here { <span>{ "line" }</span> }
            } else if frame.name.is_empty() {
                <span>{ &frame.kind }</span>
            } else {
                <span class="faint">{ &frame.kind }</span><span>{ &frame.name }</span>
            }
            <span class="place">{ place }</span>
        </>
    };
    if *here {
        let title = format!("Go to line {}", start.line);
        html! {
            <button type="button" class="quiet crumb" data-crumb={frame.kind.clone()} {title}
                onclick={says(act, move || Action::CrumbChosen(index))}>{ face }</button>
        }
    } else {
        html! { <span class="crumb" data-crumb={frame.kind.clone()} title="In a file that is not open in the editor">{ face }</span> }
    }
}

/// Why the compiler wrote nothing for the text in the editor.
fn without_own(state: &State, alone: bool) -> Html {
    let report = state.report.as_ref().map(|(_, report)| &**report);
    let errors = |report: &Report| {
        let errors = report.diagnostics.iter().filter(|found| found.severity == Severity::Error);
        errors.take(REASONS).map(|found| html! { <li>{ prose(&found.message) }</li> }).collect::<Html>()
    };
    html! {
        <div class={if alone { "empty" } else { "lacking" }} data-limit="">
            <h2>{ "No compiled config" }</h2>
            <p>{ "The compiler stopped before it could finish:" }</p>
            <ul>{ for report.map(errors) }</ul>
        </div>
    }
}

fn empty(state: &State) -> Html {
    let (title, words) = if state.text.trim().is_empty() {
        (
            "Nothing here yet",
            "Paste a .circleci/config.yml into the editor, drop a file anywhere, or pick an example.",
        )
    } else if state.is_unchecked() {
        ("No compiled config", "This config has not been compiled.")
    } else {
        ("Compiling…", "The compiled config appears as soon as it is ready.")
    };
    nothing(title, words)
}
