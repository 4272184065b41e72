// A lesson's configs are judged in the engine's worker: the page goes on meanwhile, and whatever happens there is said.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { longestTask } from "./browser.mjs";
import { tree } from "./configs.mjs";
import { BOOT } from "./faulty-engine.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser({ extra: { "assets/worker-boot.js": BOOT } });

const file = name => readFileSync(new URL(`../../www/lessons/02-parallel-jobs/${name}`, import.meta.url), "utf8");
const [START, SOLUTION] = [file("start.yml"), file("solution.yml")];
const LESSON = { query: "?lesson=02-parallel-jobs" };

/** Puts the text in without waiting for a verdict. */
const put = async (playground, text) => {
  await playground.content.focus();
  await playground.page.keyboard.press("Control+a");
  await playground.page.keyboard.insertText(text);
};

const status = ({ page }, words) => page.locator(".lesson [role=status]", { hasText: words }).waitFor();
const reached = ({ page }) => page.locator(".lesson-next:enabled").waitFor();

playing("a text over which the engine hangs is given up with words, and the next one is judged", async playground => {
  await playground.judged();
  await put(playground, `${SOLUTION}# HANG\n`);
  await status(playground, "takes too long");
  assert.ok(await playground.page.locator(".lesson-next").isDisabled());
  assert.equal(await playground.paste(SOLUTION), "ok");
  await reached(playground);
  await status(playground, "All goals are reached");
}, LESSON);

playing("a text over which the engine breaks down is said, and the next one is judged", async playground => {
  await playground.judged();
  await put(playground, `${SOLUTION}# PANIC\n`);
  await status(playground, "a made-up panic");
  assert.equal(await playground.page.locator(".lesson-goals [data-held]").count(), 0);
  await playground.paste(SOLUTION);
  await reached(playground);
}, { ...LESSON, allowed: ["console", "errors"] });

playing("without an engine a lesson says so, and goes on as soon as there is one", async playground => {
  const { page } = playground;
  await status(playground, "engine is not there");
  await page.unroute("**/worker_bg.wasm*");
  await page.locator('[data-notice="engine"]').getByRole("button", { name: "Try again" }).click();
  await page.locator(".lesson-goals [data-held=false]").first().waitFor();
}, {
  ...LESSON,
  allowed: ["start", "console", "errors", "failed"],
  before: ({ page }) => page.route("**/worker_bg.wasm*", route => route.abort()),
});

playing("an answer about a text that has changed since is dropped", async playground => {
  const { page } = playground;
  await playground.judged();
  await page.evaluate(() => {
    window.test = new BroadcastChannel("test");
    window.held = new Promise(done => { window.test.onmessage = done; });
    const next = document.querySelector("dry-run").shadowRoot.querySelector(".lesson-next");
    new MutationObserver(() => { window.wasReached ||= !next.disabled; }).observe(next, { attributes: true });
  });
  await put(playground, `${SOLUTION}# HOLD\n`);
  await page.evaluate(() => window.held.then(() => undefined));
  const revision = await playground.revision();
  await put(playground, `${START}# changed\n`);
  await page.waitForFunction(old => Number(document.documentElement.dataset.rev) > old, revision);
  await page.evaluate(() => window.test.postMessage("go on"));
  await playground.judged();
  assert.ok(!(await page.evaluate(() => window.wasReached)));
  assert.ok((await page.locator(".lesson-goals [data-held=false]").count()) > 0);
  await playground.paste(SOLUTION);
  await reached(playground);
  assert.equal(await page.evaluate(() => window.wasReached), true);
}, LESSON);

playing("typing in a lesson with a config of 1,000 lines never blocks the page for 50 ms", async (playground, t) => {
  // Before that the lesson puts in its start.
  await playground.judged();
  await playground.paste(tree(100, 4));
  await playground.judged();
  await playground.page.locator("[data-lesson-job=job-99]").waitFor();
  await playground.content.focus();
  await playground.page.keyboard.press("Control+End");
  const longest = await longestTask(playground.page, async () => {
    const revision = await playground.revision();
    await playground.page.keyboard.type("# some words that are typed one after another", { delay: 40 });
    await playground.settled(revision);
    await playground.judged();
  });
  t.diagnostic(`longest task: ${longest.toFixed(1)} ms`);
  assert.ok(longest <= 50, `${longest} ms`);
}, LESSON);
