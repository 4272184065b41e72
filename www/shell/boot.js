// The page's entry: reads the names of this build and defines the element.
import { define } from "./dry-run.js";

const app = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel="x-app"]'));
const query = `?v=${app.dataset.build || "dev"}`;

/** An absolute address: a worker's resolves against the document, a module's against itself. */
const at = (/** @type {string} */ name) => new URL(name + query, document.baseURI).href;

define({
  app: app.href + query,
  wasm: at(app.dataset.wasm ?? ""),
  editor: at("assets/editor.js"),
  styles: at("assets/shadow.css"),
  worker: at("assets/worker-boot.js"),
  lesson: at("assets/lesson.js"),
});
