// The graph mode: the engine's own picture, drawn in the shadow root. Loads neither the editor nor the app.
import { encode } from "../shell/permalink.js";
import { rowsOf } from "../shell/rows.js";
import { at, HOME } from "./build.js";
import { Sketcher } from "./engine.js";
import css from "./graph.css";
import { element, prose } from "./make.js";
import { Picture } from "./picture.js";

/** @typedef {import("./element.js").Wanted} Wanted */

/** Narrower than this, graphs run from top to bottom: the width of an element, in px. */
const NARROW = 560;

/** No element is lower: see STYLES in element.js. In px. */
const LEAST = 120;

const LAYERS = ["requires", "workspace", "cache"];

/** @param {import("./element.js").Host} host @returns {Promise<import("./element.js").View>} */
export async function create(host) {
  const sketcher = new Sketcher(at("assets/sketch-boot.js"));
  // Fails where there can be no engine: then there is another way.
  await sketcher.start();
  return new Graph(host, sketcher);
}

class Graph {
  #host;
  #sketcher;
  /** @type {Wanted | undefined} */ #wanted;
  /** What the last picture was asked for with. */ #asked = "";
  /** @type {import("./engine.js").Picture | undefined} */ #drawn;
  #workflow = 0;
  #height = 0;
  #isReady = false;
  #hint = false;

  #tabs = element("div", { class: "tabs", "aria-label": "Workflows" });
  #verdict = element("button", { class: "verdict", type: "button", "aria-expanded": "false" });
  #findings = element("ul", { class: "findings", hidden: "", tabindex: "0", "aria-label": "Errors" });
  #notes = element("div", { class: "notes", role: "status", hidden: "" });
  #window = element("div", { class: "window" });
  #link = /** @type {HTMLAnchorElement} */ (element("a", { target: "_blank", rel: "noopener" }, "Open in Dryrun"));
  #said = element("span", { role: "status" });
  /** Kinds of lines that no box switches. */ #kinds = element("span", { class: "kinds" });
  #layers = new Map(LAYERS.map(name => [name, /** @type {HTMLInputElement} */ (element("input", { type: "checkbox" }))]));
  #box;
  #picture;
  #sheet = new CSSStyleSheet();
  #size;

