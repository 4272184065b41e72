// The modes full, compiled and timeline, and the lessons: the whole app in the shadow root of an embed.
import { engineOf } from "../shell/engine.js";
import { encode } from "../shell/permalink.js";
import { importOwn } from "../shell/own.js";
import { load, mount } from "../shell/playground.js";
import { rowsOf } from "../shell/rows.js";
import css from "./app.css";
import { APP, at, HOME, refusal, WASM } from "./build.js";
import { element, prose } from "./make.js";
import { shortened, understood } from "./understood.js";
import { heightOf } from "./words.js";

/** @typedef {import("./element.js").Wanted} Wanted */

/** The app's tab by mode. @type {Record<string, string>} */
const TABS = { graph: "graph", full: "graph", compiled: "compiled", timeline: "timeline" };

/** So long after the last key the link to Dryrun holds the new text, in ms. */
const PAUSE = 300;

/**
 * @param {import("./element.js").Host} host
 * @returns {Promise<import("./element.js").View>}
 */
export async function create(host) {
  const names = {
    app: at(APP),
    wasm: at(WASM),
    editor: at("assets/editor.js"),
    styles: at("assets/shadow.css"),
    worker: at("assets/worker-boot.js"),
  };
  const engine = hold(names.worker);
  try {
    const [parts] = await Promise.all([load(names), engine.started]);
    return new Embedded(host, names, parts, engine.release);
  } catch (error) {
    engine.release();
    throw error;
  }
}

/** Keeps the engine of the page up. `started` fails where there can be none: then there is another way. @param {string} script */
function hold(script) {
  /** @type {{ end(): void } | undefined} */
  let line;
  const started = new Promise((done, failed) => {
    line = engineOf(script).line(heard =>
      (heard === "ready" ? done(undefined) : failed(refusal(heard))));
  });
  return { started, release: () => line?.end() };
}

class Embedded {
  /** @type {import("./element.js").Host} */ #host;
  /** @type {import("../shell/playground.js").Names} */ #names;
  /** @type {import("../shell/playground.js").Parts} */ #parts;
  /** @type {() => void} */ #release;
  #styles = new CSSStyleSheet();
  #base;
  /** @type {ReturnType<typeof mount> | undefined} */ #app;
  /** @type {import("./understood.js").Understood | undefined} */ #wanted;

  #opened = "";
  /** What was last looked for in the graph, and what is not in it. */ #job = "";
  /** @type {string[]} */ #missing = [];
  #system = matchMedia("(prefers-color-scheme: dark)");
  #watch = new AbortController();
  /** The lesson that is open: its name and step, and what ends it. */ #taught = "";
  #lesson = new AbortController();
  #step = "";
  /** What is to be done as soon as the app shows what it takes, by name; each says whether it is done. @type {Map<string, () => boolean>} */
  #wishes = new Map();
  #shows = new MutationObserver(() => this.#grant());
  #marks;
  #link = /** @type {HTMLAnchorElement} */ (element("a", { target: "_blank", rel: "noopener" }, "Open in Dryrun"));
  #pause = 0;

