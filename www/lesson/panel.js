// The panel of one lesson: the task, the goals as they hold while one types, hints, the way on.
import * as drafts from "./drafts.js";
import { Judge } from "./judge.js";
import * as progress from "./progress.js";
import { line, prose } from "./prose.js";
import { Runs } from "./runs.js";

/** @typedef {import("./lesson.js").Loaded} Loaded */
/** @typedef {import("./lesson.js").Attempt} Attempt */
/** @typedef {import("./lesson.js").Host} Host */
/** @typedef {import("./lesson.js").Place} Place */

/** A step, its start, and what that comes to. @typedef {{ step: number, start: string, before: Attempt | null }} Task */

/** After the last key, in ms. */
const PAUSE = 150;

/** Say that it takes a while after so many ms. */
const SLOW = 1_000;

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

/** Says in place of a lesson why there is none. @param {HTMLElement} aside @param {Place} place @param {string} message */
export function problem(aside, place, message) {
  aside.replaceChildren(
    element("div", { class: "lesson-bar" }, element("h2", {}, "Lesson"), element("a", place.link("?lesson"), "All lessons")),
    element("p", { role: "alert", class: "lesson-problem" }, message),
  );
}

export class Panel {
  /** @type {HTMLElement} */ #aside;
  /** @type {Host} */ #host;
  /** @type {Loaded} */ #loaded;
  /** @type {Place} */ #place;
  #judge;
  /** @type {Task} */ #task = { step: 0, start: "", before: null };
  /** A step is open. Before that the editor holds something else. */ #isOpen = false;
  #goals = element("ul", { class: "lesson-goals", "aria-label": "Goals" });
  #count = element("span", { class: "lesson-count" });
  #state = element("p", { class: "lesson-state", role: "status" });
  /** That the text in the editor is one of an earlier visit. */
  #note = element("p", { class: "lesson-faint" });
  /** Takes back what "Show the solution" and "Start again" did. */
  #back = element("button", { type: "button", class: "lesson-button", "data-back": "" }, "Back to my text");
  /** What was put into the editor last, in place of what somebody wrote there. */ #put = "";
  /** The step's solution, once it was shown. @type {string | undefined} */ #solution;
  #next = element("button", { type: "button", class: "lesson-button lesson-next" });
  #runs;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #waiting;
  #isJudging = false;
  /** The last that was judged, or that could not be. @type {{ task: Task, text: string, failed: boolean } | undefined} */ #judged;
  /** The progress that was last told, as JSON. */ #told = "";

