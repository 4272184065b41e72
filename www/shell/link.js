// The address of the page: the link it was opened with, and links that are opened in it later.
import { BrokenLink, decode } from "./permalink.js";
import { rowsOf } from "./rows.js";

/** @typedef {import("./rows.js").Row} Row */

/** What an address holds: rows, or why it cannot be read, or nothing. @typedef {Row[] | string | undefined} Opened */

/** @param {string} [hash] @returns {Promise<Opened>} */
export async function opened(hash = location.hash) {
  try {
    const shared = await decode(hash);
    return shared ? rowsOf(shared) : undefined;
  } catch (error) {
    if (error instanceof BrokenLink) return error.message;
    throw error;
  }
}

/** Hears of links that are opened in the page. Gives the function that stops it. @param {(opened: Opened) => void} heard */
export function follow(heard) {
  const listen = async (/** @type {HashChangeEvent} */ { newURL }) => {
    // Of the event: the text that was typed before may have been kept since, and the address left (`leave`).
    const link = await opened(new URL(newURL).hash);
    if (link !== undefined) heard(link);
  };
  addEventListener("hashchange", listen);
  return () => removeEventListener("hashchange", listen);
}

/** What stands in the page is no longer what the link holds: a reload must not bring that back. */
export function leave() {
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
}
