// Has texts judged, one at a time. The engine of the app finds out in its worker what is so about a text; lessons.wasm
// writes the question, and holds the goals against the answer.

/** @typedef {import("./lesson.js").Attempt} Attempt */
/** @typedef {import("./lesson.js").Course} Course */
/** @typedef {import("./lesson.js").Host} Host */

/** So long after the engine has begun with a text it is taken for hung, in ms. A lesson's takes a few. */
const PATIENCE = 5_000;

/** What it says in its end; see www/shell/engine.js. */
const PANICKED = "panicked: ";

export class Judge {
  /** @type {Host["engine"]} */ #engine;
  /** @type {Course} */ #course;
  /** @type {ReturnType<Host["engine"]> | undefined} */ #line;
  /** @type {{ done: (answer: Uint8Array) => void, failed: (error: Error) => void } | undefined} */ #asked;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #watch;

  /** @param {Host} host @param {Course} course */
  constructor({ engine, signal }, course) {
    [this.#engine, this.#course] = [engine, course];
    signal?.addEventListener("abort", () => this.#stop("The lesson was closed."));
  }

  /**
   * What `text` comes to as an answer to step `step`, from 0. Fails with words for the reader; the next one may be
   * tried then as ever. Not to be called before it has come to an end.
   * @param {number} step @param {string} text @returns {Promise<Attempt>}
   */
  async attempt(step, text) {
    const question = this.#course.question(step, text);
    if (!question) throw new Error("This text is too long for a lesson.");
    /** @type {Uint8Array} */
    const answer = await new Promise((done, failed) => {
      this.#asked = { done, failed };
      const line = this.#line ??= this.#engine(heard => this.#hear(heard));
      line.ask(question);
    });
    const judged = this.#course.judged(step, answer);
    if (!judged) throw new Error("The goals cannot be judged: the engine is not of the same version as the lessons. Reload the page.");
    return JSON.parse(judged);
  }

  /** @param {import("../shell/engine.js").Message | string} heard */
  #hear(heard) {
    // It may have been at somebody else's question until now: no watch runs before.
    if (heard === "begun") this.#watch = setTimeout(() => this.#stop("This text takes too long, so no goal is judged. Change it to go on."), PATIENCE);
    else if (typeof heard !== "string") this.#end()?.done(/** @type {Uint8Array} */ (heard));
    else if (heard.startsWith(PANICKED)) this.#stop(`Dryrun ran into a fault of its own with this text, so no goal is judged: ${heard.slice(PANICKED.length)}`);
    else if (heard !== "ready") this.#stop(`The engine is not there, so no goal is judged: ${heard.replace("failed: ", "")}.`);
  }

  /** What was asked, over now. */
  #end() {
    clearTimeout(this.#watch);
    const asked = this.#asked;
    this.#asked = undefined;
    return asked;
  }

  /** Lets go of the engine, which ends what it does for us; the next text has another one. @param {string} why */
  #stop(why) {
    const line = this.#line;
    this.#line = undefined;
    line?.end();
    this.#end()?.failed(new Error(why));
  }
}
