use super::button::{gives, word_button};
use super::icon::Icon;
use super::popover::PopoverButton;
use crate::app::state::{Action, GivenChange, Popover, State};
use crate::report::PipelineParameter;
use crate::worker::Pushed;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::{Callback, Event, Html, InputEvent, MouseEvent, TargetCast, html};

/// The tag that stands there when tags are chosen.
const FIRST_TAG: &str = "v1.0.0";

/// Values of `pipeline.trigger_source`.
const SOURCES: [(&str, &str); 3] =
    [("", "push (webhook)"), ("api", "API"), ("scheduled_pipeline", "schedule")];

/// What starts the pipeline, and the parameters it starts with.
pub(super) fn pipeline_popover(state: &State, act: &Callback<Action>) -> Html {
    let (icon, pushed) = match &state.given.pushed {
        Pushed::Branch(name) => (Icon::Branch, name),
        Pushed::Tag(name) => (Icon::Tag, name),
    };
    let changed = state.is_pipeline_changed();
    let title = format!(
        "Trigger: {}{}",
        if matches!(state.given.pushed, Pushed::Tag(_)) { "tag " } else { "branch " },
        pushed
    );
    let face = html! {
        <span class="pipeline-face" {title} data-changed={changed.then_some("")}>
            { icon.draw() }<span class="pipeline-name">{ if pushed.is_empty() { "no name" } else { pushed } }</span>
            if changed { <span class="changed-mark" title="Changed from a push to main with default parameters"></span> }
        </span>
    };
    html! {
        <PopoverButton which={Popover::Pipeline} open={state.popover == Some(Popover::Pipeline)} name="Trigger" {face}
            act={act.clone()}>
            <h2>{ "Trigger" }</h2>
            <p class="faint">{ "The config is compiled as if this had started the pipeline." }</p>
            { pushed_form(&state.given.pushed, act) }
            { trigger_form(state, act) }
            { parameters(state, false, "Parameters", act) }
            { parameters(state, true, "Parameters of the continuation", act) }
            if changed {
                <p class="buttons">
                    { word_button("reset", "Reset to defaults".to_owned(), gives(act, GivenChange::Reset)) }
                </p>
            }
        </PopoverButton>
    }
}

fn pushed_form(pushed: &Pushed, act: &Callback<Action>) -> Html {
    let (is_tag, name) = match pushed {
        Pushed::Branch(name) => (false, name),
        Pushed::Tag(name) => (true, name),
    };
    let push = |pushed: Pushed| Action::Given(GivenChange::Pushed(pushed));
    let branch = act.reform(move |_: Event| push(Pushed::default()));
    let tag = act.reform(move |_: Event| push(Pushed::Tag(FIRST_TAG.to_owned())));
    let written = act.reform(move |event: InputEvent| {
        let name = event.target_unchecked_into::<HtmlInputElement>().value();
        push(if is_tag { Pushed::Tag(name) } else { Pushed::Branch(name) })
    });
    let (kind, label) = if is_tag { ("tag", "Tag name") } else { ("branch", "Branch name") };
    html! {
        <fieldset class="field" data-pushed={kind}>
            <legend>{ "Push of a" }</legend>
            <span class="choices">{ radio("branch", !is_tag, branch) }{ radio("tag", is_tag, tag) }</span>
            { line("text", None, Some(label), name, written) }
        </fieldset>
    }
}

/// What starts the pipeline, if not the push, and the schedule that is due.
fn trigger_form(state: &State, act: &Callback<Action>) -> Html {
    let given = |text: String| Some(text).filter(|text| !text.is_empty());
    let source = act.reform(move |event: Event| {
        let chosen = event.target_unchecked_into::<HtmlSelectElement>().value();
        Action::Given(GivenChange::TriggerSource(given(chosen)))
    });
    let schedule = act.reform(move |event: InputEvent| {
        let typed = event.target_unchecked_into::<HtmlInputElement>().value();
        Action::Given(GivenChange::Schedule(given(typed)))
    });
    let chosen = state.given.trigger_source.as_deref().unwrap_or("");
    let options =
        SOURCES.map(|(value, words)| html! { <option {value} selected={chosen == value}>{ words }</option> });
    html! {
        <>
            <div class="field" data-trigger-source="">
                <label for="trigger-source">{ "Started by" }</label>
                <select class="written" id="trigger-source" onchange={source}>{ for options }</select>
            </div>
            <div class="field" data-schedule="">
                <label for="schedule">{ "Schedule" }</label>
                { line("text", Some("schedule".to_owned()), None, state.given.schedule.as_deref().unwrap_or(""), schedule) }
                <span class="faint">{ "Name of a scheduled workflow or schedule. Leave empty for none." }</span>
            </div>
        </>
    }
}

