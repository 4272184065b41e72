use crate::app::browser::{capture_pointer, corner, scroll_by, size};
use web_sys::Element;
use yew::{Callback, NodeRef, PointerEvent, hook, use_mut_ref};

/// The listeners of an area that is moved by dragging its ground.
#[derive(Clone)]
pub(crate) struct Pan {
    pub(crate) down: Callback<PointerEvent>,
    pub(crate) moved: Callback<PointerEvent>,
    pub(crate) up: Callback<PointerEvent>,
}

/// Scrolls `area` with the pointer. Fingers and pens scroll by themselves. What is on the ground and wants
/// the click itself stops the event.
#[hook]
pub(crate) fn use_pan(area: NodeRef) -> Pan {
    // Where the pointer was last, while its button is down.
    let last = use_mut_ref(|| None::<(i32, i32)>);
    let down = {
        let (area, last) = (area.clone(), last.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() == 0
                && event.pointer_type() == "mouse"
                && let Some(area) = area.cast::<Element>()
                && is_inside(&area, &event)
            {
                capture_pointer(&area, event.pointer_id());
                *last.borrow_mut() = Some((event.client_x(), event.client_y()));
            }
        })
    };
    let moved = {
        let last = last.clone();
        Callback::from(move |event: PointerEvent| {
            let before = *last.borrow();
            if let (Some((x, y)), Some(area)) = (before, area.cast::<Element>()) {
                scroll_by(&area, f64::from(x - event.client_x()), f64::from(y - event.client_y()));
                *last.borrow_mut() = Some((event.client_x(), event.client_y()));
            }
        })
    };
    let up = Callback::from(move |_: PointerEvent| *last.borrow_mut() = None);
    Pan { down, moved, up }
}

/// Not on a scroll bar, which moves the area by itself.
fn is_inside(area: &Element, event: &PointerEvent) -> bool {
    let ((left, top), (width, height)) = (corner(area), size(area));
    f64::from(event.client_x()) < left + width && f64::from(event.client_y()) < top + height
}
