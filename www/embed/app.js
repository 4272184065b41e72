// The modes full, compiled and timeline: the whole app in the shadow root of an embed.
import { load, mount } from "../shell/playground.js";
import { rowsOf } from "../shell/rows.js";

/** How high the app is where nobody says it, in px. */
const HEIGHT = 560;

/** The app's tab by mode. @type {Record<string, string>} */
const TABS = { full: "graph", compiled: "compiled", timeline: "timeline" };

/**
 * @param {import("./element.js").Host} host @param {{ app: string, wasm: string }} built
 * @returns {Promise<import("./element.js").View>}
 */
export async function create(host, built) {
  const names = {
    app: host.at(built.app),
    wasm: host.at(built.wasm),
    editor: host.at("assets/editor.js"),
    styles: host.at("assets/shadow.css"),
    worker: host.at("assets/worker-boot.js"),
  };
  await probe();
  const parts = await load(names);
  return new Embedded(host, names, parts);
}

/** Fails where there can be no worker: the app itself would only find out later. */
function probe() {
  const url = URL.createObjectURL(new Blob(["postMessage(0)"], { type: "text/javascript" }));
  return new Promise((done, failed) => {
    const worker = new Worker(url, { type: "module" });
    const end = () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    };
    worker.onmessage = () => (end(), done(undefined));
    worker.onerror = event => {
      event.preventDefault();
      end();
      failed(new Error("this page allows no worker"));
    };
  });
}

class Embedded {
  #host;
  #names;
  #parts;
  #styles = new CSSStyleSheet();
  #base;
  /** @type {ReturnType<typeof mount> | undefined} */ #app;
  /** @type {import("./element.js").Wanted | undefined} */ #wanted;
  #opened = "";
  #system = matchMedia("(prefers-color-scheme: dark)");
  #watch = new AbortController();
  #marks;

  /**
   * @param {import("./element.js").Host} host
   * @param {import("../shell/playground.js").Names} names @param {import("../shell/playground.js").Parts} parts
   */
  constructor(host, names, parts) {
    this.#host = host;
    this.#names = names;
    this.#parts = parts;
    this.#base = host.root.adoptedStyleSheets[0];
    const { signal } = this.#watch;
    this.#system.addEventListener("change", () => this.#stamp(), { signal });
    host.root.addEventListener("click", event => {
      const node = event.target instanceof Element ? event.target.closest("[data-job]") : null;
      if (node) this.#host.tell("select", { job: node.getAttribute("data-job"), workflow: this.#wanted?.shared.workflow ?? "" });
    }, { signal });
    this.#marks = new MutationObserver(() => {
      this.#marks.disconnect();
      this.#host.tell("ready", { mode: this.#wanted?.mode });
    });
  }

  /** @param {import("./element.js").Wanted} wanted */
  show(wanted) {
    this.#wanted = wanted;
    this.#stamp();
    const height = wanted.height === "auto" ? HEIGHT : wanted.height;
    this.#styles.replaceSync(`:host{box-sizing:border-box!important;height:${height}px!important;border:1px solid light-dark(#d5dbe4,#28344a)!important}`
      // Links within the page have no meaning in another one.
      + "[data-lessons]{display:none}"
      + ".notes{padding:8px 12px;background:light-dark(#fff3dc,#33260f);color:light-dark(#7a4b00,#f2b95c)}");
    const { text, ...rest } = wanted.shared;
    const rows = [...rowsOf(wanted.shared), ["tab", TABS[wanted.mode]]];
    const opened = JSON.stringify([rest, wanted.mode]);
    if (!this.#app) this.#start(rows);
    // What the reader has typed is what is wanted already.
    else if (text !== this.#app.text() || opened !== this.#opened) this.#app.open(rows);
    this.#opened = opened;
    this.#note(wanted.notes);
  }

  /** @param {string} job */
  focusJob(job) {
    const nodes = [...this.#host.root.querySelectorAll("[data-job]")];
    const node = nodes.find(node => node.getAttribute("data-job") === job);
    if (node instanceof SVGElement) node.focus();
  }

  stop() {
    this.#watch.abort();
    this.#marks.disconnect();
    this.#app?.stop();
    this.#host.root.replaceChildren();
    this.#host.root.adoptedStyleSheets = [this.#base];
    for (const mark of ["data-ready", "data-rev", "data-verdict", "data-theme"]) this.#host.element.removeAttribute(mark);
  }

  /** @param {string[][]} rows */
  #start(rows) {
    const { element, root, tell } = this.#host;
    root.replaceChildren();
    this.#marks.observe(element, { attributeFilter: ["data-ready"] });
    this.#app = mount(element, root, this.#names, this.#parts, rows, {
      styles: this.#styles,
      theme: {
        get: () => (this.#wanted?.theme === "auto" ? "system" : this.#wanted?.theme ?? "system"),
        set: choice => element.setAttribute("theme", choice === "system" ? "auto" : choice),
      },
      readonly: () => this.#wanted?.readonly ?? false,
      changed: value => {
        if (value !== this.#wanted?.shared.text) tell("change", { value });
      },
      found: problems => tell("findings", { verdict: verdict(problems), findings: problems.map(finding) }),
    });
  }

  #stamp() {
    const theme = this.#wanted?.theme ?? "auto";
    this.#host.element.dataset.theme = theme === "auto" ? (this.#system.matches ? "dark" : "light") : theme;
  }

  /** @param {string[]} notes */
  #note(notes) {
    this.#host.root.querySelector(".notes")?.remove();
    if (notes.length === 0) return;
    const box = document.createElement("div");
    box.className = "notes";
    box.setAttribute("role", "status");
    box.textContent = notes.join(" ");
    this.#host.root.prepend(box);
  }
}

/** @param {{ severity: string }[]} problems */
const verdict = problems =>
  problems.some(({ severity }) => severity === "error") ? "errors" : problems.some(({ severity }) => severity === "warning") ? "warnings" : "ok";

/** @param {import("../editor/problems.js").Problem} problem */
const finding = ({ check, severity, message, startLine, startColumn, endLine, endColumn }) =>
  ({ check, severity, message, help: "", file: "", line: startLine, column: startColumn, endLine, endColumn });
