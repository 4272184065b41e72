// The simulated runs of a lesson: how long at the start and now, and the run second by second.
import { element } from "./panel.js";

/** @typedef {import("./lesson.js").Attempt} Attempt */
/** @typedef {import("./lesson.js").Run} Run */

const NAMES = /** @type {const} */ (["First run", "Second run, with the caches of the first"]);

/** @param {number} seconds */
export function length(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

export class Runs {
  element = element("section", { class: "lesson-runs", "aria-label": "The simulated run" });
  #times = element("div", {});
  #chart = element("div", { class: "lesson-chart" });
  #slider = element("input", { type: "range", "aria-label": "Step through the run" });
  #moment = element("p", { class: "lesson-faint", "aria-live": "polite" });
  /** @type {Run | null} */ #run = null;
  /** When something begins or ends. @type {number[]} */ #moments = [0];

  /** @param {boolean} teaching whether arrow keys outside the editor step through the run @param {AbortSignal} [signal] */
  constructor(teaching, signal) {
    this.element.append(element("h4", {}, "The simulated run"), this.#times, this.#chart, this.#slider, this.#moment);
    this.#slider.oninput = () => this.#show();
    if (teaching) addEventListener("keydown", event => this.#key(event), { signal });
  }

  /** @param {Attempt | null} before @param {Attempt | null} now */
  show(before, now) {
    const rows = NAMES.map((name, index) => {
      const [old, own] = [before?.runs[index].wall ?? 0, now?.runs[index].wall ?? 0];
      const longest = Math.max(old, own, 1);
      const bar = (/** @type {string} */ which, /** @type {number} */ seconds) => {
        const fill = element("span", { class: "lesson-fill" });
        fill.style.width = `${(100 * seconds) / longest}%`;
        return element("div", { class: "lesson-time", "data-which": which, "data-seconds": String(seconds) },
          element("span", {}, which), element("span", { class: "lesson-track" }, fill), element("span", {}, length(seconds)));
      };
      return element("div", {}, element("p", { class: "lesson-faint" }, name), bar("before", old), bar("now", own));
    });
    this.#times.replaceChildren(...rows);
    this.#run = now?.runs[0] ?? null;
    const bars = this.#run?.jobs.flatMap(job => job.bars) ?? [];
    const times = [0, ...bars.flatMap(bar => (bar.end === null ? [bar.start] : [bar.start, bar.end]))];
    this.#moments = [...new Set(times)].sort((one, other) => one - other);
    this.#slider.max = String(this.#moments.length - 1);
    this.#slider.value = "0";
    this.#show();
  }

  /** The jobs as bars, up to the moment of the slider. */
  #show() {
    const at = this.#moments[Number(this.#slider.value)] ?? 0;
    const wall = Math.max(this.#run?.wall ?? 0, 1);
    const running = [];
    const rows = [];
    for (const { name, bars } of this.#run?.jobs ?? []) {
      const track = element("span", { class: "lesson-track" });
      let state = "not started";
      for (const bar of bars) {
        const end = bar.end ?? wall;
        const fill = element("span", { class: "lesson-bar-of-job", "data-state": bar.state, "data-past": String(bar.start <= at) });
        fill.style.left = `${(100 * bar.start) / wall}%`;
        fill.style.width = `${(100 * Math.max(end - bar.start, 0)) / wall}%`;
        track.append(fill);
        if (bar.start <= at) state = at < end ? bar.state.replace("_", " ") : "done";
      }
      if (state === "running" || state === "on hold") running.push(`${name} ${state}`);
      rows.push(element("div", { class: "lesson-job", "data-lesson-job": name, "data-state": state }, element("span", {}, name), track));
    }
    this.#chart.replaceChildren(...rows);
    this.#chart.style.setProperty("--at", String(at / wall));
    const words = `At ${length(at)}: ${running.length > 0 ? running.join(", ") : at > 0 ? "done" : "nothing runs"}`;
    this.#moment.textContent = words;
    this.#slider.setAttribute("aria-valuetext", words);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const target = event.composedPath()[0];
    const types = target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select, [role]"));
    if (!step || types || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    this.#slider.value = String(Number(this.#slider.value) + step);
    this.#show();
    event.preventDefault();
  }
}
