// All lessons, with how far one came.
import { download, pick } from "../shell/files.js";
import * as drafts from "./drafts.js";
import { element } from "./panel.js";
import * as progress from "./progress.js";

/** @typedef {import("./lesson.js").Place} Place */

/** @typedef {import("./lesson.js").Listed} Listed */

/** All lessons of this site. @param {string} home @returns {Promise<Listed[]>} */
export async function lessons(home) {
  const response = await fetch(new URL("assets/lessons.json", home));
  if (!response.ok) throw new Error(`The list of lessons did not load (${response.status}).`);
  return response.json();
}

/** @param {HTMLElement} aside @param {string} home @param {Place} place */
export async function list(aside, home, place) {
  show(aside, place, await lessons(home));
}

/** @param {HTMLElement} aside @param {Place} place @param {Listed[]} lessons */
function show(aside, place, lessons) {
  const rows = lessons.map(({ id, title, steps }) => {
    const reached = progress.reached(id);
    const state = reached >= steps ? "done" : reached > 0 ? `${reached} of ${steps} steps done` : "";
    const view = place.view === "teach" ? "&view=teach" : "";
    const link = element("a", place.link(`?lesson=${encodeURIComponent(id)}${view}`), title);
    return element("li", {}, link, element("span", { class: "lesson-faint" }, state));
  });
  const keep = element("button", { type: "button", class: "lesson-button" }, "Export progress");
  keep.onclick = () => download("dryrun-lessons.json", "application/json", progress.exported());
  const bring = element("button", { type: "button", class: "lesson-button" }, "Import progress");
  bring.onclick = async () => {
    const say = (/** @type {string} */ message) => refused.replaceChildren(message);
    const file = await pick(".json,application/json", say);
    if (!file) return;
    if (progress.imported(file.text)) show(aside, place, lessons);
    else say(`${file.name} holds no progress: it is not a file of “Export progress”.`);
  };
  const forget = element("button", { type: "button", class: "lesson-button" }, "Forget progress");
  forget.onclick = () => {
    // Asked once more: nothing brings it back.
    if (!forget.hasAttribute("data-asked")) {
      forget.setAttribute("data-asked", "");
      forget.textContent = "Forget it, and all that was written";
      return;
    }
    progress.forget();
    drafts.forget();
    show(aside, place, lessons);
    /** @type {HTMLElement | null} */ (aside.querySelector("h2"))?.focus();
  };
  const refused = element("p", { role: "alert", class: "lesson-problem" });
  aside.replaceChildren(
    element("div", { class: "lesson-bar" }, element("h2", { tabindex: "-1" }, "Lessons"), element("a", place.link(""), "Leave")),
    element("p", {}, "From one job to a fast, cached pipeline. What you do is checked as you type, and stays in this browser."),
    element("ol", { class: "lesson-list" }, ...rows),
    ...(progress.isKept() ? [] : [element("p", { class: "lesson-note" }, progress.NOT_KEPT)]),
    element("div", { class: "lesson-bar" }, keep, bring, forget), refused,
  );
}
