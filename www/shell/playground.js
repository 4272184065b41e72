// The app in a shadow root: what the page's element and the embed's full mode share.
import { keepFocus } from "./keep-focus.js";
import { importOwn } from "./own.js";
import { portsOf } from "./ports.js";

/** Addresses of this build, all absolute. @typedef {{ app: string, wasm: string, editor: string, styles: string, worker: string }} Names */
/** @typedef {{ destroy(): void }} Mounted */
/** @typedef {[{ mount(root: Element, ports: object): Mounted }, CSSStyleSheet, typeof import("../editor/editor.js")]} Parts */

/** @type {Promise<Parts> | undefined} */
let parts;

/** Loads what all elements share, once: one wasm instance and one style sheet. @param {Names} names */
export function load(names) {
  parts ??= Promise.all([loadApp(names), loadStyles(names), importOwn(names.editor)]);
  return parts;
}

/** @param {Names} names */
async function loadApp(names) {
  const app = await import(names.app);
  await app.default({ module_or_path: names.wasm });
  return app;
}

/** @param {Names} names */
async function loadStyles({ styles }) {
  const response = await fetch(styles);
  if (!response.ok) throw new Error(`${styles}: ${response.status}`);
  // A sheet made by script is the one way to styles in a shadow root that `style-src 'self'` allows.
  return new CSSStyleSheet().replace(await response.text());
}

/**
 * Shows the app, and gives its text, the ways to open a link in it and to put another text there, and the function that takes it down.
 * @param {HTMLElement} host @param {ShadowRoot} shadow
 * @param {Names} names @param {Parts} parts
 * @param {import("./link.js").Opened} linked
 * @param {import("./ports.js").Embedded} [embedded] in someone else's page
 */
export function mount(host, shadow, names, [app, styles, editor], linked, embedded) {
  // Before the editor adds its own sheets to the list: a later assignment would drop them.
  shadow.adoptedStyleSheets = embedded ? [styles, embedded.styles] : [styles];
  const root = shadow.appendChild(document.createElement("div"));
  root.className = "root";
  const { ports, text, open, replace, stop } = portsOf(host, names.worker, editor, linked, embedded);
  const mounted = app.mount(root, ports);
  const letGo = keepFocus(shadow, root);
  return {
    text,
    open,
    replace,
    stop() {
      letGo();
      mounted.destroy();
      root.remove();
      stop();
    },
  };
}
