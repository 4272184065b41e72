// F12: the count of requests that the privacy panel shows is the true one, and lives.
import assert from "node:assert/strict";
import { VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

playing("the privacy panel counts every request of the page, and goes on counting", async playground => {
  const { page } = playground;
  await playground.paste(VALID);
  await page.locator('[data-popover="privacy"] > button').click();
  const shown = page.locator("[data-requests]");
  // The document itself is a request too; those of the worker are its own.
  const count = async () => Number(await shown.getAttribute("data-requests"));
  const before = await count();
  const asked = await page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => /^http/.test(name)).length);
  assert.equal(before, asked);
  await page.evaluate(() => fetch("icon-of-no-one.svg").catch(() => {}));
  await page.locator(`[data-requests="${before + 1}"]`).waitFor();
  await page.keyboard.press("Escape");
  await shown.waitFor({ state: "detached" });
  // The focus is back where it came from.
  await page.locator('[data-popover="privacy"] > button:focus').waitFor();
}, { allowed: ["console"] });
