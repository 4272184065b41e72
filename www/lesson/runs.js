// The simulated runs of a lesson: how long at the start and now, and the run moment by moment, also on the graph.
import { OnGraph } from "./on-graph.js";
import { element } from "./panel.js";

/** @typedef {import("./lesson.js").Attempt} Attempt */
/** @typedef {import("./lesson.js").Host} Host */
/** @typedef {import("./lesson.js").Job} Job */
/** @typedef {import("./lesson.js").Run} Run */

/** What is compared, and when that is worth a look. @type {[string, number, "wall" | "compute", (runs: Run[][]) => boolean][]} */
const FIGURES = [
  ["First run", 0, "wall", () => true],
  ["Second run, with the caches of the first", 1, "wall", runs => runs.some(([first, second]) => first.wall !== second.wall)],
  ["All containers of the first run together", 0, "compute", runs => runs.some(([first]) => first.wall !== first.compute)],
];

/** How a run ends that does not end well. @type {Record<string, string>} */
const ENDS = { failed: "Then it fails.", on_hold: "Then it waits for an approval.", canceled: "Then it is canceled." };

/** What is told of jobs in a state, of one and of several. @type {[string, string, string][]} */
const TOLD = [
  ["running", "runs", "run"],
  ["on_hold", "waits for an approval", "wait for an approval"],
  ["queued", "is queued", "are queued"],
  ["failed", "has failed", "have failed"],
];