  /** @param {HTMLElement} aside @param {Host} host @param {Loaded} loaded @param {Place} place */
  constructor(aside, host, loaded, place) {
    [this.#aside, this.#host, this.#loaded, this.#place] = [aside, host, loaded, place];
    this.#judge = new Judge(host, loaded.course);
    this.#runs = new Runs(host, place.view === "teach");
    this.#next.onclick = () => this.#onward();
    window.addEventListener("pagehide", () => this.#keep(), { signal: host.signal });
    const edits = new MutationObserver(() => this.#changed());
    edits.observe(host.element, { attributeFilter: ["data-rev", "data-verdict"] });
    host.signal?.addEventListener("abort", () => {
      this.#keep();
      edits.disconnect();
      clearTimeout(this.#waiting);
    });
  }

  /**
   * Shows step `step`, from 0. In the editor then is what was written there on an earlier visit, else the step's start;
   * from the step before one goes on with what is there, where the step is made for that.
   * @param {number} step @param {boolean} [goingOn]
   */
  async go(step, goingOn = false) {
    const { shown, file, id } = this.#loaded;
    const { start, goesOn } = shown.steps[step];
    const text = await file(start);
    if (this.#host.signal?.aborted) return;
    this.#keep();
    const own = goingOn && goesOn ? this.#host.text() : drafts.kept(id, step);
    this.#task = { step, start: text, before: null };
    this.#solution = undefined;
    this.#draw();
    this.#put = own ?? text;
    if (this.#host.text() !== this.#put) this.#host.replace(this.#put);
    const isOld = !goingOn && own !== undefined && own !== text;
    this.#note.textContent = isOld ? "This is your text from last time. “Start again” brings back the start of this step." : "";
    this.#isOpen = true;
    this.#keep();
    void this.#judgeAll();
  }

  /** Keeps what somebody wrote. The solution is not that; and the start is there anyway. */
  #keep() {
    const { step, start } = this.#task;
    const text = this.#host.text();
    if (!this.#isOpen || text === undefined || text === this.#solution) return;
    drafts.keep(this.#loaded.id, step, text === start ? undefined : text);
  }

  #draw() {
    const { shown } = this.#loaded;
    const { step: index } = this.#task;
    const step = shown.steps[index];
    const steps = shown.steps.length > 1 ? [this.#steps()] : [];
    // In large letters a line less is worth it.
    const isLarge = this.#place.view === "teach";
    const block = (/** @type {string} */ text) => element("div", { class: "lesson-prose" }, ...prose(text, this.#link));
    this.#aside.replaceChildren(
      element("div", { class: "lesson-bar" }, element("h2", {}, shown.title), this.#count, this.#fold(), ...(isLarge ? steps : []), ...this.#ways()),
      ...(index === 0 ? [block(shown.intro)] : []),
      ...(isLarge ? [] : steps), element("h3", { tabindex: "-1" }, ...this.#line(step.title)), block(step.task),
      this.#goals, this.#state, ...this.#helps(step), ...this.#runs.elements,
    );
    this.#next.textContent = this.#nextName();
    this.#next.hidden = this.#isLast() && !this.#place.leave;
    this.#aside.scrollTop = 0;
    this.#aside.dataset.step = String(index + 1);
    this.#goals.replaceChildren(...step.goals.map((_, index) => this.#goal(index, undefined, "")));
    this.#count.textContent = "";
    this.#next.disabled = true;
    this.#say("");
  }

  /** The address of step `step`, from 0, in this view or the other. @param {number} step @param {string} view */
  #address(step, view) {
    return this.#place.link(`?lesson=${encodeURIComponent(this.#loaded.id)}&step=${step + 1}${view && `&view=${view}`}`);
  }

  /** Out of here: to the other view, to the list; a class sees the whole screen. */
  #ways() {
    const teaching = this.#place.view === "teach";
    const ways = [
      element("a", { ...this.#address(this.#task.step, teaching ? "" : "teach"), title: teaching ? "The usual size" : "In large letters, for a class" },
        teaching ? "Learn" : "Teach"),
      element("a", this.#link("?lesson="), "All lessons"),
    ];
    if (!teaching || !document.fullscreenEnabled || !this.#place.leave) return ways;
    const full = element("button", { type: "button", class: "lesson-link" }, "Full screen");
    full.onclick = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
    return [full, ...ways];
  }

  /** Above the app there is little room: there the lesson can be folded to what is reached of it. */
  #fold() {
    const button = element("button", { type: "button", class: "lesson-link lesson-fold" });
    const set = (/** @type {boolean} */ folded) => {
      this.#aside.toggleAttribute("data-folded", folded);
      button.textContent = folded ? "Show the task" : "Hide the task";
      button.setAttribute("aria-expanded", String(!folded));
    };
    button.onclick = () => set(!this.#aside.hasAttribute("data-folded"));
    set(false);
    return button;
  }

  /** All steps as links. */
  #steps() {
    const links = this.#loaded.shown.steps.map((_, index) => {
      const here = /** @type {Record<string, string>} */ (index === this.#task.step ? { "aria-current": "step" } : {});
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
      hint.setAttribute("aria-disabled", String(told === all));
    };
    hint.onclick = () => {
      // Not `disabled` after the last one, which would take the focus away.
      if (shown.childElementCount === step.hints.length) return;
      shown.append(element("li", {}, ...this.#line(step.hints[shown.childElementCount])));
      count();
    };
    count();
    solve.onclick = () => {
      const task = this.#task;
      this.#loaded.file(step.solution).then(text => {
        if (this.#task !== task) return;
        // Kept before it is known what not to keep.
        this.#keep();
        this.#solution = text;
        this.#replace(text);
      }, error => this.#say(error.message));
    };
    again.onclick = () => this.#replace(this.#task.start);
    this.#back.hidden = true;
    return [shown, this.#note, element("div", { class: "lesson-bar" }, this.#next, hint, solve, again, this.#back)];
  }

  /** Puts `text` in place of what somebody wrote, who can have that back. @param {string} text */
  #replace(text) {
    const mine = this.#host.text() ?? "";
    if (mine === text) return;
    this.#put = text;
    this.#note.textContent = "";
    this.#host.replace(text);
    // From the solution to the start and back there is nothing of one's own between.
    const isOwn = mine !== this.#solution && mine !== this.#task.start;
    if (isOwn) {
      this.#back.onclick = () => {
        this.#put = mine;
        this.#back.hidden = true;
        this.#host.replace(mine);
        /** @type {HTMLElement | null} */ (this.#aside.querySelector("[data-solve]"))?.focus();
      };
    }
    this.#back.hidden = !isOwn;
  }

  #isLast() {
    return this.#task.step + 1 === this.#loaded.shown.steps.length;
  }

  #changed() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.#keep();
      if (this.#host.text() !== this.#put) {
        this.#note.textContent = "";
        this.#back.hidden = true;
      }
      // The engine was lost, and there is one again.
      if (this.#judged?.failed && this.#host.element.dataset.verdict !== "checking") this.#judged = undefined;
      void this.#judgeAll();
    }, PAUSE);
  }

  /** What has not been judged yet. */
  #due() {
    const [task, text] = [this.#task, this.#host.text() ?? ""];
    return this.#judged?.task === task && this.#judged.text === text ? undefined : { task, text };
  }

  /** Judges what stands in the editor until it is that: an answer about an older text is dropped. */
  async #judgeAll() {
    if (this.#isJudging) return;
    this.#isJudging = true;
    for (let due = this.#due(); due; due = this.#due()) {
      const slow = setTimeout(() => this.#say("The goals are being judged. This text takes longer than most."), SLOW);
      const [attempt, why] = await this.#attempt(due).then(attempt => [attempt, ""], error => [null, error.message]);
      clearTimeout(slow);
      if (this.#host.signal?.aborted) return;
      this.#judged = { ...due, failed: attempt === null };
      if (this.#task === due.task && this.#host.text() === due.text) this.#show(attempt, why);
    }
    this.#isJudging = false;
    this.#aside.dataset.judged = this.#host.element.dataset.rev;
  }

  /** @param {{ task: Task, text: string }} due @returns {Promise<Attempt>} */
  async #attempt({ task, text }) {
    // Nothing is compared with a start that cannot be judged.
    if (text !== task.start) task.before ??= await this.#judge.attempt(task.step, task.start).catch(() => null);
    const attempt = await this.#judge.attempt(task.step, text);
    if (text === task.start) task.before = attempt;
    return attempt;
  }

  /** Shows what the text comes to, or `why` that is not known. @param {Attempt | null} attempt @param {string} why */
  #show(attempt, why) {
    const { shown, id } = this.#loaded;
    const { step, before } = this.#task;
    const held = shown.steps[step].goals.map((_, index) => attempt?.goals[index] === null);
    // What several goals lack is said at the first of them.
    const told = new Set();
    this.#goals.replaceChildren(...held.map((held, index) => {
      const why = attempt?.goals[index];
      const isNew = !told.has(why);
      told.add(why);
      return this.#goal(index, attempt ? held : undefined, attempt?.errors === 0 && isNew && why || "");
    }));
    const reached = held.every(held => held);
    this.#count.textContent = `${held.filter(held => held).length} of ${held.length} goals`;
    this.#next.disabled = !reached;
    if (reached) progress.reach(id, step + 1);
    if (attempt === null) this.#say(why);
    else if (attempt.errors > 0) this.#say("The config has errors. CircleCI would run none of it, so no goal is reached.");
    else if (reached) this.#say(`All goals are reached. ${progress.isKept() ? "" : progress.NOT_KEPT}`.trim());
    else this.#say(held.length > 1 ? `${held.filter(held => held).length} of ${held.length} goals reached.` : "");
    this.#state.toggleAttribute("data-reached", reached);
    this.#runs.show(before, attempt);
    this.#tell(held);
  }

  /** A goal, and why it is still open. Of errors the status tells, once. @param {number} index @param {boolean | undefined} held nothing: that is not known @param {string} why */
  #goal(index, held, why) {
    const state = held === undefined ? "not judged" : held ? "reached" : "open";
    const mark = element("span", { class: "lesson-mark", role: "img", "aria-label": state }, held ? "✓" : "○");
    const words = element("div", {}, ...this.#line(this.#loaded.shown.steps[this.#task.step].goals[index]));
    const reason = why ? [element("div", { class: "lesson-why" }, ...this.#line(why))] : [];
    return element("li", held === undefined ? {} : { "data-held": String(held) }, mark, element("div", {}, words, ...reason));
  }

  /** Where the reader is, when that is new. @param {boolean[]} goals */
  #tell(goals) {
    const { id, shown } = this.#loaded;
    const progress = { lesson: id, step: this.#task.step + 1, steps: shown.steps.length, goals, reached: goals.every(held => held) };
    const told = JSON.stringify(progress);
    if (told !== this.#told) this.#place.told(progress);
    this.#told = told;
  }

  /** @param {string} markdown */
  #line(markdown) {
    return line(markdown, this.#link);
  }

  /** Attributes of a link, which leads from the teacher's view to that of another lesson. @param {string} query */
  #link = (query) => this.#place.link(this.#place.view === "teach" && query.startsWith("?lesson=") ? `${query}&view=teach` : query);

  /** @param {string} words */
  #say(words) {
    if (this.#state.textContent !== words) this.#state.textContent = words;
  }

  #onward() {
    if (this.#isLast()) {
      this.#place.leave?.(this.#loaded.next?.id);
      return;
    }
    const step = this.#task.step + 1;
    this.#place.went(step + 1);
    this.go(step, true).then(
      // The button that was pressed waits for the goals of this step.
      () => this.#aside.querySelector("h3")?.focus(),
      error => problem(this.#aside, this.#place, error.message),
    );
  }
}
