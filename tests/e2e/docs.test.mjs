// The example sites of docs/examples, as `make docs` built them: what docs/embedding.md promises.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { after, before, test } from "node:test";
import { launch, open } from "./browser.mjs";
import { serve } from "./server.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** As docs/embedding.md has it for the generators, whose own pages are full of inline scripts and styles. */
const GENERATED = "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
  + "connect-src 'self'; worker-src 'self' blob:; img-src 'self' data:; font-src 'self'; frame-src 'self'";

// The policy of the plain page stands in the page.
const SITES = {
  html: { pages: ["index.html"], headers: {} },
  mdbook: { pages: ["index.html", "commit.html", "change.html", "frame.html"], headers: { "content-security-policy": GENERATED } },
  mkdocs: {
    pages: ["index.html", "pipeline/index.html", "exercise/index.html", "frame/index.html"],
    headers: { "content-security-policy": GENERATED },
  },
};

const sites = {};
let browser, eye;

before(async () => {
  for (const [site, { headers }] of Object.entries(SITES)) {
    const folder = fileURLToPath(new URL(`../../target/docs/${site}`, import.meta.url));
    sites[site] = await serve(folder, { base: "/team/manual/", headers });
  }
  browser = await launch();
  eye = await browser.newPage();
});

after(async () => {
  await browser?.close();
  for (const site of Object.values(sites)) await site.close();
});

/** @param {string} name @param {keyof SITES} site @param {(page: import("playwright-core").Page) => Promise<unknown>} body */
function visiting(name, site, body, options = {}) {
  test(`${site}: ${name}`, async t => {
    const { context, page, book } = await open(browser, sites[site].origin, { viewport: { width: 1200, height: 900 }, ...options });
    t.after(() => context.close());
    await body(page);
    // Leaving a page drops what is still under way, such as the index of MkDocs' own search.
    const dropped = entry => entry.endsWith("net::ERR_ABORTED");
    for (const [list, entries] of Object.entries(book)) assert.deepEqual(entries.filter(entry => !dropped(entry)), [], list);
  });
}

/** What shows a config on this page: elements, frames and pictures. @param {import("playwright-core").Page} page */
const shown = page => page.locator('dry-run, iframe, img[src$=".svg"]').all();

/** Waits until it shows jobs. @param {import("playwright-core").Locator} shown */
async function ready(shown) {
  await shown.scrollIntoViewIfNeeded();
  const tag = await shown.evaluate(element => element.localName);
  if (tag === "img") {
    await shown.evaluate(async picture => picture.decode());
    assert.ok(await shown.evaluate(picture => picture.naturalHeight) > 50);
    return;
  }
  const element = tag === "iframe" ? shown.contentFrame().locator("dry-run") : shown;
  await element.locator("[data-job]").first().waitFor({ state: "attached" });
}

/** How bright it is on the screen, from 0 to 1: the whole of it, and its top left corner. @param {import("playwright-core").Locator} shown */
async function brightness(shown) {
  const png = (await shown.screenshot({ animations: "disabled" })).toString("base64");
  return eye.evaluate(async png => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const light = at => (data[at] + data[at + 1] + data[at + 2]) / 765;
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) sum += light(at);
    return { whole: sum / (data.length / 4), corner: light(0) };
  }, png);
}

/** Everything is as light or dark as it should be; the theme may take a moment to arrive. */
async function assertTheme(page, theme) {
  for (const one of await shown(page)) {
    await ready(one);
    let found;
    for (let left = 20; left > 0; left -= 1) {
      found = await brightness(one);
      const { whole, corner } = found;
      if (theme === "dark" ? whole < 0.3 && corner < 0.3 : whole > 0.7 && corner > 0.7) break;
      found = undefined;
      await page.waitForTimeout(100);
    }
    assert.ok(found, `${await one.evaluate(one => one.outerHTML.slice(0, 80))} is not ${theme}: ${JSON.stringify(await brightness(one))}`);
  }
}

