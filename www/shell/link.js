// The address of the page: the link it was opened with, and links that are opened in it later.
//
// The app speaks of what a link holds in rows of words; the first word of a row names what the others are.
import { BrokenLink, decode } from "./permalink.js";

/** @typedef {import("./permalink.js").Shared} Shared */
/** @typedef {string[]} Row */

/** What an address holds: rows, or why it cannot be read, or nothing. @typedef {Row[] | string | undefined} Opened */

/** @returns {Promise<Opened>} */
export async function opened() {
  try {
    const shared = await decode(location.hash);
    return shared ? rowsOf(shared) : undefined;
  } catch (error) {
    if (error instanceof BrokenLink) return error.message;
    throw error;
  }
}

/** Hears of links that are opened in the page. Gives the function that stops it. @param {(opened: Opened) => void} heard */
export function follow(heard) {
  const listen = async () => {
    const link = await opened();
    if (link !== undefined) heard(link);
  };
  addEventListener("hashchange", listen);
  return () => removeEventListener("hashchange", listen);
}

/** What stands in the page is no longer what the link holds: a reload must not bring that back. */
export function leave() {
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
}

/** @param {Shared} shared @returns {Row[]} */
function rowsOf(shared) {
  const { parameters = {}, continuation_parameters = {}, orbs = [], continuation, ...plain } = shared;
  const rows = Object.entries(plain).map(([key, value]) => [key, ...[value].flat().map(String)]);
  for (const entry of Object.entries(parameters)) rows.push(["parameters", ...entry]);
  for (const entry of Object.entries(continuation_parameters)) rows.push(["continuation_parameters", ...entry]);
  for (const { reference, name, text } of orbs) rows.push(["orbs", reference, name, text]);
  if (continuation) rows.push(["continuation", continuation.name, continuation.text]);
  return rows;
}

/** @param {Row[]} rows @returns {Shared} */
export function sharedOf(rows) {
  const all = (/** @type {string} */ key) => rows.filter(([name]) => name === key).map(([, ...words]) => words);
  /** @type {any} */
  const shared = {};
  for (const [key, ...words] of rows) {
    switch (key) {
      case "parameters": case "continuation_parameters": shared[key] = Object.fromEntries(all(key)); break;
      case "orbs": shared[key] = all(key).map(([reference, name, text]) => ({ reference, name, text })); break;
      case "continuation": shared[key] = { name: words[0], text: words[1] }; break;
      case "layers": shared[key] = words; break;
      default: shared[key] = words[0];
    }
  }
  return shared;
}
