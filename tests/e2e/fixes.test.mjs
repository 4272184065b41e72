// F10: fixes from the list and from the editor; each is one step, and one undo takes it back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { UNKNOWN_REQUIREMENT, VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

/** Two words with one best answer each, comments and an anchor around them, in CRLF behind a byte order mark. */
const MISSPELLED = ("\uFEFF" + VALID
  .replace("jobs:\n", "jobs: # all of them\n")
  .replace("            - build\n            - lint\n", "            - biuld # first\n            - 'lnit'\n")
  .replace("image: cimg/go:1.22", "image: &image cimg/go:1.22")
  .replace("image: cimg/go:1.22", "image: *image")).replaceAll("\n", "\r\n");
const MENDED = MISSPELLED.replace("- biuld", "- build");
const ALL_MENDED = MENDED.replace("'lnit'", "lint");

const fixes = ({ page }) => page.locator("[data-do=fix]");

/** Opens a text as a file: so its line endings and byte order mark arrive as they are. */
async function opened(playground, text) {
  const revision = await playground.revision();
  await playground.drop("config.yml", text);
  return playground.settled(revision);
}

playing("a fix changes its word and nothing else, its problem goes, and one undo brings bytes and caret back", async playground => {
  const { page } = playground;
  assert.equal(await opened(playground, MISSPELLED), "errors");
  await playground.content.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowUp");
  const line = await page.locator(".cm-activeLine").textContent();
  const revision = await playground.revision();
  assert.match(await fixes(playground).first().textContent(), /^Fix: change to build$/);
  await fixes(playground).first().click();
  await playground.settled(revision);
  assert.equal(await playground.text(), MENDED);
  assert.equal(await playground.problem().count(), 1);
  await playground.content.and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Control+z");
  await playground.settled(revision + 1);
  assert.equal(await playground.text(), MISSPELLED);
  assert.equal(await page.locator(".cm-activeLine").textContent(), line);
  assert.equal(await playground.problem().count(), 2);
});

playing("each way out of an attach that fails is offered, and each takes the problem away", async playground => {
  const text = await readFile(new URL("../../www/lessons/06-failing-attach/start.yml", import.meta.url), "utf8");
  await opened(playground, text);
  const attach = playground.page.locator("[data-check=forbidden-attach]").first();
  const ways = await attach.locator("[data-do=fix]").allInnerTexts();
  assert.equal(ways.length, 3, ways.join("\n"));
  const count = await playground.problem("forbidden-attach").count();
  for (const way of ways) {
    const revision = await playground.revision();
    await attach.locator("[data-do=fix]", { hasText: way }).click();
    await playground.settled(revision);
    assert.ok(await playground.problem("forbidden-attach").count() < count, way);
    await playground.page.keyboard.press("Control+z");
    await playground.settled(revision + 1);
    assert.equal(await playground.problem("forbidden-attach").count(), count);
  }
});

playing("all safe fixes at once are one step", async playground => {
  const { page } = playground;
  await opened(playground, MISSPELLED);
  const revision = await playground.revision();
  const all = page.locator("[data-do=fix-all]");
  assert.equal(await all.textContent(), "Apply all safe fixes (2)");
  await all.click();
  assert.equal(await playground.settled(revision), "ok");
  assert.equal((await playground.text()).replace("'lint'", "lint"), ALL_MENDED);
  await page.keyboard.press("Control+z");
  await playground.settled(revision + 1);
  assert.equal(await playground.text(), MISSPELLED);
});

playing("Ctrl+. at the word mends it from the keyboard", async playground => {
  const { page } = playground;
  await playground.paste(UNKNOWN_REQUIREMENT);
  await page.keyboard.press("F8");
  await playground.caretOn(/biuld/);
  await page.keyboard.press("Control+.");
  await page.getByRole("menuitem", { name: "Fix: change to build" }).waitFor();
  const revision = await playground.revision();
  await page.keyboard.press("Enter");
  await playground.settled(revision);
  assert.equal(await playground.text(), UNKNOWN_REQUIREMENT.replace("biuld", "build"));
});

playing("the tooltip of an underlined word has the fix", async playground => {
  const { page } = playground;
  await playground.paste(UNKNOWN_REQUIREMENT);
  await page.locator(".cm-lintRange-error").hover();
  const revision = await playground.revision();
  await page.locator(".cm-tooltip").getByRole("button", { name: "Fix: change to build" }).click();
  await playground.settled(revision);
  assert.equal(await playground.text(), UNKNOWN_REQUIREMENT.replace("biuld", "build"));
});

playing("a problem leads to the page of its check, of the same build", async playground => {
  const { page } = playground;
  await playground.paste(UNKNOWN_REQUIREMENT);
  const link = playground.problem("undefined-requirement").getByRole("link");
  const address = await link.evaluate(element => element.href);
  assert.equal(address, `${playground.server.url}checks/undefined-requirement.html`);
  const answer = await page.request.get(address);
  assert.match(await answer.text(), /<h1><code>undefined-requirement<\/code><\/h1>/);
});
