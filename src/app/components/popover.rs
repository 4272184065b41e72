use super::icon::Icon;
use crate::app::state::{Action, Popover};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};
use yew::{AttrValue, Callback, FocusEvent, Html, Properties, TargetCast, component, html};

#[derive(Properties, PartialEq)]
pub(super) struct PopoverProps {
    pub which: Popover,
    pub open: bool,
    /// What the button is called.
    pub name: AttrValue,
    #[prop_or_default]
    pub icon: Option<Icon>,
    /// What the button shows instead of its name.
    #[prop_or_default]
    pub face: Option<Html>,
    /// The button shows its icon alone, its name is for the tool tip.
    #[prop_or_default]
    pub icon_only: bool,
    pub act: Callback<Action>,
    /// What hangs open.
    pub children: Html,
}

/// A button and the panel that it opens and closes.
#[component]
pub(super) fn PopoverButton(props: &PopoverProps) -> Html {
    let PopoverProps { which, open, name, icon, face, icon_only, act, children } = props;
    let which = *which;
    let toggle = act.reform(move |_| Action::PopoverToggled(which));
    let left = {
        let act = act.clone();
        Callback::from(move |event: FocusEvent| {
            // Nowhere is where it goes with a click beside everything, or another window.
            let Some(to) = event.related_target() else { return };
            let anchor = event.target_unchecked_into::<Element>().closest(".popover-anchor").ok().flatten();
            if !anchor.is_some_and(|anchor| anchor.contains(to.dyn_ref::<Node>())) {
                act.emit(Action::PopoverLeft(which));
            }
        })
    };
    let panel = format!("popover-{}", which.name());
    let label = icon_only.then(|| name.clone());
    let tip = face.is_none().then(|| name.clone());
    html! {
        <div class="popover-anchor" data-popover={which.name()} onfocusout={left}>
            <button type="button" class="quiet" aria-expanded={open.to_string()} aria-controls={panel.clone()}
                aria-haspopup="true" aria-label={label.clone()} title={tip} onclick={toggle.clone()}>
                { for icon.map(Icon::draw) }
                if let Some(face) = face {
                    { face.clone() }
                } else if !icon_only {
                    <span class="button-name">{ name }</span>
                }
                if !icon_only { <span class="chevron">{ Icon::Chevron.draw() }</span> }
            </button>
            if *open {
                <div class="popover-ground" onclick={toggle}></div>
                <div class="popover" id={panel} role="group" aria-label={name.clone()}>{ children.clone() }</div>
            }
        </div>
    }
}
