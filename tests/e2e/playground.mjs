// The page as a test uses it: paste a text, wait for its verdict, read problems and nodes.
//
// Nothing here waits for time to pass, only for the page's own marks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DIST, launch, open } from "./browser.mjs";
import { serve } from "./server.mjs";

let server, browser;

/** Starts the server (with `options` of its own) and the browser of a test file, and stops them after it. */
export function withBrowser(options = {}) {
  before(async () => {
    server = await serve(DIST, options);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
}

const FORBIDDEN = ["violations", "console", "errors", "foreign", "failed"];

/**
 * A test on a fresh page that is ready, with nothing kept from another visit. By its end nothing forbidden may
 * have happened; `allowed` names lists that the test fills on purpose.
 * @param {string} name
 * @param {(playground: Playground, t: import("node:test").TestContext) => Promise<void>} body
 * @param {{ allowed?: string[], query?: string, before?: (playground: Playground) => Promise<unknown> } &
 *   import("playwright-core").BrowserContextOptions} [options]
 */
export function playing(name, body, { allowed = [], query = "", before, ...options } = {}) {
  test(name, async t => {
    const { context, page, book } = await open(browser, server.origin, options);
    t.after(() => context.close());
    const playground = new Playground(page, book, server);
    if (before) await before(playground);
    await page.goto(server.url + query);
    if (!allowed.includes("start")) await playground.ready();
    await body(playground, t);
    for (const list of FORBIDDEN.filter(list => !allowed.includes(list))) assert.deepEqual(book[list], [], list);
  });
}

/** A test fails at this many times a budget: machines are busy. `make bench` prints the times themselves. */
export const GUARD = 10;

/**
 * The shortest time of up to three tries, fewer when one is within `limit`: another program may have taken the
 * processor away for a moment, but it cannot make the page faster than it is.
 * @param {number} limit @param {() => Promise<number>} attempt gives milliseconds
 */
export async function shortest(limit, attempt) {
  let best = Infinity;
  for (let tries = 0; tries < 3 && best > limit; tries++) best = Math.min(best, await attempt());
  return Math.round(best);
}

/** Attribute selectors take any string. @param {string} value */
const quoted = value => JSON.stringify(value);

export class Playground {
  /** @param {import("playwright-core").Page} page @param {Record<string, any[]>} book */
  constructor(page, book, server) {
    this.page = page;
    this.book = book;
    this.server = server;
    this.content = page.locator(".cm-content");
  }

  /** Ready, and the text that stands there has its verdict. */
  async ready() {
    await this.page.locator("html[data-ready][data-rev]").waitFor();
    await this.settled();
  }

  revision() {
    return this.page.evaluate(() => Number(document.documentElement.dataset.rev ?? 0));
  }

  verdict() {
    return this.page.evaluate(() => document.documentElement.dataset.verdict);
  }

  /** Waits for a verdict on a revision after `revision`, and gives it. */
  async settled(revision = 0) {
    await this.page.waitForFunction(old => {
      const { rev, verdict } = document.documentElement.dataset;
      return Number(rev) > old && verdict && verdict !== "checking";
    }, revision);
    return this.verdict();
  }

  /** Waits until a lesson has put in its start, and what stands in the editor is judged. */
  judged() {
    return this.page.waitForFunction(() => {
      const { rev } = document.documentElement.dataset;
      return document.querySelector("dry-run").shadowRoot.querySelector(".lesson")?.getAttribute("data-judged") === rev;
    });
  }

  /** Puts `text` in place of the document, as a paste does, and gives the verdict. @param {string} text */
  async paste(text) {
    const revision = await this.revision();
    await this.content.focus();
    await this.page.keyboard.press("Control+a");
    await this.content.evaluate((element, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    return this.settled(revision);
  }

  /** The text of the editor, with its own line endings. */
  text() {
    return this.page.evaluate(() => document.querySelector("dry-run").text());
  }

  /** @param {string} [check] */
  problem(check) {
    return this.page.locator(check ? `[data-check=${quoted(check)}]` : "[data-check]");
  }

  /** @param {string} [name] */
  node(name) {
    return this.page.locator(name === undefined ? "[data-job]" : `[data-job=${quoted(name)}]`);
  }

  /** @param {string} [from] @param {string} [to] */
  edge(from, to) {
    return this.page.locator(from === undefined ? "[data-edge]" : `[data-from=${quoted(from)}][data-to=${quoted(to)}]`);
  }

  /** Names of the jobs drawn, in the order of the drawing. */
  jobs() {
    return this.node().evaluateAll(nodes => nodes.map(node => node.getAttribute("data-job")));
  }

  /** Waits until the caret is on a line with this text, by the active line of the editor. @param {RegExp} text */
  caretOn(text) {
    return this.page.locator(".cm-activeLine", { hasText: text }).waitFor();
  }

  /** Opens the compiled view, and waits until it is that of the text as it is (or of the last one that parses). */
  async compiled() {
    await this.page.keyboard.press("Alt+2");
    await this.page.waitForFunction(() => {
      const root = document.querySelector("dry-run").shadowRoot;
      const shown = root.querySelector("[data-compiled-rev]")?.getAttribute("data-compiled-rev");
      return shown === document.documentElement.dataset.rev || root.querySelector("[data-limit], [data-standing=kept]");
    });
  }

  /** @param {RegExp} text */
  compiledLine(text) {
    return this.page.locator("[data-compiled-line]", { hasText: text });
  }

  /** Every line of the compiled text, read while scrolling: only those in sight are there. */
  compiledLines() {
    return this.page.evaluate(async () => {
      const area = document.querySelector("dry-run").shadowRoot.querySelector(".compiled");
      const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
      const before = area.scrollTop;
      const found = new Map();
      for (let top = 0; top <= area.scrollHeight; top += area.clientHeight) {
        area.scrollTop = top;
        await frame();
        for (const line of area.querySelectorAll("[data-compiled-line]")) {
          found.set(Number(line.id.split("-")[1]), {
            text: line.querySelector("code").textContent,
            synthetic: line.hasAttribute("data-synthetic"),
            derived: line.hasAttribute("data-derived"),
          });
        }
      }
      area.scrollTop = before;
      return [...found].sort(([a], [b]) => a - b).map(([, line]) => line);
    });
  }

  /** What is selected in the editor, on one line. */
  async selected() {
    await this.content.focus();
    return this.page.evaluate(() => {
      const root = document.querySelector("dry-run").shadowRoot;
      return (root.getSelection?.() ?? getSelection()).toString();
    });
  }

  /** Opens the popover of this name. @param {string} name */
  open(name) {
    return this.page.locator(`[data-popover=${name}] > button`).click();
  }

  /** Drops a file on the page. @param {string} name @param {string} text */
  drop(name, text) {
    return this.page.evaluate(([name, text]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], name));
      const target = document.querySelector("dry-run");
      target.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, composed: true }));
    }, [name, text]);
  }
}
