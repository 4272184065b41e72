//! The browser, as far as the page needs it: the only place with `web_sys` calls beyond event targets.
//!
//! Comes in: elements, and the ports that `www/shell` hands in. Goes out: plain values and callbacks.
//! Must not know: the state, Yew, what a config is.

mod dom;
mod engine;
mod ports;
mod rows;

pub use dom::{
    Keys, Resizes, Shortcut, Wheel, active, bring_into_view, capture_pointer, copy_text, corner, focus,
    is_dark, is_still, middle, query, scroll_by, scroll_to_end, set_property, size, step_region,
    width_before,
};
pub use engine::{Engine, Heard};
pub use ports::{Editor, EditorOptions, Finding, Ports, Rows, TextRange};
pub use rows::{scrolled, show_rows};
