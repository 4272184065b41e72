// F20: what can be taken along from the page, copied or as a file.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { UNKNOWN_REQUIREMENT, VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";
import { decode } from "../../www/shell/permalink.js";

withBrowser();

const permissions = ["clipboard-read", "clipboard-write"];
const FILES = { svg: "main.svg", mermaid: "main.mmd", dot: "main.dot", report: "report.md" };

/** Each export as it is copied, after a look at the file with the same text. */
async function exported({ page }) {
  const texts = {};
  for (const [what, name] of Object.entries(FILES)) {
    const row = page.locator(`[data-export=${what}]`);
    await row.locator("[data-do=copy]").click();
    await page.locator("[data-said=copied]").waitFor();
    texts[what] = await page.evaluate(() => navigator.clipboard.readText());
    const [download] = await Promise.all([page.waitForEvent("download"), row.locator("[data-do=save]").click()]);
    assert.equal(download.suggestedFilename(), name);
    assert.equal(await readFile(await download.path(), "utf8"), texts[what], what);
  }
  return texts;
}

playing("the graph as SVG, Mermaid and DOT, and the report with its link, are copied and written as files", async playground => {
  const { page } = playground;
  assert.equal(await playground.paste(UNKNOWN_REQUIREMENT), "errors");
  const before = await page.locator(".graph").evaluate(graph => graph.outerHTML);
  await playground.open("share");
  const texts = await exported(playground);

  const svg = await page.evaluate(text => {
    // Without its style, which the policy of this page would refuse.
    const inert = new DOMParser().parseFromString(text.replace(/<style>[^]*?<\/style>/, ""), "image/svg+xml");
    return {
      broken: inert.querySelector("parsererror")?.textContent,
      jobs: [...inert.querySelectorAll("[data-job]")].map(node => node.getAttribute("data-job")),
      harmful: inert.querySelectorAll("script, foreignObject, [href], image, use").length,
      title: inert.querySelector("title").textContent,
    };
  }, texts.svg);
  assert.deepEqual(svg, { broken: undefined, jobs: ["build", "again", "biuld"], harmful: 0, title: "main" });
  assert.match(texts.mermaid, /^flowchart LR\n {2}n0\["build"\]\n {2}n1\["again"\]/);
  assert.match(texts.dot, /^digraph "main" \{\n[^]*label="again"[^]*\}\n$/);
  const [, link] = /^## `config\.yml`\n\n\*\*1 error\*\*\n[^]*10:41[^]*\(`undefined-requirement`\)\n[^]*```mermaid\nflowchart LR\n[^]*```\n\n\[Open in Dryrun\]\(http[^#]+(#v1=[^)]+)\)\n$/.exec(texts.report) ?? assert.fail(texts.report);
  assert.equal((await decode(link)).text, UNKNOWN_REQUIREMENT);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".graph").evaluate(graph => graph.outerHTML), before, "the screen is as it was");
}, { permissions });

playing("while the text does not parse, the graph that is shown is exported, and the report says what is wrong", async playground => {
  const { page } = playground;
  await playground.paste(VALID);
  await playground.paste(`${VALID}bad: [\n`);
  await playground.open("share");
  const texts = await exported(playground);
  assert.match(texts.mermaid, /"deploy"/);
  assert.match(texts.report, /\*\*Not valid YAML: 1 error\*\*/);
}, { permissions });

playing("without a workflow there is a report to export, and no graph", async playground => {
  const { page } = playground;
  await playground.paste("version: 2.1\n");
  await playground.open("share");
  await page.locator("[data-export=report] [data-do=copy]:enabled").waitFor();
  assert.deepEqual(await page.locator("[data-export] button").evaluateAll(buttons => buttons.map(button => button.disabled)),
    [true, true, true, true, true, true, false, false]);
  assert.ok(await page.locator("[data-share=markdown]").isEnabled());
}, { permissions });
