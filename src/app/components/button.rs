//! Buttons and empty panes as functions: each `html!` is a lot of code in the wasm, and these stand in many places.

use super::icon::Icon;
use crate::app::state::{Action, GivenChange};
use yew::{Callback, Html, MouseEvent, html};

/// Says what `make` makes on each click. (A clone of an action would do, but with it came the code that clones
/// a whole report.)
pub(super) fn says(act: &Callback<Action>, make: impl Fn() -> Action + 'static) -> Callback<MouseEvent> {
    on_click(act.clone(), Box::new(make))
}

fn on_click(act: Callback<Action>, make: Box<dyn Fn() -> Action>) -> Callback<MouseEvent> {
    Callback::from(move |_| act.emit(make()))
}

/// Changes what the config is looked at with.
pub(super) fn gives(act: &Callback<Action>, change: GivenChange) -> Callback<MouseEvent> {
    says(act, move || Action::Given(change.clone()))
}

/// A quiet button of words. `does` names it for the tests, as `data-do`.
pub(super) fn word_button(does: &'static str, words: String, onclick: Callback<MouseEvent>) -> Html {
    html! { <button type="button" class="quiet" data-do={does} {onclick}>{ words }</button> }
}

/// A quiet button of an icon, and a name where there is room for it.
pub(super) fn tool_button(
    icon: Icon,
    name: Option<&'static str>,
    title: &'static str,
    download: Option<&'static str>,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" class="quiet" aria-label={name.is_none().then_some(title)} {title} data-download={download} {onclick}>
            { icon.draw() }
            if let Some(name) = name { <span class="button-name">{ name }</span> }
        </button>
    }
}

/// What a pane says when it has nothing to show.
pub(super) fn nothing(title: &'static str, words: &'static str) -> Html {
    html! { <div class="empty"><h2>{ title }</h2><p>{ words }</p></div> }
}
