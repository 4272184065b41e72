use super::icon::Icon;
use crate::app::state::{Action, Popover};
use yew::{AttrValue, Callback, Html, Properties, component, html};

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
    let panel = format!("popover-{}", which.name());
    let label = icon_only.then(|| name.clone());
    let tip = face.is_none().then(|| name.clone());
    html! {
        <div class="popover-anchor" data-popover={which.name()}>
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
