// When the playground cannot start or breaks down: says so, and leaves the text in a plain field.
import * as store from "./store.js";
import { download } from "./files.js";
import { isLesson } from "./lesson-mode.js";
import { renew } from "./stale.js";

/** Sent by the element when it cannot start; `detail` is the reason, for a reader. */
export const FAILED = "dry-run-failed";

/** Listens for every way in which the page can fail. Needs no document yet. */
export function watch() {
  document.addEventListener(FAILED, event => void lack(/** @type {CustomEvent<string>} */ (event).detail));
  // In the capture phase: an element that failed to load does not bubble.
  addEventListener("error", event => {
    if (event.target instanceof HTMLScriptElement) void lack(`Part of it did not load: ${event.target.src}`);
    // Without its margins the page works.
    else if (event.target instanceof HTMLLinkElement) void renew();
    else if (isPanic(event.error)) show("Dryrun ran into a bug of its own and stopped.");
  }, true);
  addEventListener("unhandledrejection", event => {
    if (isPanic(event.reason)) show("Dryrun ran into a bug of its own and stopped.");
  });
}

/** A panic of the wasm aborts: it arrives as a trap. @param {unknown} error */
const isPanic = error => error instanceof WebAssembly.RuntimeError;

/** Something did not load: because the page is an old one, or for a reason to be said. @param {string} reason */
async function lack(reason) {
  const found = await renew();
  if (found === "renewed") return;
  show(found === "" ? reason : "There is a newer Dryrun here, but this browser was given the old page again. "
    + "Wait a few minutes, then reload.");
}

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
  // What is tried in a lesson does not take the place of what is kept.
  if (!host?.text?.() || !isLesson(host)) field.addEventListener("input", () => store.set(store.TEXT, field.value));
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
