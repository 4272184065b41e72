//! What JavaScript hands in and takes. The other side is `www/shell/ports.js` and `www/editor/editor.js`.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

#[wasm_bindgen]
extern "C" {
    /// Everything the page needs from outside: no path of a script stands in Rust.
    #[derive(Clone)]
    pub type Ports;
    #[wasm_bindgen(method)]
    pub(super) fn engine(this: &Ports, heard: &Closure<dyn FnMut(JsValue)>) -> Line;
    #[wasm_bindgen(method, getter)]
    pub fn version(this: &Ports) -> String;
    /// The address of the folder of the pages about the checks.
    #[wasm_bindgen(method, getter)]
    pub fn checks(this: &Ports) -> String;
    #[wasm_bindgen(method, js_name = editor)]
    fn make_editor(this: &Ports, parent: &Element, options: &JsValue) -> Editor;
    #[wasm_bindgen(method)]
    pub fn download(this: &Ports, name: &str, media: &str, text: &str);
    #[wasm_bindgen(method, js_name = open)]
    fn ask_for_file(this: &Ports, accept: &str) -> Promise;
    #[wasm_bindgen(method, js_name = onDrop)]
    fn on_drop(this: &Ports, callback: &JsValue);
    #[wasm_bindgen(method, getter)]
    fn store(this: &Ports) -> Store;
    #[wasm_bindgen(method, getter)]
    fn theme(this: &Ports) -> ThemePort;
    /// Requests over a network since the page was loaded.
    #[wasm_bindgen(method)]
    pub fn requests(this: &Ports) -> u32;
    #[wasm_bindgen(method, getter, js_name = opened)]
    fn opened_link(this: &Ports) -> JsValue;
    #[wasm_bindgen(method, js_name = onLink)]
    fn on_link(this: &Ports, callback: &JsValue);
    #[wasm_bindgen(method, js_name = share)]
    fn fill_share(this: &Ports, panel: &Element, rows: &Array, at_once: bool);
    /// Puts what can be taken along into the same panel.
    #[wasm_bindgen(method, js_name = exported)]
    pub fn show_exported(
        this: &Ports,
        panel: &Element,
        stem: &str,
        svg: &str,
        mermaid: &str,
        dot: &str,
        report: &str,
    );
    /// Sets an attribute of the host element; nothing takes it away.
    #[wasm_bindgen(method)]
    pub fn mark(this: &Ports, name: &str, value: Option<&str>);

    /// The line of one element to the engine of the page.
    pub(super) type Line;
    #[wasm_bindgen(method)]
    pub(super) fn ask(this: &Line, request: &Uint8Array);
    #[wasm_bindgen(method)]
    pub(super) fn end(this: &Line);

    type Store;
    #[wasm_bindgen(method)]
    fn get(this: &Store, key: &str) -> Option<String>;
    #[wasm_bindgen(method)]
    fn set(this: &Store, key: &str, value: &str) -> bool;
    #[wasm_bindgen(method)]
    fn remove(this: &Store, key: &str);

    type ThemePort;
    #[wasm_bindgen(method, js_name = get)]
    fn get_theme(this: &ThemePort) -> String;
    #[wasm_bindgen(method, js_name = set)]
    fn set_theme(this: &ThemePort, choice: &str);

    /// CodeMirror behind its port. Lines and UTF-16 columns count from 1.
    #[derive(Clone)]
    pub type Editor;
    #[wasm_bindgen(method)]
    pub fn replace(this: &Editor, text: &str);
    #[wasm_bindgen(method, js_name = diagnostics)]
    fn set_diagnostics(this: &Editor, list: &JsValue);
    #[wasm_bindgen(method, js_name = offer)]
    fn show_offer(this: &Editor, offer: &JsValue);
    #[wasm_bindgen(method, js_name = mark)]
    fn set_marks(this: &Editor, ranges: &JsValue);
    #[wasm_bindgen(method, js_name = edit)]
    fn make_edits(this: &Editor, edits: &JsValue);
    #[wasm_bindgen(method, js_name = reveal)]
    fn show(this: &Editor, line: u32, column: u32, end_line: u32, end_column: u32, focus: bool);
    #[wasm_bindgen(method)]
    pub fn focus(this: &Editor);
    #[wasm_bindgen(method)]
    pub fn destroy(this: &Editor);

    type File;
    #[wasm_bindgen(method, getter)]
    fn name(this: &File) -> String;
    #[wasm_bindgen(method, getter)]
    fn text(this: &File) -> String;
}

