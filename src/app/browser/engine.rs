//! The engine: spoken to in postcard bytes over a line of its own. All elements of a page share one worker, which
//! `www/shell/engine.js` starts, gives one question at a time, and ends.

use super::ports::{Line, Ports};
use crate::worker::{Asked, PANICKED, READY, Request, Response};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// The words of `www/shell/engine.js`, besides those of the worker.
const BEGUN: &str = "begun";
const FAILED: &str = "failed: ";

/// What comes over the line.
#[derive(Debug)]
pub enum Heard {
    /// Questions are taken from now on.
    Ready,
    /// The question is being worked on: it may have waited for those of other elements.
    Begun,
    Answer(Box<Response>),
    Panicked(String),
    /// It did not load, or broke down without a word.
    Failed(String),
}

/// A line to the engine. Dropping it ends what is worked on for it at once, also in the middle of an endless loop.
pub struct Engine {
    line: Line,
    _heard: Closure<dyn FnMut(JsValue)>,
}

impl Engine {
    /// A line over which `hear` is told, though never before this returns.
    pub fn start(ports: &Ports, hear: impl Fn(Heard) + 'static) -> Self {
        let heard = Closure::<dyn FnMut(JsValue)>::new(move |said: JsValue| {
            if let Some(heard) = understand(&said) {
                hear(heard);
            }
        });
        Self { line: ports.engine(&heard), _heard: heard }
    }

    /// Sends a question; its bytes are handed over, not copied.
    pub fn ask(&self, request: &Request) {
        let Ok(bytes) = postcard::to_allocvec(&Asked::<_, ()>::Page(request)) else { return };
        self.line.ask(&Uint8Array::from(bytes.as_slice()));
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.line.end();
    }
}

fn understand(said: &JsValue) -> Option<Heard> {
    if let Some(word) = said.as_string() {
        return match word.as_str() {
            READY => Some(Heard::Ready),
            BEGUN => Some(Heard::Begun),
            word => word
                .strip_prefix(PANICKED)
                .map(|panic| Heard::Panicked(panic.to_owned()))
                .or_else(|| word.strip_prefix(FAILED).map(|why| Heard::Failed(why.to_owned()))),
        };
    }
    let bytes = said.dyn_ref::<Uint8Array>()?.to_vec();
    Some(match postcard::from_bytes::<Response>(&bytes) {
        Ok(response) => Heard::Answer(Box::new(response)),
        Err(error) => Heard::Failed(format!("its answer could not be read ({error})")),
    })
}
