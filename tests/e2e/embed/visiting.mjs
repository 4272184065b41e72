// A visit to a page with embeds: served by the host that has Dryrun, or by another one.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { DIST, launch, open } from "../browser.mjs";
import { serve } from "../server.mjs";

let site, other, browser;

/**
 * Starts both hosts and the browser of a test file, and stops them after it. Gives the hosts, once they are there.
 * @param {Record<string, string>} own pages beside Dryrun @param {(site: any) => Record<string, string>} [foreign] pages elsewhere
 */
export function serving(own, foreign = () => ({})) {
  before(async () => {
    site = await serve(DIST, { extra: own });
    other = await serve(fileURLToPath(new URL(".", import.meta.url)), { extra: foreign(site) });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await other?.close();
  });
  return { site: () => site, other: () => other };
}

/**
 * By the end of a visit nothing forbidden may have happened; `allowed` names lists that the test fills on purpose.
 * @param {string} name @param {string} path @param {(page: import("playwright-core").Page, book: any) => Promise<void>} body
 */
export function visiting(name, path, body, { allowed = [], at = () => site, before, ...options } = {}) {
  test(name, async t => {
    const host = at();
    const { context, page, book } = await open(browser, host.origin, options);
    t.after(() => context.close());
    host.asked.length = site.asked.length = 0;
    await before?.(page);
    await page.goto(host.url + path);
    await body(page, book);
    for (const list of ["violations", "console", "errors", "foreign", "failed"].filter(list => !allowed.includes(list))) {
      assert.deepEqual(book[list], [], list);
    }
  });
}

export const ready = (page, id = "one") => page.locator(`#${id}[data-ready]`).waitFor();

/** What the embed says to the reader, above the graph. */
export const note = (page, id = "one") => page.locator(`#${id} .notes`).innerText();

/** The element in the frame of another one. */
export const frame = (page, id = "one") => page.frameLocator(`#${id} iframe`).locator("dry-run");

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe finds serious in an embed. */
export async function serious(page, id = "one") {
  await page.evaluate(await readFile(AXE, "utf8"));
  const { violations } = await page.evaluate(id => window.axe.run(document.getElementById(id)), id);
  const grave = violations.filter(({ impact }) => ["serious", "critical"].includes(impact));
  return grave.map(({ id, nodes }) => [id, nodes[0].html]);
}
