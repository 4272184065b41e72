// The panel of one lesson: the task, the goals as they hold while one types, hints, the way on.
import * as progress from "./progress.js";
import { Runs } from "./runs.js";

/** @typedef {import("./lesson.js").Loaded} Loaded */
/** @typedef {import("./lesson.js").Attempt} Attempt */
/** @typedef {import("./lesson.js").Host} Host */
/** @typedef {import("./lesson.js").Place} Place */

/** After the last key. Judging a lesson's config takes a few milliseconds. */
const PAUSE = 150;

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Record<string, string>} attributes @param {(Node | string)[]} children
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Text of a lesson: the wasm makes HTML of Markdown, and nothing else comes through it. @param {string} html */
function prose(html) {
  const made = element("div", { class: "lesson-prose" });
  made.innerHTML = html;
  return made;
}

/** Says in place of a lesson why there is none. @param {HTMLElement} aside @param {Place} place @param {string} message */
export function problem(aside, place, message) {
  aside.replaceChildren(
    element("div", { class: "lesson-bar" }, element("h2", {}, "Lesson"), element("a", place.link("?lesson"), "All lessons")),
    element("p", { role: "alert", class: "lesson-problem" }, message),
  );
}

export class Panel {
  #aside; #host; #loaded; #place;
  #step = 0;
  /** @type {Attempt | null} */ #before = null;
  #goals = element("ul", { class: "lesson-goals", "aria-label": "Goals" });
  #state = element("p", { class: "lesson-faint", role: "status" });
  #next = element("button", { type: "button", class: "lesson-button lesson-next" });
  #runs;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #waiting;
  #last = "";
  /** The progress that was last told, as JSON. */ #told = "";

