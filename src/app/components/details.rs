use super::button::{says, tool_button, word_button};
use super::icon::Icon;
use crate::app::state::{Action, RunChange, Spot, State};
use crate::report::WhyLine;
use crate::report::run::JobState;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, InputEvent, TargetCast, html};

/// What is told about a job, a line or a cache, over the lower right corner of the graph.
pub(super) fn details(state: &State, act: &Callback<Action>) -> Html {
    let Some(details) = state.details() else { return Html::default() };
    html! {
        <section class="details" role="region" aria-label="Details" data-details="">
            <div class="details-head">
                <h2>{ &details.title }</h2>
                { tool_button(Icon::Close, None, "Close the details (Esc)", None, says(act, || Action::DetailsClosed)) }
            </div>
            { why(&details.lines) }
            if let Spot::Node(job) = details.spot { { controls(state, job, act) } }
        </section>
    }
}

/// Lines of a reason, each as deep as what it is a part of.
pub(super) fn why(lines: &[WhyLine]) -> Html {
    let line = |line: &WhyLine| {
        html! { <li data-depth={line.depth.min(6).to_string()}>{ super::prose::prose(&line.text) }</li> }
    };
    html! { <ul class="why">{ for lines.iter().map(line) }</ul> }
}

/// What can be set for a job of the run that is played.
fn controls(state: &State, index: usize, act: &Callback<Action>) -> Html {
    let Some(job) = state.played().and_then(|played| played.jobs.get(index)) else { return Html::default() };
    if job.outcome == JobState::Skipped {
        return Html::default();
    }
    let (seconds, fails, canceled, decided) = state.run.set_for(&job.name);
    let button = |does: &'static str, words: &str, make: fn(String) -> RunChange| {
        let name = job.name.clone();
        word_button(does, words.to_owned(), says(act, move || Action::Run(make(name.clone()))))
    };
    let name = job.name.clone();
    // At each key: whatever draws the page anew, as a run that plays does, would bring back the number of before.
    let lasts = {
        let act = act.clone();
        Callback::from(move |event: InputEvent| {
            if let Ok(seconds) = event.target_unchecked_into::<HtmlInputElement>().value().parse() {
                act.emit(Action::Run(RunChange::Lasts(name.clone(), Some(seconds))));
            }
        })
    };
    let name = job.name.clone();
    let emptied = act.reform(move |event: Event| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        Action::Run(RunChange::Lasts(name.clone(), typed.parse().ok()))
    });
    let now = state.job_state(index).map_or("", JobState::words);
    html! {
        <div class="job-run">
            <p data-now="">{ "In the run: " }<strong>{ now }</strong></p>
            if job.asks {
                { button("approve", if decided == Some(true) { "Undo approval" } else { "Approve" },
                    if decided == Some(true) { |job| RunChange::Decided(job, None) } else { |job| RunChange::Decided(job, Some(true)) }) }
                { button("deny", if decided == Some(false) { "Undo denial" } else { "Deny" },
                    if decided == Some(false) { |job| RunChange::Decided(job, None) } else { |job| RunChange::Decided(job, Some(false)) }) }
            } else {
                <label class="lasts">{ "Seconds" }
                    <input class="written" type="number" min="0" data-lasts="" value={seconds.unwrap_or(job.seconds).to_string()} oninput={lasts} onchange={emptied} />
                </label>
                { button("fail", if fails { "Make it succeed" } else { "Make it fail" }, RunChange::Fails) }
            }
            { button("cancel", if canceled { "Undo cancel" } else { "Cancel now" }, RunChange::Canceled) }
        </div>
    }
}
