// <dry-run>: the playground in a shadow root.
//
// With the attribute `page` it is the whole page: its text and choices are kept in this browser, files may be
// dropped anywhere, and its state marks are copied to <html>. In other people's pages the element is another one:
// www/embed/element.js.
import { engineOf } from "./engine.js";
import { FAILED } from "./fallback.js";
import * as link from "./link.js";
import { isLesson } from "./lesson-mode.js";
import { importOwn } from "./own.js";
import { load, mount } from "./playground.js";
import * as theme from "./theme.js";

/** @typedef {import("./playground.js").Names & { lesson: string }} Names */

/** Set by the app on the element; see "Contracts" in ARCHITECTURE.md. */
const MARKS = ["data-ready", "data-rev", "data-verdict"];

/** @type {Names} */
let names;

export class DryRun extends HTMLElement {
  static observedAttributes = MARKS;

  /** @type {ReturnType<typeof mount> | undefined} */ #mounted;

  async connectedCallback() {
    try {
      const opened = this.hasAttribute("page") ? link.opened() : undefined;
      const parts = await load(names);
      const linked = await opened;
      // Taken out of the page, or put in twice, while it loaded.
      if (!this.isConnected || this.#mounted) return;
      const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      theme.stamp();
      this.#mounted = mount(this, shadow, names, parts, linked);
      if (isLesson(this)) void this.#teach(shadow);
    } catch (error) {
      const detail = `Part of it did not load: ${error instanceof Error ? error.message : error}`;
      this.dispatchEvent(new CustomEvent(FAILED, { detail, bubbles: true }));
    }
  }

  disconnectedCallback() {
    this.#mounted?.stop();
    this.#mounted = undefined;
    for (const mark of MARKS) this.removeAttribute(mark);
  }

  /** @param {string} mark @param {string | null} _old @param {string | null} value */
  attributeChangedCallback(mark, _old, value) {
    if (!this.hasAttribute("page")) return;
    if (value === null) document.documentElement.removeAttribute(mark);
    else document.documentElement.setAttribute(mark, value);
  }

  /** @param {ShadowRoot} shadow */
  async #teach(shadow) {
    try {
      const { open } = await importOwn(names.lesson);
      await open({
        element: this, shadow, home: document.baseURI, build: new URL(names.lesson).search,
        text: () => this.text(), replace: (/** @type {string} */ text) => this.replace(text),
        engine: (/** @type {import("./engine.js").Hear} */ hear) => engineOf(names.worker).line(hear),
      });
    } catch (error) {
      const detail = `The lessons did not load: ${error instanceof Error ? error.message : error}`;
      this.dispatchEvent(new CustomEvent(FAILED, { detail, bubbles: true }));
    }
  }

  /** Puts another text in place of what stands in the editor; one undo brings it back. @param {string} text */
  replace(text) {
    this.#mounted?.replace(text);
  }

  /** What stands in the editor; nothing before there is one. */
  text() {
    return this.#mounted?.text();
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
