use crate::app::browser::{Wheel, corner, middle, scroll_by};
use web_sys::Element;
use yew::{Callback, NodeRef, hook, use_effect_with, use_mut_ref};

/// One notch of a wheel turns by 100 or 120 and zooms by about a fifth.
const PER_PX: f64 = 0.0018;

/// Asks for a zoom where the wheel is turned with Ctrl held, and keeps the point under the pointer where it
/// is when `scale` changes; without a pointer, the middle of the area.
#[hook]
pub(crate) fn use_zoom(area: NodeRef, picture: NodeRef, scale: f64, zoom: Callback<f64>) {
    // The pointer, from the turn of the wheel until the picture has its new size.
    let pointer = use_mut_ref(|| None::<(f64, f64)>);
    let before = use_mut_ref(|| None::<Before>);
    {
        let (area, pointer) = (area.clone(), pointer.clone());
        use_effect_with((), move |()| {
            let wheel = area.cast::<Element>().map(|area| {
                Wheel::hear(&area, move |turn, place| {
                    *pointer.borrow_mut() = Some(place);
                    zoom.emit((-turn.clamp(-200.0, 200.0) * PER_PX).exp());
                })
            });
            move || drop(wheel)
        });
    }
    // While rendering, the old picture still stands: note where.
    if let (Some(area), Some(picture)) = (area.cast::<Element>(), picture.cast::<Element>()) {
        let fixed = pointer.borrow().unwrap_or_else(|| middle(&area));
        let scale_before = before.borrow().map_or(scale, |before| before.scale_now);
        *before.borrow_mut() =
            Some(Before { fixed, corner: corner(&picture), scale: scale_before, scale_now: scale });
    }
    use_effect_with(scale.to_bits(), move |_| {
        *pointer.borrow_mut() = None;
        if let (Some(area), Some(picture), Some(before)) =
            (area.cast::<Element>(), picture.cast::<Element>(), *before.borrow())
        {
            let grown = scale / before.scale;
            let now = corner(&picture);
            let wanted = |fixed: f64, corner: f64| fixed - (fixed - corner) * grown;
            scroll_by(
                &area,
                now.0 - wanted(before.fixed.0, before.corner.0),
                now.1 - wanted(before.fixed.1, before.corner.1),
            );
        }
    });
}

/// How the picture stood before it changed its size.
#[derive(Clone, Copy)]
struct Before {
    /// The point that stays, in the window's px.
    fixed: (f64, f64),
    corner: (f64, f64),
    scale: f64,
    scale_now: f64,
}
