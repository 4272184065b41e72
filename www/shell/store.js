// What the page keeps in this browser. Storage may be denied or full: then nothing is kept, and nothing throws.
//
// What belongs to the text is kept twice: for this tab, so that a reload never shows what was typed in another one, and
// for the next visit, which goes on with what was changed last.

const PREFIX = "dryrun.";

/** The key under which the app keeps the text; the fallback reads it too. */
export const TEXT = "text";
/** The key of what the text is looked at with. */
export const GIVEN = "given";
/** The key of the name of its file. */
const NAME = "name";

/** @param {string} key */
const isOfTab = key => [TEXT, GIVEN, NAME].includes(key);

/** @param {string} key @returns {string | null} */
export function get(key) {
  const ofTab = isOfTab(key) ? tried(() => sessionStorage.getItem(PREFIX + key)) : null;
  return ofTab ?? tried(() => localStorage.getItem(PREFIX + key)) ?? null;
}

/** Whether it was kept for the next visit. @param {string} key @param {string} value @returns {boolean} */
export function set(key, value) {
  /** @param {Storage} storage */
  const keep = storage => (storage.setItem(PREFIX + key, value), true);
  // An older value that stayed in the tab would hide the new one.
  if (isOfTab(key) && !tried(() => keep(sessionStorage))) tried(() => sessionStorage.removeItem(PREFIX + key));
  return tried(() => keep(localStorage)) ?? false;
}

/** @param {string} key */
export function remove(key) {
  if (isOfTab(key)) tried(() => sessionStorage.removeItem(PREFIX + key));
  tried(() => localStorage.removeItem(PREFIX + key));
}

/** Nothing where the browser refuses. @template T @param {() => T} use @returns {T | undefined} */
function tried(use) {
  try {
    return use();
  } catch {
    return undefined;
  }
}

/** The same for an element in someone else's page: lives as long as the element. */
export function inMemory() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    /** @param {string} key */
    get: key => kept.get(key) ?? null,
    /** @param {string} key @param {string} value */
    set: (key, value) => (kept.set(key, value), true),
    /** @param {string} key */
    remove: key => void kept.delete(key),
  };
}
