use super::scope::answer_with;
use super::{Picture, Sketch};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Draws what the embed asks for: `[number, rows]` comes in, `[number, verdict, findings, workflows]` goes out. A
/// finding is `[check, severity, message, help, file, line, column, end line, end column]`, a workflow `[name, svg]`.
pub fn serve_sketches() {
    answer_with(reply);
}

/// What has another shape is not from our script.
fn reply(scope: &DedicatedWorkerGlobalScope, event: &MessageEvent) {
    let Some([number, rows]) = items(&event.data()).and_then(|items| <[JsValue; 2]>::try_from(items).ok())
    else {
        return;
    };
    let words =
        |row: JsValue| items(&row).unwrap_or_default().iter().filter_map(JsValue::as_string).collect();
    let rows: Vec<Vec<String>> = items(&rows).unwrap_or_default().into_iter().map(words).collect();
    let _ = scope.post_message(&message(&number, Sketch::read(&rows).draw()));
}

fn items(value: &JsValue) -> Option<Vec<JsValue>> {
    Array::is_array(value).then(|| Array::from(value).to_vec())
}

fn message(number: &JsValue, picture: Picture) -> JsValue {
    let findings = picture.findings.into_iter().map(|finding| {
        let words = [finding.check, finding.severity, &finding.message, &finding.help, &finding.file];
        words.into_iter().map(JsValue::from_str).chain(finding.place.map(JsValue::from)).collect::<Array>()
    });
    let workflows =
        picture.workflows.into_iter().map(|workflow| Array::of2(&workflow.name.into(), &workflow.svg.into()));
    let findings: Array = findings.collect();
    let workflows: Array = workflows.collect();
    Array::of4(number, &picture.verdict.into(), &findings, &workflows).into()
}
