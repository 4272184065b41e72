// Lessons as a learner and a class use them: why a goal is open, hints, progress, the teacher's view, accessibility.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { lowContrast } from "./contrast.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FAN = "?lesson=03-fan-out&step=2";

playing("an open goal says what is so instead; hints come one at a time", async ({ page }) => {
  const goal = page.locator(".lesson-goals li", { hasText: "at most" });
  assert.equal(await goal.locator(".lesson-why").innerText(), "It takes 3 min 5 s");
  const [hint, hints] = [page.locator("[data-hint]"), page.locator(".lesson-hints li")];
  for (let told = 1; told <= 3; told++) {
    assert.equal(await hint.innerText(), `Hint ${told} of 3`);
    await hint.click();
    assert.equal(await hints.count(), told);
  }
  assert.equal(await hint.getAttribute("aria-disabled"), "true");
  await page.locator("[data-solve]").click();
  await page.locator(".lesson-next:enabled").waitFor();
  assert.equal(await page.locator(".lesson-why").count(), 0);
}, { query: "?lesson=02-parallel-jobs" });

playing("in a window as low as one at 200 %, the page scrolls and nothing covers anything", async playground => {
  const { page } = playground;
  await playground.judged();
  const heights = await page.evaluate(() => {
    const host = document.querySelector("dry-run");
    return [".lesson", ".app"].map(part => host.shadowRoot.querySelector(part).clientHeight).concat(host.scrollHeight, host.clientHeight);
  });
  const [lesson, app, all, window] = heights;
  assert.ok(lesson >= 150 && app >= 320 && all > window, `${heights}`);
  await page.locator(".lesson-fold").click();
  assert.ok(await page.locator(".lesson").evaluate(element => element.clientHeight) < 100);
}, { query: `${FAN}&view=teach`, viewport: { width: 640, height: 360 } });

playing("what several goals lack is said at the first of them", async playground => {
  await playground.judged();
  const whys = await playground.page.locator(".lesson-why").allInnerTexts();
  assert.ok(whys.includes("No workflow has a job deploy"), `${whys}`);
  assert.deepEqual([...new Set(whys)], whys);
}, { query: "?lesson=10-fast-pipeline&step=2" });

playing("on a low screen the chart of a run waits until somebody steps through it", async playground => {
  const { page } = playground;
  await playground.judged();
  const chart = page.locator(".lesson-chart");
  assert.ok(await chart.isHidden());
  await page.keyboard.press("ArrowRight");
  await chart.waitFor();
  await page.locator(".lesson-moment", { hasText: "At 35 s:" }).waitFor();
}, { query: `${FAN}&view=teach`, viewport: { width: 1280, height: 720 } });

playing("a config with errors is said once, and no goal is reached", async playground => {
  await playground.judged();
  await playground.paste("version: 2.1\njobs: {}\nworkflows: {main: {jobs: [nowhere]}}\n");
  await playground.page.locator(".lesson [role=status]", { hasText: "errors" }).waitFor();
  assert.equal(await playground.page.locator(".lesson-why").count(), 0);
  assert.equal(await playground.page.locator('.lesson-goals [data-held="true"]').count(), 0);
}, { query: FAN });

playing("the attach that fails fails in the run, until it is mended", async ({ page }) => {
  await page.locator('[data-end="failed"]').first().waitFor();
  const job = page.locator('[data-lesson-job="e2e"]');
  await page.locator(".lesson-player input").press("End");
  assert.equal(await job.getAttribute("data-state"), "failed");
  await page.locator("[data-solve]").click();
  await page.locator(".lesson-next:enabled").waitFor();
  // Only the run at the start failed.
  assert.equal(await page.locator('[data-end="failed"]').count(), 1);
  await page.locator(".lesson-player input").press("End");
  assert.equal(await job.getAttribute("data-state"), "success");
}, { query: "?lesson=06-failing-attach" });

playing("the last step leads to the next lesson", async ({ page }) => {
  await page.locator("[data-solve]").click();
  await page.locator(".lesson-next:enabled", { hasText: "Next: A cache of modules" }).click();
  await page.locator("h2", { hasText: "A cache of modules" }).waitFor();
  assert.match(page.url(), /\?lesson=04-module-cache&view=teach$/);
}, { query: `${FAN}&view=teach` });

