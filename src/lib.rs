//! Dryrun shows what CircleCI would do with a `.circleci/config.yml`, without CircleCI.
//!
//! The way of a text through the house is in ARCHITECTURE.md. CLI, worker, tests and docs call
//! nothing but the façade, [`analysis`].

pub mod analysis;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compile;
pub mod complete;
pub mod config;
pub mod diagnostic;
pub mod expression;
pub mod flow;
pub mod graph;
pub mod layout;
pub mod lesson;
pub mod orb;
pub mod report;
pub mod scene;
pub mod simulate;
pub mod sort;
pub mod text;
pub mod yaml;

/// The engine in a Web Worker, and what it and the page say to each other.
///
/// Comes in: a [`Request`](worker::Request). Goes out: a [`Response`](worker::Response) with the same
/// revision. A lesson beside the page asks for the facts about a config ([`Asked`](worker::Asked)). The embed's
/// graph mode has a smaller engine: a [`Sketch`](worker::Sketch) comes in, a [`Picture`](worker::Picture) goes out,
/// both as plain arrays, since no Rust reads them. Must not know: the page.
pub mod worker {
    mod answer;
    mod given;
    mod message;
    mod picture;
    #[cfg(feature = "web")]
    mod scope;
    #[cfg(feature = "web")]
    mod sketching;

    pub use answer::answer;
    pub use given::{Given, NamedText, OrbFile, Pushed};
    pub use message::{Asked, Body, Candidate, Offer, Request, RequestKind, Response, Shown};
    pub use picture::{Picture, PictureFinding, PictureWorkflow, Sketch};
    #[cfg(feature = "web")]
    pub use scope::serve;
    #[cfg(feature = "web")]
    pub use sketching::serve_sketches;

    /// The worker's first word: messages sent before it are lost.
    pub const READY: &str = "ready";
    /// Before the text of a panic.
    pub const PANICKED: &str = "panicked: ";
}

/// The page.
///
/// Comes in: what the user does and the worker answers. Goes out: elements. Knows reports and the worker's
/// messages. Must not know: the compiler, in any part. `state` thinks and is plain Rust, built and tested
/// everywhere; `components` draw it, `browser` does what only a browser can.
pub mod app {
    #[cfg(feature = "web")]
    pub mod browser;
    #[cfg(feature = "web")]
    pub mod components;
    pub mod examples;
    pub mod highlight;
    #[cfg(feature = "web")]
    mod hooks;
    #[cfg(feature = "web")]
    pub mod kept;
    pub mod keys;
    pub mod state;
}
