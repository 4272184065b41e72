//! What the page looks like.
//!
//! Comes in: parts of the state. Goes out: elements, and [`Action`](crate::app::state::Action)s through one
//! callback. `App` holds the state and performs the effects; everything else only draws.
//! Must not know: how an action changes the state. No `style` attribute anywhere: the policy refuses it.

mod app;
mod badge;
mod button;
mod compiled;
mod compiled_pane;
mod copy;
mod crash;
mod details;
mod edge;
mod files;
mod graph;
mod graph_pane;
mod header;
mod icon;
mod layer_bar;
mod node;
mod notice;
mod pipeline;
mod popover;
mod privacy;
mod problems;
mod prose;
mod run_bar;
mod splitter;
mod tabs;
mod verdict;
mod view_pane;
mod views;

pub use app::{App, AppProps};
