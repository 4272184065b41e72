use super::button::{says, tool_button};
use super::icon::Icon;
use super::node::px;
use crate::app::keys;
use crate::app::state::{Action, Play, RunChange, SPEEDS, State};
use crate::report::playback::Played;
use crate::report::run::clock;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Event, Html, InputEvent, KeyboardEvent, TargetCast, html};

/// So many lines of the log are shown, the newest last.
const LINES: usize = 200;

/// Letters act while a job has the focus.
const KEYS: &str =
    "Keys in the graph: `Space` plays or pauses, `,` and `.` step, `f` lets the job fail, `a` approves it.";

/// The controls of the run, and its log up to the second that is looked at.
pub(super) fn run_bar(state: &State, act: &Callback<Action>) -> Html {
    let Some(played) = state.played() else {
        return html! { <div class="run-bar"><p class="faint">{ "Simulating…" }</p></div> };
    };
    let run = &state.run;
    let does = |change: fn() -> RunChange| says(act, move || Action::Run(change()));
    let scrub = act.reform(|event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        Action::Run(RunChange::Scrubbed(typed.parse().unwrap_or(0)))
    });
    let (icon, title) =
        if run.is_playing { (Icon::Pause, "Pause (Space)") } else { (Icon::Play, "Play (Space)") };
    let second = run.second();
    html! {
        <section class="run-bar" data-run="" data-second={second.to_string()} data-playing={run.is_playing.to_string()}
            aria-label="Simulated run">
            <div class="run-tools">
                { tool_button(Icon::Back, None, "Step back (,)", Some("back"), does(|| RunChange::Stepped { forward: false })) }
                { tool_button(icon, None, title, Some("play"), does(|| RunChange::Played)) }
                { tool_button(Icon::Forward, None, "Step forward (.)", Some("forward"), does(|| RunChange::Stepped { forward: true })) }
                <input class="scrub" type="range" min="0" max={played.end.to_string()} value={second.to_string()} aria-label="Second of the run"
                    aria-valuetext={clock(second)} oninput={scrub} />
                <span class="clock">{ clock(second) }{ " / " }{ clock(played.end) }</span>
                { speed(run, act) }
            </div>
            { figures(played) }
            { settings(state, act) }
            { log(played, run) }
        </section>
    }
}

fn speed(run: &Play, act: &Callback<Action>) -> Html {
    let choose = act.reform(|event: Event| {
        let typed = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::Run(RunChange::SpeedChosen(typed.parse().unwrap_or(0)))
    });
    let options = SPEEDS.iter().enumerate().map(|(index, speed)| {
        html! { <option value={index.to_string()} selected={index == run.speed}>{ "×" }{ *speed }</option> }
    });
    html! { <select class="written speed" aria-label="Speed" onchange={choose}>{ for options }</select> }
}

fn figures(played: &Played) -> Html {
    let figure = |(name, value): &(String, String)| {
        html! { <span data-figure={name.clone()}><span class="faint">{ name }{ " " }</span>{ super::prose::prose(value) }</span> }
    };
    html! { <p class="figures">{ for played.figures.iter().map(figure) }</p> }
}

/// What the whole run is made with, and what is assumed.
fn settings(state: &State, act: &Callback<Action>) -> Html {
    let inputs = &state.run.inputs;
    let limit = act.reform(|event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        Action::Run(RunChange::Concurrency(typed.parse().ok().filter(|limit| *limit > 0)))
    });
    let warm = act.reform(|_: Event| Action::Run(RunChange::Warm));
    let assumed = state.playback().into_iter().flat_map(|run| &run.assumptions).map(|(what, length)| {
        html! { <tr><td>{ what }</td><td>{ length.as_deref().unwrap_or("") }</td></tr> }
    });
    html! {
        <details class="run-settings">
            <summary>{ "Assumptions and settings" }</summary>
            <label>{ "Most containers at once" }
                <input class="written" type="number" min="1" data-concurrency="" placeholder="no limit" value={inputs.concurrency.map(|limit| limit.to_string())} oninput={limit} />
            </label>
            <label><input type="checkbox" data-warm="" checked={inputs.warm} onchange={warm} />{ "Start with the caches of an earlier run" }</label>
            <p>{ super::prose::prose(KEYS) }</p>
            if state.playback().is_some_and(|run| run.errors > 0) {
                <p>{ "The config has errors. CircleCI will not run it until they are fixed." }</p>
            }
            <table><caption class="faint">{ "Assumed, not measured. Select a job to set its duration." }</caption><tbody>{ for assumed }</tbody></table>
        </details>
    }
}

