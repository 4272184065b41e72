use super::button::says;
use super::icon::Icon;
use crate::app::browser;
use crate::app::state::{Action, View};
use yew::{Callback, Html, KeyboardEvent, TargetCast, html};

/// The tabs of the right pane.
pub(super) fn views(chosen: View, act: &Callback<Action>) -> Html {
    let key = {
        let act = act.clone();
        Callback::from(move |event: KeyboardEvent| {
            let at = View::ALL.iter().position(|view| *view == chosen).unwrap_or(0);
            let count = View::ALL.len();
            let next = match event.key().as_str() {
                "ArrowLeft" => (at + count - 1) % count,
                "ArrowRight" => (at + 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            act.emit(Action::ViewChosen(View::ALL[next]));
            let list = event.target_unchecked_into::<web_sys::Element>().parent_element();
            let tab = list.and_then(|list| list.children().item(u32::try_from(next).unwrap_or(0)));
            if let Some(tab) = tab {
                browser::focus(&tab);
            }
        })
    };
    let tab = |view: View| {
        let is_chosen = view == chosen;
        let (icon, name, keys) = match view {
            View::Graph => (Icon::Graph, "Graph", "Alt+1"),
            View::Compiled => (Icon::Compiled, "Compiled", "Alt+2"),
            View::Timeline => (Icon::List, "Timeline", "Alt+3"),
        };
        html! {
            <button type="button" role="tab" class="tab" data-view={view.name()} aria-selected={is_chosen.to_string()}
                aria-controls="view-panel" tabindex={if is_chosen { "0" } else { "-1" }} title={format!("{name} ({keys})")}
                onclick={says(act, move || Action::ViewChosen(view))}>
                { icon.draw() }<span class="tab-name">{ name }</span>
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label="Views" onkeydown={key}>{ for View::ALL.map(tab) }</div>
    }
}
