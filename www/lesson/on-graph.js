// A moment of a lesson's run on the graph: each job in the colours of what it is then.
//
// The nodes are the app's, which draws them anew when it likes; an attribute of our own on them does not disturb it.

const MARK = "data-lesson-state";

export class OnGraph {
  #shadow;
  /** @type {Map<string, string>} */ #states = new Map();
  #drawn = new MutationObserver(() => this.#mark());

  /** @param {ShadowRoot} shadow @param {AbortSignal} [signal] */
  constructor(shadow, signal) {
    this.#shadow = shadow;
    signal?.addEventListener("abort", () => this.clear());
  }

  /** @param {Map<string, string>} states by the job's name */
  show(states) {
    this.#states = states;
    this.#mark();
    const app = this.#shadow.querySelector(".root");
    if (app) this.#drawn.observe(app, { childList: true, subtree: true });
  }

  clear() {
    this.#drawn.disconnect();
    this.#states = new Map();
    this.#mark();
  }

  #mark() {
    for (const node of this.#shadow.querySelectorAll(".node[data-job]")) {
      const state = this.#states.get(node.getAttribute("data-job") ?? "");
      if (state === undefined) node.removeAttribute(MARK);
      else node.setAttribute(MARK, state);
    }
  }
}
