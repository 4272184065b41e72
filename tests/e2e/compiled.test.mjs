// F04: the compiled text, and the way between its lines and the text they come from.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { longestTask } from "./browser.mjs";
import { tree } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const GREETING = `version: 2.1
executors:
  box:
    docker:
      - image: cimg/base:current
commands:
  greet:
    parameters:
      to: {type: string, default: world}
    steps:
      - run: echo hello << parameters.to >>
jobs:
  build:
    executor: box
    steps:
      - greet:
          to: you
  again:
    executor: box
    steps: [greet]
workflows:
  main:
    jobs: [build, again]
`;

playing("the compiled text is what the command line prints, ready to be copied and downloaded", async playground => {
  await playground.paste(GREETING);
  await playground.compiled();
  const [download] = await Promise.all([
    playground.page.waitForEvent("download"),
    playground.page.locator("[data-download=compiled]").click(),
  ]);
  assert.equal(download.suggestedFilename(), "config.compiled.yml");
  const text = await readFile(await download.path(), "utf8");
  assert.deepEqual((await playground.compiledLines()).map(line => line.text), text.trimEnd().split("\n"));
  assert.match(text, /^version: 2\njobs:\n {2}build:\n/);
  // It is a config again, with the same jobs; only its version is one that CircleCI no longer takes from people.
  await playground.paste(text);
  assert.deepEqual(await playground.problem().evaluateAll(all => all.map(problem => problem.dataset.check)), ["outdated-version"]);
  await playground.page.keyboard.press("Alt+1");
  assert.deepEqual((await playground.jobs()).sort(), ["again", "build"]);
});

playing("the copied text is the whole text, and is said to be copied only then", async playground => {
  await playground.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await playground.paste(GREETING);
  await playground.compiled();
  await playground.page.locator("[data-copy]").click();
  await playground.page.locator("[data-copy]", { hasText: "Copied" }).waitFor();
  const copied = await playground.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied.trimEnd(), (await playground.compiledLines()).map(line => line.text).join("\n"));
});

playing("a click on a compiled line selects what it was made from and shows the chain", async playground => {
  await playground.paste(GREETING);
  await playground.compiled();
  await playground.compiledLine(/echo hello you/).click();
  await playground.caretOn(/- run: echo hello << parameters\.to >>/);
  assert.equal(await playground.selected(), "echo hello << parameters.to >>");
  const chain = await playground.page.locator("[data-crumb]").evaluateAll(all =>
    all.map(crumb => crumb.getAttribute("data-crumb")));
  assert.deepEqual(chain.filter(kind => ["job", "command"].includes(kind)), ["job", "command"]);
  await playground.page.locator("[data-crumb=command]").click();
  await playground.caretOn(/- greet:/);
});

playing("arrow keys go from line to line, and Enter goes to the text", async playground => {
  await playground.paste(GREETING);
  await playground.compiled();
  await playground.page.locator(".compiled").focus();
  await playground.page.keyboard.press("Home");
  for (let press = 0; press < 2; press++) await playground.page.keyboard.press("ArrowDown");
  await playground.page.locator('[data-compiled-line="3"][aria-selected="true"]', { hasText: "build:" }).waitFor();
  await playground.page.keyboard.press("Enter");
  await playground.caretOn(/^ {2}build:$/);
  await playground.content.and(playground.page.locator(":focus")).waitFor();
});

playing("the caret marks every compiled line that comes from its line", async playground => {
  await playground.paste(GREETING);
  await playground.compiled();
  await playground.page.locator(".cm-line", { hasText: "image: cimg/base" }).click();
  await playground.page.locator("[data-derived]").first().waitFor();
  const marked = (await playground.compiledLines()).filter(line => line.derived).map(line => line.text.trim());
  assert.deepEqual(marked, ["- image: cimg/base:current", "- image: cimg/base:current"]);
  // On the call of a command: all that it expands to.
  await playground.page.locator(".cm-line", { hasText: "- greet:" }).click();
  await playground.compiledLine(/echo hello you/).and(playground.page.locator("[data-derived]")).waitFor();
  assert.equal(await playground.compiledLine(/echo hello world/).and(playground.page.locator("[data-derived]")).count(), 0);
});

