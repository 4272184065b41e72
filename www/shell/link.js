// The address of the page: the link it was opened with, and links that are opened in it later.
import { BrokenLink, decode } from "./permalink.js";
import { rowsOf } from "./rows.js";

/** @typedef {import("./rows.js").Row} Row */

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
