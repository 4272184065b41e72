// F06, F15, F16, F26, F27 in the page: layers, what would run and why, the run, the timeline.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const CONFIG = `version: 2.1
jobs:
  build:
    docker: [{image: 'cimg/node:22.1'}]
    steps:
      - restore_cache: {keys: [v1-deps]}
      - run: make
      - save_cache: {key: v1-deps, paths: [node_modules]}
      - persist_to_workspace: {root: ., paths: [dist]}
  test:
    docker: [{image: 'cimg/node:22.1'}]
    steps:
      - attach_workspace: {at: .}
      - run: make test
  ship:
    docker: [{image: 'cimg/node:22.1'}]
    steps: [{run: make ship}]
workflows:
  main:
    jobs:
      - build
      - test: {requires: [build]}
      - hold: {type: approval, requires: [test]}
      - ship: {requires: [hold], filters: {branches: {only: main}}}
`;

const edges = ({ page }, kind) => page.locator(`.edges [data-edge=${kind}]`);
const state = (playground, job) => playground.node(job).getAttribute("data-state");
const second = ({ page }) => page.locator("[data-run]").getAttribute("data-second").then(Number);

async function run(playground, text = CONFIG) {
  await playground.paste(text);
  await playground.page.locator("[data-do=run]").click();
  await playground.page.locator("[data-run]").waitFor();
}

/** Sets the slider, as a hand does. */
const scrub = ({ page }, to) => page.locator(".scrub").fill(String(to));

playing("layers are shown and hidden by button and key, and kept in the link", async playground => {
  await playground.paste(CONFIG);
  await edges(playground, "workspace").first().waitFor({ state: "attached" });
  await playground.page.locator("[data-layer=workspace]").click();
  await edges(playground, "workspace").first().waitFor({ state: "detached" });
  await playground.node("build").focus();
  await playground.page.keyboard.press("c");
  await edges(playground, "cache").first().waitFor({ state: "detached" });
  assert.equal(await playground.page.locator("[data-cache]").count(), 0);
  await playground.page.keyboard.press("w");
  await edges(playground, "workspace").first().waitFor({ state: "attached" });
});

playing("a line of data tells what it carries, a cache who uses it", async playground => {
  await playground.paste(CONFIG);
  await playground.node("build").focus();
  for (const key of ["Control+ArrowRight", "ArrowDown"]) await playground.page.keyboard.press(key);
  await playground.page.locator("[data-edge=workspace]:focus").waitFor();
  await playground.page.keyboard.press("Shift+Enter");
  await playground.page.locator("[data-details]").waitFor();
  assert.match(await playground.page.locator("[data-details]").innerText(), /layer 1: dist of \./);
  await playground.page.keyboard.press("Escape");
  await playground.page.locator("[data-details]").waitFor({ state: "detached" });
  await playground.page.locator("[data-cache]").first().click();
  assert.match(await playground.page.locator("[data-details]").innerText(), /v1-deps/);
});

playing("another branch leaves a job out, and the job says why", async playground => {
  await playground.paste(CONFIG);
  await playground.open("pipeline");
  const revision = await playground.revision();
  await playground.page.locator("[data-pushed] .written").fill("topic");
  await playground.settled(revision);
  await playground.page.keyboard.press("Escape");
  assert.equal(await state(playground, "ship"), "skipped");
  assert.equal(await state(playground, "test"), "idle");
  await playground.node("ship").click();
  assert.match(await playground.page.locator("[data-details]").innerText(), /topic/);
});

playing("a workflow that does not run says why above its graph", async playground => {
  const { page } = playground;
  await playground.paste(CONFIG.replace("  main:\n", "  main:\n    when: {equal: [api, << pipeline.trigger_source >>]}\n"));
  const why = page.locator("[data-left-out=main]");
  await why.locator("summary", { hasText: "does not run" }).waitFor();
  assert.match(await why.innerText(), /webhook/);
  await playground.open("pipeline");
  const revision = await playground.revision();
  await page.locator("#trigger-source").selectOption("api");
  await playground.settled(revision);
  await why.waitFor({ state: "detached" });
});

playing("f lets the job of the focus fail, a approves, and the timeline has no zoom", async playground => {
  const { page } = playground;
  await run(playground);
  await playground.node("build").focus();
  await page.keyboard.press("ArrowRight");
  await page.locator("[data-job=test]:focus").waitFor();
  await page.keyboard.press("f");
  await page.locator(".log").waitFor();
  await scrub(playground, Number(await page.locator(".scrub").getAttribute("max")));
  await page.locator("[data-job=test][data-state=failed]").waitFor();
  const failed = Number(await page.locator(".scrub").getAttribute("max"));
  await page.locator("[data-job=test]").focus();
  await page.keyboard.press("f");
  await page.keyboard.press("ArrowRight");
  await page.locator("[data-job=hold]:focus").waitFor();
  await page.keyboard.press("a");
  await page.waitForFunction(before => document.querySelector("dry-run").shadowRoot.querySelector(".scrub").max > before, failed);
  await scrub(playground, Number(await page.locator(".scrub").getAttribute("max")));
  await page.locator("[data-job=ship][data-state=success]").waitFor();
  assert.equal(await page.locator(".tools").count(), 1);
  await page.keyboard.press("Alt+3");
  await page.locator("[data-timeline]").waitFor();
  assert.equal(await page.locator(".tools").count(), 0);
  await page.locator("[data-timeline]").focus();
  const before = await second(playground);
  await page.keyboard.press(",");
  await page.waitForFunction(before => Number(document.querySelector("dry-run").shadowRoot.querySelector("[data-run]").dataset.second) < before, before);
});

playing("a narrow window has the run in its bar", async playground => {
  const { page } = playground;
  await playground.paste(CONFIG);
  const choose = pane => page.locator(`[data-pane-choice=${pane}]`).click();
  const pressed = pane => page.locator(`[data-pane-choice=${pane}][aria-pressed=true]`).waitFor();
  await choose("run");
  await page.locator("[data-run] [data-download=play]").waitFor();
  await pressed("run");
  await choose("graph");
  await pressed("graph");
  await page.locator("[data-run]").waitFor({ state: "detached" });
  assert.ok(await playground.node("build").isVisible());
}, { viewport: { width: 390, height: 844 } });

playing("the run is stepped, scrubbed and played to its end", async playground => {
  await run(playground);
  await playground.node("build").focus();
  await playground.page.keyboard.press(".");
  await playground.page.waitForFunction(() => document.querySelector("dry-run").shadowRoot.querySelector("[data-run]").dataset.second > 0);
  const first = await second(playground);
  await playground.page.keyboard.press(".");
  await playground.page.keyboard.press(",");
  await playground.page.waitForFunction(first => Number(document.querySelector("dry-run").shadowRoot.querySelector("[data-run]").dataset.second) === first, first);
  assert.equal(await state(playground, "build"), "running");
  await scrub(playground, 0);
  await playground.page.locator(".speed").selectOption("3");
  await playground.page.locator("[data-download=play]").click();
  await playground.page.locator("[data-job=hold][data-state=on_hold]").waitFor();
  await playground.page.locator("[data-run][data-playing=false]").waitFor();
  await playground.node("hold").click();
  await playground.page.locator("[data-do=approve]").click();
  await playground.page.locator("[data-figure='Wall time']").waitFor();
  await scrub(playground, Number(await playground.page.locator(".scrub").getAttribute("max")));
  await playground.page.locator("[data-job=ship][data-state=success]").waitFor();
  assert.match(await playground.page.locator(".log li").first().innerText(), /succeeds/);
  assert.ok(await playground.page.locator("[data-critical] .halo").count() >= 3);
});

playing("the bars of the timeline stand where the log has them, and lead to their jobs", async playground => {
  await run(playground);
  await playground.page.locator("[data-view=timeline]").click();
  const bars = await playground.page.locator(".time").evaluateAll(all => all.map(bar => {
    const [box, area] = [bar.getBoundingClientRect(), bar.closest("svg").getBoundingClientRect()];
    return { left: box.left - area.left, width: box.width, area: area.width, start: Number(bar.dataset.start), end: Number(bar.dataset.end) };
  }));
  const end = Number(await playground.page.locator(".scrub").getAttribute("max"));
  assert.ok(bars.length >= 3);
  for (const bar of bars) {
    assert.ok(Math.abs(bar.left - bar.start / end * bar.area) <= 1, JSON.stringify(bar));
    assert.ok(Math.abs(bar.width - (bar.end - bar.start) / end * bar.area) <= 1, JSON.stringify(bar));
  }
  await playground.page.locator("[data-row=test] button").click();
  await playground.page.locator("[data-row=test][aria-selected=true]").waitFor();
  await playground.page.locator("[data-details]", { hasText: "test" }).waitFor();
});

playing("with reduced motion the run goes from event to event", async playground => {
  await run(playground);
  await playground.page.locator("[data-download=play]").click();
  await playground.page.locator("[data-run][data-playing=false]").waitFor();
  assert.equal(await state(playground, "hold"), "on_hold");
}, { reducedMotion: "reduce" });

playing("nothing serious for axe in the run and the timeline, in both themes", async playground => {
  await run(playground);
  await scrub(playground, 40);
  await playground.node("build").click();
  await playground.page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  for (const view of ["graph", "timeline"]) {
    await playground.page.locator(`[data-view=${view}]`).click();
    for (const scheme of ["light", "dark"]) {
      await playground.page.emulateMedia({ colorScheme: scheme });
      await playground.page.waitForTimeout(200); // Colours fade.
      const { violations } = await playground.page.evaluate(() => axe.run());
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      assert.deepEqual(serious.map(({ id, nodes }) => [id, nodes.map(node => node.target)]), [], `${view}, ${scheme}`);
    }
  }
});
