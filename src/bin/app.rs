//! The page's wasm: one function for `www/shell/dry-run.js`. See `src/app`.

use dryrun::app::browser::Ports;
use dryrun::app::components::{App, AppProps};
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;

/// Nothing happens until [`mount`] is called.
fn main() {}

/// A page that was mounted, to be taken down again.
#[wasm_bindgen]
pub struct Mounted(yew::AppHandle<App>);

#[wasm_bindgen]
impl Mounted {
    pub fn destroy(self) {
        self.0.destroy();
    }
}

/// Shows the page in `root`, an element inside a shadow root.
#[wasm_bindgen]
pub fn mount(root: Element, ports: Ports) -> Mounted {
    let props = AppProps { root: root.clone(), ports };
    Mounted(yew::Renderer::<App>::with_root_and_props(root, props).render())
}
