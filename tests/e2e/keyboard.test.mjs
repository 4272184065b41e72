// The whole way through the page without a mouse: nothing here clicks, and every focus is one that can be seen.
import assert from "node:assert/strict";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const CONFIG = `version: 2.1
jobs:
  build:
    docker: [{image: "cimg/go:1.22"}]
    steps:
      - checkout
      - persist_to_workspace: {root: ., paths: [out]}
  lint:
    docker: [{image: "cimg/go:1.22"}]
    steps: [checkout]
  deploy:
    docker: [{image: "cimg/go:1.22"}]
    steps:
      - attach_workspace: {at: .}
workflows:
  main:
    jobs:
      - biuld
      - lnit
      - deploy:
          requires: [build, lint]
          filters: {branches: {only: main}}
`;

const permissions = ["clipboard-read", "clipboard-write"];

/** What has the focus, by what it is called; and whether it is in sight, and looks as if it had. */
const focused = page => page.evaluate(() => {
  const { activeElement: element } = document.querySelector("dry-run").shadowRoot;
  if (!element) return { name: "", at: "nowhere", isSeen: false };
  const { x, y, width, height } = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const isMarked = style.outlineStyle !== "none" || style.filter !== "none" || element.matches(".cm-content");
  return {
    name: element.getAttribute("aria-label") ?? element.innerText ?? element.textContent,
    at: element.closest("[data-region]")?.getAttribute("data-region") ?? "elsewhere",
    isSeen: isMarked && x < innerWidth && y < innerHeight && x + width > 0 && y + height > 0,
  };
});

/** The keys of one reader. @param {import("./playground.mjs").Playground} playground */
function hands({ page }) {
  const look = async () => {
    const found = await focused(page);
    assert.ok(found.isSeen, `the focus cannot be seen: ${JSON.stringify(found)}`);
    return found;
  };
  return {
    look,
    /** Presses keys, and gives what then has the focus. @param {string[]} keys */
    async press(...keys) {
      for (const key of keys) await page.keyboard.press(key);
      return look();
    },
    /** Presses `key` until what has the focus is called so. @param {string} key @param {RegExp} name */
    async until(key, name) {
      for (let presses = 0; presses < 30; presses++) {
        await page.keyboard.press(key);
        const found = await look();
        if (name.test(found.name)) return found;
      }
      throw new Error(`${key} does not lead to ${name}`);
    },
    /** Goes from region to region. @param {string} at */
    async region(at) {
      for (let presses = 0; presses < 4; presses++) {
        await page.keyboard.press("F6");
        if ((await look()).at === at) return look();
      }
      throw new Error(`F6 does not lead to ${at}`);
    },
  };
}

playing("a config is pasted, mended, looked at, run and shared by the keyboard alone", async playground => {
  const { page } = playground;
  const { press, until, region, look } = hands(playground);

  // Paste.
  await page.evaluate(text => navigator.clipboard.writeText(text), CONFIG);
  await region("editor");
  let revision = await playground.revision();
  await press("Control+a", "Control+v");
  assert.equal(await playground.settled(revision), "errors");
  assert.equal(await playground.text(), CONFIG);

  // Go through the problems, in the text and in the list.
  await press("F8");
  await playground.caretOn(/- biuld/);
  await press("F8");
  await playground.caretOn(/- lnit/);
  assert.equal((await look()).at, "editor");
  assert.match((await region("problems")).name, /2 problems/);
  await until("Tab", /no job is called .*biuld/);

  // Mend one in the list, the other at its word.
  revision = await playground.revision();
  await until("Tab", /^Fix: change to build/);
  await press("Enter");
  await playground.settled(revision);
  assert.equal((await look()).at, "editor");
  await press("F8");
  await playground.caretOn(/- lnit/);
  revision = await playground.revision();
  await page.keyboard.press("Control+.");
  await page.locator(".cm-menu").waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await playground.settled(revision), "ok");
  assert.equal((await look()).at, "editor");

  // To the graph: no list of problems is in the way. A job, its details, and back.
  assert.match((await region("graph")).name, /^build, job/);
  assert.match((await press("ArrowRight")).name, /^deploy, job/);
  await press("Shift+Enter");
  await page.locator("[data-details]", { hasText: "The branch main is among only" }).waitFor();
  assert.match((await press("Tab")).name, /Close the details/);
  assert.match((await press("Enter")).name, /^deploy, job/);
  await press("Enter");
  await playground.caretOn(/^ {2}deploy:$/);
  assert.match((await press("Alt+Enter")).name, /^deploy, job/);

  // Compiled: the job that had the focus is gone, the focus is not.
  await page.keyboard.press("Alt+2");
  await page.locator("[data-compiled-line]").first().waitFor();
  assert.equal((await look()).at, "graph");
  assert.match((await until("Tab", /Compiled config/)).name, /read-only/);
  await press("ArrowDown", "ArrowDown", "ArrowDown");
  await page.locator(".compiled-line[aria-selected=true]:not([data-synthetic])").waitFor();
  assert.equal((await press("Enter")).at, "editor");

  // Another branch: deploy is left out.
  await press("Alt+1");
  await region("graph");
  await until("Shift+Tab", /^main$/);
  await press("Enter");
  await until("Tab", /Branch name/);
  await press("Control+a");
  await page.keyboard.type("topic");
  await page.locator('[data-job=deploy][data-state=skipped]').waitFor();
  assert.match((await press("Escape")).name, /topic/);
  // What is left by Tab closes, so that it covers nothing.
  await press("Enter");
  await page.locator("[data-popover=pipeline] .popover").waitFor();
  await until("Tab", /^main/);
  await page.locator("[data-popover=pipeline] .popover").waitFor({ state: "detached" });

  // The run, and its seconds.
  await until("Tab", /^Run$/);
  await press("Enter");
  await page.locator("[data-run]").waitFor();
  await until("Tab", /Second of the run/);
  await press("End");
  await page.locator("[data-job=build][data-state=success]").waitFor();
  await press("Home", "ArrowRight");
  await page.locator('[data-run][data-second="1"]').waitFor();
  await press("Alt+3");
  await page.locator("[data-timeline]").waitFor();
  assert.match((await look()).name, /Second of the run/);

  // The link; then the focus is where it was.
  await page.keyboard.press("Control+Shift+C");
  await page.locator("[data-said=copied]").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /#v1=z:/);
  assert.match((await look()).name, /^Copy link/);
  assert.match((await press("Escape")).name, /Second of the run/);
}, { permissions });

playing("what is pressed away leaves the focus beside it", async playground => {
  const { page } = playground;
  const { press, until, region } = hands(playground);
  // A notice.
  await playground.drop("picture.png", "\u0000\u00ff");
  await playground.drop("mine.yml", CONFIG);
  await playground.node("deploy").waitFor();
  await page.locator("[data-notice] button[aria-label='Close this notice']").focus();
  assert.equal((await press("Enter")).at, "editor");
  // Back to a default, in a popover.
  await region("graph");
  await until("Shift+Tab", /^main$/);
  await press("Enter");
  await until("Tab", /Branch name/);
  await press("Control+a");
  await page.keyboard.type("x");
  await page.locator("[data-do=reset]").waitFor();
  await until("Tab", /Reset to defaults/);
  assert.equal((await press("Enter")).at, "graph");
  await page.locator("[data-do=reset]").waitFor({ state: "detached" });
  await page.locator("[data-popover=pipeline] .popover").waitFor();
}, { permissions });
