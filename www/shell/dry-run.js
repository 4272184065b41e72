// <dry-run>: the playground in a shadow root. One wasm instance and one style sheet for all of them.
//
// With the attribute `page` it is the whole page: its text and choices are kept in this browser, files may be
// dropped anywhere, and its state marks are copied to <html>.
import { FAILED } from "./fallback.js";
import * as link from "./link.js";
import { portsOf } from "./ports.js";
import * as theme from "./theme.js";

/** Addresses of this build, all absolute. @typedef {{ app: string, wasm: string, editor: string, styles: string, worker: string }} Names */
/** @typedef {{ destroy(): void }} Mounted */

/** Set by the app on the element; see "Contracts" in ARCHITECTURE.md. */
const MARKS = ["data-ready", "data-rev", "data-verdict"];

/** @type {Names} */
let names;
/** @type {Promise<[{ mount(root: Element, ports: object): Mounted }, CSSStyleSheet, typeof import("../editor/editor.js")]> | undefined} */
let parts;

/** Loads what all elements share, once. */
function load() {
  parts ??= Promise.all([loadApp(), loadStyles(), import(names.editor)]);
  return parts;
}

async function loadApp() {
  const app = await import(names.app);
  await app.default({ module_or_path: names.wasm });
  return app;
}

async function loadStyles() {
  const response = await fetch(names.styles);
  if (!response.ok) throw new Error(`${names.styles}: ${response.status}`);
  // A sheet made by script is the one way to styles in a shadow root that `style-src 'self'` allows.
  return new CSSStyleSheet().replace(await response.text());
}

export class DryRun extends HTMLElement {
  static observedAttributes = MARKS;

  /** @type {Mounted | undefined} */ #mounted;
  /** @type {ReturnType<typeof portsOf> | undefined} */ #ports;

  async connectedCallback() {
    try {
      const opened = this.hasAttribute("page") ? link.opened() : undefined;
      const [app, styles, editor] = await load();
      const linked = await opened;
      // Taken out of the page, or put in twice, while it loaded.
      if (this.isConnected && !this.#mounted) this.#mount(app, styles, editor, linked);
    } catch (error) {
      const detail = `A part of it did not load: ${error instanceof Error ? error.message : error}`;
      this.dispatchEvent(new CustomEvent(FAILED, { detail, bubbles: true }));
    }
  }

  disconnectedCallback() {
    this.#mounted?.destroy();
    this.#mounted = undefined;
    this.#ports?.stop();
    this.#ports = undefined;
    for (const mark of MARKS) this.removeAttribute(mark);
  }

  /** @param {string} mark @param {string | null} _old @param {string | null} value */
  attributeChangedCallback(mark, _old, value) {
    if (!this.hasAttribute("page")) return;
    if (value === null) document.documentElement.removeAttribute(mark);
    else document.documentElement.setAttribute(mark, value);
  }

  /** What stands in the editor; nothing before there is one. */
  text() {
    return this.#ports?.text();
  }

  /**
   * @param {{ mount(root: Element, ports: object): Mounted }} app
   * @param {CSSStyleSheet} styles
   * @param {typeof import("../editor/editor.js")} editor
   * @param {import("./link.js").Opened} linked
   */
  #mount(app, styles, editor, linked) {
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    // Before the editor adds its own sheets to the list: a later assignment would drop them.
    shadow.adoptedStyleSheets = [styles];
    const root = shadow.appendChild(document.createElement("div"));
    root.className = "root";
    this.#ports = portsOf(this, names.worker, editor, linked);
    theme.stamp();
    const mounted = app.mount(root, this.#ports.ports);
    this.#mounted = {
      destroy() {
        mounted.destroy();
        root.remove();
      },
    };
  }
}

/** @param {Names} built */
export function define(built) {
  // Two builds on one page: the first one stays.
  if (customElements.get("dry-run")) return;
  names = built;
  theme.follow();
  customElements.define("dry-run", DryRun);
}
