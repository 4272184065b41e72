// The graph mode: the engine's own picture, drawn in the shadow root. Loads neither the editor nor the app.
import { encode } from "../shell/permalink.js";
import { rowsOf } from "../shell/rows.js";
import { at, HOME } from "./build.js";
import { Sketcher } from "./engine.js";
import css from "./graph.css";
import { element, prose } from "./make.js";
import { Picture } from "./picture.js";
import { LAYERS, shortened, understood } from "./understood.js";

/** @typedef {import("./element.js").Wanted} Wanted */

/** Narrower than this, graphs run from top to bottom: the width of an element, in px. */
const NARROW = 560;

/** No element is lower: see STYLES in element.js. In px. */
const LEAST = 120;

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
  /** @type {import("./understood.js").Understood | undefined} */ #wanted;
  /** What the last picture was asked for with: as one word, and as the engine takes it. */ #asked = "";
  /** @type {string[][]} */ #rows = [];
  #isAsking = false;
  #isStopped = false;
  /** Why there is no picture of what was asked for last. */ #fault = "";
  /** @type {import("./engine.js").Picture | undefined} */ #drawn;
  #workflow = 0;
  #height = 0;
  #isReady = false;
  #hint = false;
  /** The reader wants to see what is wrong. */ #isOpened = false;
  /** What the link was last made of. */ #linked = "";

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
    this.#picture = new Picture(this.#window, this.#sheet, job => this.#select(job), () => this.#sayHint());
    const layers = [...this.#layers].map(([name, box]) => {
      box.addEventListener("change", () => this.#choose());
      return element("label", {}, box, name);
    });
    const zoom = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {number} */ factor) => {
      const button = element("button", { type: "button", "aria-label": name, title: name }, sign);
      button.addEventListener("click", () => this.#picture.zoom(factor));
      return button;
    };
    this.#verdict.addEventListener("click", () => {
      this.#isOpened = this.#findings.hidden === true;
      this.#unfold(this.#isOpened);
      this.#tellHeight();
    });
    this.#box = element("div", { class: "embed", part: "embed" },
      element("div", { class: "bar" }, this.#tabs, element("span", { class: "gap" }), this.#verdict,
        zoom("−", "Zoom out", 1 / 1.25), zoom("+", "Zoom in", 1.25)),
      this.#notes, this.#findings, this.#window,
      element("div", { class: "foot" }, ...layers, this.#kinds, this.#said, element("span", { class: "gap" }), this.#link));
    this.#size = new ResizeObserver(() => {
      this.#picture.fit();
      this.#draw();
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

  /** @param {Wanted} asked */
  show(asked) {
    if (!this.#wanted) this.#mount();
    const wanted = this.#wanted = understood(asked);
    const isFixed = wanted.height !== "auto";
    this.#box.classList.toggle("fixed", isFixed);
    this.#box.style.height = isFixed ? `${wanted.height}px` : "";
    for (const [name, box] of this.#layers) {
      box.checked = wanted.layers.includes(name);
      this.#window.classList.toggle(`no-${name}`, !box.checked);
    }
    this.#draw();
    void this.#address();
  }

  /** @param {string} job */
  focusJob(job) {
    this.#picture.focus(job);
  }

  stop() {
    this.#isStopped = true;
    this.#sketcher.stop("It was taken away");
    this.#size.disconnect();
    if (!this.#wanted) return;
    this.#host.root.replaceChildren();
    this.#host.root.adoptedStyleSheets = [this.#host.root.adoptedStyleSheets[0]];
  }

  /** Asks the engine, where something it draws by is new. */
  #draw() {
    if (!this.#wanted) return;
    const { shared } = this.#wanted;
    const isNarrow = this.#host.element.clientWidth < NARROW;
    const rows = [...rowsOf(shared), ["direction", isNarrow ? "down" : "right"]];
    // The engine draws all workflows and all layers.
    const asked = JSON.stringify(rows.filter(([key]) => !["workflow", "layers", "tab", "selection", "caret"].includes(key)));
    if (asked === this.#asked) return this.#paint();
    [this.#asked, this.#rows] = [asked, rows];
    if (!this.#isAsking) void this.#ask();
  }

  /** One question at a time. Of those that come meanwhile the last one counts: where somebody types, each key has one. */
  async #ask() {
    this.#isAsking = true;
    for (let asked = ""; asked !== this.#asked && !this.#isStopped;) {
      asked = this.#asked;
      try {
        const drawn = await this.#sketcher.draw(this.#rows);
        if (asked === this.#asked) this.#take(drawn);
      } catch (error) {
        if (asked !== this.#asked) continue;
        this.#fault = `${error instanceof Error ? error.message : error}.`;
        this.#note([this.#fault]);
      }
    }
    this.#isAsking = false;
  }

  /** @param {import("./engine.js").Picture} drawn */
  #take(drawn) {
    this.#drawn = drawn;
    this.#fault = "";
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
    const { shared, job, notes, theme } = this.#wanted;
    const { workflows } = this.#drawn;
    const said = [...notes, ...(this.#fault ? [this.#fault] : [])];
    const index = workflows.findIndex(([name]) => name === shared.workflow);
    const names = workflows.map(([name]) => `\`${shortened(name)}\``).join(", ");
    if (shared.workflow !== undefined && index < 0) said.push(`There is no workflow \`${shortened(shared.workflow)}\`; there is ${names || "none"}.`);
    this.#workflow = Math.max(index, 0);
    this.#name(workflows.map(([name]) => name));
    const svg = workflows[this.#workflow]?.[1];
    if (svg) this.#picture.show(svg, theme);
    else this.#picture.clear("There is no workflow to draw.");
    const layers = this.#picture.layers();
    for (const [name, box] of this.#layers) {
      const label = /** @type {HTMLElement} */ (box.parentElement);
      label.hidden = layers.size < 2 || !layers.has(name);
      // The box stays where it is: it may have the focus.
      while (box.nextSibling) box.nextSibling.remove();
      box.after(this.#picture.samples.get(name) ?? "", name);
    }
    const others = [...this.#picture.samples].filter(([name]) => !LAYERS.includes(name));
    this.#kinds.replaceChildren(...others.map(([name, sample]) => element("span", {}, sample, name)));
    if (!this.#picture.mark(job)) said.push(`There is no job \`${shortened(job ?? "")}\` in this workflow.`);
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

  /** Puts the names of the workflows above the picture, and marks the one that is shown. @param {string[]} names */
  #name(names) {
    const tabs = /** @type {HTMLElement[]} */ ([...this.#tabs.children]);
    const isOne = names.length < 2;
    // Those that are there stay: one of them may have the focus.
    if (names.join("\n") !== tabs.map(tab => tab.textContent).join("\n")) {
      tabs.splice(0, tabs.length, ...names.map((name, at) => (isOne ? element("span", { class: "name" }, name) : this.#tab(name, at))));
      this.#tabs.replaceChildren(...tabs);
    }
    if (isOne) return this.#tabs.removeAttribute("role");
    this.#tabs.setAttribute("role", "tablist");
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === this.#workflow));
      tab.setAttribute("tabindex", at === this.#workflow ? "0" : "-1");
    });
  }

  /** @param {string} name @param {number} at */
  #tab(name, at) {
    const tab = element("button", { type: "button", role: "tab" }, name);
    tab.addEventListener("click", () => this.#host.element.setAttribute("workflow", name));
    tab.addEventListener("keydown", event => {
      const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      const next = /** @type {HTMLElement | undefined} */ (this.#tabs.children[at + step]);
      if (!step || !next) return;
      next.click();
      next.focus();
    });
    return tab;
  }

  /** @param {import("./engine.js").Picture} drawn */
  #list({ verdict, findings, workflows }) {
    const count = findings.length;
    this.#verdict.dataset.verdict = verdict;
    this.#verdict.disabled = count === 0;
    this.#verdict.textContent = count === 0 ? "✓ No errors" : `✕ ${count} ${count === 1 ? "problem" : "problems"}`;
    // Without a picture there is nothing else to see.
    this.#unfold(count > 0 && (this.#isOpened || workflows.length === 0));
    this.#findings.replaceChildren(...findings.map(([check, severity, message, help, file, line, column]) =>
      element("li", { "data-check": check, "data-severity": severity, "data-line": String(line) }, ...prose(message), " ",
        element("small", {}, `${file}:${line}:${column} · ${check}`), help && element("div", {}, ...prose(help)))));
  }

  /** @param {boolean} isOpen */
  #unfold(isOpen) {
    this.#findings.hidden = !isOpen;
    this.#verdict.setAttribute("aria-expanded", String(isOpen));
  }

  /** By the attribute, as for workflow and job: what is chosen here holds until the page says otherwise. */
  #choose() {
    const layers = [...this.#layers].filter(([, box]) => box.checked).map(([name]) => name);
    this.#host.element.setAttribute("layers", layers.join(" "));
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
    const { shared, layers } = this.#wanted;
    const linked = JSON.stringify([shared, layers]);
    if (linked === this.#linked) return;
    this.#linked = linked;
    // Too much for a link: then Dryrun without it.
    const hash = await encode({ ...shared, layers }).then(hash => `#${hash}`, () => "");
    // A longer text may take longer to pack than the one after it.
    if (linked === this.#linked) this.#link.href = HOME + hash;
  }
}
