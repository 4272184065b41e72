// The list of what can be written at the caret.
import assert from "node:assert/strict";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const CONFIG = `version: 2.1
orbs:
  node: circleci/node@5
jobs:
  build:
    docker:
      - image: cimg/base:2024.01
    steps:
      - checkout
      - `;

/** Waits for the list, and gives its labels. */
async function offered({ page }) {
  await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
  return page.locator(".cm-tooltip-autocomplete .cm-completionLabel").allTextContents();
}

const closed = ({ page }) => page.locator(".cm-tooltip-autocomplete").waitFor({ state: "detached" });

playing("Ctrl+Space lists what is valid there, of orbs without their source too; the chosen one is written", async playground => {
  const { page } = playground;
  await playground.paste(CONFIG);
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Control+Space");
  const labels = await offered(playground);
  assert.ok(labels.includes("run") && labels.includes("node/install-packages"), labels.join());
  assert.ok(!labels.includes("build"), "a job is no step");
  assert.equal(await playground.content.getAttribute("aria-haspopup"), "listbox");
  await page.keyboard.type("node/install-pa");
  // With a key nothing can be chosen in the first moment: it may have been meant for the text.
  await page.locator(".cm-tooltip-autocomplete li[aria-selected]", { hasText: "node/install-packages" }).click();
  await closed(playground);
  assert.match(await playground.text(), /- node\/install-packages$/);
});

playing("typing opens the list, deleting opens it again, Escape closes nothing but the list", async playground => {
  const { page } = playground;
  await playground.paste(`${CONFIG}node/install-packages:\n          pkg-manager: `);
  await page.keyboard.press("Control+End");
  await page.keyboard.type("yarn");
  assert.deepEqual((await offered(playground)).sort(), ["yarn", "yarn-berry"]);
  await page.keyboard.press("Escape");
  await closed(playground);
  for (let letter = 0; letter < 4; letter++) await page.keyboard.press("Backspace");
  await page.waitForFunction(() => {
    const root = document.querySelector("dry-run").shadowRoot;
    return root.querySelectorAll(".cm-tooltip-autocomplete li").length === 4;
  });
  await page.keyboard.press("Escape");
  await closed(playground);
  assert.match(await playground.text(), /pkg-manager: $/);
});

/** Lets every message to a worker come `delay` ms late: an engine at which one types past its answers. */
function slow(delay) {
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (...message) {
    setTimeout(() => post.apply(this, message), delay);
  };
}

playing("a list whose answer comes after the next key is asked for once more", async playground => {
  const { page } = playground;
  await playground.paste(`${CONFIG}node/install-packages:\n          pkg-manager: `);
  await page.keyboard.press("Control+End");
  // Slower than the editor asks behind a key, faster than it is answered.
  await page.keyboard.type("yarn", { delay: 200 });
  assert.deepEqual((await offered(playground)).sort(), ["yarn", "yarn-berry"]);
}, { before: ({ page }) => page.addInitScript(slow, 300) });

playing("Enter behind a word that is written out begins a line; before its end it takes what is chosen", async playground => {
  const { page } = playground;
  await playground.paste(CONFIG);
  await page.keyboard.press("Control+End");
  await page.keyboard.type("checkout");
  const chosen = page.locator(".cm-tooltip-autocomplete li[aria-selected]", { hasText: "checkout" });
  await chosen.waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("- checkou");
  await chosen.waitFor();
  await page.waitForTimeout(200); // With a key nothing can be chosen in the first moment.
  await page.keyboard.press("Enter");
  assert.match(await playground.text(), /      - checkout\n      - checkout$/);
});

playing("prose is left alone", async playground => {
  const { page } = playground;
  await playground.paste(`${CONFIG}run: `);
  await page.keyboard.press("Control+End");
  await page.keyboard.type("echo checkout");
  await playground.settled();
  assert.equal(await page.locator(".cm-tooltip-autocomplete").count(), 0);
});
