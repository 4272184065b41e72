use super::icon::Icon;
use super::popover::PopoverButton;
use crate::app::state::{Action, Popover};
use gloo::timers::callback::Interval;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_state};

#[derive(Properties, PartialEq)]
pub(super) struct PrivacyProps {
    pub open: bool,
    /// Requests over a network since the page was loaded.
    pub requests: Callback<(), u32>,
    pub act: Callback<Action>,
}

/// What leaves the page: nothing. With the count that shows it.
#[component]
pub(super) fn Privacy(props: &PrivacyProps) -> Html {
    html! {
        <PopoverButton which={Popover::Privacy} open={props.open} name="Privacy" icon={Icon::Shield} icon_only=true
            act={props.act.clone()}>
            <h2>{ "Nothing leaves this page" }</h2>
            <p>{ "Your config is checked by a program that runs in this tab. It is kept in this browser for your next \
                  visit and never sent anywhere. The page’s own security policy forbids connections to other hosts." }</p>
            <RequestCount requests={props.requests.clone()} />
        </PopoverButton>
    }
}

#[derive(Properties, PartialEq)]
struct RequestCountProps {
    requests: Callback<(), u32>,
}

/// Looks again each second while it is seen.
#[component]
fn RequestCount(props: &RequestCountProps) -> Html {
    let count = use_state(|| props.requests.emit(()));
    {
        let (requests, count) = (props.requests.clone(), count.setter());
        use_effect_with((), move |()| {
            let clock = Interval::new(1000, move || count.set(requests.emit(())));
            move || drop(clock)
        });
    }
    html! {
        <p class="count">
            <strong data-requests={count.to_string()}>{ *count }</strong>
            <span>{ "requests since this page was loaded, all for its own files" }</span>
        </p>
    }
}
