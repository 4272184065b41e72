// Every lesson in the page: its start does not pass, its solution does, and bad lessons say what is wrong with them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

const FOLDER = new URL("../../www/lessons/", import.meta.url);
const LESSONS = readdirSync(FOLDER).sort();

const stepsOf = id => readFileSync(new URL(`${id}/lesson.md`, FOLDER), "utf8").match(/^## /gm).length;

withBrowser();

for (const id of LESSONS) {
  playing(`${id}: each step is open at its start and done by its solution`, async ({ page }) => {
    const next = page.locator(".lesson-next");
    for (let step = 1; step <= stepsOf(id); step++) {
      await page.locator(`.lesson[data-step="${step}"]`).waitFor();
      await page.locator(".lesson-goals li").first().waitFor();
      assert.ok(await next.isDisabled(), `step ${step} is done before anything was`);
      await page.locator("[data-solve]").click();
      await page.locator(".lesson-next:enabled").waitFor();
      assert.equal(await page.locator('.lesson-goals [data-held="false"]').count(), 0);
      if (step < stepsOf(id)) await next.click();
    }
  }, { query: `?lesson=${id}&step=1` });
}

playing("a lesson is solved by typing, and its run becomes shorter", async playground => {
  const { page } = playground;
  await page.locator(".lesson-next:disabled").waitFor();
  const seconds = which => page.locator(`.lesson-time[data-which="${which}"]`).first().getAttribute("data-seconds");
  await playground.paste(readFileSync(new URL("02-parallel-jobs/solution.yml", FOLDER), "utf8"));
  await page.locator(".lesson-next:enabled").waitFor();
  assert.ok(Number(await seconds("now")) < Number(await seconds("before")));
  await playground.paste("version: 2.1\njobs: [\n");
  await page.locator(".lesson-next:disabled").waitFor();
}, { query: "?lesson=02-parallel-jobs" });

playing("the teacher steps through the run with the arrow keys", async ({ page }) => {
  const moment = page.locator(".lesson-moment");
  await moment.filter({ hasText: "At 0 s" }).waitFor();
  await page.evaluate(() => document.activeElement?.blur());
  await page.keyboard.press("ArrowRight");
  await moment.filter({ hasNotText: "At 0 s" }).waitFor();
  await page.keyboard.press("ArrowLeft");
  await moment.filter({ hasText: "At 0 s" }).waitFor();
}, { query: "?lesson=03-fan-out&step=2&view=teach" });

playing("the list leads to each lesson", async ({ page }) => {
  await page.locator(".lesson-list a").first().waitFor();
  const links = await page.locator(".lesson-list a").evaluateAll(links => links.map(link => link.getAttribute("href")));
  assert.deepEqual(links, LESSONS.map(id => `?lesson=${id}`));
}, { query: "?lesson" });

playing("above a narrow page the list is there whole", async ({ page }) => {
  const last = page.locator(".lesson-list a").nth(LESSONS.length - 1);
  await last.waitFor();
  const panel = await page.locator("aside.lesson").boundingBox();
  const link = await last.boundingBox();
  assert.ok(link.y + link.height <= panel.y + panel.height, "no lesson is below the edge");
  assert.ok(panel.height < 844 * 0.75, "the page is still there");
}, { query: "?lesson", viewport: { width: 390, height: 844 } });

playing("what is tried in a lesson does not take the place of what was kept", async playground => {
  await playground.paste("version: 2.1\n# mine\njobs: {}\n");
  const { page, server } = playground;
  await page.waitForFunction(() => Object.values(localStorage).some(kept => kept.includes("# mine")));
  await page.goto(`${server.url}?lesson=01-first-job`);
  await page.locator(".lesson-next").waitFor();
  await page.goto(server.url);
  await playground.ready();
  assert.match(await playground.text(), /# mine/);
});

const GOOD = "steps:\n- start: start.yml\n  solution: s.yml\n  goals:\n  - text: x\n    clean: true\n";

/** What the page says of a lesson with these files. */
function said(name, files, pattern) {
  playing(name, async playground => {
    assert.match(await playground.page.locator(".lesson [role=alert]").innerText(), pattern);
    // The rest of the page works as ever.
    assert.equal(await playground.paste(VALID), "ok");
    await playground.node("build").waitFor();
    assert.deepEqual(playground.book.errors, []);
  }, {
    query: "?lesson=made-up",
    allowed: ["console", "failed"],
    before: ({ page }) => page.route("**/lessons/made-up/*", route => {
      const text = files[new URL(route.request().url()).pathname.split("/").pop()];
      return text === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body: text });
    }),
  });
}

said("a lesson that is not there says so", {}, /There is no lesson\.\w+ in this lesson/);
said("a broken lesson says where", { "lesson.yml": "steps: [", "lesson.md": "# A\n\n## B\n" }, /lesson\.yml:\d+/);
said("a start that is missing is named", { "lesson.yml": GOOD, "lesson.md": "# A\n\n## B\n" }, /There is no start\.yml/);
said("a bomb is refused", { "lesson.yml": "#".repeat(300_000), "lesson.md": "# A\n" }, /too long/);

playing("a solution that is missing is said in place, and the lesson goes on", async playground => {
  const { page } = playground;
  await page.locator("[data-solve]").click();
  await page.locator(".lesson [role=status]", { hasText: "There is no s.yml" }).waitFor();
  await playground.paste(VALID);
  await page.locator(".lesson-next:enabled").waitFor();
}, {
  query: "?lesson=made-up",
  allowed: ["console", "failed"],
  before: ({ page }) => page.route("**/lessons/made-up/*", route => {
    const files = { "lesson.yml": GOOD, "lesson.md": "# A\n\n## B\n", "start.yml": "version: 2.1\njobs: [\n" };
    const text = files[new URL(route.request().url()).pathname.split("/").pop()];
    return text === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body: text });
  }),
});

playing("HTML in a lesson is text", async ({ page }) => {
  await page.locator(".lesson-next").waitFor();
  assert.match(await page.locator(".lesson").innerText(), /<img src=x/);
  assert.equal(await page.locator(".lesson img, .lesson script, .lesson a[href^=javascript]").count(), 0);
}, {
  query: "?lesson=made-up",
  before: ({ page }) => page.route("**/lessons/made-up/*", route => {
    const files = {
      "lesson.yml": GOOD,
      "lesson.md": "# A\n\n<img src=x onerror=alert(1)>\n\n## B\n\n[x](javascript:alert(1)) ![y](https://example.com/y.png)\n",
      "start.yml": "version: 2.1\n",
    };
    return route.fulfill({ body: files[new URL(route.request().url()).pathname.split("/").pop()] });
  }),
});

playing("a lesson of another origin is refused", async ({ page }) => {
  assert.match(await page.locator(".lesson [role=alert]").innerText(), /same origin/);
}, { query: "?lesson=https://example.com/lesson" });
