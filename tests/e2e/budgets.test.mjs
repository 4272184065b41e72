// Sizes of the built page in brotli, KB = 1,000 bytes, against the budgets of the design; and the time to be ready.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { DIST } from "./browser.mjs";
import { playing, withBrowser } from "./playground.mjs";

const PARTS = [
  { part: "app wasm", files: /^app-.*\.wasm$/, budget: 150 },
  { part: "engine wasm", files: /^worker_bg\.wasm$/, budget: 310 },
  { part: "editor", files: /^assets\/(editor|chunk-.*)\.js$/, budget: 122 },
  { part: "glue", files: /^((app-.*|worker|boot-.*|early-.*)\.js|assets\/worker-boot\.js)$/, budget: 15 },
  { part: "styles", files: /\.css$/, budget: 12 },
];
const FIRST_LOAD = 610;

async function size(name) {
  return brotliCompressSync(await readFile(join(DIST, name))).length / 1000;
}

const names = (await readdir(DIST, { recursive: true })).sort();
let first = 0;

for (const { part, files, budget } of PARTS) {
  test(`${part}: at most ${budget} KB`, async t => {
    const found = names.filter(name => files.test(name));
    assert.ok(found.length > 0, `no ${part} in dist`);
    const sizes = await Promise.all(found.map(size));
    const sum = sizes.reduce((a, b) => a + b, 0);
    first += sum;
    t.diagnostic(`${part}: ${sum.toFixed(1)} KB of ${budget}`);
    assert.ok(sum <= budget, `${sum.toFixed(1)} KB`);
  });
}

test(`the first load: at most ${FIRST_LOAD} KB`, async t => {
  first += await size("index.html");
  t.diagnostic(`first load: ${first.toFixed(1)} KB of ${FIRST_LOAD}`);
  assert.ok(first <= FIRST_LOAD, `${first.toFixed(1)} KB`);
});

withBrowser();

/** Milliseconds from the start of the navigation until the mark stood there, by the page's own clock. */
const readyAt = page => page.evaluate(() => window.__readyAt);
const noteReady = ({ page }) => page.addInitScript(() => {
  new MutationObserver(() => {
    const { ready, verdict } = document.documentElement.dataset;
    if (ready !== undefined && verdict && verdict !== "checking") window.__readyAt ??= performance.now();
  }).observe(document, { attributes: true, subtree: true });
});

playing("ready with a verdict within 1.5 s cold and 0.8 s warm", async (playground, t) => {
  const cold = await readyAt(playground.page);
  await playground.page.reload();
  await playground.ready();
  const warm = await readyAt(playground.page);
  t.diagnostic(`cold ${Math.round(cold)} ms, warm ${Math.round(warm)} ms`);
  assert.ok(cold <= 1500, `cold: ${cold}`);
  assert.ok(warm <= 800, `warm: ${warm}`);
}, { before: noteReady });