  /**
   * @param {import("./element.js").Host} host
   * @param {import("../shell/playground.js").Names} names @param {import("../shell/playground.js").Parts} parts
   * @param {() => void} release lets go of the engine
   */
  constructor(host, names, parts, release) {
    [this.#host, this.#names, this.#parts, this.#release] = [host, names, parts, release];
    this.#base = host.root.adoptedStyleSheets[0];
    const { signal } = this.#watch;
    this.#system.addEventListener("change", () => this.#stamp(), { signal });
    host.root.addEventListener("click", event => this.#selected(event), { signal });
    host.root.addEventListener("keydown", event => /** @type {KeyboardEvent} */ (event).key === "Enter" && this.#selected(event), { signal });
    this.#marks = new MutationObserver(() => {
      this.#marks.disconnect();
      this.#host.tell("ready", { mode: this.#wanted?.mode });
    });
  }

  /** @param {Wanted} asked */
  show(asked) {
    const wanted = this.#wanted = understood(asked);
    this.#stamp();
    const own = `${heightOf({ ...wanted, mode: "full" }, this.#host.element.clientWidth)}px`;
    const height = wanted.height === "auto" ? `var(--dryrun-app-height, ${own})` : own;
    this.#styles.replaceSync(`${css}:host { --height: ${height} !important }`);
    const { text, ...rest } = wanted.shared;
    const rows = [...rowsOf(wanted.shared), ["tab", TABS[wanted.mode]]];
    const opened = JSON.stringify([rest, wanted.mode]);
    if (!this.#app) this.#start(rows);
    // What the reader has typed is what is wanted already.
    else if (text !== this.#app.text() || opened !== this.#opened) this.#app.open(rows);
    this.#opened = opened;
    this.#note();
    this.#teach();
    this.#mark();
    if (wanted.run) this.#wish("run", () => this.#play());
    this.#address();
  }

  /** @param {string} job */
  focusJob(job) {
    this.#wish("focus", () => {
      const node = this.#node(job);
      node?.focus();
      return node !== undefined;
    });
  }

  stop() {
    this.#watch.abort();
    this.#lesson.abort();
    this.#marks.disconnect();
    this.#shows.disconnect();
    clearTimeout(this.#pause);
    this.#release();
    // Never shown: then another view has the place.
    if (!this.#app) return;
    this.#app.stop();
    this.#host.root.replaceChildren();
    this.#host.root.adoptedStyleSheets = [this.#base];
    for (const mark of ["data-ready", "data-rev", "data-verdict", "data-theme"]) this.#host.element.removeAttribute(mark);
  }

  /** @param {string[][]} rows */
  #start(rows) {
    const { element: host, root, tell } = this.#host;
    root.replaceChildren();
    this.#marks.observe(host, { attributeFilter: ["data-ready"] });
    this.#app = mount(host, root, this.#names, this.#parts, rows, {
      styles: this.#styles,
      theme: {
        get: () => known(host.getAttribute("theme")),
        set: choice => host.setAttribute("theme", choice === "system" ? "auto" : choice),
      },
      readonly: () => this.#wanted?.readonly ?? false,
      changed: value => {
        if (value !== this.#wanted?.shared.text) tell("change", { value });
        clearTimeout(this.#pause);
        this.#pause = setTimeout(() => this.#address(), PAUSE);
      },
      // The verdict is marked on the element after the editor has been told.
      found: problems => queueMicrotask(() => tell("findings", { verdict: host.dataset.verdict, findings: problems.map(finding) })),
    });
    root.append(element("div", { class: "foot" }, this.#link));
    // The page around has landmarks and a heading of its own.
    this.#wish("landmarks", () => {
      const parts = root.querySelectorAll("header, [role=main], h1");
      for (const part of parts) part.setAttribute("role", "none");
      return parts.length > 0;
    });
  }

  #stamp() {
    const theme = this.#wanted?.theme ?? "auto";
    // An older embed.js does not say whether it is dark.
    this.#host.element.dataset.theme = theme === "auto" ? (this.#system.matches ? "dark" : "light") : theme;
  }

  /** What is wrong with the attributes, and what there is not. */
  #note() {
    const notes = [...this.#wanted?.notes ?? [], ...this.#missing];
    this.#host.root.querySelector(".notes")?.remove();
    if (notes.length === 0) return;
    this.#host.root.prepend(element("div", { class: "notes", role: "status" }, ...notes.map(note => element("div", {}, ...prose(note)))));
  }

  /** A click or Enter on a job. @param {Event} event */
  #selected({ target, isTrusted }) {
    const node = isTrusted && target instanceof Element ? target.closest("[data-job]") : null;
    if (node) this.#host.tell("select", { job: node.getAttribute("data-job"), workflow: this.#workflow() });
  }

