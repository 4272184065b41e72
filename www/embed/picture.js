// One workflow's SVG as elements: fitted to the width, zoomed, panned, walked by keys.
import { trusted } from "../shell/trusted.js";

/** What a picture may shrink to before it is scrolled instead. */
const SMALLEST = 0.6;

/** Names are at least this high on the screen, in px, as far as there is room in their boxes. */
const LETTERS = 11;

/** Between the drawing and the edge, in px. */
const MARGIN = 16;

export class Picture {
  /** @type {HTMLElement} */ #window;
  /** @type {CSSStyleSheet} */ #sheet;
  #select;
  #scale = 1;
  /** Zoomed by the reader: no longer fitted. */ #isOwn = false;
  #text = "";
  #theme = "";
  #marked = "";
  /** @type {SVGSVGElement | undefined} */ #svg;
  #isCropped = false;
  /** A sample of each kind of line, by its name. @type {Map<string, SVGSVGElement>} */ samples = new Map();

  /**
   * @param {HTMLElement} window @param {CSSStyleSheet} sheet takes the picture's own styles
   * @param {(job: string) => void} select @param {() => void} wheeled the wheel was turned without Ctrl
   */
  constructor(window, sheet, select, wheeled) {
    [this.#window, this.#sheet] = [window, sheet];
    this.#select = select;
    window.addEventListener("wheel", event => {
      // The wheel alone belongs to the page.
      if (!event.ctrlKey && !event.metaKey) return wheeled();
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 400));
    }, { passive: false });
    window.addEventListener("pointerdown", event => this.#pan(event));
    window.addEventListener("click", event => {
      const node = nodeOf(event.target);
      if (node) this.#select(node.dataset.job ?? "");
    });
    window.addEventListener("keydown", event => this.#walk(event));
  }

  /** Shows an SVG of the engine's, and gives its styles: as an element they would be against the page's policy. @param {string} text @param {string} theme */
  show(text, theme) {
    if (text === this.#text && theme === this.#theme) return;
    const isNew = text !== this.#text;
    [this.#text, this.#theme] = [text, theme];
    const [style, css = ""] = /<style>([^]*?)<\/style>/.exec(text) ?? [""];
    // Paper is light.
    const condition = theme === "auto" ? "$&" : theme === "dark" ? "not print" : "not all";
    // Before the picture is put there: its letters are measured.
    this.#sheet.replaceSync(`@layer picture{${css.replace("(prefers-color-scheme:dark)", condition)}}`);
    if (isNew) this.#put(new DOMParser().parseFromString(trusted.html(text.replace(style, "")), "text/html").querySelector("svg"));
  }

  /** @param {SVGSVGElement | null} svg */
  #put(svg) {
    if (!svg) return this.clear("The picture could not be read.");
    this.#svg = svg;
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", `Jobs of ${svg.querySelector("title")?.textContent ?? "the workflow"}`);
    svg.querySelector(":scope > title")?.remove();
    this.#nodes().forEach((node, index) => {
      node.setAttribute("role", "button");
      node.setAttribute("tabindex", index === 0 ? "0" : "-1");
      node.setAttribute("aria-label", node.querySelector("title")?.textContent ?? "");
    });
    this.#takeLegend(svg);
    this.#window.replaceChildren(svg);
    this.#isCropped = false;
    this.#isOwn = false;
    this.fit();
    this.#marked = "";
    this.#reveal(this.#nodes()[0]);
  }