playing("a line that the compiler adds by itself says so", async playground => {
  await playground.paste(GREETING);
  await playground.compiled();
  const lines = await playground.compiledLines();
  for (const { text, synthetic, selection } of lines) assert.equal(typeof synthetic, "boolean", `${text} ${selection}`);
  assert.ok(lines.find(line => line.text === "version: 2").synthetic);
  assert.ok(!lines.find(line => /image:/.test(line.text)).synthetic);
  await playground.compiledLine(/^1?version: 2/).first().click();
  await playground.page.getByText("Added by the compiler itself").waitFor();
});

playing("a syntax error keeps the last compiled text, says so, and recovery takes that back", async playground => {
  await playground.paste(GREETING);
  await playground.compiled();
  const before = await playground.compiledLines();
  const revision = await playground.revision();
  assert.equal(await playground.paste(GREETING.replace("jobs:\n", "jobs: [\n")), "unparsable");
  await playground.page.locator("[data-standing=kept]", { hasText: `revision ${revision}` }).waitFor();
  assert.deepEqual((await playground.compiledLines()).map(line => line.text), before.map(line => line.text));
  assert.equal(await playground.paste(GREETING), "ok");
  await playground.page.locator("[data-standing]").waitFor({ state: "detached" });
});

playing("typing with the compiled text of 10,000 lines open never blocks the page for 50 ms", async (playground, t) => {
  await playground.paste(tree(500, 9));
  await playground.compiled();
  assert.ok(Number(await playground.page.locator(".compiled").getAttribute("data-rows")) > 10_000);
  await playground.content.focus();
  await playground.page.keyboard.press("Control+End");
  const longest = await longestTask(playground.page, async () => {
    const revision = await playground.revision();
    await playground.page.keyboard.type("# some words after another", { delay: 40 });
    await playground.settled(revision);
    await playground.compiled();
  });
  t.diagnostic(`longest task: ${longest.toFixed(1)} ms`);
  assert.ok(longest <= 50, `${longest} ms`);
});

for (const colorScheme of ["light", "dark"]) {
  playing(`axe finds nothing serious in the compiled view and its forms, ${colorScheme}`, async playground => {
    await playground.paste(GREETING.replace("version: 2.1\n", "version: 2.1\nsetup: true\norbs: {node: circleci/node@5}\n"
      + "parameters:\n  a: {type: boolean, default: true}\n  b: {type: enum, enum: [x, y], default: x}\n  c: {type: integer, default: 1}\n"));
    await playground.compiled();
    await playground.compiledLine(/echo hello you/).click();
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    await playground.page.evaluate(axe);
    for (const popover of [null, "pipeline", "files"]) {
      if (popover) await playground.page.locator(`[data-popover=${popover}] > button`).click();
      const { violations } = await playground.page.evaluate(() => axe.run());
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes.map(n => n.html.slice(0, 160)).join(" | ")}`), []);
      if (popover) await playground.page.keyboard.press("Escape");
    }
  }, { colorScheme });
}

const real = fileURLToPath(new URL("../../../shared/corpus/real", import.meta.url));
const ALL_SOURCED = "at least 99 % of the compiled lines of real configs have a source";
if (existsSync(real)) {
  playing(ALL_SOURCED, async (playground, t) => {
    const { readdir } = await import("node:fs/promises");
    const names = (await readdir(real, { recursive: true })).filter(name => /\.ya?ml$/.test(name)).sort();
    let [all, synthetic] = [0, 0];
    // Spread over the corpus: reading every line of all of them in the page takes minutes.
    for (const name of names.filter((_, index) => index % 12 === 0)) {
      await playground.paste(await readFile(`${real}/${name}`, "utf8"));
      await playground.compiled();
      const lines = await playground.compiledLines();
      all += lines.length;
      synthetic += lines.filter(line => line.synthetic).length;
    }
    t.diagnostic(`${all} lines, ${synthetic} without a source`);
    assert.ok(all > 1_000, `${all} lines`);
    assert.ok(synthetic <= all / 100, `${synthetic} of ${all}`);
  });
} else {
  test(ALL_SOURCED, { skip: "no corpus beside the repository" }, () => {});
}
