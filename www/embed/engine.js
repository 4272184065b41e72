// The engine of the graph mode: smaller than that of the app, and shared by the embeds of a page in the same way.
import { engineOf } from "../shell/engine.js";
import { refusal } from "./build.js";

/** @typedef {[check: string, severity: string, message: string, help: string, file: string, line: number, column: number,
 *   endLine: number, endColumn: number]} FindingRow */
/** @typedef {{ verdict: string, findings: FindingRow[], workflows: [name: string, svg: string][] }} Picture */
/** @typedef {{ done: (picture: Picture) => void, failed: (error: Error) => void }} Asked */

/** The engine bounds its own work; this is for a fault in it. */
const PATIENCE = 20_000;

/** What draws for one embed. */
export class Sketcher {
  #script;
  /** @type {{ ask(question: unknown): void, end(): void } | undefined} */ #line;
  /** @type {Promise<void> | undefined} */ #started;
  #last = 0;
  /** @type {Map<number, Asked>} */ #asked = new Map();
  #timer = 0;

  /** @param {string} script address of sketch-boot.js */
  constructor(script) {
    this.#script = script;
  }

  /** Fails where there can be no engine. @returns {Promise<void>} */
  start() {
    this.#started ??= new Promise((done, failed) => {
      const refused = (/** @type {unknown} */ heard) => {
        failed(refusal(heard));
        this.stop("Dryrun ran into a fault of its own");
      };
      this.#timer = setTimeout(refused, PATIENCE, "");
      this.#line = engineOf(this.#script).line(heard => {
        if (heard !== "begun") clearTimeout(this.#timer);
        if (heard === "ready") done();
        else if (heard === "begun") this.#timer = setTimeout(() => this.stop("This config takes too long to draw"), PATIENCE);
        else if (typeof heard === "string") refused(heard);
        else this.#drawn(/** @type {any} */ (heard));
      });
    });
    return this.#started;
  }

  /** @param {string[][]} rows what a link holds, and `direction` @returns {Promise<Picture>} */
  async draw(rows) {
    await this.start();
    const number = ++this.#last;
    return new Promise((done, failed) => {
      this.#asked.set(number, { done, failed });
      this.#line?.ask([number, rows]);
    });
  }

  /** Nothing more is drawn, unless somebody asks again. @param {string} why */
  stop(why) {
    clearTimeout(this.#timer);
    this.#line?.end();
    this.#line = this.#started = undefined;
    for (const { failed } of this.#asked.values()) failed(new Error(why));
    this.#asked.clear();
  }

  /** @param {[number, string, FindingRow[], [string, string][]]} answer */
  #drawn([number, verdict, findings, workflows]) {
    this.#asked.get(number)?.done({ verdict, findings, workflows });
    this.#asked.delete(number);
  }
}
