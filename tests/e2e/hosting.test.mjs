// Everything that docs/hosting.md says works, on the kinds of hosts that it names.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DIST, launch, open } from "./browser.mjs";
import { VALID } from "./configs.mjs";
import { embed, page as pageOf, STRICT } from "./embed/pages.mjs";
import { Playground } from "./playground.mjs";
import { serve } from "./server.mjs";

const MISSING = "<!doctype html><html lang=en><title>Page not found</title><h1>404</h1><p>There isn't a site here.</p></html>";

/** @type {Record<string, Parameters<typeof serve>[1] & { warns?: RegExp }>} */
const HOSTS = {
  "one like GitHub Pages": { headers: { "cache-control": "max-age=600", "access-control-allow-origin": "*" }, gzip: true, missing: MISSING },
  "one that does not know wasm": {
    headers: name => (name.endsWith(".wasm") ? { "content-type": "application/octet-stream" } : {}),
    warns: /^warning: `WebAssembly\.instantiateStreaming` failed because your server does not serve Wasm with `application\/wasm` MIME type/,
  },
  "one without compression, that says nothing of caches": { headers: { "cache-control": "" } },
};

const hash = `#v1=j:${Buffer.from(JSON.stringify({ text: VALID })).toString("base64url")}`;
const extra = {
  "docs/page.html": pageOf({
    dryrun: "../", policy: `${STRICT}; frame-src 'self'`,
    body: embed('id="one"') + embed('id="two" mode="full"') + `<iframe id="three" src="../embed.html${hash}" title="frame" width="900" height="400"></iframe>`
      + '<dry-run id="four" src="gone.yml"></dry-run>',
  }),
};

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [kind, { warns, ...options }] of Object.entries(HOSTS)) {
  /** @param {string} what @param {(page: import("playwright-core").Page, playground: Playground) => Promise<void>} body */
  const visiting = (what, path, body, allowed = /^$/) => test(`${kind}: ${what}`, async t => {
    const site = await serve(DIST, { ...options, base: "/team/tool/", extra });
    t.after(() => site.close());
    const { context, page, book } = await open(browser, site.origin, { permissions: ["clipboard-read", "clipboard-write"] });
    t.after(() => context.close());
    await page.goto(site.url + path);
    await body(page, new Playground(page, book, site));
    for (const list of ["violations", "errors", "foreign"]) assert.deepEqual(book[list], [], list);
    assert.deepEqual(book.console.filter(line => !warns?.test(line) && !allowed.test(line)), []);
  });

  visiting("the playground, a link and a reload", "", async (page, playground) => {
    await playground.ready();
    assert.equal(await playground.paste(VALID), "ok");
    await playground.compiled();
    await page.keyboard.press("Control+Shift+C");
    await page.locator("[data-said=copied]").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.ok(link.startsWith(`${playground.server.url}#v1=`));
    await page.evaluate(() => localStorage.clear());
    await page.goto("about:blank");
    await page.goto(link);
    await playground.ready();
    assert.equal(await playground.text(), VALID);
    await page.reload();
    await playground.ready();
    assert.equal(await playground.text(), VALID);
  });

  visiting("the list of lessons, and a lesson", "?lesson", async page => {
    await page.locator(".lesson a", { hasText: "cache" }).first().waitFor();
    await page.locator(".lesson a", { hasText: /first job/i }).first().click();
    await page.locator(".lesson .lesson-goals li").first().waitFor();
    await page.locator("html[data-verdict]").waitFor();
  });

  visiting("element, editor and frame in a page of the same site, and a config that is not there", "docs/page.html", async page => {
    for (const id of ["one", "two", "four"]) {
      await page.locator(`#${id}`).scrollIntoViewIfNeeded();
      await page.locator(`#${id}[data-ready]`).waitFor();
    }
    assert.match(await page.locator("#four .notes").innerText(), /gone\.yml: 404/);
    await page.locator("#three").scrollIntoViewIfNeeded();
    await page.frameLocator("#three").locator("[data-job=deploy]").waitFor();
  }, /404/);

  visiting("the page of a check, from its problem", "", async (page, playground) => {
    await playground.ready();
    await playground.paste(VALID.replace("- lint\n", "- lnit\n"));
    const address = await playground.problem("undefined-job").locator("a").first().getAttribute("href");
    const answer = await page.goto(new URL(address, playground.server.url).href);
    assert.equal(answer.status(), 200);
  });
}
