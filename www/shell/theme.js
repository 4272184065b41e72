// Light or dark: the reader's choice, else the system's, also when it changes later.
import * as store from "./store.js";

/** @typedef {"system" | "light" | "dark"} Choice */

const system = matchMedia("(prefers-color-scheme: dark)");

/** @param {string | null} word @returns {Choice | null} */
const known = word => (word === "system" || word === "light" || word === "dark" ? word : null);

/** For this visit only, as a link or an embedding page asks for it. */
let asked = known(new URLSearchParams(location.search).get("theme"));

/** @returns {Choice} */
export function get() {
  return asked ?? known(store.get("theme")) ?? "system";
}

/** @param {Choice} choice */
export function set(choice) {
  asked = known(choice);
  store.set("theme", asked ?? "system");
  stamp();
}

/** Writes the theme in force onto the document and every playground in it. */
export function stamp() {
  const choice = get();
  const theme = choice === "system" ? (system.matches ? "dark" : "light") : choice;
  document.documentElement.dataset.theme = theme;
  for (const host of document.querySelectorAll("dry-run")) host.setAttribute("data-theme", theme);
}

/** Follows the system from now on. */
export function follow() {
  system.addEventListener("change", stamp);
}
