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

const OF_TAB = [TEXT, GIVEN, NAME];
/** Stands in a tab that has these for itself, from the first change on: its text never meets another tab's inputs. */
const OWN = "own";

/** What the last visit had kept when this page was loaded: a tab begins with that. */
const begun = OF_TAB.map(key => tried(() => localStorage.getItem(PREFIX + key)) ?? null);

const hasOwn = () => typeof tried(() => sessionStorage.getItem(PREFIX + OWN)) === "string";

/** @param {string} key @returns {string | null} */
export function get(key) {
  const isOfTab = OF_TAB.includes(key) && hasOwn();
  return tried(() => (isOfTab ? sessionStorage : localStorage).getItem(PREFIX + key)) ?? null;
}

/** Whether it was kept for the next visit. @param {string} key @param {string} value @returns {boolean} */
export function set(key, value) {
  // Where the tab has no room for it, an older value in it would hide the new one.
  if (OF_TAB.includes(key) && !tried(() => keepInTab(key, value))) for (const one of [OWN, ...OF_TAB]) removeFromTab(one);
  return tried(() => (localStorage.setItem(PREFIX + key, value), true)) ?? false;
}

/** @param {string} key @param {string} value */
function keepInTab(key, value) {
  if (!hasOwn()) {
    begun.forEach((kept, at) => {
      if (kept !== null) sessionStorage.setItem(PREFIX + OF_TAB[at], kept);
    });
    sessionStorage.setItem(PREFIX + OWN, "");
  }
  sessionStorage.setItem(PREFIX + key, value);
  return true;
}

/** @param {string} key */
const removeFromTab = key => tried(() => sessionStorage.removeItem(PREFIX + key));

/** @param {string} key */
export function remove(key) {
  if (OF_TAB.includes(key)) removeFromTab(key);
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
