use crate::app::browser::Resizes;
use web_sys::Element;
use yew::{Callback, NodeRef, hook, use_effect_with};

/// Tells the inner size of an element, in px, first and after each change.
#[hook]
pub(crate) fn use_size(element: NodeRef, told: Callback<(f64, f64)>) {
    use_effect_with((), move |()| {
        let watch = element
            .cast::<Element>()
            .and_then(|element| Resizes::watch(&element, move |width, height| told.emit((width, height))));
        move || drop(watch)
    });
}
