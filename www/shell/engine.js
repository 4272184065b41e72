// One engine for all elements of a page that need the same: a worker, and for each element a line to it.
//
// The worker does one thing at a time and does not say whom it answers. So it is given one question at a time, and
// what it says goes to the line that asked. A line hears when its own question is taken up: until then no watch runs
// on it, however long another one's takes. A line that is cut takes the worker with it where that is at its question;
// those that wait have theirs taken up by the next worker.

import { trusted } from "./trusted.js";

/** What an engine takes or gives: bytes, or a list. @typedef {Uint8Array | unknown[]} Message */
/** What is heard where the files beside the page are of a newer build than the page. */
export const REPLACED = "there is a newer Dryrun here now, so reload the page";

/** An answer, or a word: `ready`, `begun`, `panicked: …`, `failed: …`. @typedef {(heard: Message | string) => void} Hear */
/** @typedef {{ hear: Hear, isReady: boolean }} Line */

/** By address of the worker's boot file. @type {Map<string, Engine>} */
const engines = new Map();

/** @param {string} script address of the worker's boot file */
export function engineOf(script) {
  const engine = engines.get(script) ?? new Engine(script);
  engines.set(script, engine);
  return engine;
}

class Engine {
  #script;
  /** @type {Worker | undefined} */ #worker;
  #isReady = false;
  /** @type {Set<Line>} */ #lines = new Set();
  /** @type {{ line: Line, message: Message }[]} */ #waiting = [];
  /** The line whose question is worked on. @type {Line | undefined} */ #asking;

  /** @param {string} script */
  constructor(script) {
    this.#script = script;
  }

  /** A line, for as long as it is not ended. Starts the worker for the first one. @param {Hear} hear */
  line(hear) {
    /** @type {Line} */
    const line = { hear, isReady: false };
    this.#lines.add(line);
    if (!this.#worker) this.#start();
    // Never before its owner has it in hand.
    else if (this.#isReady) queueMicrotask(() => this.#greet(line));
    return {
      /** Bytes are handed over, not copied. @param {Message} message */
      ask: message => {
        this.#waiting.push({ line, message });
        this.#next();
      },
      end: () => this.#end(line),
    };
  }

  #start() {
    // A worker from a blob is bound by the page's policy; one from an address is not.
    const url = URL.createObjectURL(new Blob([`import ${JSON.stringify(this.#script)};`], { type: "text/javascript" }));
    try {
      const worker = new Worker(trusted.address(url), { type: "module" });
      worker.onmessage = ({ data }) => (this.#isReady ? this.#told(data) : this.#began(data));
      worker.onerror = event => {
        // The page says it itself.
        event.preventDefault();
        this.#failed(event.message || "its files did not load");
      };
      this.#worker = worker;
    } catch (error) {
      queueMicrotask(() => this.#failed(`the browser refused to start a worker (${error})`));
    }
    URL.revokeObjectURL(url);
  }

  /** Its first word: messages sent before it are lost. @param {Message | string} word */
  #began(word) {
    if (word === "replaced") return this.#failed(REPLACED);
    this.#isReady = true;
    for (const line of [...this.#lines]) this.#greet(line);
    this.#next();
  }

  /** @param {Line} line */
  #greet(line) {
    if (line.isReady || !this.#lines.has(line)) return;
    line.isReady = true;
    line.hear("ready");
  }

  /** @param {Message | string} heard */
  #told(heard) {
    const line = this.#asking;
    const worker = this.#worker;
    this.#asking = undefined;
    // A word is its last: nobody's question goes to it any more.
    if (typeof heard === "string") this.#isReady = false;
    line?.hear(heard);
    if (!this.#isReady && this.#worker === worker) this.#restart();
    this.#next();
  }

  /** @param {string} why */
  #failed(why) {
    // One that was up has lost one question; one that never was is lost to all.
    if (this.#isReady) return this.#told(`failed: ${why}`);
    const lines = [...this.#lines];
    this.#lines.clear();
    this.#waiting = [];
    this.#restart();
    for (const line of lines) line.hear(`failed: ${why}`);
  }

  #next() {
    if (!this.#isReady || this.#asking) return;
    const question = this.#waiting.shift();
    if (!question) return;
    const { line, message } = question;
    this.#asking = line;
    this.#worker?.postMessage(message, message instanceof Uint8Array ? [message.buffer] : []);
    queueMicrotask(() => {
      if (this.#asking === line) line.hear("begun");
    });
  }

  /** @param {Line} line */
  #end(line) {
    this.#lines.delete(line);
    this.#waiting = this.#waiting.filter(question => question.line !== line);
    if (this.#asking === line || this.#lines.size === 0) this.#restart();
  }

  /** Ends the worker, and starts another one where somebody has a line. */
  #restart() {
    if (this.#worker) {
      this.#worker.onmessage = this.#worker.onerror = null;
      this.#worker.terminate();
    }
    this.#worker = this.#asking = undefined;
    this.#isReady = false;
    if (this.#lines.size > 0) this.#start();
  }
}
