// F19: what the page shows in its main states can be read in both themes and in forced colours.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { VALID } from "./configs.mjs";
import { lowContrast } from "./contrast.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

/** Every kind of node and of line, an error, a warning, and something that cannot be checked. */
const RICH = `version: 2.1
orbs:
  tools: some/tools@1.2.3
parameters:
  flavour: {type: string, default: plain}
jobs:
  build: &job
    parallelism: 4
    docker: [{image: "cimg/base:current"}] # a comment
    steps: [checkout, {run: "echo << pipeline.parameters.flavour >> \${HOME}"}]
  test:
    parameters: {size: {type: integer, default: 1}}
    docker: [{image: "cimg/base:current"}]
    steps: [checkout]
  unused: *job
  idle: {executor: nowhere, steps: [checkout]}
  done: {type: no-op}
workflows:
  main:
    jobs:
      - build: {context: [secrets]}
      - hold: {type: approval, requires: [build]}
      - test: {requires: [hold], matrix: {parameters: {size: [1, 2]}}}
      - tools/publish: {requires: [build: [failed, canceled]]}
      - done: {requires: [test, biuld]}
      - missing: {requires: [build]}
`;

const open = popover => async ({ page }) => {
  await page.locator(`[data-popover="${popover}"] > button`).click();
  await page.locator(`[data-popover="${popover}"] .popover`).waitFor();
};
const drop = ({ page }) => page.evaluate(() => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array([0xff, 0])], "picture.png"));
  document.querySelector("dry-run").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
});

const STATES = {
  "problems of every kind": playground => playground.paste(RICH),
  "a problem that was gone to": async playground => {
    await playground.paste(RICH);
    await playground.page.keyboard.press("F8");
    await playground.page.locator("[data-check][data-chosen]").waitFor();
  },
  "a node that was gone to": async playground => {
    await playground.paste(RICH);
    await playground.node("hold").click();
    await playground.page.locator("[data-job][aria-current]").waitFor();
  },
  "a tooltip": async playground => {
    await playground.paste(RICH);
    await playground.page.locator(".cm-lintRange").first().hover();
    await playground.page.locator(".cm-tooltip").waitFor();
  },
  "a syntax error": async playground => {
    await playground.paste(RICH);
    await playground.paste(`${RICH}bad: [\n`);
  },
  "an empty text": playground => playground.paste(""),
  "a refused file": async playground => {
    await drop(playground);
    await playground.page.locator('[data-notice="refused"]').waitFor();
  },
  "the examples": open("examples"),
  "the verdict, unfolded": async playground => {
    await playground.paste(RICH);
    await open("verdict")(playground);
  },
  "the themes": open("theme"),
  "privacy": open("privacy"),
  "the compiled view": async playground => {
    await playground.paste(RICH);
    await playground.compiled();
  },
  "the pipeline's inputs": async playground => {
    await playground.paste(RICH);
    await open("pipeline")(playground);
  },
  "the files of orbs": async playground => {
    await playground.paste(RICH);
    await open("files")(playground);
  },
};

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @param {import("./playground.mjs").Playground} playground */
async function seriousFaults({ page }) {
  await page.evaluate(axe);
  // The letters in a drawing are a picture of the name: shortened, with signs for what the name says in words.
  const rules = { "label-content-name-mismatch": { enabled: false } };
  const { violations } = await page.evaluate(rules => axe.run({ rules }), rules);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(" | ")}`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const [state, reach] of Object.entries(STATES)) {
    playing(`${colorScheme}, ${state}: contrast is enough, and axe finds nothing serious`, async (playground, t) => {
      await reach(playground);
      const { low, looked } = await playground.page.evaluate(lowContrast);
      t.diagnostic(`${looked} colours`);
      assert.ok(looked > 20, `${looked} colours`);
      assert.deepEqual(low, []);
      assert.deepEqual(await seriousFaults(playground), []);
    }, { colorScheme, reducedMotion: "reduce" });
  }

  playing(`${colorScheme}, forced colours: nodes, their names and lines are still seen`, async playground => {
    await playground.paste(RICH);
    const unseen = await playground.page.evaluate(() => {
      const root = document.querySelector("dry-run").shadowRoot;
      const ground = getComputedStyle(root.querySelector(".graph-window")).backgroundColor;
      const shapes = { ".node .outline": "stroke", ".node .label": "fill", ".edge .line": "stroke", ".edge .arrow": "fill" };
      return Object.entries(shapes).flatMap(([selector, property]) => [...root.querySelectorAll(selector)]
        .map(shape => getComputedStyle(shape)[property])
        .filter(colour => colour === "none" || colour === ground || /^rgba.*, 0\)$/.test(colour))
        .map(colour => `${selector} ${colour} on ${ground}`));
    });
    assert.deepEqual(unseen, []);
  }, { colorScheme, forcedColors: "active" });
}

playing("a theme chosen in the page holds at once, and after a reload", async playground => {
  const { page } = playground;
  await open("theme")(playground);
  await page.locator('[data-theme-choice="dark"]').click();
  await page.locator('html[data-theme="dark"]').waitFor();
  await page.reload();
  await playground.ready();
  await page.locator('html[data-theme="dark"]').waitFor();
  await open("theme")(playground);
  await page.locator('[data-theme-choice="system"]').click();
  await page.locator('html[data-theme="light"]').waitFor();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator('html[data-theme="dark"]').waitFor();
});

playing("the first frame that is painted in the dark theme is dark", async ({ page, server }) => {
  // By the painted picture: a screenshot at the first frame of a slow load, before the app is there.
  await page.route(/\.wasm/, () => {});
  await page.goto(server.url, { waitUntil: "commit" });
  await page.waitForFunction(() => document.body !== null);
  const shot = await page.screenshot({ clip: { x: 10, y: 10, width: 1, height: 1 } });
  const pixel = await page.evaluate(async bytes => {
    const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.drawImage(picture, 0, 0);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  }, [...shot]);
  assert.deepEqual(pixel, [14, 20, 32, 255]);
}, { colorScheme: "dark", allowed: ["failed"] });
