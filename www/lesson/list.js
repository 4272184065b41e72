// All lessons, with how far one came.
import { download, pick } from "../shell/files.js";
import { element, problem } from "./panel.js";
import * as progress from "./progress.js";

/** @typedef {import("./lesson.js").Place} Place */

/** @param {HTMLElement} aside @param {string} home @param {Place} place */
export async function list(aside, home, place) {
  const response = await fetch(new URL("assets/lessons.json", home));
  if (!response.ok) throw new Error(`The list of lessons did not load (${response.status}).`);
  /** @type {{ id: string, title: string, steps: number }[]} */
  const lessons = await response.json();
  show(aside, place, lessons);
}

/** @param {HTMLElement} aside @param {Place} place @param {{ id: string, title: string, steps: number }[]} lessons */
function show(aside, place, lessons) {
  const rows = lessons.map(({ id, title, steps }) => {
    const reached = progress.reached(id);
    const state = reached >= steps ? "done" : reached > 0 ? `${reached} of ${steps} steps done` : "";
    const link = element("a", place.link(`?lesson=${encodeURIComponent(id)}`), title);
    return element("li", {}, link, element("span", { class: "lesson-faint" }, state));
  });
  const keep = element("button", { type: "button", class: "lesson-button" }, "Export progress");
  keep.onclick = () => download("dryrun-lessons.json", "application/json", progress.exported());
  const bring = element("button", { type: "button", class: "lesson-button" }, "Import progress");
  bring.onclick = async () => {
    const file = await pick(".json,application/json", message => problem(aside, place, message));
    if (!file) return;
    if (progress.imported(file.text)) show(aside, place, lessons);
    else problem(aside, place, "This is no file of progress.");
  };
  aside.replaceChildren(
    element("div", { class: "lesson-bar" }, element("h2", {}, "Lessons"), element("a", place.link(""), "Leave")),
    element("p", {}, "From one job to a fast, cached pipeline. What you do is checked as you type, in this browser."),
    element("ol", { class: "lesson-list" }, ...rows),
    element("div", { class: "lesson-bar" }, keep, bring),
  );
}
