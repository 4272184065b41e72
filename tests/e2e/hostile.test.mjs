// Texts that mean harm: a clear problem each, nothing executed, and the page still works afterwards.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DIST, launch, open } from "./browser.mjs";
import { VALID } from "./configs.mjs";
import { GUARD, playing, Playground, shortest, withBrowser } from "./playground.mjs";
import { serve } from "./server.mjs";

withBrowser();

const aliasBomb = ["a0: &a0 [x, x]", ...Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)];
const job = name => `version: 2.1\njobs:\n  ${name}:\n    docker: [{image: "cimg/base:current"}]\n    steps: [checkout]\n`
  + `workflows:\n  main:\n    jobs:\n      - ${name}\n`;

const HOSTILE = {
  "an empty text": "",
  "control characters": "version: 2.1\nx: \u0001\u0007\n",
  "a line of a million characters": `version: 2.1\nx: ${"y".repeat(1_000_000)}\n`,
  "10,000 levels of nesting": `x: ${"[".repeat(10_000)}`,
  "an alias bomb": `version: 2.1\n${aliasBomb.join("\n")}\n`,
};

for (const [name, text] of Object.entries(HOSTILE)) {
  playing(`${name}: a problem, a second being the budget, and the page lives`, async (playground, t) => {
    const took = await shortest(1000, async () => {
      const start = performance.now();
      assert.notEqual(await playground.paste(text), "ok");
      const end = performance.now();
      assert.ok((await playground.problem().count()) > 0);
      assert.equal(await playground.paste(VALID), "ok");
      return end - start;
    });
    t.diagnostic(`${took} ms`);
    assert.ok(took <= GUARD * 1000, `${took} ms`);
  });
}

test("nesting that the stack does not hold stays without colours, and is checked like any other text", async t => {
  // How much fits depends on what else the page was doing; here it never does.
  const chromium = await launch(["--js-flags=--stack-size=400"]);
  const server = await serve(DIST);
  t.after(() => Promise.all([chromium.close(), server.close()]));
  const { page, book } = await open(chromium, server.origin);
  const playground = new Playground(page, book, server);
  await page.goto(server.url);
  await playground.ready();
  assert.equal(await playground.paste(HOSTILE["10,000 levels of nesting"]), "unparsable");
  assert.equal(await playground.text(), HOSTILE["10,000 levels of nesting"]);
  assert.equal(await playground.paste(VALID), "ok");
  assert.ok((await page.locator(".cm-line span").count()) > 0, "with colours again");
  assert.deepEqual(book.errors, []);
});

playing("a name made of markup is a name", async playground => {
  const name = '"<script>window.ran=1</script><img src=x onerror=window.ran=1>\'"';
  await playground.paste(job(name));
  assert.equal(await playground.page.evaluate(() => window.ran), undefined);
  assert.ok((await playground.jobs()).includes(JSON.parse(name)));
  assert.equal(await playground.paste(VALID), "ok");
});

playing("a name of 10,000 characters does not break the drawing", async playground => {
  // As a value: a key this long is no YAML 1.1.
  await playground.paste(job("build").replace("- build", `- build: {name: ${"j".repeat(10_000)}}`));
  assert.equal(await playground.node().count(), 1);
  assert.ok((await playground.node().first().boundingBox()).width < 1000);
  assert.equal(await playground.paste(VALID), "ok");
});
