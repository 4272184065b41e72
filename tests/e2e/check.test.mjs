// F01, F02, F05, F09: a text goes in, a verdict, problems and a drawing come out.
import assert from "node:assert/strict";
import { longestTask } from "./browser.mjs";
import { UNKNOWN_REQUIREMENT, VALID, tree } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

playing("the first visit shows an example without problems", async playground => {
  assert.equal(await playground.verdict(), "ok");
  assert.ok((await playground.jobs()).length >= 3);
});

playing("a valid config is drawn: a node a job, an edge a requirement", async playground => {
  assert.equal(await playground.paste(VALID), "ok");
  assert.deepEqual((await playground.jobs()).sort(), ["build", "deploy", "lint"]);
  await playground.edge("build", "deploy").waitFor({ state: "attached" });
  await playground.edge("lint", "deploy").waitFor({ state: "attached" });
  assert.equal(await playground.edge().count(), 2);
  assert.equal(await playground.problem().count(), 0);
});

playing("no two nodes of a drawing overlap", async playground => {
  await playground.paste(VALID);
  const boxes = await Promise.all((await playground.node().all()).map(node => node.boundingBox()));
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      assert.ok(apart, `${JSON.stringify(a)} and ${JSON.stringify(b)}`);
    }
  }
});

playing("a wrong config has its problem in the list, under the word and in the gutter", async playground => {
  assert.equal(await playground.paste(UNKNOWN_REQUIREMENT), "errors");
  const problem = playground.problem().first();
  assert.equal(await problem.getAttribute("data-severity"), "error");
  assert.equal(await problem.getAttribute("data-line"), "10");
  assert.equal(await playground.page.locator(".cm-lintRange-error").first().textContent(), "biuld");
  assert.equal(await playground.page.locator(".cm-lint-marker-error").count(), 1);
});

playing("pasting a good text after a bad one leaves no mark behind", async playground => {
  await playground.paste(UNKNOWN_REQUIREMENT);
  assert.equal(await playground.paste(VALID), "ok");
  assert.equal(await playground.problem().count(), 0);
  await playground.page.locator(".cm-lintRange").first().waitFor({ state: "detached" });
});

playing("Enter on a problem moves the caret to it", async playground => {
  await playground.paste(UNKNOWN_REQUIREMENT);
  const item = playground.problem().first();
  await item.getByRole("button").first().focus();
  await playground.page.keyboard.press("Enter");
  await playground.caretOn(/biuld/);
  await playground.content.and(playground.page.locator(":focus")).waitFor();
});

const TWO_PROBLEMS = VALID.replace("- build\n            - lint", "- biuld\n            - lnit");
playing("F8 goes through the problems and wraps, Shift+F8 goes back", async playground => {
  assert.equal(await playground.paste(TWO_PROBLEMS), "errors");
  assert.equal(await playground.problem().count(), 2);
  for (const [key, line] of [["F8", /biuld/], ["F8", /lnit/], ["F8", /biuld/], ["Shift+F8", /lnit/]]) {
    await playground.page.keyboard.press(key);
    await playground.caretOn(line);
  }
});

playing("a syntax error keeps the last good drawing, says so, and recovery takes that back", async playground => {
  await playground.paste(VALID);
  assert.equal(await playground.paste(VALID.replace("  lint:\n", "  lint: [\n")), "unparsable");
  assert.deepEqual((await playground.jobs()).sort(), ["build", "deploy", "lint"]);
  const strip = playground.page.getByText(/before the syntax error on line \d+/);
  await strip.waitFor();
  assert.equal(await playground.paste(VALID), "ok");
  await strip.waitFor({ state: "detached" });
});

playing("a text typed key by key ends with the verdict of the whole", async playground => {
  await playground.paste("");
  await playground.content.focus();
  await playground.page.keyboard.type("version: 2.1");
  assert.equal(await playground.text(), "version: 2.1");
  await playground.settled();
  assert.ok((await playground.problem().count()) > 0);
});

playing("every workflow has a tab", async playground => {
  await playground.paste(VALID + "  nightly:\n    jobs: [build]\n");
  const tabs = playground.page.getByRole("tab", { name: /nightly/ });
  await tabs.first().click();
  await playground.node("lint").waitFor({ state: "detached" });
  assert.deepEqual(await playground.jobs(), ["build"]);
});

playing("typing in a text of 2,000 lines never blocks the page for 50 ms", async (playground, t) => {
  await playground.paste(tree(200, 4));
  await playground.content.focus();
  await playground.page.keyboard.press("Control+End");
  const longest = await longestTask(playground.page, async () => {
    const revision = await playground.revision();
    await playground.page.keyboard.type("# some words that are typed one after another", { delay: 40 });
    await playground.settled(revision);
  });
  t.diagnostic(`longest task: ${longest.toFixed(1)} ms`);
  assert.ok(longest <= 50, `${longest} ms`);
});