/// What a link holds; see [`Link`](crate::app::state::Link).
pub type Rows = Vec<Vec<String>>;

/// A place in the editor's text.
#[derive(Clone, Copy, Debug)]
pub struct TextRange {
    pub start: (u32, u32),
    pub end: (u32, u32),
}

/// A finding as the editor shows it.
#[derive(Clone, Debug)]
pub struct Finding<'a> {
    pub range: TextRange,
    pub severity: &'a str,
    pub message: &'a str,
    pub check: &'a str,
    /// Its index in the report, by which [`EditorOptions::new`]'s `mend` is called.
    pub index: usize,
    /// What the button of its fix says.
    pub fix: Option<String>,
    /// Whether it can be ignored by a comment.
    pub ignorable: bool,
}

/// What the editor calls back. Keep it as long as the editor.
#[derive(Debug)]
pub struct EditorOptions {
    changed: Closure<dyn FnMut(String)>,
    caret: Closure<dyn FnMut(u32, u32)>,
    mend: Closure<dyn FnMut(usize, bool)>,
    complete: Closure<dyn FnMut(u32, u32)>,
}

impl EditorOptions {
    /// `changed` hears every new text, `caret` where the caret goes, `mend` which problem is to be mended or ignored, and
    /// `complete` where a list of what can be written is wanted: [`Editor::offer`] answers.
    pub fn new(
        changed: impl FnMut(String) + 'static,
        caret: impl FnMut(u32, u32) + 'static,
        mend: impl FnMut(usize, bool) + 'static,
        complete: impl FnMut(u32, u32) + 'static,
    ) -> Self {
        Self {
            changed: Closure::new(changed),
            caret: Closure::new(caret),
            mend: Closure::new(mend),
            complete: Closure::new(complete),
        }
    }
}

impl Ports {
    /// An editor with this text as the only child of `parent`.
    pub fn editor(&self, parent: &Element, text: &str, options: &EditorOptions) -> Editor {
        let object = object(&[
            ("text", text.into()),
            ("changed", options.changed.as_ref().clone()),
            ("caret", options.caret.as_ref().clone()),
            ("mend", options.mend.as_ref().clone()),
            ("complete", options.complete.as_ref().clone()),
        ]);
        self.make_editor(parent, &object)
    }

    /// Asks the user for a file. `opened` hears its name and text; nothing happens when none was chosen.
    pub fn open(&self, accept: &str, opened: impl FnOnce(String, String) + 'static) {
        let answer = wasm_bindgen_futures::JsFuture::from(self.ask_for_file(accept));
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(file) = answer.await
                && !file.is_null()
            {
                let file: File = file.unchecked_into();
                opened(file.name(), file.text());
            }
        });
    }

    /// Hears of files that are dropped on the page. Without a name, the text says why a file was refused.
    pub fn hear_files(&self, callback: impl FnMut(Option<String>, String) + 'static) {
        let callback = Closure::<dyn FnMut(Option<String>, String)>::new(callback);
        // The port lets go of it when the element is taken out of the page.
        self.on_drop(&callback.into_js_value());
    }

    /// The link that the page was opened with, as rows of words, or why it cannot be read.
    pub fn link(&self) -> Option<Result<Rows, String>> {
        let opened = self.opened_link();
        (!opened.is_undefined()).then(|| rows(&opened))
    }

    /// Hears of links that are opened in the page.
    pub fn hear_links(&self, heard: impl Fn(Result<Rows, String>) + 'static) {
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |opened: JsValue| heard(rows(&opened)));
        // The port lets go of it when the element is taken out of the page.
        self.on_link(&callback.into_js_value());
    }

    /// Fills the panel that copies links. `at_once` copies the link unasked.
    pub fn share(&self, panel: &Element, rows: &Rows, at_once: bool) {
        let row = |row: &Vec<String>| row.iter().map(|word| JsValue::from_str(word)).collect::<Array>();
        self.fill_share(panel, &rows.iter().map(row).collect(), at_once);
    }

    pub fn kept(&self, key: &str) -> Option<String> {
        self.store().get(key)
    }

    /// Whether the browser took it.
    pub fn keep(&self, key: &str, value: &str) -> bool {
        self.store().set(key, value)
    }

    pub fn forget(&self, key: &str) {
        self.store().remove(key);
    }

    pub fn theme_choice(&self) -> String {
        self.theme().get_theme()
    }

    pub fn choose_theme(&self, choice: &str) {
        self.theme().set_theme(choice);
    }
}

