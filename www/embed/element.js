// <dry-run> in someone else's page: reads attributes and source, and chooses how the config can be shown here.
//
//   from the page's own origin: in the shadow root, by assets/embed-graph.js or assets/embed-app.js
//   from another one, or where worker or wasm is refused: an iframe of embed.html (frame.js)
//   where frames are refused too: the text (plain.js)
import * as frame from "./frame.js";
import * as plain from "./plain.js";
import { known, knownHeight, knownStep } from "./words.js";

/** @typedef {import("../shell/permalink.js").Shared} Shared */
/** @typedef {import("../embed").Finding} Finding */

/**
 * What is to be shown, as the attributes have it.
 * @typedef {object} Wanted
 * @property {Shared} shared
 * @property {string} mode
 * @property {string} lesson the one that is shown beside the app, or none
 * @property {string} step of the lesson; none: the next to be done
 * @property {boolean} run a run was asked for, since it was last shown
 * @property {string} [job]
 * @property {string[]} layers
 * @property {string} theme
 * @property {boolean} readonly
 * @property {string} height `auto` or px
 * @property {string[]} notes what is wrong with the attributes, for the reader
 */

/**
 * One way of showing it.
 * @typedef {object} View
 * @property {(wanted: Wanted) => void} show called again with every change
 * @property {(job: string) => void} focusJob
 * @property {() => void} stop
 */

/**
 * What a view is given of its element. The view may be of a newer build than this file, so this is only ever added to.
 * @typedef {object} Host
 * @property {HTMLElement} element
 * @property {ShadowRoot} root empty, with the styles of all views
 * @property {(name: string) => string} at the address of a file of Dryrun
 * @property {(type: string, detail: any) => void} tell sends an event
 * @property {(why: string) => void} fail has the next way tried
 */

const ATTRIBUTES = ["value", "src", "mode", "workflow", "job", "layers", "theme", "readonly", "height", "lesson", "step"];

/** More characters than a config has: the engine reads no more either. */
const LARGEST = 8_000_000;

const STYLES = `:host{all:initial!important;display:block!important;min-height:120px!important;box-sizing:border-box!important;
color-scheme:light dark!important;font:14px/20px system-ui,sans-serif!important;color:light-dark(#14181f,#f1f4f9)!important}
:host([hidden]){display:none!important}:host([theme=light]){color-scheme:light!important}:host([theme=dark]){color-scheme:dark!important}
iframe{display:block;width:100%;border:0}pre{margin:8px 0 0;overflow:auto;font:13px/20px ui-monospace,monospace}
.wait,.plain{border:1px solid light-dark(#d5dbe4,#28344a);border-radius:8px;padding:12px}
.wait{font:inherit;color:inherit;background:none;width:100%;min-height:120px;cursor:pointer}`;

/** @type {string} */
let base;

/** @param {string} file */
const at = file => new URL(`${file}?v=@build@`, base).href;

