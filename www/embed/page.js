// embed.html: the element, told by the address and by messages what to show. docs/embedding-api.md has them all.
import { BrokenLink, checked, decode } from "../shell/permalink.js";
import { DRESS, EVENTS } from "./words.js";

/** @typedef {import("../embed").DryRunElement} Element */

const ATTRIBUTES = ["value", "src", "mode", "workflow", "job", "layers", "theme", "readonly", "height", "lesson", "step"];

const query = new URLSearchParams(location.search);

/** Who may write, and read what is in here: this origin, and those that the address names. */
const allowed = new Set([location.origin, ...query.getAll("parent-origin").flatMap(origins => origins.split(","))]);

/** The page around, as far as the browser tells. */
const around = location.ancestorOrigins?.[0] ?? (document.referrer ? new URL(document.referrer).origin : "");

const element = /** @type {Element} */ (document.createElement("dry-run"));

const sheet = new CSSStyleSheet();
// The one who waits for us gives the frame its height: a scroll bar meanwhile would change the width.
// A frame of a height that somebody chose is filled.
sheet.replaceSync(`html{color-scheme:light dark;${query.has("wait") ? "overflow:hidden" : "--dryrun-graph-height:max(100vh,200px);--dryrun-graph-scroll:auto"}}`
  + "body{margin:0;--dryrun-app-height:100vh}"
  // Of another scheme than the page around, a frame has a ground of its own, which would show at the round corners.
  + "html:has([theme=light]){color-scheme:light}html:has([theme=dark]){color-scheme:dark}");
document.adoptedStyleSheets = [sheet];

/**
 * Something was asked for by address. It comes from this origin, where a page of another one may not read: whoever puts
 * us in a frame could have any file told.
 */
let holdsOurs = false;

/** What says nothing of the config is for everyone. @param {string} type @param {unknown} detail */
function tell(type, detail) {
  if (parent === window) return;
  const message = { dryrun: 1, type, detail };
  if (type === "listening" || type === "ready" || type === "resize") parent.postMessage(message, "*");
  else if (allowed.has(around) && (around === location.origin || !holdsOurs || type === "lesson-progress")) parent.postMessage(message, around === "null" ? "*" : around);
}

const isText = (/** @type {any} */ value) => typeof value === "string";
const isObject = (/** @type {any} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isShared = (/** @type {any} */ value) => isObject(value) && isText(value.text);
const isStyle = (/** @type {any} */ value) => isObject(value) && Object.values(value).every(isText);
const isList = (/** @type {any} */ value) => Array.isArray(value) && value.every(isText);
const isView = (/** @type {any} */ value) => isObject(value) && Object.entries(value).every(([name, value]) =>
  ATTRIBUTES.includes(name) && (value === null || isText(value) || typeof value === "boolean" || Number.isFinite(value) || isList(value)));

/** @param {Record<string, any>} view attributes by name */
function set(view) {
  // A lesson of Dryrun's own is for everyone.
  if (view.src || (view.lesson && !/^[\w-]+$/.test(view.lesson))) holdsOurs = true;
  element.setView(view);
}

/** Each message: its shape, and what it does. @type {Record<string, [(message: any) => boolean, (message: any) => void]>} */
const MESSAGES = {
  init: [
    ({ shared, view = {}, notes = [] }) => isShared(shared) && isView(view) && isList(notes),
    ({ shared, view = {}, notes = [] }) => {
      set(view);
      // What is of another shape than in a link is left out, as there.
      element.open(checked(shared), notes.slice(0, 6));
    },
  ],
  setValue: [({ value }) => isText(value), ({ value }) => void (element.value = value)],
  getValue: [() => true, ({ id }) => tell("value", { id, value: element.value })],
  setView: [({ view }) => isView(view), ({ view }) => set(view)],
  setStyle: [({ style }) => isStyle(style), ({ style }) => dress(style)],
  focusJob: [({ job }) => isText(job), ({ job }) => element.focusJob(job)],
  runSimulation: [() => true, () => element.runSimulation()],
};

/**
 * Puts on what the page around wears. Each has to be a colour, a length or a font and nothing else: no address, and
 * nothing that is only known later.
 * @param {Record<string, string>} style by name without `--dryrun-`
 */
function dress(style) {
  for (const name of DRESS.filter(name => Object.hasOwn(style, name))) {
    const value = style[name];
    const property = name === "font" ? "font-family" : name === "radius" ? "border-radius" : "color";
    if (value && (value.length > 300 || /(var|env|attr|url)\(/i.test(value) || !CSS.supports(property, value))) {
      element.note(`\`--dryrun-${name}\` was not taken: it is no ${property}.`);
    } else element.style.setProperty(`--dryrun-${name}`, value);
  }
}

addEventListener("message", ({ source, origin, data }) => {
  if (source !== parent || source === window || !isObject(data) || data.dryrun !== 1) return;
  if (!isText(data.type) || !Object.hasOwn(MESSAGES, data.type)) return;
  const [fits, act] = MESSAGES[data.type];
  // In a frame that waits, this is what it waited for; or something is to be said.
  if (!element.isConnected) document.body.append(element);
  if (!allowed.has(origin)) element.note(`A message from ${origin} was not taken: its address has to name that origin as parent-origin.`);
  else if (!fits(data)) element.note(`A message \`${data.type}\` was not taken: it has another shape than it should have.`);
  else act(data);
});

for (const type of [...EVENTS, "resize"]) {
  element.addEventListener(type, event => tell(type, /** @type {CustomEvent} */ (event).detail));
}
set(Object.fromEntries(ATTRIBUTES.flatMap(name => query.has(name) ? [[name, query.get(name)]] : [])));

dress(Object.fromEntries(DRESS.flatMap(name => query.has(`--dryrun-${name}`) ? [[name, query.get(`--dryrun-${name}`) ?? ""]] : [])));

/** The hash is what a link holds. A broken one says so, and leaves what is shown. */
async function followHash() {
  try {
    const shared = await decode(location.hash);
    if (shared) element.open(shared);
  } catch (error) {
    if (!(error instanceof BrokenLink)) throw error;
    element.note(`The link cannot be read: ${error.message}.`);
  }
}

addEventListener("hashchange", followHash);
await followHash();
if (!query.has("wait")) document.body.append(element);
tell("listening", {});