impl Editor {
    pub fn diagnostics<'a>(&self, findings: impl Iterator<Item = Finding<'a>>) {
        let list: Array = findings
            .map(|finding| {
                let mut fields = Vec::from(range_fields(finding.range));
                fields.extend([
                    ("severity", finding.severity.into()),
                    ("message", finding.message.into()),
                    ("check", finding.check.into()),
                    ("index", JsValue::from(finding.index)),
                    ("fix", finding.fix.into()),
                    ("ignorable", finding.ignorable.into()),
                ]);
                object(&fields)
            })
            .collect();
        self.set_diagnostics(&list);
    }

    /// Makes all edits as one step that one undo takes back, and moves the focus there. They do not overlap.
    pub fn edit<'a>(&self, edits: impl Iterator<Item = (TextRange, &'a str)>) {
        let list: Array = edits
            .map(|(range, text)| {
                let mut fields = Vec::from(range_fields(range));
                fields.push(("text", text.into()));
                object(&fields)
            })
            .collect();
        self.make_edits(&list);
    }

    /// Answers that there is no list to show.
    pub fn offer_nothing(&self) {
        self.show_offer(&JsValue::NULL);
    }

    /// Shows what can be written in place of `range`, each as label, kind, text and a few words; without any,
    /// nothing.
    pub fn offer<'a>(&self, range: TextRange, candidates: impl Iterator<Item = [&'a str; 4]>) {
        let row = |row: [&str; 4]| row.into_iter().map(JsValue::from_str).collect::<Array>();
        let list: Array = candidates.map(row).collect();
        let mut fields = Vec::from(range_fields(range));
        fields.push(("candidates", list.into()));
        self.show_offer(&object(&fields));
    }

    /// Marks the lines of these places, and no others.
    pub fn mark(&self, ranges: impl Iterator<Item = TextRange>) {
        let list: Array = ranges.map(|range| object(&range_fields(range))).collect();
        self.set_marks(&list);
    }

    /// Selects a place and brings it to the middle; `focus` moves the keyboard focus there too.
    pub fn reveal(&self, range: TextRange, focus: bool) {
        self.show(range.start.0, range.start.1, range.end.0, range.end.1, focus);
    }
}

/// The string of a reason, or an array of arrays of strings.
fn rows(opened: &JsValue) -> Result<Rows, String> {
    if let Some(why) = opened.as_string() {
        return Err(why);
    }
    let words = |row: JsValue| Array::from(&row).iter().filter_map(|word| word.as_string()).collect();
    Ok(Array::from(opened).iter().map(words).collect())
}

fn range_fields(range: TextRange) -> [(&'static str, JsValue); 4] {
    [
        ("startLine", range.start.0.into()),
        ("startColumn", range.start.1.into()),
        ("endLine", range.end.0.into()),
        ("endColumn", range.end.1.into()),
    ]
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in fields {
        // Setting a field of a fresh plain object cannot fail.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}