export class DryRunEmbed extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #root = this.attachShadow({ mode: "open" });
  /** @type {Shared} */ #shared = { text: "" };
  /** @type {View | undefined} */ #view;
  #kind = "";
  /** Ways that do not work here, with the reason. @type {Map<string, string>} */ #refused = new Map();
  #started = false;
  #queued = false;
  /** The text is known: the source is not to be read (again). */ #isRead = false;
  /** What the source said, when it could not be read. */ #fault = "";
  /** What others have to say to the reader. @type {string[]} */ #notes = [];
  /** What came with the text. @type {string[]} */ #given = [];
  /** @type {IntersectionObserver | undefined} */ #near;
  #run = false;
  /** The events say it; here it can be asked for. @type {Finding[]} */ #findings = [];

  connectedCallback() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    this.#root.adoptedStyleSheets = [sheet];
    // Its children are not there yet while the page is parsed.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.#wait(), { once: true });
    else this.#wait();
  }

  disconnectedCallback() {
    this.#near?.disconnect();
    this.#view?.stop();
    this.#view = undefined;
    this.#kind = "";
    this.#started = false;
    this.removeAttribute("data-ready");
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    const isSource = name === "src" || name === "value";
    if (isSource) this.#isRead = false;
    if (!this.#started) return;
    if (isSource) void this.#read();
    else this.#queue();
  }

  get value() {
    return this.#shared.text;
  }

  set value(text) {
    this.open({ ...this.#shared, text: String(text) });
  }

  get findings() {
    return this.#findings;
  }

  /** Shows what a link holds. @param {Shared} shared @param {string[]} [notes] what is wrong with it, in place of those of before */
  open(shared, notes = this.#given) {
    this.#shared = shared;
    this.#given = notes;
    this.#fault = "";
    if (shared.workflow !== undefined) this.setAttribute("workflow", shared.workflow);
    if (shared.layers) this.setAttribute("layers", shared.layers.join(" "));
    this.#isRead = true;
    if (this.#started) this.#queue();
  }

  /** Says something above the graph, once. @param {string} text */
  note(text) {
    if (this.#notes.includes(text) || this.#notes.length > 5) return;
    this.#notes.push(text);
    if (this.#started) this.#queue();
  }

  /** @param {Record<string, unknown>} view attributes by name; null takes one away */
  setView(view) {
    for (const [name, value] of Object.entries(view ?? {})) {
      if (!ATTRIBUTES.includes(name)) continue;
      if (value === null || value === false) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? "" : Array.isArray(value) ? value.join(" ") : String(value));
    }
  }

  /** @param {string} job */
  focusJob(job) {
    this.setAttribute("job", job);
    this.#view?.focusJob(job);
  }

  runSimulation() {
    this.#run = true;
    this.setView({ mode: "timeline" });
    if (this.#started) this.#queue();
  }

  /** Nothing is loaded until it is nearly seen. */
  #wait() {
    if (!this.isConnected || this.#started) return;
    const button = document.createElement("button");
    button.className = "wait";
    button.textContent = "Show what CircleCI would do with this config";
    button.addEventListener("click", () => this.#start());
    this.#root.replaceChildren(button);
    this.#near = new IntersectionObserver(entries => {
      if (entries.some(entry => entry.isIntersecting)) this.#start();
    }, { rootMargin: "200px" });
    this.#near.observe(this);
  }

  #start() {
    this.#near?.disconnect();
    if (this.#started) return;
    this.#started = true;
    if (this.#isRead) this.#queue();
    else void this.#read();
  }

  /** Reads the source: attribute `value`, address `src`, or what stands inside. */
  async #read() {
    const given = this.getAttribute("value");
    const src = this.getAttribute("src");
    const child = this.querySelector("pre, script");
    this.#fault = "";
    let text = given ?? child?.textContent?.replace(/^\r?\n/, "") ?? this.#shared.text;
    if (given === null && src !== null) {
      try {
        text = await load(src);
      } catch (error) {
        text = "";
        this.#fault = `The config could not be loaded: ${error instanceof Error ? error.message : error}.`;
      }
      if (this.getAttribute("src") !== src) return;
    }
    this.#shared = { ...this.#shared, text };
    this.#isRead = true;
    this.#queue();
  }

  /** Several changes at once are shown once. */
  #queue() {
    if (this.#queued) return;
    this.#queued = true;
    queueMicrotask(() => {
      this.#queued = false;
      if (this.isConnected) void this.#show();
    });
  }

  async #show() {
    const wanted = this.#wanted();
    const kind = ways(wanted).find(way => !this.#refused.has(way)) ?? "plain";
    if (kind !== this.#kind) {
      this.#view?.stop();
      this.#view = undefined;
      this.#kind = kind;
      /** @type {Host} */
      const host = { element: this, root: this.#root, at, tell: (type, detail) => this.#tell(type, detail), fail: why => this.#fail(kind, why) };
      try {
        const view = kind === "plain" ? plain.create(host, [...new Set(this.#refused.values())]) : kind === "frame" ? frame.create(host)
          : await (await import(at(`assets/embed-${kind}.js`))).create(host);
        if (this.#kind !== kind || !this.isConnected) return view.stop();
        this.#view = view;
      } catch (error) {
        return this.#fail(kind, error instanceof Error ? error.message : String(error));
      }
    }
    // It may be on its way still: whoever brings it shows what is wanted then.
    if (!this.#view) return;
    this.#view.show(this.#wanted());
    this.#run = false;
  }

  /** @param {string} kind @param {string} why */
  #fail(kind, why) {
    if (kind !== this.#kind) return;
    this.#refused.set(kind, why);
    this.#queue();
  }

  /** @returns {Wanted} */
  #wanted() {
    /** @type {string[]} */
    const notes = [...this.#given, ...this.#notes, ...(this.#fault ? [this.#fault] : [])];
    const word = (/** @type {string} */ name) => known(name, this.getAttribute(name), notes);
    const { workflow: _, layers: __, ...shared } = this.#shared;
    const workflow = this.getAttribute("workflow");
    const layers = word("layers").split(" ").filter(Boolean);
    return {
      shared: { ...shared, ...(workflow !== null && { workflow }), ...(this.hasAttribute("layers") && { layers }) },
      mode: word("mode"),
      lesson: this.getAttribute("lesson") ?? "",
      step: knownStep(this.getAttribute("step"), notes),
      run: this.#run,
      job: this.getAttribute("job") ?? undefined,
      layers,
      theme: word("theme"),
      readonly: this.hasAttribute("readonly"),
      height: knownHeight(this.getAttribute("height"), notes),
      notes,
    };
  }

  /** @param {string} type @param {any} detail */
  #tell(type, detail) {
    if (type === "ready") this.setAttribute("data-ready", "");
    if (type === "change") this.#shared = { ...this.#shared, text: detail.value };
    if (type === "findings") {
      this.#findings = detail.findings;
      if (this.#kind !== "app") this.setAttribute("data-verdict", detail.verdict);
    }
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** The ways to show it, the best first. @param {Wanted} wanted */
function ways({ mode, lesson }) {
  const own = mode === "graph" && !lesson ? "graph" : "app";
  // The frame itself has no frame to turn to.
  const isFrame = location.origin + location.pathname === new URL("embed.html", base).href;
  return new URL(base).origin === location.origin ? (isFrame ? [own] : [own, "frame"]) : ["frame"];
}

/** @param {string} src */
async function load(src) {
  let url;
  try {
    url = new URL(src, document.baseURI);
  } catch {
    throw new Error(`\`${src}\` is no address`);
  }
  if (url.origin !== location.origin) throw new Error(`${url.origin} is another origin than this page's`);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname}: ${response.status}`);
  if (response.headers.get("content-type")?.startsWith("text/html")) throw new Error(`${url.pathname} is a page, not a config`);
  const tooLarge = new Error(`${url.pathname} is over 8 MB`);
  if (Number(response.headers.get("content-length")) > LARGEST) throw tooLarge;
  const text = await response.text();
  if (text.length > LARGEST) throw tooLarge;
  return text;
}

/** @param {string} from the address of Dryrun's folder */
export function define(from) {
  // The playground, or another build, is here already: the first one stays.
  if (customElements.get("dry-run")) return;
  base = from;
  customElements.define("dry-run", DryRunEmbed);
}