  /** @param {HTMLElement} aside @param {Host} host @param {Loaded} loaded @param {Place} place */
  constructor(aside, host, loaded, place) {
    [this.#aside, this.#host, this.#loaded, this.#place] = [aside, host, loaded, place];
    this.#runs = new Runs(host, place.view === "teach");
    this.#next.onclick = () => this.#onward();
    const edits = new MutationObserver(() => this.#changed());
    edits.observe(host.element, { attributeFilter: ["data-rev"] });
    host.signal?.addEventListener("abort", () => {
      edits.disconnect();
      clearTimeout(this.#waiting);
    });
  }

  /** Shows step `step`, from 0, with its start in the editor, or with what is there where it goes on with that. @param {number} step @param {boolean} [goingOn] */
  async go(step, goingOn = false) {
    const { shown, file, course } = this.#loaded;
    const { start, goesOn } = shown.steps[step];
    const text = await file(start);
    if (this.#host.signal?.aborted) return;
    this.#step = step;
    const before = course.attempt(step, text);
    this.#before = before === undefined ? null : JSON.parse(before);
    this.#draw();
    if (!(goingOn && goesOn)) this.#host.replace(text);
    this.#last = "";
    this.#judge();
  }

  #draw() {
    const { shown } = this.#loaded;
    const step = shown.steps[this.#step];
    const heading = element("h3", {});
    heading.innerHTML = step.title;
    this.#aside.replaceChildren(
      element("div", { class: "lesson-bar" }, element("h2", {}, shown.title), ...this.#ways()),
      ...(this.#step === 0 ? [prose(shown.intro)] : []),
      ...(shown.steps.length > 1 ? [this.#steps()] : []), heading, prose(step.task),
      this.#goals, this.#state, ...this.#helps(step), ...this.#runs.elements,
    );
    this.#next.textContent = this.#nextName();
    this.#next.hidden = this.#isLast() && !this.#place.leave;
    this.#aside.scrollTop = 0;
    this.#aside.dataset.step = String(this.#step + 1);
  }

  /** The address of step `step`, from 0, in this view or the other. @param {number} step @param {string} view */
  #address(step, view) {
    return this.#place.link(`?lesson=${encodeURIComponent(this.#loaded.id)}&step=${step + 1}${view && `&view=${view}`}`);
  }

  /** Out of here: to the other view, to the list; a class sees the whole screen. */
  #ways() {
    const teaching = this.#place.view === "teach";
    const ways = [
      element("a", this.#address(this.#step, teaching ? "" : "teach"), teaching ? "Learn" : "Teach"),
      element("a", this.#place.link("?lesson"), "All lessons"),
    ];
    if (!teaching || !document.fullscreenEnabled || !this.#place.leave) return ways;
    const full = element("button", { type: "button", class: "lesson-link" }, "Full screen");
    full.onclick = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    return [full, ...ways];
  }

  /** All steps as links. */
  #steps() {
    const links = this.#loaded.shown.steps.map((_, index) => {
      const here = /** @type {Record<string, string>} */ (index === this.#step ? { "aria-current": "step" } : {});
      return element("a", { ...this.#address(index, this.#place.view), ...here }, String(index + 1));
    });
    return element("nav", { class: "lesson-steps", "aria-label": "Steps" }, "Step", ...links);
  }

  #nextName() {
    if (!this.#isLast()) return "Next step";
    const { next } = this.#loaded;
    return next ? `Next: ${next.title}` : "All lessons";
  }

  /** The way on; hints one by one, and in the end the solution. @param {{ hints: string[], solution: string }} step */
  #helps(step) {
    const shown = element("ol", { class: "lesson-hints", "aria-live": "polite" });
    const hint = element("button", { type: "button", class: "lesson-button", "data-hint": "" });
    const solve = element("button", { type: "button", class: "lesson-button", "data-solve": "" }, "Show the solution");
    const again = element("button", { type: "button", class: "lesson-button" }, "Start again");
    const count = () => {
      const [told, all] = [shown.childElementCount, step.hints.length];
      hint.textContent = told < all ? `Hint ${told + 1} of ${all}` : "No more hints";
      hint.disabled = told === all;
    };
    hint.onclick = () => {
      const item = element("li", {});
      item.innerHTML = step.hints[shown.childElementCount];
      shown.append(item);
      count();
    };
    count();
    const put = (/** @type {Promise<string>} */ text) =>
      text.then(text => this.#host.replace(text), error => this.#say(error.message));
    solve.onclick = () => put(this.#loaded.file(step.solution));
    again.onclick = () => put(this.#loaded.file(this.#loaded.shown.steps[this.#step].start));
    return [shown, element("div", { class: "lesson-bar" }, this.#next, hint, solve, again)];
  }

  #isLast() {
    return this.#step + 1 === this.#loaded.shown.steps.length;
  }

  #changed() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#judge(), PAUSE);
  }

  #judge() {
    const text = this.#host.text() ?? "";
    if (text === this.#last) return;
    this.#last = text;
    const { course, shown, id } = this.#loaded;
    const answer = course.attempt(this.#step, text);
    /** @type {Attempt | null} */
    const attempt = answer === undefined ? null : JSON.parse(answer);
    const held = shown.steps[this.#step].goals.map((_, index) => attempt?.goals[index] === null);
    this.#goals.replaceChildren(...held.map((held, index) => this.#goal(index, held, attempt)));
    const reached = held.every(held => held);
    this.#next.disabled = !reached;
    if (reached) progress.reach(id, this.#step + 1);
    if (attempt === null) this.#say("This text is too long for a lesson.");
    else if (attempt.errors > 0) this.#say("The config has errors. CircleCI would run none of it, so no goal is reached.");
    else if (reached) this.#say(`All goals are reached. ${progress.isKept() ? "" : progress.NOT_KEPT}`.trim());
    else this.#say("");
    this.#runs.show(this.#before, attempt);
    this.#tell(held);
  }

  /** A goal, and why it is still open. @param {number} index @param {boolean} held @param {Attempt | null} attempt */
  #goal(index, held, attempt) {
    const words = element("div", {});
    words.innerHTML = this.#loaded.shown.steps[this.#step].goals[index];
    const why = element("div", { class: "lesson-why" });
    // Of errors the status tells, once.
    if (attempt?.errors === 0) why.innerHTML = attempt.goals[index] ?? "";
    const mark = element("span", { class: "lesson-mark", role: "img", "aria-label": held ? "reached" : "open" }, held ? "✓" : "○");
    return element("li", { "data-held": String(held) }, mark, element("div", {}, words, ...(why.hasChildNodes() ? [why] : [])));
  }

  /** Where the reader is, when that is new. @param {boolean[]} goals */
  #tell(goals) {
    const { id, shown } = this.#loaded;
    const progress = { lesson: id, step: this.#step + 1, steps: shown.steps.length, goals, reached: goals.every(held => held) };
    const told = JSON.stringify(progress);
    if (told !== this.#told) this.#place.told(progress);
    this.#told = told;
  }

  /** @param {string} words */
  #say(words) {
    if (this.#state.textContent !== words) this.#state.textContent = words;
  }

  #onward() {
    if (this.#isLast()) {
      this.#place.leave?.(this.#loaded.next?.id);
      return;
    }
    const step = this.#step + 1;
    this.#place.went(step + 1);
    this.go(step, true).catch(error => problem(this.#aside, this.#place, error.message));
  }
}
