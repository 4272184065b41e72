use super::node::whole;
use crate::app::browser::{capture_pointer, width_before};
use crate::app::state::{Action, FIRST_SPLIT};
use web_sys::Element;
use yew::{
    Callback, Html, KeyboardEvent, NodeRef, PointerEvent, Properties, TargetCast, component, html,
    use_mut_ref,
};

/// One press of an arrow key moves the splitter by this part of the width.
const STEP: f64 = 0.02;

#[derive(Properties, PartialEq)]
pub(super) struct SplitterProps {
    pub split: f64,
    /// The area that is split.
    pub area: NodeRef,
    pub act: Callback<Action>,
}

/// The border between the panes, to be dragged or moved with the arrow keys.
#[component]
pub(super) fn Splitter(props: &SplitterProps) -> Html {
    let SplitterProps { split, area, act } = props;
    let split = *split;
    let dragged = use_mut_ref(|| false);
    let down = {
        let dragged = dragged.clone();
        Callback::from(move |event: PointerEvent| {
            // Another button brings up a menu, and is let go of elsewhere.
            if event.button() != 0 {
                return;
            }
            *dragged.borrow_mut() = true;
            capture_pointer(&event.target_unchecked_into::<Element>(), event.pointer_id());
        })
    };
    let moved = {
        let (dragged, act, area) = (dragged.clone(), act.clone(), area.clone());
        Callback::from(move |event: PointerEvent| {
            if *dragged.borrow()
                && let Some(area) = area.cast::<Element>()
            {
                act.emit(Action::SplitMoved(width_before(&area, f64::from(event.client_x()))));
            }
        })
    };
    let up = Callback::from(move |_: PointerEvent| *dragged.borrow_mut() = false);
    let key = {
        let act = act.clone();
        Callback::from(move |event: KeyboardEvent| {
            let part = match event.key().as_str() {
                "ArrowLeft" => split - STEP,
                "ArrowRight" => split + STEP,
                "Home" => 0.0,
                "End" => 1.0,
                "Enter" => FIRST_SPLIT,
                _ => return,
            };
            event.prevent_default();
            act.emit(Action::SplitMoved(part));
        })
    };
    html! {
        <div class="splitter" role="separator" tabindex="0" aria-orientation="vertical" aria-label="Width of the editor"
            aria-valuemin="20" aria-valuemax="60" aria-valuenow={whole(split * 100.0)}
            title="Drag to resize, double-click to reset" onpointerdown={down} onpointermove={moved}
            onpointerup={up.clone()} onpointercancel={up} onkeydown={key}
            ondblclick={act.reform(|_| Action::SplitMoved(FIRST_SPLIT))}></div>
    }
}