/** @param {number} seconds */
export function length(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** What a job is at a second of its run. @param {Job} job @param {number} at @param {number} wall */
function stateAt({ bars, state }, at, wall) {
  const bar = bars.findLast(({ start }) => start <= at);
  if (bar && (bar.end === null || at < bar.end)) return bar.state;
  // Between two bars, and before the first, it waits; behind the last one it is what it is.
  return bar === bars.at(-1) && (bar || at >= wall) ? state : "waiting";
}

/** @param {string[]} names */
function listed(names) {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** @param {number} at @param {Map<string, string>} states the jobs' states then */
function told(at, states) {
  const clauses = TOLD.flatMap(([state, one, several]) => {
    const names = [...states].filter(([, is]) => is === state).map(([name]) => name);
    return names.length === 0 ? [] : [`${listed(names)} ${names.length === 1 ? one : several}`];
  });
  return `At ${length(at)}: ${clauses.join("; ") || (at > 0 ? "all is done" : "nothing runs")}`;
}

export class Runs {
  #times = element("div", {});
  #player = element("div", { class: "lesson-player" });
  /** The figures, and below them the run: for a class it stays in sight, so it is not in the same box. */
  elements = [element("section", { class: "lesson-runs", "aria-label": "The simulated run" }, element("h4", {}, "The simulated run"), this.#times), this.#player];
  #chart = element("div", { class: "lesson-chart" });
  #slider = element("input", { type: "range", "aria-label": "Step through the run" });
  #moment = element("p", { class: "lesson-moment", "aria-live": "polite" });
  /** @type {Run | null} */ #run = null;
  /** When something begins or ends. @type {number[]} */ #moments = [0];
  #onGraph;

  /** @param {Host} host @param {boolean} teaching whether arrow keys step through the run wherever the focus is */
  constructor({ element: app, shadow, signal }, teaching) {
    this.#onGraph = new OnGraph(shadow, signal);
    this.#player.append(this.#chart, this.#slider, this.#moment);
    this.#slider.oninput = () => this.#step();
    // Keys of other people's pages are theirs.
    const area = app.hasAttribute("page") ? window : app;
    if (teaching) area.addEventListener("keydown", event => this.#key(/** @type {KeyboardEvent} */ (event)), { signal, capture: true });
  }

  /** @param {Attempt | null} before @param {Attempt | null} now */
  show(before, now) {
    const runs = [before, now].flatMap(attempt => (attempt ? [attempt.runs] : []));
    const figures = FIGURES.filter(([, , , matters]) => matters(runs)).map(([name, index, key]) => {
      const of = (/** @type {Attempt | null} */ attempt) => attempt?.runs[index][key] ?? 0;
      const longest = Math.max(of(before), of(now), 1);
      const rows = [["before", before], ["now", now]].flatMap(([which, attempt]) => {
        const seconds = of(/** @type {Attempt | null} */ (attempt));
        const fill = element("span", { class: "lesson-fill" });
        fill.style.width = `${(100 * seconds) / longest}%`;
        const row = element("div", { class: "lesson-time", "data-which": String(which), "data-seconds": String(seconds) },
          element("span", {}, String(which)), element("span", { class: "lesson-track" }, fill), element("span", {}, length(seconds)));
        const states = /** @type {Attempt | null} */ (attempt)?.runs[index].states ?? [];
        const end = Object.keys(ENDS).find(state => key === "wall" && states.includes(state));
        return end ? [row, element("p", { class: "lesson-end", "data-end": end }, ENDS[end])] : [row];
      });
      return element("div", { class: "lesson-figure" }, element("p", { class: "lesson-faint" }, name), ...rows);
    });
    this.#times.replaceChildren(...figures);
    this.#run = now?.runs[0] ?? null;
    const bars = this.#run?.jobs.flatMap(job => job.bars) ?? [];
    const times = [0, ...bars.flatMap(bar => (bar.end === null ? [bar.start] : [bar.start, bar.end]))];
    this.#moments = [...new Set(times)].sort((one, other) => one - other);
    this.#slider.max = String(this.#moments.length - 1);
    this.#slider.value = "0";
    this.#player.hidden = bars.length === 0;
    this.#player.toggleAttribute("data-begun", false);
    this.#show();
    this.#onGraph.clear();
  }

  /** To the moment of the slider, on the graph too. */
  #step() {
    this.#player.toggleAttribute("data-begun", true);
    this.#onGraph.show(this.#show());
  }

  /** The jobs as bars, up to the moment of the slider. Gives what they are then. */
  #show() {
    const at = this.#moments[Number(this.#slider.value)] ?? 0;
    const wall = Math.max(this.#run?.wall ?? 0, 1);
    /** @type {Map<string, string>} */
    const states = new Map();
    const rows = (this.#run?.jobs ?? []).map(job => {
      const state = stateAt(job, at, wall);
      states.set(job.name, state);
      const track = element("span", { class: "lesson-track" });
      for (const bar of job.bars) {
        const end = bar.end ?? wall;
        const isOver = at >= end;
        // A stretch that is over has its colour by how it ended.
        const fill = element("span", { class: "lesson-bar-of-job", "data-state": isOver && bar === job.bars.at(-1) ? job.state : bar.state });
        fill.style.left = `${(100 * bar.start) / wall}%`;
        fill.style.width = `${(100 * Math.max(end - bar.start, 0)) / wall}%`;
        fill.style.setProperty("--past", `${isOver ? 100 : Math.max(0, (100 * (at - bar.start)) / (end - bar.start))}%`);
        track.append(fill);
      }
      return element("div", { class: "lesson-job", "data-lesson-job": job.name, "data-state": state }, element("span", {}, job.name), track);
    });
    const now = element("span", { class: "lesson-now" });
    now.style.left = `calc(30% + 8px + (70% - 8px) * ${at / wall})`;
    this.#chart.replaceChildren(...rows, now);
    const words = told(at, states);
    this.#moment.textContent = words;
    this.#slider.setAttribute("aria-valuetext", words);
    return states;
  }

  /** Before anyone else hears of it: tabs and the graph have arrow keys of their own. @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const target = event.composedPath()[0];
    const writes = target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
    if (!step || (writes && target !== this.#slider) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    this.#slider.value = String(Number(this.#slider.value) + step);
    this.#step();
    event.preventDefault();
    event.stopPropagation();
  }
}