  /** In the picture it would shrink with it, and could not be read. @param {SVGSVGElement} svg */
  #takeLegend(svg) {
    this.samples = new Map([...svg.querySelectorAll(".legend")].map(item => {
      const sample = /** @type {SVGSVGElement} */ (svg.cloneNode());
      for (const name of ["role", "aria-label"]) sample.removeAttribute(name);
      for (const [name, value] of Object.entries({ width: "28", height: "12", viewBox: "0 0 28 12", "aria-hidden": "true" })) sample.setAttribute(name, value);
      const name = item.textContent?.trim() ?? "";
      item.querySelector("text")?.remove();
      item.querySelector("path")?.setAttribute("d", "M0 6H28");
      sample.append(item);
      return [name, sample];
    }));
    svg.querySelector(".plane")?.remove();
  }

  /** To what is drawn, lines that are hidden at the moment included. @param {SVGSVGElement} svg */
  #crop(svg) {
    const hidden = this.#window.className;
    this.#window.className = "window";
    const { x, y, width, height } = svg.getBBox();
    this.#window.className = hidden;
    this.#isCropped = width > 0; // else it is not shown, in a tab that is closed for instance
    if (this.#isCropped) svg.setAttribute("viewBox", [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].join(" "));
  }

  /** @param {string} why */
  clear(why) {
    this.#svg = undefined;
    this.#text = "";
    const empty = document.createElement("p");
    empty.className = "empty";
    empty.textContent = why;
    this.#window.replaceChildren(empty);
  }

  /** To the width there is, never larger than it was drawn. */
  fit() {
    if (!this.#svg) return;
    if (!this.#isCropped) this.#crop(this.#svg);
    if (this.#isOwn) return;
    const { width } = this.#svg.viewBox.baseVal;
    this.#resize(Math.max(SMALLEST, Math.min(1, this.#window.clientWidth / width)));
  }

  /** @param {number} factor */
  zoom(factor) {
    this.#isOwn = true;
    this.#resize(Math.max(0.2, Math.min(4, this.#scale * factor)));
  }

  /** @param {number} scale */
  #resize(scale) {
    if (!this.#svg) return;
    const { width, height } = this.#svg.viewBox.baseVal;
    this.#scale = scale;
    this.#svg.setAttribute("width", String(Math.floor(width * scale)));
    this.#svg.setAttribute("height", String(Math.ceil(height * scale)));
    this.#letter(LETTERS / scale);
  }

  /** Names in larger letters where the picture is small, as large as fit. @param {number} wanted */
  #letter(wanted) {
    const boxes = [...this.#svg?.querySelectorAll(/** @type {"g"} */ (".node, .slot")) ?? []];
    const texts = boxes.map(box => /** @type {SVGTextElement} */ (box.querySelector("text")));
    // First all is written, then read, then written: a box after the other would have the page laid out for each.
    for (const text of texts) text.style.fontSize = "";
    const sizes = boxes.map((box, at) => {
      const frame = /** @type {SVGGraphicsElement} */ (box.querySelector(".outline, rect")).getBBox();
      const badge = /** @type {SVGGElement | null} */ (box.querySelector(".badge"))?.getBBox();
      const own = parseFloat(getComputedStyle(texts[at]).fontSize);
      const end = badge?.x ?? frame.x + frame.width;
      const room = (box.matches(".slot") ? frame.width : end - texts[at].getBBox().x) - 8;
      return [own, Math.min(wanted, own * room / texts[at].getComputedTextLength())];
    });
    sizes.forEach(([own, size], at) => {
      // The line they stand on was meant for letters of their own size.
      texts[at].setAttribute("dy", size > own ? String((size - own) * 0.36) : "0");
      if (size > own) texts[at].style.fontSize = `${size}px`;
    });
  }

  /** Scrolls the window, and nothing around it, to a job that is not whole in it. @param {SVGGElement | undefined} node */
  #reveal(node) {
    if (!node) return;
    const [inner, outer] = [node.getBoundingClientRect(), this.#window.getBoundingClientRect()];
    if (inner.left < outer.left || inner.right > outer.right) this.#window.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
    if (inner.top < outer.top || inner.bottom > outer.bottom) this.#window.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
  }

  /** Whether there is such a job, or none is asked for. @param {string | undefined} job */
  mark(job) {
    let isFound = job === undefined || !this.#svg;
    for (const node of this.#nodes()) {
      const isIt = node.dataset.job === job;
      isFound ||= isIt;
      if (isIt) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
      if (isIt && job !== this.#marked) this.#reveal(node);
    }
    this.#marked = job ?? "";
    return isFound;
  }

  /** Which kinds of lines it has. @returns {Set<string | undefined>} */
  layers() {
    const lines = this.#svg?.querySelectorAll(/** @type {"g"} */ (".edge")) ?? [];
    return new Set([...lines].map(line => line.dataset.edge));
  }

  /** @param {string} job */
  focus(job) {
    this.#move(this.#nodes().find(node => node.dataset.job === job));
  }

  /** @returns {SVGGElement[]} */
  #nodes() {
    return this.#svg ? [...this.#svg.querySelectorAll(/** @type {"g"} */ (".node"))] : [];
  }

  /** One stop for the tab key; arrows go on from there. @param {SVGGElement | undefined} node */
  #move(node) {
    if (!node) return;
    for (const other of this.#nodes()) other.setAttribute("tabindex", other === node ? "0" : "-1");
    node.focus();
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const node = nodeOf(event.target);
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const nodes = this.#nodes();
    const at = nodes.indexOf(node);
    switch (event.key) {
      case "Enter": case " ": this.#select(node.dataset.job ?? ""); break;
      case "ArrowRight": case "ArrowDown": this.#move(nodes[at + 1]); break;
      case "ArrowLeft": case "ArrowUp": this.#move(nodes[at - 1]); break;
      case "Home": this.#move(nodes[0]); break;
      case "End": this.#move(nodes.at(-1)); break;
      default: return;
    }
    event.preventDefault();
  }

  /** With a mouse only: a finger scrolls the page. @param {PointerEvent} start */
  #pan(start) {
    if (start.pointerType !== "mouse" || start.button !== 0) return;
    const { scrollLeft, scrollTop } = this.#window;
    const stop = new AbortController();
    const options = { signal: stop.signal };
    addEventListener("pointermove", event => {
      this.#window.scrollLeft = scrollLeft - (event.clientX - start.clientX);
      this.#window.scrollTop = scrollTop - (event.clientY - start.clientY);
    }, options);
    for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, () => stop.abort(), options);
  }
}

/** @param {EventTarget | null} target @returns {SVGGElement | null} */
const nodeOf = target => (target instanceof Element ? target.closest(".node") : null);