for (const [site, { pages }] of Object.entries(SITES)) {
  for (const colorScheme of ["light", "dark"]) {
    visiting(`every page of it shows its configs, ${colorScheme} where the reader's system is`, site, async page => {
      const kinds = [];
      for (const path of pages) {
        await page.goto(sites[site].url + path);
        await assertTheme(page, colorScheme);
        kinds.push(...await page.locator('dry-run, iframe, img[src$=".svg"]').evaluateAll(all =>
          all.map(one => (one.localName === "dry-run" ? one.getAttribute("mode") ?? "graph" : one.localName))));
      }
      assert.deepEqual([...new Set(kinds)].sort(), ["full", "graph", "iframe", "img"]);
    }, { colorScheme });
  }

  visiting("what its embeds show is accessible in the colours it gives them", site, async page => {
    for (const path of pages) {
      await page.goto(sites[site].url + path);
      const embeds = await page.locator("dry-run").all();
      if (embeds.length === 0) continue;
      for (const embed of embeds) await ready(embed);
      await page.addScriptTag({ path: AXE });
      const { violations } = await page.evaluate(() => window.axe.run("dry-run", { iframes: false }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" "))}`), [], path);
    }
  }, { bypassCSP: true });

  visiting("on a telephone no page is wider than the screen", site, async page => {
    for (const path of pages) {
      await page.goto(sites[site].url + path);
      for (const one of await shown(page)) await ready(one);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, path);
    }
  }, { viewport: { width: 390, height: 844 } });
}

const SWITCHES = {
  mdbook: async (page, theme) => {
    await page.locator("#mdbook-theme-toggle").click();
    await page.locator("#mdbook-theme-list button", { hasText: theme === "dark" ? "Coal" : "Light" }).click();
  },
  mkdocs: async (page, theme) => {
    await page.locator("#theme-menu").click();
    await page.locator(`[data-bs-theme-value=${theme}]`).click();
  },
};
for (const [site, turn] of Object.entries(SWITCHES)) {
  for (const theme of ["dark", "light"]) {
    visiting(`turned ${theme}, it has its configs follow, against the reader's system`, site, async page => {
      for (const path of SITES[site].pages) {
        await page.goto(sites[site].url + path);
        for (const one of await shown(page)) await ready(one);
        await turn(page, theme);
        await assertTheme(page, theme);
      }
    }, { colorScheme: theme === "dark" ? "light" : "dark" });
  }
}

visiting("a frame grows to the height of what it shows", "mdbook", async page => {
  await page.goto(`${sites.mdbook.url}frame.html`);
  const frame = page.locator("iframe");
  await ready(frame);
  await page.waitForFunction(() => document.querySelector("iframe").offsetHeight > 200);
  const [inside, outside] = await frame.contentFrame().locator("html").evaluate(page => [page.scrollHeight, innerHeight]);
  assert.equal(inside, outside);
});

visiting("Open in Dryrun leads to the same config and workflow", "html", async page => {
  await page.goto(sites.html.url);
  const embed = page.locator("dry-run").first();
  const link = embed.locator("a", { hasText: "Open in Dryrun" });
  const address = () => link.evaluate(link => link.href);
  await ready(embed);
  const first = await address();
  await page.getByRole("tab", { name: "release" }).first().click();
  await page.waitForFunction(first => {
    const { href } = document.querySelector("dry-run").shadowRoot.querySelector("a");
    return href !== first && href.includes("#v1=");
  }, first);
  await page.goto(await address());
  await page.locator('html[data-ready][data-verdict="ok"]').waitFor();
  await page.locator('[data-job="publish"]').waitFor({ state: "attached" });
  assert.equal(await page.locator('[data-job="lint"]').count(), 0);
  await page.locator(".cm-content", { hasText: "How Tern is checked" }).waitFor();
});
