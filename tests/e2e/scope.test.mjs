// F03 and F36: what a verdict covers, and problems that comments hide.
import assert from "node:assert/strict";
import { UNKNOWN_REQUIREMENT, VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const WITH_ORB = VALID
  .replace("jobs:\n", "parameters:\n  deep: {type: boolean, default: false}\norbs:\n  tools: acme/tools@1.0.0\njobs:\n")
  .replace("- checkout", "- checkout\n      - tools/install\n      - run: echo << pipeline.number >>")
  .replace("      - deploy:\n", "      - deploy:\n          context: release\n");

const scope = ({ page }, name) => page.locator(`[data-popover=verdict] [data-scope=${name}] .row > :first-child`).allTextContents();
const badge = ({ page }) => page.locator("[data-popover=verdict] > button");

playing("a config with an orb that is not at hand is never just in order: the badge and its list say what is missing", async playground => {
  const { page } = playground;
  assert.equal(await playground.paste(WITH_ORB), "ok");
  assert.match(await badge(playground).textContent(), /^No problems\s*1 not checked$/);
  await page.locator("[data-popover=files] > button", { hasText: /^1\s*orb missing$/ }).waitFor();
  await playground.open("verdict");
  assert.deepEqual(await scope(playground, "not-checked"), ["orb acme/tools@1.0.0"]);
  assert.deepEqual(await scope(playground, "outside"),
    ["context release", "image cimg/go:1.22", "parameter deep", "value pipeline.number"]);
  const words = await page.locator("#popover-verdict").textContent();
  assert.doesNotMatch(words, /\bvalid\b|accepted/i);
  await page.locator("[data-scope=outside] .row", { hasText: "release" }).click();
  await playground.caretOn(/context: release/);
});

playing("badge and files count the same: a continuation that was not given too", async playground => {
  const { page } = playground;
  await playground.paste(WITH_ORB.replace("version: 2.1\n", "version: 2.1\nsetup: true\n"));
  await badge(playground).getByText("2 not checked").waitFor();
  await page.locator("[data-popover=files] > button", { hasText: /^2\s*files missing$/ }).waitFor();
  await playground.open("verdict");
  assert.deepEqual(await scope(playground, "not-checked"), ["orb acme/tools@1.0.0", "continuation"]);
});

for (const [way, press] of [
  ["the list", ({ page }) => page.locator("[data-do=ignore]").first().click()],
  ["the menu of the editor", async ({ page }) => {
    await page.keyboard.press("F8");
    await page.keyboard.press("Control+.");
    await page.getByRole("menuitem", { name: "Ignore here" }).click();
  }],
]) {
  playing(`a problem is ignored from ${way}, stays listed as ignored, and one undo shows it again`, async playground => {
    const { page } = playground;
    await playground.paste(UNKNOWN_REQUIREMENT);
    const revision = await playground.revision();
    await press(playground);
    assert.equal(await playground.settled(revision), "ok");
    assert.match(await playground.text(), /requires: \[biuld\]\} +# cci-ignore undefined-requirement\n/);
    await page.locator(".problems-title", { hasText: "No problems, 1 ignored" }).waitFor();
    await playground.open("verdict");
    assert.equal((await scope(playground, "ignored")).length, 1);
    await page.keyboard.press("Escape");
    await playground.content.focus();
    await page.keyboard.press("Control+z");
    assert.equal(await playground.settled(revision + 1), "errors");
    assert.equal(await playground.text(), UNKNOWN_REQUIREMENT);
  });
}

playing("a comment that hides nothing is a problem itself, and has no comment offered", async playground => {
  const { page } = playground;
  await playground.paste(VALID.replace("- checkout", "- checkout # cci-ignore undefined-job"));
  const unused = playground.problem("unused-ignore");
  await unused.waitFor();
  assert.equal(await unused.locator("[data-do=ignore]").count(), 0);
  assert.ok((await page.locator("[data-do=fix]").count()) > 0);
});