  /** @param {import("./element.js").Host} host @param {Sketcher} sketcher */
  constructor(host, sketcher) {
    this.#host = host;
    this.#sketcher = sketcher;
    this.#picture = new Picture(this.#window, job => this.#select(job), () => this.#sayHint());
    const layers = [...this.#layers].map(([name, box]) => {
      box.addEventListener("change", () => this.#toggle());
      return element("label", {}, box, name);
    });
    const zoom = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {number} */ factor) => {
      const button = element("button", { type: "button", "aria-label": name, title: name }, sign);
      button.addEventListener("click", () => this.#picture.zoom(factor));
      return button;
    };
    this.#verdict.addEventListener("click", () => {
      this.#findings.hidden = !this.#findings.hidden;
      this.#verdict.setAttribute("aria-expanded", String(!this.#findings.hidden));
    });
    this.#box = element("div", { class: "embed", part: "embed" },
      element("div", { class: "bar" }, this.#tabs, element("span", { class: "gap" }), this.#verdict,
        zoom("−", "Zoom out", 1 / 1.25), zoom("+", "Zoom in", 1.25)),
      this.#notes, this.#findings, this.#window,
      element("div", { class: "foot" }, ...layers, this.#kinds, this.#said, element("span", { class: "gap" }), this.#link));
    this.#size = new ResizeObserver(() => {
      this.#picture.fit();
      void this.#draw();
      this.#tellHeight();
    });
  }

  /** Not before it is shown: until then another view may have the place. */
  #mount() {
    const { root, element } = this.#host;
    const own = new CSSStyleSheet();
    own.replaceSync(css);
    root.adoptedStyleSheets = [root.adoptedStyleSheets[0], this.#sheet, own];
    root.replaceChildren(this.#box);
    this.#size.observe(element);
  }

  /** @param {Wanted} wanted */
  show(wanted) {
    if (!this.#wanted) this.#mount();
    this.#wanted = wanted;
    const isFixed = wanted.height !== "auto";
    this.#box.classList.toggle("fixed", isFixed);
    this.#box.style.height = isFixed ? `${wanted.height}px` : "";
    for (const [name, box] of this.#layers) box.checked = wanted.layers.includes(name);
    this.#toggle();
    void this.#draw();
    void this.#address();
  }

  /** @param {string} job */
  focusJob(job) {
    this.#picture.focus(job);
  }

  stop() {
    this.#asked = "";
    this.#sketcher.stop("It was taken away");
    this.#size.disconnect();
    if (!this.#wanted) return;
    this.#host.root.replaceChildren();
    this.#host.root.adoptedStyleSheets = [this.#host.root.adoptedStyleSheets[0]];
  }

  /** Asks the engine, where something it draws by is new. */
  async #draw() {
    if (!this.#wanted) return;
    const { shared } = this.#wanted;
    const isNarrow = this.#host.element.clientWidth < NARROW;
    const rows = [...rowsOf(shared), ["direction", isNarrow ? "down" : "right"]];
    // The engine draws all workflows and all layers.
    const asked = JSON.stringify(rows.filter(([key]) => !["workflow", "layers", "tab", "selection", "caret"].includes(key)));
    if (asked === this.#asked) return this.#paint();
    this.#asked = asked;
    let drawn;
    try {
      drawn = await this.#sketcher.draw(rows);
    } catch (error) {
      if (asked === this.#asked) this.#note([`${error instanceof Error ? error.message : error}.`]);
      return;
    }
    // An answer that comes late is for another text.
    if (asked !== this.#asked) return;
    this.#drawn = drawn;
    this.#list(drawn);
    this.#paint();
    if (!this.#isReady) this.#host.tell("ready", { mode: "graph" });
    this.#isReady = true;
    const findings = drawn.findings.map(([check, severity, message, help, file, line, column, endLine, endColumn]) =>
      ({ check, severity, message, help, file, line, column, endLine, endColumn }));
    this.#host.tell("findings", { verdict: drawn.verdict, findings });
  }

  /** Shows the workflow and the job that are wanted. */
  #paint() {
    if (!this.#drawn || !this.#wanted) return;
    const { shared, job, notes } = this.#wanted;
    const { workflows } = this.#drawn;
    const said = [...notes];
    const index = workflows.findIndex(([name]) => name === shared.workflow);
    const names = workflows.map(([name]) => `\`${name}\``).join(", ");
    if (shared.workflow !== undefined && index < 0) said.push(`There is no workflow \`${shared.workflow}\`; there is ${names || "none"}.`);
    this.#workflow = Math.max(index, 0);
    const isOne = workflows.length < 2;
    this.#tabs.replaceChildren(...(isOne ? workflows.map(([name]) => element("span", { class: "name" }, name))
      : workflows.map(([name], at) => this.#tab(name, at))));
    if (isOne) this.#tabs.removeAttribute("role");
    else this.#tabs.setAttribute("role", "tablist");
    const svg = workflows[this.#workflow]?.[1];
    if (svg) this.#sheet.replaceSync(this.#picture.show(svg, this.#wanted.theme));
    else this.#picture.clear("There is no workflow to draw.");
    const layers = this.#picture.layers();
    for (const [name, box] of this.#layers) {
      const label = /** @type {HTMLElement} */ (box.parentElement);
      label.hidden = layers.size < 2 || !layers.has(name);
      label.replaceChildren(box, this.#picture.samples.get(name) ?? "", name);
    }
    const others = [...this.#picture.samples].filter(([name]) => !LAYERS.includes(name));
    this.#kinds.replaceChildren(...others.map(([name, sample]) => element("span", {}, sample, name)));
    if (!this.#picture.mark(job)) said.push(`There is no job \`${job}\` in this workflow.`);
    this.#note(said);
    this.#tellHeight();
  }

  /** The height that shows all of it, also where the box fills a higher frame. */
  #tellHeight() {
    const picture = this.#window.firstElementChild?.getBoundingClientRect().height;
    if (picture === undefined) return;
    const height = Math.max(LEAST, Math.ceil(this.#box.offsetHeight - this.#window.clientHeight + picture));
    // The same height again is no news: whoever gives it to a frame would be asked forever.
    if (height !== this.#height) this.#host.tell("resize", { height });
    this.#height = height;
  }

  /** @param {string[]} said */
  #note(said) {
    this.#notes.replaceChildren(...said.map(text => element("div", {}, ...prose(text))));
    this.#notes.hidden = said.length === 0;
  }

  /** @param {string} name @param {number} at */
  #tab(name, at) {
    const isShown = at === this.#workflow;
    const tab = element("button", { type: "button", role: "tab", "aria-selected": String(isShown), tabindex: isShown ? "0" : "-1" }, name);
    tab.addEventListener("click", () => this.#host.element.setAttribute("workflow", name));
    tab.addEventListener("keydown", event => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const next = this.#drawn?.workflows[at + step];
      if (!step || !next) return;
      this.#host.element.setAttribute("workflow", next[0]);
      // The tabs are made anew when the attribute has been taken in.
      setTimeout(() => this.#tabs.querySelector(/** @type {"button"} */ ("[aria-selected=true]"))?.focus());
    });
    return tab;
  }

  /** @param {import("./engine.js").Picture} drawn */
  #list({ verdict, findings }) {
    const count = findings.length;
    this.#verdict.dataset.verdict = verdict;
    this.#verdict.disabled = count === 0;
    this.#verdict.textContent = count === 0 ? "✓ No errors" : `✕ ${count} ${count === 1 ? "problem" : "problems"}`;
    if (count === 0) this.#findings.hidden = true;
    this.#findings.replaceChildren(...findings.map(([check, severity, message, help, file, line, column]) =>
      element("li", { "data-check": check, "data-severity": severity, "data-line": String(line) }, ...prose(message), " ",
        element("small", {}, `${file}:${line}:${column} · ${check}`), help && element("div", {}, ...prose(help)))));
  }

  #toggle() {
    for (const [name, box] of this.#layers) this.#window.classList.toggle(`no-${name}`, !box.checked);
    void this.#address();
  }

  /** @param {string} job */
  #select(job) {
    this.#host.element.setAttribute("job", job);
    this.#host.tell("select", { job, workflow: this.#drawn?.workflows[this.#workflow]?.[0] ?? "" });
  }

  #sayHint() {
    if (this.#hint) return;
    this.#hint = true;
    this.#said.textContent = "Ctrl + wheel zooms";
  }

  /** "Open in Dryrun" keeps what is shown. */
  async #address() {
    if (!this.#wanted) return;
    const layers = LAYERS.filter(name => this.#layers.get(name)?.checked);
    // Too much for a link: then Dryrun without it.
    const hash = await encode({ ...this.#wanted.shared, layers }).then(hash => `#${hash}`, () => "");
    this.#link.href = HOME + hash;
  }
}
