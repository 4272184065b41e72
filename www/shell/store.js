// What the page keeps in this browser. Storage may be denied or full: then nothing is kept, and nothing throws.

const PREFIX = "dryrun.";

/** The key under which the app keeps the text; the fallback reads it too. */
export const TEXT = "text";
/** The key of what the text is looked at with. */
export const GIVEN = "given";

/** @param {string} key @returns {string | null} */
export function get(key) {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/** Whether it was kept. @param {string} key @param {string} value @returns {boolean} */
export function set(key, value) {
  try {
    localStorage.setItem(PREFIX + key, value);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} key */
export function remove(key) {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was kept, so nothing is left.
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
