// <dry-run lesson>: a lesson's panel beside the app, in other people's pages.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { embed, FOREIGN, page as pageOf } from "./embed/pages.mjs";
import { frame, ready, serious, serving, visiting } from "./embed/visiting.mjs";

const element = attributes => `<dry-run id="one" ${attributes}></dry-run>`;
const OWN = {
  "mine/lesson.yml": "steps:\n- start: start.yml\n  solution: start.yml\n  goals:\n  - text: Nothing is wrong\n    clean: true\n",
  "mine/lesson.md": "# My lesson\n\n## My step\n\nDo it.\n",
  "mine/start.yml": "version: 2.1\njobs: [\n",
};

const { site, other } = serving({
  "lesson.html": pageOf({ body: element('lesson="02-parallel-jobs"') + embed('id="graph"') }),
  "step.html": pageOf({ body: element('lesson="03-fan-out" step="2" height="600"') }),
  "none.html": pageOf({ body: element('lesson="99-nothing"') + embed('id="graph"') }),
  "broken.html": pageOf({ body: element('lesson="./broken"') }),
  "broken/lesson.yml": "steps: [",
  "broken/lesson.md": "# A\n\n## B\n",
  "own.html": pageOf({ body: element('lesson="./mine/"') }),
  "far.html": pageOf({ body: element('lesson="https://example.com/lesson"') }),
  ...OWN,
}, site => ({
  "framed.html": pageOf({ dryrun: site.url, policy: FOREIGN(site), body: element('lesson="02-parallel-jobs"') }),
}));

const solution = readFileSync(new URL("../../www/lessons/02-parallel-jobs/solution.yml", import.meta.url), "utf8");

/** Keeps what is told of progress in `window.progress`. */
const listen = page => page.addInitScript(() => {
  window.progress = [];
  addEventListener("lesson-progress", event => window.progress.push(event.detail), true);
});

visiting("a lesson in an embed: solved by its solution, told in events, read from no other place", "lesson.html", async page => {
  await page.locator("#one .lesson-goals [data-held=false]").first().waitFor();
  assert.match(await page.locator("#one .cm-content").innerText(), /version/);
  await page.evaluate(text => void (document.querySelector("#one").value = text), solution);
  await page.locator("#one .lesson-goals [data-held=false]").first().waitFor({ state: "detached" });
  const told = await page.evaluate(() => window.progress);
  assert.deepEqual([told[0].lesson, told[0].step, told[0].reached], ["02-parallel-jobs", 1, false]);
  assert.deepEqual([told.at(-1).reached, told.at(-1).goals.every(held => held)], [true, true]);
  // The page's own address is none of the lesson's business.
  assert.equal(new URL(page.url()).search, "");
  const links = await page.locator("#one .lesson a").evaluateAll(links => links.map(link => [link.target, link.href]));
  for (const [target, href] of links) assert.deepEqual([target, href.startsWith(site().url)], ["_blank", true]);
}, { before: listen });

visiting("a lesson's files and wasm are loaded with a lesson only, and it goes when the attribute does", "lesson.html", async page => {
  await page.locator("#graph").scrollIntoViewIfNeeded();
  await ready(page, "graph");
  await page.locator("#one .lesson-goals li").first().waitFor();
  assert.equal(site().asked.filter(path => path.endsWith("lessons_bg.wasm")).length, 1);
  await page.evaluate(() => document.querySelector("#one").setAttribute("lesson", "01-first-job"));
  await page.locator("#one .lesson h2", { hasText: /first job/i }).waitFor();
  assert.equal(await page.locator("#one .lesson").count(), 1);
  await page.evaluate(() => document.querySelector("#one").removeAttribute("lesson"));
  await page.locator("#one .lesson").waitFor({ state: "detached" });
  await page.locator("#one .window svg").waitFor();
});

visiting("a lesson at a step, in an element of a chosen height, without two scroll bars", "step.html", async page => {
  await page.locator('#one .lesson[data-step="2"] .lesson-goals li').first().waitFor();
  const sizes = await page.evaluate(() => {
    const host = document.querySelector("#one");
    const bottom = selector => host.shadowRoot.querySelector(selector).getBoundingClientRect().bottom - host.getBoundingClientRect().top;
    return [host.offsetHeight, bottom(".foot") <= 600, bottom(".lesson") <= 600, bottom(".app") <= 600, host.scrollHeight <= 600];
  });
  assert.deepEqual(sizes, [600, true, true, true, true]);
  assert.equal(await page.locator("#one .foot a").getAttribute("href"), `${site().url}?lesson=03-fan-out&step=2`);
});

visiting("embed.html opens a lesson at a step, and wears what its address says", "embed.html?lesson=03-fan-out&step=2&--dryrun-accent=rgb(1,2,3)", async page => {
  await page.locator('dry-run .lesson[data-step="2"] .lesson-goals li').first().waitFor();
  assert.equal(await page.locator("dry-run .lesson a").first().evaluate(link => getComputedStyle(link).color), "rgb(1, 2, 3)");
});

visiting("a narrow lesson stands above the app", "step.html", async page => {
  await page.locator("#one .lesson-goals li").first().waitFor();
  const [panel, app] = await Promise.all([".lesson", ".app"].map(part => page.locator(`#one ${part}`).boundingBox()));
  assert.ok(panel.y + panel.height <= app.y + 1);
  assert.ok(Math.abs(panel.width - app.width) < 2);
}, { viewport: { width: 500, height: 900 } });

visiting("a lesson that is not there says so in place, and the rest of the page stands", "none.html", async page => {
  const said = await page.locator("#one .lesson [role=alert]").innerText();
  assert.match(said, /99-nothing/);
  await page.locator("#graph").scrollIntoViewIfNeeded();
  await ready(page, "graph");
}, { allowed: ["console"] });

visiting("a lesson with a broken file says where", "broken.html", async page => {
  assert.match(await page.locator("#one .lesson [role=alert]").innerText(), /lesson\.yml:\d+/);
});

visiting("a lesson of another origin is refused", "far.html", async page => {
  assert.match(await page.locator("#one .lesson [role=alert]").innerText(), /same origin/);
});

visiting("somebody's own lesson stands beside the page", "own.html", async page => {
  await page.locator("#one .lesson h2", { hasText: "My lesson" }).waitFor();
  await page.locator("#one .lesson-goals [data-held=false]").waitFor();
});

visiting("a lesson in a frame tells its progress through it", "framed.html", async page => {
  await frame(page).locator(".lesson-goals li").first().waitFor();
  await page.waitForFunction(() => window.progress.length > 0);
  await page.evaluate(text => void (document.querySelector("#one").value = text), solution);
  await page.waitForFunction(() => window.progress.at(-1).reached);
}, { at: other, allowed: ["foreign"], before: listen });

for (const colorScheme of ["light", "dark"]) {
  visiting(`axe finds nothing serious in a lesson of an embed, in the ${colorScheme} theme`, "step.html", async page => {
    await page.locator("#one .lesson-goals li").first().waitFor();
    assert.deepEqual(await serious(page), []);
  }, { colorScheme, reducedMotion: "reduce" });
}
