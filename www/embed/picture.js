// One workflow's SVG as elements: fitted to the width, zoomed, panned, walked by keys.

/** What a picture may shrink to before it is scrolled instead. */
const SMALLEST = 0.6;

/** Names are at least this high on the screen, in px, as far as there is room in their boxes. */
const LETTERS = 11;

/** Between the drawing and the edge, in px. */
const MARGIN = 16;

export class Picture {
  #window;
  #select;
  #scale = 1;
  /** Zoomed by the reader: no longer fitted. */ #isOwn = false;
  #text = "";
  #theme = "";
  #css = "";
  /** @type {SVGSVGElement | undefined} */ #svg;
  /** A sample of each kind of line, by its name. @type {Map<string, SVGSVGElement>} */ samples = new Map();

  /** @param {HTMLElement} window @param {(job: string) => void} select @param {() => void} wheeled the wheel was turned without Ctrl */
  constructor(window, select, wheeled) {
    this.#window = window;
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
    if (text === this.#text && theme === this.#theme) return this.#css;
    const isNew = text !== this.#text;
    [this.#text, this.#theme] = [text, theme];
    const [style, css = ""] = /<style>([^]*?)<\/style>/.exec(text) ?? [""];
    const condition = theme === "auto" ? "$&" : theme === "dark" ? "all" : "not all";
    this.#css = `@layer picture{${css.replace("(prefers-color-scheme:dark)", condition)}}`;
    if (isNew) this.#put(new DOMParser().parseFromString(text.replace(style, ""), "text/html").querySelector("svg"));
    return this.#css;
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
    this.#crop(svg);
    this.#isOwn = false;
    this.fit();
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
    if (width > 0) svg.setAttribute("viewBox", [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].join(" "));
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
    if (!this.#svg || this.#isOwn) return;
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
    for (const box of this.#svg.querySelectorAll(/** @type {"g"} */ (".node, .slot"))) this.#letter(box, LETTERS / scale);
  }

  /** Names in larger letters where the picture is small, as large as fit. @param {SVGGElement} box @param {number} wanted */
  #letter(box, wanted) {
    const text = box.querySelector("text");
    const frame = /** @type {SVGGraphicsElement | null} */ (box.querySelector(".outline, rect"))?.getBBox();
    if (!text || !frame) return;
    text.style.fontSize = "";
    const own = parseFloat(getComputedStyle(text).fontSize);
    const badge = /** @type {SVGGElement | null} */ (box.querySelector(".badge"))?.getBBox();
    const isSlot = box.matches(".slot");
    const end = badge?.x ?? frame.x + frame.width;
    const room = (isSlot ? frame.width : end - text.getBBox().x) - 8;
    const size = Math.min(wanted, own * room / text.getComputedTextLength());
    // The line they stand on was meant for letters of their own size.
    text.setAttribute("dy", size > own ? String((size - own) * 0.36) : "0");
    if (size > own) text.style.fontSize = `${size}px`;
  }

  /** Whether there is such a job, or none is asked for. @param {string | undefined} job */
  mark(job) {
    let isFound = job === undefined || !this.#svg;
    for (const node of this.#nodes()) {
      const isIt = node.dataset.job === job;
      isFound ||= isIt;
      if (isIt) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    }
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