fn radio(name: &'static str, checked: bool, onchange: Callback<Event>) -> Html {
    html! { <label><input type="radio" name="pushed" value={name} {checked} {onchange} />{ name }</label> }
}

/// A field of one line.
fn line(
    kind: &'static str,
    id: Option<String>,
    label: Option<&'static str>,
    value: &str,
    oninput: Callback<InputEvent>,
) -> Html {
    html! {
        <input type={kind} class="written" {id} aria-label={label} value={value.to_owned()} spellcheck="false"
            autocomplete="off" {oninput} />
    }
}

fn parameters(state: &State, continued: bool, title: &str, act: &Callback<Action>) -> Html {
    let declared = state.declared(continued);
    if declared.is_empty() {
        return Html::default();
    }
    let fields = declared.iter().map(|parameter| {
        let value = state.given_value(continued, &parameter.name);
        field(parameter, value, continued, act)
    });
    html! { <><h3>{ title }</h3>{ for fields }</> }
}

fn field(
    parameter: &PipelineParameter,
    given: Option<&str>,
    continued: bool,
    act: &Callback<Action>,
) -> Html {
    let PipelineParameter { name, kind, description, default, .. } = parameter;
    let id = format!("parameter-{}{name}", if continued { "continued-" } else { "" });
    let set = {
        let (name, default) = (name.clone(), default.clone());
        act.reform(move |value: Option<String>| {
            let value = value.filter(|value| *value != default);
            Action::Given(GivenChange::Parameter { continued, name: name.clone(), value })
        })
    };
    let reset = set.reform(|_: MouseEvent| None);
    let changed = given.is_some_and(|given| given != default);
    let shown = if default.is_empty() { "empty".to_owned() } else { default.clone() };
    html! {
        <div class="field" data-parameter={name.clone()} data-changed={changed.then_some("")}>
            <span class="field-head">
                <label for={id.clone()}>{ name }</label>
                <span class="faint">{ kind }</span>
                if changed {
                    <button type="button" class="reset" title={format!("Back to {shown}")} onclick={reset}>{ "Reset" }</button>
                }
            </span>
            { control(parameter, given.unwrap_or(default), id, &set) }
            <span class="faint">
                if description.is_empty() { { format!("Default: {shown}") } } else { { format!("{description} Default: {shown}") } }
            </span>
        </div>
    }
}

/// The control that fits the type. Text is what the engine gets; it knows what the type makes of it.
fn control(parameter: &PipelineParameter, value: &str, id: String, set: &Callback<Option<String>>) -> Html {
    let typed = |event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value();
    match parameter.kind.as_str() {
        "boolean" => {
            let is_on = matches!(value, "true" | "yes" | "on");
            let toggle = set.reform(|event: Event| {
                Some(event.target_unchecked_into::<HtmlInputElement>().checked().to_string())
            });
            html! {
                <span class="choices">
                    <input type="checkbox" {id} checked={is_on} onchange={toggle} />
                    <span aria-hidden="true">{ if is_on { "true" } else { "false" } }</span>
                </span>
            }
        }
        "enum" => {
            let choose =
                set.reform(|event: Event| Some(event.target_unchecked_into::<HtmlSelectElement>().value()));
            let options = parameter.choices.iter().map(|choice| {
                html! { <option value={choice.clone()} selected={choice == value}>{ choice }</option> }
            });
            html! { <select class="written" {id} onchange={choose}>{ for options }</select> }
        }
        "integer" => {
            // An empty field is no number: then the default holds.
            let write =
                set.reform(move |event: InputEvent| Some(typed(event)).filter(|text| !text.is_empty()));
            line("number", Some(id), None, value, write)
        }
        _ => {
            let write = set.reform(move |event: InputEvent| Some(typed(event)));
            line("text", Some(id), None, value, write)
        }
    }
}
