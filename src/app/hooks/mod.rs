//! What several components do with the browser, as Yew hooks.
//!
//! Comes in: an element's reference and a callback. Goes out: nothing; the callback is called, and everything
//! ends with the component. Must not know: the state, or what is drawn.

mod use_pan;
mod use_size;
mod use_zoom;

pub(crate) use use_pan::use_pan;
pub(crate) use use_size::use_size;
pub(crate) use use_zoom::use_zoom;
