// How far somebody came, kept in this browser; where that is denied, for as long as the page is open.

const KEY = "dryrun.lessons";

/** What is said where storage is denied. */
export const NOT_KEPT = "This browser keeps nothing for this page, so your progress ends when you leave it. Export takes it along.";

let kept = true;

/** Steps that were done, by the lesson's name. @type {Record<string, number>} */
let done = read();

function read() {
  let text;
  try {
    text = localStorage.getItem(KEY) ?? "{}";
  } catch {
    kept = false;
    return {};
  }
  return parsed(text) ?? {};
}

/** @param {string} text */
function parsed(text) {
  try {
    return checked(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Whether this browser keeps the progress. */
export function isKept() {
  return kept;
}

/** Only what has the right shape. @param {unknown} value @returns {Record<string, number> | null} */
function checked(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const rows = Object.entries(value);
  const rightful = rows.filter(([, steps]) => Number.isSafeInteger(steps) && steps >= 0);
  // Another file of JSON, with none of it of ours.
  return rows.length > 0 && rightful.length === 0 ? null : Object.fromEntries(rightful);
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(done));
  } catch {
    // Denied, or full.
    kept = false;
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

/** All of it. */
export function forget() {
  done = {};
  keep();
}

/** As a file for another browser. */
export function exported() {
  return JSON.stringify(done, null, 2);
}

/** False for what is no such file. What was done here stays done. @param {string} text */
export function imported(text) {
  const rows = parsed(text);
  if (!rows) return false;
  for (const [lesson, steps] of Object.entries(rows)) done = { ...done, [lesson]: Math.max(steps, reached(lesson)) };
  keep();
  return true;
}
