// F02, F03: findings stand where the engine says, in the list, the text, the gutter and the drawing; the verdict
// says how far it reaches.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { UNKNOWN_REQUIREMENT, VALID, tree } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const fixtures = fileURLToPath(new URL("../fixtures/checks/", import.meta.url));

/** What `bad.out` says: line, column and number of characters underlined, for findings underlined on one line. */
function expected(out) {
  const found = [];
  const lines = out.split("\n");
  lines.forEach((line, index) => {
    const [, row, column] = /^config\.yml:(\d+):(\d+) (?:error|warning|info|hint)\[/.exec(line) ?? [];
    const underline = /^ {2}\| ( *)(\^+)$/.exec(lines[index + 2] ?? "");
    const excerpt = (lines[index + 1] ?? "").slice(4);
    if (row && underline) {
      // An excerpt that is cut or holds a tab is not underlined character by character. A control character is
      // drawn by the editor as a coloured sign of its own, which no line goes under.
      const isWhole = !/[\u0000-\u001f]/.test(excerpt) && underline[1].length === Number(column) - 1;
      if (isWhole) found.push({ line: Number(row), column: Number(column), length: underline[2].length });
    }
  });
  return found;
}

/** The sides of the squiggles on screen, and of the text they ought to be under. */
function boxes(places) {
  const root = document.querySelector("dry-run").shadowRoot;
  const sides = ({ left, right, top, bottom }) => [left, right, top, bottom];
  const lines = [...root.querySelectorAll(".cm-line")];
  const at = ({ line, column, length }) => {
    const range = document.createRange();
    const text = lines[line - 1].textContent;
    // From characters to UTF-16.
    const unit = characters => [...text].slice(0, characters).join("").length;
    const [start, end] = [unit(column - 1), unit(column - 1 + length)];
    const walker = document.createTreeWalker(lines[line - 1], NodeFilter.SHOW_TEXT);
    let from = 0;
    let begun = false;
    for (let node = walker.nextNode(); node; from += node.data.length, node = walker.nextNode()) {
      if (!begun && start < from + node.data.length) {
        range.setStart(node, start - from);
        begun = true;
      }
      if (end <= from + node.data.length) {
        range.setEnd(node, end - from);
        break;
      }
    }
    return sides(range.getBoundingClientRect());
  };
  const squiggles = [...root.querySelectorAll(".cm-lintRange, .cm-lintPoint")].map(element => sides(element.getBoundingClientRect()));
  return { squiggles, wanted: places.map(at) };
}

/** One squiggle covers the place, or several in a row do: the text in it may have more than one colour or mark. */
function isCovered([left, right, top, bottom], squiggles) {
  const near = (a, b) => Math.abs(a - b) <= 1;
  const row = squiggles.filter(box => near(box[2], top) && near(box[3], bottom) && box[0] >= left - 1 && box[1] <= right + 1);
  return row.some(box => near(box[0], left)) && row.some(box => near(box[1], right));
}

playing("for every fixture the squiggles stand where the engine says, to a px", async (playground, t) => {
  let compared = 0;
  for (const check of (await readdir(fixtures)).sort()) {
    const [bad, out] = [`${fixtures}${check}/bad.yml`, `${fixtures}${check}/bad.out`];
    if (!existsSync(bad) || !existsSync(out)) continue;
    const text = await readFile(bad, "utf8");
    const places = expected(await readFile(out, "utf8"));
    // The editor draws what is in sight; all of these are short.
    if (text.split("\n").length > 30) continue;
    await playground.paste(text);
    assert.ok((await playground.problem(check).count()) > 0, check);
    const { squiggles, wanted } = await playground.page.evaluate(boxes, places);
    wanted.forEach((box, index) => {
      const place = `${check} at ${places[index].line}:${places[index].column}`;
      assert.ok(isCovered(box, squiggles), `${place}: ${box} is not among ${squiggles.join(" | ")}`);
    });
    compared += wanted.length;
  }
  t.diagnostic(`${compared} places`);
  assert.ok(compared > 20, `${compared} places`);
});

const ODD = ["😀", "漢字", "e\u0301e\u0301", "a😀漢e\u0301"];
playing("so they do behind emoji, CJK and combining marks", async playground => {
  const jobs = ODD.map(odd => `      - build: {name: "${odd}", requires: [biuld]}\n`).join("");
  await playground.paste(`${UNKNOWN_REQUIREMENT.split("      - build\n")[0]}      - build\n${jobs}`);
  const places = ODD.map((odd, index) => ({
    line: 10 + index, column: [...`      - build: {name: "${odd}", requires: [`].length + 1, length: 5,
  }));
  const { squiggles, wanted } = await playground.page.evaluate(boxes, places);
  wanted.forEach((box, index) => assert.ok(isCovered(box, squiggles), `${ODD[index]}: ${box} in ${squiggles.join(" | ")}`));
});

const FAR = tree(60, 4).replace("- job-30: {requires: [job-9]}", "- job-30: {requires: [jbo-9]}");
playing("Enter on a finding far away puts it into the middle third of the editor", async playground => {
  const { page } = playground;
  await playground.paste(FAR);
  await page.evaluate(() => document.querySelector("dry-run").shadowRoot.querySelector(".cm-scroller").scrollTo(0, 0));
  await playground.problem("undefined-requirement").getByRole("button").first().focus();
  await page.keyboard.press("Enter");
  await playground.caretOn(/jbo-9/);
  const [line, pane] = await Promise.all([
    page.locator(".cm-activeLine", { hasText: /jbo-9/ }).boundingBox(),
    page.locator(".cm-scroller").boundingBox(),
  ]);
  const middle = line.y + line.height / 2 - pane.y;
  assert.ok(middle > pane.height / 3 && middle < (2 * pane.height) / 3, `${middle} of ${pane.height}`);
  assert.equal(await page.evaluate(() => getSelection() && document.querySelector("dry-run").shadowRoot
    .activeElement?.className.includes("cm-content")), true);
});

// What is wrong in a job that never runs is a warning.
const WITH_WARNING = VALID.replace("- lint\n", "- lnit\n").replace("jobs:\n", "jobs:\n  idle: {executor: nowhere, steps: [checkout]}\n");
playing("errors and warnings differ by the shape of their icon, and the node carries the mark of its problem", async playground => {
  await playground.paste(WITH_WARNING);
  const shapeOf = severity => playground.page.locator(`[data-check][data-severity="${severity}"] .severity`).first().innerHTML();
  const shapes = new Set(await Promise.all(["error", "warning"].map(shapeOf)));
  assert.equal(shapes.size, 2);
  await playground.page.locator('[data-job="lnit"][data-problem="error"] .problem-mark[data-tone="error"]').waitFor();
  await playground.page.locator('[data-job="build"]:not([data-problem])').waitFor();
});

const WITH_ORB = VALID.replace("jobs:\n", "orbs:\n  tools: some/tools@1.2.3\njobs:\n") + "      - tools/publish\n";
const badge = ({ page }) => page.locator('[data-popover="verdict"] > button');

playing("the badge says the verdict in fixed words, and never that CircleCI accepts it", async playground => {
  const words = async text => {
    await playground.paste(text);
    return playground.page.locator(".verdict-text").first().innerText();
  };
  assert.equal(await words(VALID), "No problems");
  assert.equal(await words(UNKNOWN_REQUIREMENT), "1 error");
  assert.equal(await words(WITH_WARNING), "1 error, 1 warning");
  assert.equal(await words(`${VALID}bad: [\n`), "Cannot parse");
  await badge(playground).click();
  const said = await playground.page.locator('[data-popover="verdict"] .popover').innerText();
  assert.match(said, /CircleCI has not seen the config/);
  assert.doesNotMatch(said, /\bvalid\b|accept/i);
});

playing("with an orb that is not at hand the badge says so, and unfolds what was and was not checked", async playground => {
  const { page } = playground;
  await playground.paste(WITH_ORB);
  assert.match(await badge(playground).innerText(), /not checked/);
  await badge(playground).click();
  const scope = page.locator('[data-popover="verdict"] .popover');
  assert.match(await scope.innerText(), /Checked[^]*Not checked[^]*some\/tools@1\.2\.3/);
  await scope.getByRole("button", { name: /some\/tools/ }).first().click();
  await playground.caretOn(/tools/);
});