fn log(played: &Played, run: &Play) -> Html {
    let second = run.second();
    let told = played.log.iter().take_while(|line| line.t <= second).count();
    let lines = played.log[told.saturating_sub(LINES)..told].iter().rev();
    let line = |line: &crate::report::playback::LogLine| {
        html! { <li data-t={line.t.to_string()}>{ super::prose::prose(&line.text) }</li> }
    };
    html! { <ol class="log" tabindex="0" aria-label="Log, newest first">{ for lines.map(line) }</ol> }
}

/// The timeline: a row a job, with the stretches of time it spends queued, on hold and running.
pub(super) fn timeline(state: &State, act: &Callback<Action>) -> Html {
    let Some(played) = state.played() else {
        return super::button::nothing(
            "Simulating…",
            "The timeline appears as soon as the run is simulated.",
        );
    };
    let end = played.end.max(1);
    let part = |t: u64| format!("{}%", px(percent(t, end)));
    let rows = played.jobs.iter().enumerate().map(|(index, job)| {
        let spot = crate::app::state::Spot::Node(index);
        let go = says(act, move || Action::SpotActivated { spot, by_key: false });
        let bars = job.bars.iter().map(|bar| {
            let until = bar.end.unwrap_or(end);
            html! {
                <rect class="time" data-state={bar.state.name()} data-start={bar.start.to_string()} data-end={until.to_string()}
                    x={part(bar.start)} width={part(until - bar.start)} y="3" height="18" rx="3">
                    <title>{ bar.state.words() }{ " " }{ clock(bar.start) }{ "–" }{ clock(until) }</title>
                </rect>
            }
        });
        let ends = |pick: fn(&crate::report::run::Bar) -> Option<u64>, bar: Option<&crate::report::run::Bar>| {
            bar.and_then(pick).map_or_else(|| "–".to_owned(), clock)
        };
        html! {
            <tr data-row={job.name.clone()} data-critical={job.critical.then_some("")} aria-selected={(state.focus == spot).to_string()}>
                <th scope="row"><button type="button" class="quiet" onclick={go.clone()}>{ &job.name }{ if job.critical { " ★" } else { "" } }</button></th>
                <td class="bars" onclick={go}><svg width="100%" height="24" aria-hidden="true">
                    { for bars }<line class="now" x1={part(state.run.second())} x2={part(state.run.second())} y1="0" y2="24" />
                </svg></td>
                <td>{ job.outcome.words() }</td>
                <td>{ ends(|bar| Some(bar.start), job.bars.first()) }</td>
                <td>{ ends(|bar| bar.end, job.bars.last()) }</td>
            </tr>
        }
    });
    html! {
        <div class="timeline" id="graph-panel" tabindex="0" role="tabpanel" aria-label="Timeline" data-timeline="" data-first-focus="" onkeydown={keys(act)}>
            <table>
                <caption class="faint">{ "★ marks the critical path." }</caption>
                <thead><tr><th scope="col">{ "Job" }</th><th scope="col" class="bars">{ "0:00 to " }{ clock(end) }</th><th scope="col">{ "Ends as" }</th><th scope="col">{ "From" }</th><th scope="col">{ "To" }</th></tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </div>
    }
}

/// The keys of the run, as in the graph; but Space presses the button that has the focus.
fn keys(act: &Callback<Action>) -> Callback<KeyboardEvent> {
    let act = act.clone();
    Callback::from(move |event: KeyboardEvent| {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
        if let Some(action) = keys::in_run(&event.key()).filter(|_| is_plain) {
            event.prevent_default();
            act.emit(action);
        }
    })
}

#[expect(clippy::cast_precision_loss, reason = "a run is far shorter than that")]
fn percent(t: u64, end: u64) -> f64 {
    t as f64 * 100.0 / end as f64
}
