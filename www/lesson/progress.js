// How far somebody came, kept in this browser; where that is denied, for as long as the page is open.

const KEY = "dryrun.lessons";

/** Steps that were done, by the lesson's name. @type {Record<string, number>} */
let done = read();

function read() {
  try {
    return checked(JSON.parse(localStorage.getItem(KEY) ?? "{}")) ?? {};
  } catch {
    return {};
  }
}

/** Only what has the right shape. @param {unknown} value @returns {Record<string, number> | null} */
function checked(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const rows = Object.entries(value).filter(([, steps]) => Number.isSafeInteger(steps) && steps >= 0);
  return Object.fromEntries(rows);
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(done));
  } catch {
    // Denied, or full: it is kept until the page is left.
  }
}

/** @param {string} lesson */
export function reached(lesson) {
  return done[lesson] ?? 0;
}

/** @param {string} lesson @param {number} steps */
export function reach(lesson, steps) {
  if (steps <= reached(lesson)) return;
  done = { ...done, [lesson]: steps };
  keep();
}

/** As a file for another browser. */
export function exported() {
  return JSON.stringify(done, null, 2);
}

/** False for what is no such file. @param {string} text */
export function imported(text) {
  try {
    const rows = checked(JSON.parse(text));
    if (!rows) return false;
    done = { ...done, ...rows };
    keep();
    return true;
  } catch {
    return false;
  }
}
