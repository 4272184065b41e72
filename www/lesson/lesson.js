// A lesson beside the playground: loaded when the address asks for one (`?lesson=03-fan-out&step=2&view=teach`).
//
// The panel stands before the app in the shadow root and knows nothing of it but its text and its engine, which finds
// out what is so about a config. What is wanted and whether it is reached is the business of lessons.wasm; a new lesson
// needs nothing built.
import { Panel, problem } from "./panel.js";
import { lessons, list } from "./list.js";
import * as progress from "./progress.js";
import styles from "./lesson.css";

/**
 * @typedef {object} Shown a lesson, its texts as Markdown
 * @property {string} title @property {string} intro
 * @property {{ title: string, task: string, hints: string[], goals: string[], start: string, goesOn: boolean, solution: string }[]} steps
 */
/** @typedef {{ name: string, state: string, bars: { state: string, start: number, end: number | null }[] }} Job */
/** @typedef {{ wall: number, compute: number, states: string[], jobs: Job[] }} Run the first run, or the one after it */
/** For each goal nothing, or what is so instead, as Markdown. @typedef {{ goals: (string | null)[], errors: number, runs: [Run, Run] }} Attempt */
/** Of lessons.wasm. @typedef {{ shown(): string, question(step: number, text: string): Uint8Array | undefined, judged(step: number, answer: Uint8Array): string | undefined }} Course */
/** @typedef {{ course: Course, shown: Shown, id: string, next?: Listed, file(name: string): Promise<string> }} Loaded */
/** A lesson of the list. @typedef {{ id: string, title: string, steps: number }} Listed */
/**
 * What a lesson needs of the app beside it.
 * @typedef {object} Host
 * @property {HTMLElement} element that the app marks: `data-ready`, `data-rev`
 * @property {ShadowRoot} shadow
 * @property {() => string | undefined} text
 * @property {(text: string) => void} replace
 * @property {(hear: import("../shell/engine.js").Hear) => { ask(question: Uint8Array): void, end(): void }} engine a line to the app's engine
 * @property {string} home address of the folder of the page
 * @property {string} build query with the build's hash
 * @property {AbortSignal} [signal] ends it
 */
/**
 * Where the reader is in the lessons: in the address of the playground, or in an element of someone else's page.
 * @typedef {object} Place
 * @property {string} lesson none: the list of them
 * @property {string} step from 1; none: the first that was not done yet
 * @property {string} view `teach`, or anything else to learn
 * @property {(query: string) => Record<string, string>} link attributes of a link to another place
 * @property {(step: number) => void} went to another step, from 1
 * @property {((next?: string) => void) | null} leave to the next lesson, after the last one to the list
 * @property {(progress: Progress) => void} told hears what was reached
 */
/** @typedef {{ lesson: string, step: number, steps: number, goals: boolean[], reached: boolean }} Progress */

/** More than any lesson's file. */
const LONGEST_FILE = 256 * 1024;

/** Narrower than this the panel stands above the app: the width of both, in px. */
const NARROW = 800;

/** The place that the address of the playground names. @returns {Place} */
function placeOfPage() {
  const query = new URLSearchParams(location.search);
  return {
    lesson: query.get("lesson") ?? "",
    step: query.get("step") ?? "",
    view: query.get("view") ?? "",
    link: query => ({ href: query || "./" }),
    went(step) {
      query.set("step", String(step));
      history.replaceState(history.state, "", `?${query}`);
    },
    leave(next = "") {
      const other = new URLSearchParams({ lesson: next });
      if (query.get("view") === "teach") other.set("view", "teach");
      location.assign(`?${other}`);
    },
    told() {},
  };
}

/** @param {Host} host @param {Place} [place] */
export async function open(host, place = placeOfPage()) {
  const { element, shadow, signal } = host;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  element.dataset.lesson = !place.lesson ? "list" : place.view === "teach" ? "teach" : "learn";
  const size = new ResizeObserver(() => element.toggleAttribute("data-narrow", element.clientWidth <= NARROW));
  size.observe(element);
  const aside = document.createElement("aside");
  aside.className = "lesson";
  aside.toggleAttribute("data-large", place.view === "teach");
  aside.setAttribute("aria-label", "Lesson");
  shadow.insertBefore(aside, shadow.querySelector(".root"));
  signal?.addEventListener("abort", () => {
    size.disconnect();
    aside.remove();
    delete element.dataset.lesson;
    element.removeAttribute("data-narrow");
    shadow.adoptedStyleSheets = shadow.adoptedStyleSheets.filter(other => other !== sheet);
  });
  try {
    if (!place.lesson) {
      await list(aside, host.home, place);
      return;
    }
    const [loaded] = await Promise.all([load(place.lesson, host), ready(element)]);
    if (signal?.aborted) return;
    const wanted = Number(place.step || progress.reached(loaded.id) + 1);
    const step = Math.min(Math.max(1, Math.trunc(wanted) || 1), loaded.shown.steps.length) - 1;
    await new Panel(aside, host, loaded, place).go(step);
  } catch (error) {
    problem(aside, place, error instanceof Error ? error.message : String(error));
  }
}

/** Waits until there is an editor. @param {HTMLElement} host @returns {Promise<void>} */
function ready(host) {
  return new Promise(done => {
    const look = () => {
      if (!host.hasAttribute("data-ready")) return;
      observer.disconnect();
      done();
    };
    const observer = new MutationObserver(look);
    observer.observe(host, { attributeFilter: ["data-ready"] });
    look();
  });
}

/** @param {string} name a lesson of ours, or the address of a folder of this origin @param {Host} host @returns {Promise<Loaded>} */
async function load(name, { home, build }) {
  const folder = folderOf(name, home);
  const file = (/** @type {string} */ file) => textOf(new URL(file, folder), file);
  const [steps, text, wasm, all] = await Promise.all([file("lesson.yml"), file("lesson.md"), courses(home, build), listed(home)]);
  const course = new wasm.Course(steps, text);
  const next = all[all.findIndex(({ id }) => id === name) + 1];
  return { course, shown: JSON.parse(course.shown()), id: name, next: name.includes("/") ? undefined : next, file };
}

/** The lessons of this site; none where there is no list of them: one lesson does without. @param {string} home @returns {Promise<Listed[]>} */
async function listed(home) {
  try {
    return await lessons(home);
  } catch {
    return [];
  }
}

/** @param {string} name @param {string} home */
function folderOf(name, home) {
  const path = name.includes("/") ? name : `lessons/${name}`;
  const folder = new URL(path.endsWith("/") ? path : `${path}/`, home);
  if (folder.origin !== location.origin) throw new Error("A lesson has to be of the same origin as this page.");
  return folder;
}

/** @param {URL} address @param {string} name */
async function textOf(address, name) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`There is no ${name} in this lesson: ${address.pathname} answers ${response.status}.`);
  const text = await response.text();
  // Some hosts answer with a page for whatever is not there.
  if (/^\s*<(!doctype|html)\b/i.test(text)) throw new Error(`There is no ${name} in this lesson: ${address.pathname} is a page.`);
  if (text.length > LONGEST_FILE) throw new Error(`${name} is too long for a lesson.`);
  return text;
}

/** @param {string} home @param {string} build @returns {Promise<{ Course: new (steps: string, text: string) => Course }>} */
async function courses(home, build) {
  const wasm = await import(new URL(`lessons.js${build}`, home).href);
  await wasm.default({ module_or_path: new URL(`lessons_bg.wasm${build}`, home) });
  return wasm;
}