playing("a link opens a lesson at a step, and a step that is not there is the last one", async ({ page, server }) => {
  assert.equal(await page.locator(".lesson-steps [aria-current]").innerText(), "2");
  await page.locator("h3", { hasText: "Fan in" }).waitFor();
  await page.goto(`${server.url}?lesson=03-fan-out&step=99`);
  await page.locator("h3", { hasText: "Fan in" }).waitFor();
  await page.locator(".lesson-steps a").first().click();
  await page.locator("h3", { hasText: "Fan out" }).waitFor();
}, { query: FAN });

playing("progress goes out as a file and comes in again, and adds to what is there", async ({ page, server }) => {
  await page.locator("[data-solve]").click();
  await page.locator(".lesson-next:enabled").waitFor();
  await page.goto(`${server.url}?lesson`);
  const row = name => page.locator(".lesson-list li", { hasText: name });
  await row("Two jobs").filter({ hasText: "done" }).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export progress" }).click()]);
  assert.deepEqual(JSON.parse(await readFile(await download.path(), "utf8")), { "02-parallel-jobs": 1 });
  const bring = async text => {
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Import progress" }).click()]);
    await chooser.setFiles({ name: "class.json", mimeType: "application/json", buffer: Buffer.from(text) });
  };
  await bring('{"03-fan-out": 1, "02-parallel-jobs": 0}');
  await row("Fan out").filter({ hasText: "1 of 2 steps done" }).waitFor();
  await row("Two jobs").filter({ hasText: "done" }).waitFor();
  for (const wrong of ["[", "[1]", '{"name": "no progress"}', "null"]) {
    await bring(wrong);
    await page.locator(".lesson [role=alert]", { hasText: "class.json holds no progress" }).waitFor();
    await row("Fan out").filter({ hasText: "1 of 2 steps done" }).waitFor();
  }
}, { query: "?lesson=02-parallel-jobs" });

playing("where storage is denied the lesson works, and says that nothing is kept", async ({ page, server }) => {
  await page.locator("[data-solve]").click();
  await page.locator(".lesson-next:enabled").waitFor();
  await page.locator(".lesson [role=status]", { hasText: "This browser keeps nothing" }).waitFor();
  await page.goto(`${server.url}?lesson`);
  await page.locator(".lesson-note", { hasText: "This browser keeps nothing" }).waitFor();
}, {
  query: "?lesson=02-parallel-jobs",
  before: ({ page }) => page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
  }),
});

playing("the arrow keys step through the run wherever the focus is, except in text fields", async playground => {
  const { page } = playground;
  const moment = page.locator(".lesson-moment");
  const at = seconds => moment.filter({ hasText: `At ${seconds}:` }).waitFor();
  await at("0 s");
  for (const place of [".lesson-player input", "[role=tab][aria-selected=true]", ".node[tabindex='0']", "[data-solve]", ".lesson a"]) {
    await page.locator(place).first().focus();
    await page.keyboard.press("ArrowRight");
    await at("35 s");
    await page.keyboard.press("ArrowLeft");
    await at("0 s");
  }
  await playground.content.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await at("0 s");
}, { query: `${FAN}&view=teach` });

playing("a moment of the run is on the graph, and goes when the text changes", async playground => {
  const { page } = playground;
  const state = job => playground.node(job).getAttribute("data-lesson-state");
  await playground.judged();
  assert.equal(await state("setup"), null);
  await page.locator(".lesson-player input").press("ArrowRight");
  assert.deepEqual([await state("setup"), await state("lint"), await state("publish")], ["success", "running", "success"]);
  await page.locator(".lesson-moment", { hasText: "At 35 s: lint and test run" }).waitFor();
  await page.locator("[data-solve]").click();
  await page.locator(".lesson-next:enabled").waitFor();
  await page.waitForFunction(() => !document.querySelector("dry-run").shadowRoot.querySelector("[data-lesson-state]"));
}, { query: FAN });

