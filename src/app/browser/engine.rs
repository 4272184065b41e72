//! The worker: started from the address of the ports, spoken to in postcard bytes, ended by dropping it.

use crate::worker::{PANICKED, READY, Request, Response};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// What comes from the worker.
#[derive(Debug)]
pub enum Heard {
    /// Messages are heard from now on; earlier ones were lost.
    Ready,
    Answer(Box<Response>),
    Panicked(String),
    /// It did not load, or broke down without a word.
    Failed(String),
}

/// A running worker. Dropping it ends the worker at once, also in the middle of an endless loop.
#[derive(Debug)]
pub struct Engine {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Engine {
    /// Starts a worker. Nothing where the browser refuses: `hear` has then been told why.
    pub fn start(url: &str, hear: impl Fn(Heard) + Clone + 'static) -> Option<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = match Worker::new_with_options(url, &options) {
            Ok(worker) => worker,
            Err(error) => {
                hear(Heard::Failed(format!("the browser refused to start a worker ({error:?})")));
                return None;
            }
        };
        let on_error = {
            let hear = hear.clone();
            Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
                hear(Heard::Failed(reason(&event)));
            })
        };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(heard) = understand(&event.data()) {
                hear(heard);
            }
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self { worker, _on_message: on_message, _on_error: on_error })
    }

    /// Sends a question; its bytes are handed over, not copied.
    pub fn ask(&self, request: &Request) {
        let Ok(bytes) = postcard::to_allocvec(request) else { return };
        let message = Uint8Array::from(bytes.as_slice());
        // A message to a dead worker is lost; the watchdog then starts another one.
        let _ = self.worker.post_message_with_transfer(&message, &Array::of1(&message.buffer()));
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn understand(message: &JsValue) -> Option<Heard> {
    if let Some(word) = message.as_string() {
        if word == READY {
            return Some(Heard::Ready);
        }
        return word.strip_prefix(PANICKED).map(|panic| Heard::Panicked(panic.to_owned()));
    }
    let bytes = message.dyn_ref::<Uint8Array>()?.to_vec();
    Some(match postcard::from_bytes::<Response>(&bytes) {
        Ok(response) => Heard::Answer(Box::new(response)),
        Err(error) => Heard::Failed(format!("its answer could not be read ({error})")),
    })
}

/// A failed load has no message.
fn reason(event: &ErrorEvent) -> String {
    // Prevents the browser's own line on the console: the page says it itself.
    event.prevent_default();
    let message = js_sys::Reflect::get(event, &"message".into()).ok().and_then(|message| message.as_string());
    message.filter(|message| !message.is_empty()).unwrap_or_else(|| "its files did not load".to_owned())
}
