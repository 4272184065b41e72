// F07: every place of a node and of a line, both ways, by mouse and by keyboard.
import assert from "node:assert/strict";
import { tree } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const WITH_EXECUTOR = `version: 2.1
executors:
  small:
    docker:
      - image: cimg/base:current
jobs:
  build:
    executor: small
    steps:
      - checkout
  test:
    executor: small
    steps:
      - checkout
workflows:
  main:
    jobs:
      - build
      - test:
          requires:
            - build
`;
const PLACES = [/^ {2}test:$/, /^ +- test:$/, /^ {2}small:$/];

playing("clicks on a node go through definition, entry and executor, and begin again", async playground => {
  await playground.paste(WITH_EXECUTOR);
  for (const place of [...PLACES, PLACES[0]]) {
    await playground.node("test").click();
    await playground.caretOn(place);
  }
});

playing("so does Enter, from the drawing, and Alt+Enter leads back to the node", async playground => {
  const { page } = playground;
  await playground.paste(WITH_EXECUTOR);
  await page.locator('[data-job][tabindex="0"]').focus();
  await page.keyboard.press("End");
  for (const place of PLACES) {
    await playground.node("test").focus();
    await page.keyboard.press("Enter");
    await playground.caretOn(place);
    await playground.content.and(page.locator(":focus")).waitFor();
  }
  await page.locator(".cm-line", { hasText: /^ {2}test:$/ }).click();
  await page.locator('[data-job="test"][aria-current="true"]').waitFor();
  await page.keyboard.press("Alt+Enter");
  await page.locator('[data-job="test"]:focus').waitFor();
});

playing("a click on a line goes to the item that asks for it, and the caret there marks the line", async playground => {
  const { page } = playground;
  await playground.paste(WITH_EXECUTOR);
  const line = playground.edge("build", "test");
  await line.locator(".hit").click({ force: true });
  await playground.caretOn(/^ +- build$/);
  await page.locator(".cm-line", { hasText: /^version/ }).click();
  await page.locator('[data-edge][aria-current="true"]').waitFor({ state: "detached" });
  await page.locator(".cm-line", { hasText: /^ {12}- build$/ }).click();
  await page.locator('[data-from="build"][data-to="test"][aria-current="true"]').waitFor();
});

playing("a line is reached and followed by keys", async playground => {
  const { page } = playground;
  await playground.paste(WITH_EXECUTOR);
  await page.locator('[data-job][tabindex="0"]').focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Control+ArrowRight");
  await page.locator('[data-edge]:focus').waitFor();
  await page.keyboard.press("Enter");
  await playground.caretOn(/^ +- build$/);
});

playing("a job whose node is out of sight is brought into view; one in sight does not move the drawing", async playground => {
  const { page } = playground;
  await playground.paste(tree(60, 1));
  const drawing = page.locator(".graph-window");
  const scrolled = () => drawing.evaluate(window => [window.scrollLeft, window.scrollTop]);
  const goTo = async job => {
    await page.evaluate(() => document.querySelector("dry-run").focus());
    await playground.content.focus();
    await page.keyboard.press("Control+Home");
    const line = 3 + job * 6;
    for (let step = 1; step < line; step++) await page.keyboard.press("ArrowDown");
    await page.locator(`[data-job="job-${job}"][aria-current="true"]`).waitFor();
  };
  await goTo(0);
  const before = await scrolled();
  const inSight = await page.evaluate(() => {
    const root = document.querySelector("dry-run").shadowRoot;
    const pane = root.querySelector(".graph-window").getBoundingClientRect();
    const isInside = node => {
      const box = node.getBoundingClientRect();
      return box.left >= pane.left && box.right <= pane.right && box.top >= pane.top && box.bottom <= pane.bottom;
    };
    const jobs = [...root.querySelectorAll("[data-job]")].map(node => [Number(node.dataset.job.slice(4)), isInside(node)]);
    return { near: jobs.find(([job, inside]) => inside && job > 0)?.[0], far: jobs.findLast(([, inside]) => !inside)?.[0] };
  });
  assert.ok(inSight.near !== undefined && inSight.far !== undefined, JSON.stringify(inSight));
  await goTo(inSight.near);
  assert.deepEqual(await scrolled(), before);
  await goTo(inSight.far);
  assert.notDeepEqual(await scrolled(), before);
  const [node, pane] = await Promise.all([playground.node(`job-${inSight.far}`).boundingBox(), drawing.boundingBox()]);
  assert.ok(node.x >= pane.x && node.x + node.width <= pane.x + pane.width
    && node.y >= pane.y && node.y + node.height <= pane.y + pane.height, JSON.stringify([node, pane]));
});
