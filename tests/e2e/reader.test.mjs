// Somebody pastes a config of 900 lines that CircleCI rejects: the first problem is the cause, it is about the one word
// that is wrong, and from it one key or click leads there, and one more mends it.
import assert from "node:assert/strict";
import { FAULTS, LONG } from "./long.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const errors = ({ page }) => page.locator("[data-check][data-severity=error]");

playing("the long config has no error", async playground => {
  assert.ok(LONG.split("\n").length > 800);
  assert.notEqual(await playground.paste(LONG), "errors");
});

playing("a job's accessible name says what its badges show", async playground => {
  await playground.paste(LONG);
  assert.match(await playground.node("test-accounts").getAttribute("aria-label"), /^test-accounts ∥2, job, in 2 containers/);
  assert.match(await playground.node("build-accounts").getAttribute("aria-label"), /^build-accounts, job/);
});

for (const [layout, viewport] of [["medium", { width: 1024, height: 768 }], ["narrow", { width: 390, height: 844 }]]) {
  playing(`where the list of problems is folded away, the first error stands there in short (${layout})`, async playground => {
    const { page } = playground;
    const { text, word } = FAULTS["an argument of a command is misspelt"];
    await playground.paste(text);
    const peek = page.locator(".peek");
    assert.match(await peek.innerText(), /has no parameter servce/);
    await peek.click();
    assert.equal(await playground.selected(), word);
    await playground.paste(LONG);
    await peek.waitFor({ state: "detached" });
  }, { viewport });
}

for (const [what, { text, word, check, mends }] of Object.entries(FAULTS)) {
  playing(`${what}: the word is named, found and mended`, async playground => {
    const { page } = playground;
    await playground.paste(text);
    const first = page.locator("[data-check]").first();
    assert.equal(await first.getAttribute("data-check"), check);
    assert.equal(await errors(playground).count(), 1, await errors(playground).allInnerTexts().then(all => all.join("\n")));
    assert.ok(await first.locator(".problem-go").isVisible());
    await first.locator(".problem-go").focus();
    await page.keyboard.press("Enter");
    assert.equal(await playground.selected(), word);
    await page.waitForFunction(() => {
      const { top, bottom } = document.querySelector("dry-run").shadowRoot.querySelector(".cm-lintRange-error")?.getBoundingClientRect() ?? {};
      return top > 0 && bottom < innerHeight;
    });
    if (!mends) return;
    const revision = await playground.revision();
    await first.locator("[data-do=fix]").first().click();
    await playground.settled(revision);
    assert.equal(await playground.text(), LONG);
  });
}
