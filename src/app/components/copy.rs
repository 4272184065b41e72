use super::icon::Icon;
use crate::app::browser;
use gloo::timers::callback::Timeout;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_mut_ref, use_state};

/// So long the button says how it went, in ms.
const SAID_FOR: u32 = 2_000;

#[derive(Properties, PartialEq)]
pub(super) struct CopyProps {
    /// What is copied, for the tool tip.
    pub name: AttrValue,
    pub text: Callback<(), String>,
}

/// Puts a text on the clipboard, and says so only once it is there.
#[component]
pub(super) fn CopyButton(props: &CopyProps) -> Html {
    let outcome = use_state(|| None::<bool>);
    let fade = use_mut_ref(|| None::<Timeout>);
    let copy = {
        let (text, outcome) = (props.text.clone(), outcome.setter());
        Callback::from(move |_| {
            let (outcome, fade) = (outcome.clone(), fade.clone());
            browser::copy_text(&text.emit(()), move |done| {
                outcome.set(Some(done));
                *fade.borrow_mut() = Some(Timeout::new(SAID_FOR, move || outcome.set(None)));
            });
        })
    };
    let words = match *outcome {
        None => "Copy",
        Some(true) => "Copied",
        Some(false) => "Copying failed, use Download",
    };
    html! {
        <button type="button" class="quiet" data-copy="" title={format!("Copy {}", props.name)} onclick={copy}>
            { Icon::Copy.draw() }<span class="button-name" role="status">{ words }</span>
        </button>
    }
}