  #workflow() {
    return this.#host.root.querySelector("[data-workflow][aria-selected=true]")?.getAttribute("data-workflow") ?? "";
  }

  /** @param {string} job @returns {SVGElement | undefined} */
  #node(job) {
    const nodes = this.#host.root.querySelectorAll(/** @type {"g"} */ ("[data-job]"));
    return [...nodes].find(node => node.dataset.job === job);
  }

  /** Marks the job that is wanted, and says what there is not: as soon as the graph is drawn. */
  #mark() {
    const { job = "", shared: { workflow } } = /** @type {import("./understood.js").Understood} */ (this.#wanted);
    const wanted = JSON.stringify([job, workflow]);
    if (wanted === this.#job) return;
    this.#job = wanted;
    this.#wish("mark", () => {
      const { root } = this.#host;
      if (!root.querySelector("[data-job]")) return false;
      this.#node(job)?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
      const names = [...root.querySelectorAll("[data-workflow]")].map(tab => tab.getAttribute("data-workflow") ?? "");
      this.#missing = [];
      if (workflow !== undefined && !names.includes(workflow)) this.#missing.push(`There is no workflow \`${shortened(workflow)}\`; there is ${names.map(name => `\`${name}\``).join(", ")}.`);
      if (job && !this.#node(job)) this.#missing.push(`There is no job \`${shortened(job)}\` in this workflow.`);
      this.#note();
      return true;
    });
  }

  /** Presses "Play", unless it plays. */
  #play() {
    const run = this.#host.root.querySelector("[data-run]");
    const play = run?.querySelector("[data-download=play]");
    if (!(play instanceof HTMLElement)) return false;
    if (run?.getAttribute("data-playing") === "false") play.click();
    return true;
  }

  /** @param {string} name @param {() => boolean} act */
  #wish(name, act) {
    this.#wishes.set(name, act);
    this.#shows.observe(this.#host.root, { subtree: true, childList: true, attributes: true });
    this.#grant();
  }

  #grant() {
    for (const [name, act] of this.#wishes) if (act()) this.#wishes.delete(name);
    if (this.#wishes.size === 0) this.#shows.disconnect();
  }

  /** Opens the lesson that is wanted, and closes another one. */
  #teach() {
    const { lesson, step } = /** @type {import("./understood.js").Understood} */ (this.#wanted);
    const taught = lesson && JSON.stringify([lesson, step]);
    if (taught === this.#taught) return;
    this.#taught = taught;
    this.#step = step;
    this.#lesson.abort();
    this.#lesson = new AbortController();
    if (lesson) void this.#open(lesson, step, this.#lesson.signal);
  }

  /** @param {string} name @param {string} step @param {AbortSignal} signal */
  async #open(name, step, signal) {
    const { element: host, root, tell } = this.#host;
    const script = at("assets/lesson.js");
    try {
      const { open } = await importOwn(script);
      if (signal.aborted) return;
      await open({
        element: host, shadow: root, home: HOME, build: new URL(script).search, signal,
        text: () => this.#app?.text(),
        replace: (/** @type {string} */ text) => this.#app?.replace(text),
        engine: (/** @type {import("../shell/engine.js").Hear} */ hear) => engineOf(this.#names.worker).line(hear),
      }, {
        // A lesson of somebody's own, beside the page.
        lesson: name.includes("/") ? new URL(name, document.baseURI).href : name,
        step,
        view: "",
        link: (/** @type {string} */ query) => ({ href: HOME + query, target: "_blank", rel: "noopener" }),
        went() {},
        leave: null,
        told: (/** @type {{ step: number }} */ progress) => {
          this.#step = String(progress.step);
          this.#address();
          tell("lesson-progress", progress);
        },
      });
    } catch (error) {
      this.#missing = [`The lesson did not load: ${error instanceof Error ? error.message : error}.`];
      this.#note();
    }
  }

  /** "Open in Dryrun" keeps what is shown. */
  async #address() {
    const { shared, mode, lesson } = /** @type {import("./understood.js").Understood} */ (this.#wanted);
    if (lesson) {
      this.#link.href = `${HOME}?${new URLSearchParams({ lesson, ...(this.#step && { step: this.#step }) })}`;
      return;
    }
    const text = this.#app?.text() ?? shared.text;
    // Too much for a link: then Dryrun without it.
    const hash = await encode({ ...shared, text, tab: TABS[mode] }).then(hash => `#${hash}`, () => "");
    this.#link.href = HOME + hash;
  }
}

/** @param {import("../editor/problems.js").Problem} problem */
const finding = ({ check, severity, message, startLine, startColumn, endLine, endColumn }) =>
  ({ check, severity, message, help: "", file: "", line: startLine, column: startColumn, endLine, endColumn });

/** As the app calls it. @param {string | null} theme */
const known = theme => (theme === "light" || theme === "dark" ? theme : "system");
