// F14: the page of each check, and its examples in the playground.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { DIST } from "./browser.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const pages = (await readdir(join(DIST, "checks"))).filter(name => name.endsWith(".html") && name !== "index.html");

/** The links of a page, and the text after the fixes that stands below a bad example. */
const examplesOf = page => page.locator("a.open").evaluateAll(links => links.map(link => {
  let fixed = null;
  for (let at = link.parentElement.nextElementSibling; at && !at.querySelector("a.open"); at = at.nextElementSibling) {
    if (at.tagName === "H3" && at.textContent === "After the fixes") fixed = at.nextElementSibling.textContent;
  }
  return { kind: link.dataset.example, href: link.href, fixed };
}));

/** Opens a link in the playground that is there already, at the same address: quicker than loading it again. */
async function follow(playground, href) {
  const revision = await playground.revision();
  await playground.page.evaluate(href => void (location.href = href), href);
  await playground.settled(revision);
}

const raised = async playground => [...new Set(await playground.problem().evaluateAll(all => all.map(one => one.dataset.check)))];

/** Presses what offers a fix until nothing does. */
async function mend(playground) {
  const fix = playground.page.locator("[data-do=fix-all], [data-do=fix]");
  for (let rounds = 0; rounds < 30 && (await fix.count()) > 0; rounds++) {
    const revision = await playground.revision();
    await fix.first().click();
    await playground.settled(revision);
  }
}

/** The examples of all pages. In a page of its own, which is closed: behind another one, the playground draws once a second. */
async function allExamples(playground) {
  const page = await playground.page.context().newPage();
  const found = [];
  for (const name of pages) {
    await page.goto(`${playground.server.url}checks/${name}`);
    const examples = await examplesOf(page);
    assert.ok(["bad", "good"].every(kind => examples.some(example => example.kind === kind)), name);
    const check = name.replace(".html", "");
    found.push(...examples.map((example, index) => ({ ...example, check, which: `${check}: example ${index + 1}` })));
  }
  await page.close();
  return found;
}

playing("every bad example raises its check alone, every good one nothing, and fixes make what the page says", async (playground, t) => {
  const seen = { bad: 0, good: 0, fixed: 0 };
  for (const { check, which, kind, href, fixed } of await allExamples(playground)) {
    await follow(playground, href);
    assert.deepEqual(await raised(playground), kind === "bad" ? [check] : [], which);
    seen[kind]++;
    if (fixed === null) continue;
    await mend(playground);
    assert.equal(await playground.text(), fixed, which);
    seen.fixed++;
  }
  t.diagnostic(`${pages.length} pages: ${seen.bad} bad examples, ${seen.good} good ones, ${seen.fixed} mended`);
}, { query: "index.html" });

playing("a page opens in the playground by its link, and the playground leads back", async playground => {
  const { page } = playground;
  await page.goto(`${playground.server.url}checks/index.html`);
  await page.getByRole("link", { name: "undefined-job" }).click();
  await page.getByRole("link", { name: "Open in the playground" }).first().click();
  await playground.ready();
  assert.deepEqual(await raised(playground), ["undefined-job"]);
  const opening = page.context().waitForEvent("page");
  await playground.problem().first().getByRole("link", { name: "undefined-job" }).click();
  const back = await opening;
  await back.waitForURL(/\/checks\/undefined-job\.html$/);
});
