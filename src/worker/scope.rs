use super::{Asked, PANICKED, READY, Request, answer};
use crate::analysis::facts;
use crate::lesson::Trial;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Answers every message of the page until the worker is ended. A panic is told to the page before the
/// module traps; the page then starts a new worker.
pub fn serve() {
    answer_with(reply);
}

pub(super) fn answer_with(reply: fn(&DedicatedWorkerGlobalScope, &MessageEvent)) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let mouth = scope.clone();
    std::panic::set_hook(Box::new(move |panic| {
        // Nobody is left to hear about a message that cannot be sent.
        let _ = mouth.post_message(&JsValue::from_str(&format!("{PANICKED}{panic}")));
    }));
    let ear = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| reply(&ear, &event));
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // Lives as long as the worker.
    on_message.forget();
    let _ = scope.post_message(&JsValue::from_str(READY));
}

/// Decodes, answers and sends the bytes back without a copy. What cannot be decoded is not from our page.
fn reply(scope: &DedicatedWorkerGlobalScope, event: &MessageEvent) {
    let bytes = Uint8Array::new(&event.data()).to_vec();
    let answer = match postcard::from_bytes::<Asked<Request, Trial>>(&bytes) {
        Ok(Asked::Page(request)) => postcard::to_allocvec(&answer(request)),
        Ok(Asked::Lesson(text, trial)) => postcard::to_allocvec(&facts(text, trial)),
        Err(error) => Err(error),
    };
    let Ok(bytes) = answer else { return };
    let message = Uint8Array::from(bytes.as_slice());
    let _ = scope.post_message_with_transfer(&message, &Array::of1(&message.buffer()));
}
