// F05, F09: the drawing as the browser has it, on real configs; and what stays of it beside a syntax error.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

/**
 * What is wrong with the drawing on screen, in its own px: nodes that overlap, and lines through a node that is
 * not one of their ends. Lines are looked at each 4 px.
 */
function faults() {
  const root = document.querySelector("dry-run").shadowRoot;
  const nodes = [...root.querySelectorAll("[data-job]")].map(node => {
    const { x, y, width, height } = node.querySelector(".outline").getBBox();
    return { name: node.dataset.job, x, y, right: x + width, bottom: y + height };
  });
  const found = [];
  for (const [index, a] of nodes.entries()) {
    for (const b of nodes.slice(index + 1)) {
      if (a.x < b.right && b.x < a.right && a.y < b.bottom && b.y < a.bottom) found.push(`${a.name} lies on ${b.name}`);
    }
  }
  for (const edge of root.querySelectorAll("[data-edge]")) {
    const { from, to } = edge.dataset;
    const others = nodes.filter(({ name }) => name !== from && name !== to);
    const line = edge.querySelector(".line");
    const length = line.getTotalLength();
    for (let at = 0; at < length; at += 4) {
      const { x, y } = line.getPointAtLength(at);
      const hit = others.find(node => x > node.x && x < node.right && y > node.y && y < node.bottom);
      if (hit) {
        found.push(`the line from ${from} to ${to} goes through ${hit.name}`);
        break;
      }
    }
  }
  return { found, nodes: nodes.length };
}

const corpus = fileURLToPath(new URL("../../../shared/corpus/real", import.meta.url));
if (existsSync(corpus)) {
  playing("in the drawings of real configs no nodes overlap, and no line goes through a third node", async (playground, t) => {
    const { page } = playground;
    const tabs = page.locator("[data-workflow]");
    let drawings = 0;
    const files = (await readdir(corpus)).filter(name => name.endsWith("config.yml")).sort();
    // Each fourth: of a project's three years, one or two.
    for (const file of files.filter((_, index) => index % 4 === 0)) {
      await playground.paste(await readFile(join(corpus, file), "utf8"));
      for (const tab of await tabs.all()) {
        await tab.click();
        const { found } = await page.evaluate(faults);
        assert.deepEqual(found, [], `${file}, ${await tab.innerText()}`);
        drawings += 1;
      }
    }
    t.diagnostic(`${drawings} drawings`);
    assert.ok(drawings > 0);
  });
} else {
  test("drawings of real configs", { skip: "no corpus beside the repository" }, () => {});
}

const INDEPENDENT = ["zebra", "apple", "mango", "beta"];
playing("jobs that do not depend on each other stand one below the other, as in the file", async playground => {
  const jobs = INDEPENDENT.map(name => `  ${name}:\n    docker: [{image: cimg/base:current}]\n    steps: [checkout]\n`);
  const text = `version: 2.1\njobs:\n${jobs.join("")}workflows:\n  main:\n    jobs: [${INDEPENDENT.join(", ")}]\n`;
  await playground.paste(text);
  const boxes = await playground.node().evaluateAll(nodes => nodes.map(node => {
    const { x, y } = node.querySelector(".outline").getBBox();
    return [node.dataset.job, x, y];
  }));
  boxes.sort(([, , a], [, , b]) => a - b);
  assert.deepEqual(boxes.map(([name]) => name), INDEPENDENT);
  assert.equal(new Set(boxes.map(([, x]) => x)).size, 1);
});

playing("the same text is the same SVG, byte for byte", async playground => {
  const download = async () => {
    await playground.paste(VALID);
    const [file] = await Promise.all([
      playground.page.waitForEvent("download"),
      playground.page.locator('[data-download="svg"]').click(),
    ]);
    return readFile(await file.path(), "utf8");
  };
  const first = await download();
  await playground.paste("version: 2.1\n");
  assert.equal(await download(), first);
});

playing("one workflow has its tab too, with its number of jobs and the mark of its problems", async playground => {
  await playground.paste(VALID);
  const tab = playground.page.locator('[data-workflow="main"]');
  assert.match(await tab.innerText(), /main\s+3/);
  assert.equal(await tab.locator(".severity").count(), 0);
  await playground.paste(VALID.replace("- lint\n", "- lnit\n"));
  await tab.locator(".severity").waitFor();
});

playing("without a good text before it, what stands before the syntax error is drawn and called partial", async playground => {
  const { page, server } = playground;
  await page.evaluate(text => localStorage.setItem("dryrun.text", text), `${VALID}bad: [\n`);
  await page.goto(server.url);
  await playground.ready();
  assert.equal(await playground.verdict(), "unparsable");
  await page.locator('[data-standing="partial"]', { hasText: /before the syntax error on line \d+/ }).waitFor();
  assert.deepEqual((await playground.jobs()).sort(), ["build", "deploy", "lint"]);
  assert.equal(await playground.paste(VALID), "ok");
  await page.locator("[data-standing]").waitFor({ state: "detached" });
});

playing("the strip names the revision that is shown, and clicks in the old drawing do not lead astray", async playground => {
  const { page } = playground;
  await playground.paste(VALID);
  const good = await playground.revision();
  await playground.paste(`# one line more\n${VALID}bad: [\n`);
  const strip = page.locator('[data-standing="kept"]');
  const line = await playground.problem().getAttribute("data-line");
  assert.equal(await strip.innerText(), `Showing revision ${good}, before the syntax error on line ${line}`);
  await page.locator(".cm-line", { hasText: /^version/ }).click();
  await playground.node("deploy").click();
  await playground.caretOn(/^version/);
});

for (const [name, text, check] of [
  ["a duplicate key", VALID.replace("version: 2.1", "version: 2.1\nversion: 2.1"), "duplicate-key"],
  ["a tab", VALID.replace("  build:\n    docker", "  build:\n\t\tdocker"), "yaml-syntax"],
]) {
  playing(`${name} is one finding, explained`, async playground => {
    await playground.paste(text);
    const list = await playground.page.locator(".problems").innerText();
    assert.equal(await playground.problem(check).count(), 1, list);
    assert.equal(await playground.page.locator('[data-check][data-severity="error"]').count(), 1, list);
  });
}