for (const viewport of [{ width: 1280, height: 720 }, { width: 1920, height: 1080 }]) {
  playing(`in the teacher's view lesson, graph and code stand side by side in large type, ${viewport.width} px`, async playground => {
    const { page } = playground;
    await playground.judged();
    const boxes = await Promise.all([".lesson", ".graph-pane", ".editor"].map(part => page.locator(part).boundingBox()));
    for (const [left, right] of [[boxes[0], boxes[1]], [boxes[1], boxes[2]]]) assert.ok(left.x + left.width <= right.x);
    for (const box of boxes) assert.ok(box.width >= 280 && box.x + box.width <= viewport.width, JSON.stringify(boxes));
    const sizes = await Promise.all([".lesson-prose", ".cm-line", ".lesson-goals"].map(part =>
      page.locator(part).first().evaluate(element => parseFloat(getComputedStyle(element).fontSize))));
    for (const size of sizes) assert.ok(size >= viewport.width / 90, `${sizes}`);
    const [number, line] = await Promise.all([".cm-lineNumbers .cm-gutterElement >> nth=5", ".cm-line >> nth=4"].map(part =>
      page.locator(part).evaluate(element => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const { top, bottom } = range.getBoundingClientRect();
        return (top + bottom) / 2;
      })));
    assert.ok(Math.abs(number - line) <= 2, `line 5 is at ${line}, its number at ${number}`);
    const player = await page.locator(".lesson-player").boundingBox();
    assert.ok(player.y + player.height <= viewport.height + 1, "the run is in sight without scrolling");
    assert.equal(await page.locator(".lesson").evaluate(element => element.scrollWidth - element.clientWidth), 0);
  }, { query: `${FAN}&view=teach`, viewport });
}

playing("where a lesson stands above the editor its task can be hidden, and what is reached stays in sight", async playground => {
  const { page } = playground;
  const [fold, prose] = [page.locator(".lesson-fold"), page.locator(".lesson-prose").last()];
  const height = part => page.locator(part).first().evaluate(element => element.clientHeight);
  await page.locator(".lesson-goals [data-held]").first().waitFor();
  assert.ok(await prose.isVisible());
  const before = await height(".editor");
  await fold.click();
  assert.equal(await fold.getAttribute("aria-expanded"), "false");
  await prose.waitFor({ state: "hidden" });
  assert.ok((await height(".editor")) >= before + 100, "the editor has the room");
  assert.match(await page.locator(".lesson-count").innerText(), /^\d of \d goals$/);
  await playground.paste(await readFile(new URL("../../www/lessons/03-fan-out/fan-out.yml", import.meta.url), "utf8"));
  await page.locator(".lesson-next:enabled").click();
  await page.locator('.lesson[data-step="2"]').waitFor();
  await prose.waitFor();
}, { query: "?lesson=03-fan-out&step=1", viewport: { width: 390, height: 844 } });

/** @param {import("./playground.mjs").Playground} playground */
async function clean({ page }) {
  assert.deepEqual((await page.evaluate(lowContrast)).low, []);
  await page.evaluate(axe);
  const rules = { "label-content-name-mismatch": { enabled: false } };
  const { violations } = await page.evaluate(rules => axe.run({ rules }), rules);
  const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  assert.deepEqual(bad.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html.slice(0, 160)).join(" | ")}`), []);
}

for (const colorScheme of ["light", "dark"]) {
  playing(`axe finds nothing serious in the list of lessons, ${colorScheme}`, async playground => {
    await playground.page.locator(".lesson-list a").first().waitFor();
    await clean(playground);
  }, { query: "?lesson", colorScheme });

  for (const view of ["learn", "teach"]) {
    playing(`axe finds nothing serious in a lesson, at its start, in its run and solved, ${view}, ${colorScheme}`, async playground => {
      const { page } = playground;
      await playground.judged();
      await clean(playground);
      await page.locator("[data-hint]").click();
      await page.locator(".lesson-player input").press("ArrowRight");
      await clean(playground);
      await page.locator("[data-solve]").click();
      await page.locator(".lesson-next:enabled").waitFor();
      await clean(playground);
    }, { query: `?lesson=06-failing-attach&view=${view}`, colorScheme, reducedMotion: "reduce" });
  }
}
