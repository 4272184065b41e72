// <dry-run> in someone else's page: reads attributes and source, and chooses how the config can be shown here.
//
//   from the page's own origin: in the shadow root, by assets/embed-graph.js or assets/embed-app.js
//   from another one, or where worker or wasm is refused: an iframe of embed.html (frame.js)
//   where frames are refused too: the text (plain.js)
import * as frame from "./frame.js";
import * as plain from "./plain.js";
import { make, needsApp } from "./words.js";

/** @typedef {import("../shell/permalink.js").Shared} Shared */
/** @typedef {import("../embed").Finding} Finding */

/**
 * What is to be shown, as the attributes have it: see understood.js.
 * @typedef {object} Wanted
 * @property {Shared} shared
 * @property {string | null} mode
 * @property {string} lesson the one that is shown beside the app, or none
 * @property {string} step of the lesson; none: the next to be done
 * @property {boolean} run a run was asked for, since it was last shown
 * @property {string} [job]
 * @property {string | string[] | null} layers
 * @property {string | null} theme
 * @property {boolean} [dark] what `theme` comes to here; an older embed.js does not say it
 * @property {boolean} readonly
 * @property {string | null} height `auto` or px
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

/**
 * The colour is that of the page's text. It has a transition only so that its end tells of a new one, whatever made it new.
 * `all` leaves the direction alone: in a page that runs from right to left, names would run out of their boxes.
 * The line of text is not seen. Where what is around is as wide as its content, it takes the width there is: a graph fits itself.
 */
const STYLES = `:host{all:initial!important;display:block!important;min-height:120px!important;box-sizing:border-box!important;direction:ltr!important;color-scheme:light!important;
font:14px/20px system-ui,sans-serif!important;color:inherit!important;transition:color 1ms!important}
:host([hidden]){display:none!important}
:host::before{content:"m m m m m m m m m m m m";display:block;height:0;overflow:hidden;visibility:hidden;font:199px monospace}
iframe{display:block;width:100%;border:0}pre{margin:8px 0 0;overflow:auto;font:13px/20px ui-monospace,monospace}
.wait,.plain{border:1px solid #8888;border-radius:8px;padding:12px}
.wait{font:inherit;color:inherit;background:none;width:100%;min-height:120px;cursor:pointer}`;

/** Paper is light. */
const DARK = "@media not print{:host{color-scheme:dark!important}}";

/** @type {string} */
let base;

/** @param {string} file */
const at = file => new URL(`${file}?v=@build@`, base).href;

export class DryRunEmbed extends HTMLElement {
  static observedAttributes = ATTRIBUTES;

  #root = this.attachShadow({ mode: "open" });
  #sheet = new CSSStyleSheet();
  #dark = false;
  /** May have been hidden when the page's colour changed. */ #size = new ResizeObserver(() => this.#look());
  /** @type {Shared} */ #shared = { text: "" };
  /** @type {View | undefined} */ #view;
  #kind = "";
  /** Another one for each view that is made: it may have been put aside when it is there. */ #turn = {};
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

  constructor() {
    super();
    this.addEventListener("transitionend", event => {
      // Of no concern to who waits for a transition of the page's own.
      if (event.target === this) event.stopPropagation();
      this.#look();
    });
  }

  connectedCallback() {
    // Of its last place, or of the one that it is a copy of.
    for (const mark of ["data-ready", "data-verdict"]) this.removeAttribute(mark);
    // What was set before this script was there.
    for (const name of ATTRIBUTES) {
      const { [name]: given } = /** @type {any} */ (this);
      if (!Object.hasOwn(this, name)) continue;
      delete (/** @type {any} */ (this)[name]);
      // Material for MkDocs assigns `src` to itself on all that has one, which is to make it absolute.
      if (given !== undefined) Object.assign(this, { [name]: given });
    }
    // A sheet belongs to the document that it was made in.
    this.#sheet = new CSSStyleSheet();
    this.#root.adoptedStyleSheets = [this.#sheet];
    this.#sheet.replaceSync(STYLES);
    this.#dark = false;
    this.#look();
    this.#size.observe(this);
    // Its children are not there yet while the page is parsed.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.#wait(), { once: true });
    else this.#wait();
  }

