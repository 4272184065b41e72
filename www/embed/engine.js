// The engine of the graph mode: one worker for all embeds of a page, started when the first one needs it.

/** @typedef {[check: string, severity: string, message: string, help: string, file: string, line: number, column: number,
 *   endLine: number, endColumn: number]} FindingRow */
/** @typedef {{ verdict: string, findings: FindingRow[], workflows: [name: string, svg: string][] }} Picture */

/** The engine bounds its own work; this is for a fault in it. */
const PATIENCE = 20_000;

/** @type {Promise<Engine> | undefined} */
let running;

/** @param {string} script address of sketch-boot.js */
export function engine(script) {
  running ??= start(script).catch(error => {
    running = undefined;
    throw error;
  });
  return running;
}

/** @param {string} script @returns {Promise<Engine>} */
function start(script) {
  // A worker from a blob is bound by the page's policy; one from an address is not.
  const url = URL.createObjectURL(new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" }));
  return new Promise((started, failed) => {
    const refused = () => failed(new Error("this page allows no worker, or no WebAssembly in it"));
    const timer = setTimeout(refused, PATIENCE);
    const worker = new Worker(url, { type: "module" });
    worker.onerror = event => {
      event.preventDefault();
      refused();
    };
    // Its first word: messages sent before it are lost.
    worker.onmessage = () => {
      clearTimeout(timer);
      URL.revokeObjectURL(url);
      started(new Engine(worker));
    };
  });
}

class Engine {
  #worker;
  #last = 0;
  /** @type {Map<number, { done: (picture: Picture) => void, failed: (error: Error) => void, timer: number }>} */
  #asked = new Map();

  /** @param {Worker} worker that has said its first word */
  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (!Array.isArray(data)) return this.#end("Dryrun ran into a fault of its own");
      const [number, verdict, findings, workflows] = data;
      const asked = this.#asked.get(number);
      if (!asked) return;
      clearTimeout(asked.timer);
      this.#asked.delete(number);
      asked.done({ verdict, findings, workflows });
    };
    worker.onerror = event => {
      event.preventDefault();
      this.#end("Dryrun ran into a fault of its own");
    };
  }

  /** @param {string[][]} rows what a link holds, and `direction` @returns {Promise<Picture>} */
  draw(rows) {
    const number = ++this.#last;
    return new Promise((done, failed) => {
      const timer = setTimeout(() => this.#end("This config takes too long to draw"), PATIENCE);
      this.#asked.set(number, { done, failed, timer });
      this.#worker.postMessage([number, rows]);
    });
  }

  /** The next one who asks starts another worker. @param {string} why */
  #end(why) {
    this.#worker.terminate();
    running = undefined;
    for (const { failed, timer } of this.#asked.values()) {
      clearTimeout(timer);
      failed(new Error(why));
    }
    this.#asked.clear();
  }
}
