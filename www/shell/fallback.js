// When the playground cannot start or breaks down: says so, and leaves the text in a plain field.
import * as store from "./store.js";
import { download } from "./files.js";

/** Sent by the element when it cannot start; `detail` is the reason, for a reader. */
export const FAILED = "dry-run-failed";

/** Listens for every way in which the page can fail. Needs no document yet. */
export function watch() {
  document.addEventListener(FAILED, event => show(/** @type {CustomEvent<string>} */ (event).detail));
  // In the capture phase: an element that failed to load does not bubble.
  addEventListener("error", event => {
    if (event.target instanceof HTMLScriptElement) show(`A part of it did not load: ${event.target.src}`);
    else if (isPanic(event.error)) show("Dryrun ran into a fault of its own and stopped.");
  }, true);
  addEventListener("unhandledrejection", event => {
    if (isPanic(event.reason)) show("Dryrun ran into a fault of its own and stopped.");
  });
}

/** A panic of the wasm aborts: it arrives as a trap. @param {unknown} error */
const isPanic = error => error instanceof WebAssembly.RuntimeError;

/** @param {string} id @returns {HTMLElement} */
function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
}

/** @param {string} reason */
function show(reason) {
  // A script in the head may fail before there is a body.
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => show(reason), { once: true });
    return;
  }
  const fallback = part("fallback");
  if (!fallback.hidden) return; // the first reason is the cause
  const host = /** @type {import("./dry-run.js").DryRun | null} */ (document.querySelector("dry-run[page]"));
  const field = /** @type {HTMLTextAreaElement} */ (part("fallback-text"));
  field.value = currentText(host);
  field.addEventListener("input", () => store.set(store.TEXT, field.value));
  part("fallback-reason").textContent = reason;
  part("fallback-download").addEventListener("click", () => download("config.yml", "text/yaml", field.value));
  part("fallback-reload").addEventListener("click", () => location.reload());
  fallback.hidden = false;
  host?.setAttribute("hidden", "");
  document.documentElement.dataset.failed = "";
}

/** What stands in the editor if there is one, else what the last visit left. */
function currentText(/** @type {import("./dry-run.js").DryRun | null} */ host) {
  return host?.text?.() ?? store.get(store.TEXT) ?? "";
}
