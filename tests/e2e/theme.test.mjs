// F19: both themes, from the first frame, and the reader's choice.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { UNKNOWN_REQUIREMENT } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const GROUND = { light: "rgb(243, 245, 248)", dark: "rgb(14, 20, 32)" };
const ground = page => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const theme = page => page.evaluate(() => document.documentElement.dataset.theme);

for (const colorScheme of ["light", "dark"]) {
  playing(`the ${colorScheme} ground is there before anything is drawn`, async ({ page }) => {
    const early = await page.evaluate(() => window.__firstGround);
    assert.equal(early, GROUND[colorScheme]);
    assert.equal(await ground(page), GROUND[colorScheme]);
  }, {
    colorScheme,
    before: ({ page }) => page.addInitScript(() => {
      // The first frame with a body is what a reader sees first.
      const look = () => {
        if (!document.body) return requestAnimationFrame(look);
        window.__firstGround = getComputedStyle(document.documentElement).backgroundColor;
      };
      requestAnimationFrame(look);
    }),
  });

  playing(`axe finds nothing serious in the ${colorScheme} theme`, async playground => {
    await playground.paste(UNKNOWN_REQUIREMENT);
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    await playground.page.evaluate(axe);
    const { violations } = await playground.page.evaluate(() => axe.run());
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes.map(n => n.html.slice(0, 160)).join(" | ")}`), []);
  }, { colorScheme });
}

playing("the theme follows the system while the page is open", async ({ page }) => {
  assert.equal(await theme(page), "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.locator('html[data-theme="dark"]').waitFor();
  await page.locator('dry-run[data-theme="dark"]').waitFor();
});

playing("a chosen theme outlives a reload and a change of the system", async playground => {
  const { page } = playground;
  await page.evaluate(() => localStorage.setItem("dryrun.theme", "dark"));
  await page.reload();
  await playground.ready();
  assert.equal(await theme(page), "dark");
  await page.emulateMedia({ colorScheme: "light" });
  assert.equal(await theme(page), "dark");
});
