// A host that has a newer build while browsers still hold files of the old one.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DIST, launch, open } from "./browser.mjs";
import { anotherBuild, buildOf } from "./builds.mjs";
import { VALID } from "./configs.mjs";
import { embed, page as pageOf, STRICT } from "./embed/pages.mjs";
import { Playground } from "./playground.mjs";
import { serve } from "./server.mjs";

const body = [
  embed('id="one"'), embed('id="two" mode="full"'), '<dry-run id="three" lesson="01-first-job"></dry-run>',
].join("");
const extra = {
  "page.html": pageOf({ policy: `${STRICT}; frame-src 'self'`, body }),
  "small.html": pageOf({ policy: `${STRICT}; frame-src 'self'`, body: embed('id="one"') }),
};

let old, site, browser, builds;

before(async () => {
  old = await anotherBuild();
  builds = { old: await buildOf(old.folder), newer: await buildOf(DIST) };
  // Pages may be kept for ten minutes; of their files, this browser has none any more.
  site = await serve(DIST, { extra, headers: name => ({ "cache-control": name.endsWith(".html") ? "max-age=600" : "no-store" }) });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
  await old?.remove();
});

/** @param {string} name @param {(visit: { context: import("playwright-core").BrowserContext, page: import("playwright-core").Page, book: any }) => Promise<void>} body */
function visiting(name, body) {
  test(name, async t => {
    const visit = await open(browser, site.origin);
    t.after(() => visit.context.close());
    site.asked.length = 0;
    await body(visit);
    for (const list of ["violations", "errors", "foreign"]) assert.deepEqual(visit.book[list], [], list);
  });
}

const build = page => page.evaluate(() => document.querySelector('link[rel="x-app"]').dataset.build);
const byReload = page => page.evaluate(() => performance.getEntriesByType("navigation")[0].type === "reload");
const isOld = query => query === `?v=${builds.old}`;

/** Old as long as a cache may answer: what asks past it gets the newer page. */
const oldPage = (_name, _query, headers) => (headers["cache-control"] ? DIST : old.folder);

visiting("an old page in the browser's cache starts anew as the newer build, with the text that was typed", async ({ context, page, book }) => {
  site.publish(old.folder);
  const first = new Playground(page, book, site);
  await page.goto(site.url);
  await first.ready();
  await first.paste(VALID);
  await page.waitForFunction(() => localStorage.getItem("dryrun.text")?.includes("deploy"));
  assert.equal(await build(page), builds.old);

  site.publish(DIST);
  site.asked.length = 0;
  const again = await context.newPage();
  const second = new Playground(again, book, site);
  await again.goto(site.url);
  await second.ready();
  assert.ok(site.asked[0] !== new URL(site.url).pathname, "the old page came from the cache");
  assert.equal(await build(again), builds.newer);
  assert.ok(await byReload(again));
  assert.equal(await second.text(), VALID);
});

for (const [what, isGone] of [["style sheet", /\.css$/], ["app", /^app-.*\.js$/], ["wasm", /\.wasm$/], ["start script", /^boot-/]]) {
  visiting(`a page whose ${what} alone is gone starts anew`, async ({ page, book }) => {
    const playground = new Playground(page, book, site);
    site.publish((name, query, headers) => (name === "index.html" ? oldPage(name, query, headers) : isGone.test(name) ? DIST : old.folder));
    await page.goto(site.url);
    await page.waitForFunction(build => document.querySelector('link[rel="x-app"]')?.dataset.build === build, builds.newer);
    site.publish(DIST);
    await page.reload();
    await playground.ready();
  });
}

visiting("a host that gives out the old page again is told of, and the text is there to take along", async ({ page }) => {
  await page.addInitScript(text => localStorage.setItem("dryrun.text", text), VALID);
  // The newer one only where the page itself asks.
  site.publish((name, _query, headers) => (name === "index.html" && headers["sec-fetch-dest"] === "document" ? old.folder : DIST));
  await page.goto(site.url);
  await page.locator("#fallback-reason", { hasText: "newer Dryrun" }).waitFor();
  assert.match(await page.locator("#fallback-reason").innerText(), /Wait a few minutes, then reload/);
  assert.equal(await page.getByLabel("Your config").inputValue(), VALID);
  assert.ok(await byReload(page));
  const asked = site.asked.filter(path => path === new URL(site.url).pathname).length;
  assert.equal(asked, 4, "two visits, each looking once");
});

visiting("an old page meets an engine of the newer build: it says so, and the text stays", async ({ page, book }) => {
  await page.addInitScript(text => localStorage.setItem("dryrun.text", text), VALID);
  const playground = new Playground(page, book, site);
  site.publish(name => (name.startsWith("worker") ? DIST : old.folder));
  await page.goto(site.url);
  await page.locator("[data-notice=engine]", { hasText: "newer Dryrun here now, so reload" }).waitFor();
  assert.equal(await playground.text(), VALID);
  site.publish(DIST);
  await page.reload();
  await playground.ready();
});

visiting("an old page meets an editor of the newer build, and does not put the two together", async ({ page }) => {
  site.publish(name => (/^assets\/(editor|chunk-)/.test(name) ? DIST : old.folder));
  await page.goto(site.url);
  await page.locator("#fallback-reason", { hasText: "newer Dryrun here now" }).waitFor();
});

visiting("an old embed.js shows graph, editor and lesson of the newer build", async ({ page, book }) => {
  site.publish((name, query) => (name === "embed.js" && !query ? old.folder : DIST));
  await page.goto(`${site.url}page.html`);
  for (const id of ["one", "two", "three"]) {
    const element = page.locator(`#${id}`);
    await element.scrollIntoViewIfNeeded();
    await page.locator(`#${id}[data-ready]`).waitFor();
    await element.locator(id === "three" ? ".lesson-goals li" : "[data-job]").first().waitFor();
    assert.equal(await element.locator("iframe").count(), 0);
  }
  assert.deepEqual(book.console, []);
});

visiting("an old embed.js with an old view meets an engine of the newer build: a frame shows the graph", async ({ page, book }) => {
  site.publish((name, query) => (name.startsWith("embed.js") && !query || name === "assets/embed-graph.js" && isOld(query) ? old.folder : DIST));
  await page.goto(`${site.url}small.html`);
  await page.frameLocator("#one iframe").locator("[data-job]").first().waitFor();
  assert.deepEqual(book.console, []);
});

visiting("an old embed.html shows what the newer build has", async ({ page, book }) => {
  site.publish(name => (name === "embed.html" ? old.folder : DIST));
  for (const mode of ["graph", "full"]) {
    await page.goto(`${site.url}embed.html?mode=${mode}#v1=j:${Buffer.from(JSON.stringify({ text: VALID })).toString("base64url")}`);
    await page.locator("dry-run[data-ready]").waitFor();
    await page.locator("[data-job=deploy]").waitFor();
  }
  assert.deepEqual(book.console, []);
});
