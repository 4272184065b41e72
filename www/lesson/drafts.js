// What somebody wrote at a step, kept in this browser: a reload, another step and the other view lose none of it.
import * as store from "../shell/store.js";

const KEY = "lessons.texts";

/** More steps than all our lessons have; beyond, the oldest texts go. */
const MOST = 60;

/** All texts together, in UTF-16 units: a fraction of what a browser keeps for a site. */
const LONGEST = 1_000_000;

/** From the oldest to the newest. @typedef {[lesson: string, step: number, text: string]} Draft */

/** @returns {Draft[]} */
function all() {
  try {
    const drafts = JSON.parse(store.get(KEY) ?? "[]");
    return Array.isArray(drafts) ? drafts.filter(isDraft) : [];
  } catch {
    return [];
  }
}

/** @param {unknown} value @returns {value is Draft} */
function isDraft(value) {
  return Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "number" && typeof value[2] === "string";
}

/** What was kept for a step, from 0. @param {string} lesson @param {number} step */
export function kept(lesson, step) {
  return all().find(([of, at]) => of === lesson && at === step)?.[2];
}

/** In place of what was kept for that step; without a text nothing is. @param {string} lesson @param {number} step @param {string} [text] */
export function keep(lesson, step, text) {
  // Anew each time: another tab may have kept something.
  const before = all();
  const drafts = before.filter(([of, at]) => of !== lesson || at !== step);
  if (text !== undefined && text.length <= LONGEST) drafts.push([lesson, step, text]);
  else if (drafts.length === before.length) return;
  let length = drafts.reduce((sum, [, , text]) => sum + text.length, 0);
  while (drafts.length > MOST || length > LONGEST) length -= drafts.shift()?.[2].length ?? 0;
  // Where storage is denied or full, progress.js has it said where the reader looks.
  store.set(KEY, JSON.stringify(drafts));
}

/** All of it. */
export const forget = () => store.remove(KEY);