  disconnectedCallback() {
    this.#near?.disconnect();
    this.#size.disconnect();
    this.#view?.stop();
    this.#view = undefined;
    this.#kind = "";
    this.#turn = {};
    this.#started = false;
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    const isSource = name === "src" || name === "value";
    if (isSource) this.#isRead = false;
    if (!this.#started) return this.#look();
    if (isSource) void this.#read();
    else this.#queue();
  }

  get value() {
    return this.#shared.text;
  }

  set value(text) {
    this.open({ ...this.#shared, text: String(text ?? "") });
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
      if (value == null || value === false) this.removeAttribute(name);
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

  /** Whether it is dark here: as the attribute has it, or where the page around has light text. */
  #look() {
    const theme = this.getAttribute("theme");
    const around = this.parentElement ?? /** @type {ShadowRoot} */ (this.getRootNode()).host;
    const isDark = theme === "dark" || (theme !== "light" && !!around && hasLightText(around));
    if (isDark === this.#dark) return;
    this.#dark = isDark;
    this.#sheet.replaceSync(STYLES + (isDark ? DARK : ""));
    if (this.#started) this.#queue();
  }

  /** Nothing is loaded until it is nearly seen. */
  #wait() {
    if (!this.isConnected || this.#started) return;
    const button = make("button", { className: "wait", textContent: "Show what CircleCI would do with this config", onclick: () => this.#start() });
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
    let name;
    let text = given ?? child?.textContent?.replace(/^\r?\n/, "") ?? this.#shared.text;
    if (given === null && src !== null) {
      try {
        text = await load(src);
        [name] = /[^/?#]+\.ya?ml(?=$|[?#])/i.exec(src) ?? [];
      } catch (error) {
        text = "";
        this.#fault = `The config could not be loaded: ${messageOf(error)}.`;
      }
      // Meanwhile there is another source.
      if (this.#isRead || this.getAttribute("src") !== src) return;
    }
    this.#shared = { ...this.#shared, text, ...(name && { name }) };
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
    this.#look();
    const wanted = this.#wanted();
    const kind = ways(wanted).find(way => !this.#refused.has(way)) ?? "plain";
    if (kind !== this.#kind) {
      this.#view?.stop();
      this.#view = undefined;
      this.#kind = kind;
      const turn = this.#turn = {};
      const fail = (/** @type {string} */ why) => {
        if (turn !== this.#turn) return;
        this.#refused.set(kind, why);
        this.#queue();
      };
      /** @type {Host} */
      const host = { element: this, root: this.#root, at, tell: (type, detail) => this.#tell(type, detail), fail };
      try {
        const view = kind === "plain" ? plain.create(host, new Set(this.#refused.values())) : kind === "frame" ? frame.create(host)
          : await (await import(at(`assets/embed-${kind}.js`))).create(host);
        if (turn !== this.#turn) return view.stop();
        this.#view = view;
      } catch (error) {
        return fail(messageOf(error));
      }
    }
    // It may be on its way still: whoever brings it shows what is wanted then.
    if (!this.#view) return;
    this.#view.show(this.#wanted());
    this.#run = false;
  }

  /** @returns {Wanted} */
  #wanted() {
    /** @type {string[]} */
    const notes = [...this.#given, ...this.#notes, ...(this.#fault ? [this.#fault] : [])];
    const attribute = (/** @type {string} */ name) => this.getAttribute(name);
    const { workflow: _, layers: __, ...shared } = this.#shared;
    const [workflow, layers] = [attribute("workflow"), attribute("layers")];
    return {
      shared: { ...shared, ...(workflow !== null && { workflow }), ...(layers !== null && { layers: layers.split(/[\s,]+/) }) },
      mode: attribute("mode"),
      lesson: attribute("lesson") ?? "",
      step: attribute("step") ?? "",
      run: this.#run,
      job: attribute("job") ?? undefined,
      layers,
      theme: attribute("theme"),
      dark: this.#dark,
      readonly: this.hasAttribute("readonly"),
      height: attribute("height"),
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

for (const name of ATTRIBUTES.slice(1)) {
  Object.defineProperty(DryRunEmbed.prototype, name, {
    /** @this {DryRunEmbed} */
    get() {
      return name === "readonly" ? this.hasAttribute(name) : this.getAttribute(name);
    },
    /** @this {DryRunEmbed} @param {unknown} value */
    set(value) {
      this.setView({ [name]: value });
    },
  });
}

const messageOf = (/** @type {any} */ error) => String(error?.message ?? error);

/** @param {Element} element */
function hasLightText(element) {
  const text = lightness(getComputedStyle(element).color);
  if (text < 0.4 || text > 0.7) return text > 0.5;
  // Grey, as captions are: it depends on what it stands on. Not else, since grounds may still fade when the text is there.
  for (let on = /** @type {Element | null} */ (element); on; on = on.parentElement) {
    const ground = getComputedStyle(on).backgroundColor;
    if (!/rgba|\//.test(ground)) return text > lightness(ground);
  }
  return false;
}

/** How light a computed colour is, from 0 to 1. The first number of lab() and its like is the lightness. @param {string} colour */
function lightness(colour) {
  const [space, ...rest] = colour.split(/[(\s,]+/);
  if (space === "color") rest.shift();
  const [first, green, blue] = rest.map(parseFloat);
  return /^[rc]/.test(space) ? (2 * first + 5 * green + blue) / (space === "color" ? 8 : 2040) : first / (space[0] === "l" ? 100 : 1);
}

/** The ways to show it, the best first. @param {Wanted} wanted */
function ways(wanted) {
  // From a file no browser loads a module, nor a config.
  if (base.startsWith("file:")) return [];
  const own = needsApp(wanted) ? "app" : "graph";
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
