// What meets the eye: nothing is cut off, counted twice or told by colour alone.
import assert from "node:assert/strict";
import { VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const NAMES = ["build-and-test", "nightly", "weekly-dependency-updates", "release", "hotfix", "deploy-to-staging-and-production",
  "docs", "benchmarks", "security", "mobile", "infrastructure", "cleanup"];
const JOBS = VALID.slice(0, VALID.indexOf("workflows:"));
const TWELVE = `${JOBS}workflows:\n${NAMES.map(name => `  ${name}:\n    jobs: [build, lint]\n`).join("")}`;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Whether an element lies within another one, as it is scrolled. */
const isInside = (locator, outer) => locator.evaluate((element, outer) => {
  const [inner, area] = [element, element.closest(outer)].map(each => each.getBoundingClientRect());
  const [left, right] = [inner.left - area.left, area.right - inner.right];
  return left > -1 && right > -1 && inner.top > area.top - 1 && inner.bottom < area.bottom + 1;
}, outer);

playing("a slow start says that it is one, and is silent about it afterwards", async ({ page, server }) => {
  const said = () => page.evaluate(() => {
    const { content, animationDelay } = getComputedStyle(document.querySelector("dry-run"), "::before");
    return content === "none" ? "" : `${content} after ${animationDelay}`;
  });
  await page.locator("dry-run").waitFor({ state: "attached" });
  assert.equal(await said(), '"Loading Dryrun…" after 0.8s');
  await page.waitForFunction(() => getComputedStyle(document.querySelector("dry-run"), "::before").opacity === "1");
  await page.unroute("**/*.wasm*");
  await page.goto(server.url);
  await page.locator("html[data-ready]").waitFor();
  assert.equal(await said(), "");
}, {
  allowed: ["start", "failed"],
  before: ({ page }) => page.route("**/*.wasm*", () => {}), // never answered
});

for (const [width, height] of [[1440, 900], [1024, 720], [768, 1024]]) {
  playing(`twelve workflows have a tab each that is seen, ${width} px wide`, async playground => {
    const { page } = playground;
    await playground.paste(TWELVE);
    await page.locator("[data-workflow]").nth(11).waitFor();
    if (width === 1440) {
      for (const name of NAMES) assert.ok(await isInside(page.locator(`[data-workflow=${name}]`), ".tabs"), name);
    }
    // Where they are more than the room holds, the wheel reaches them.
    const { scrolls, wide } = await page.locator("[aria-label=Workflows]").evaluate(list => ({
      scrolls: getComputedStyle(list).overflowY, wide: list.scrollWidth - list.clientWidth,
    }));
    assert.deepEqual({ scrolls, wide }, { scrolls: "auto", wide: 0 });
    assert.ok((await page.locator(".graph-window").boundingBox()).height > 300);
  }, { viewport: { width, height } });
}

playing("a workflow that is chosen by a key or by a link has its tab in view", async playground => {
  const { page } = playground;
  await playground.paste(TWELVE);
  await page.locator("[data-pane-choice=graph]").click();
  await page.locator("[data-workflow=build-and-test]").focus();
  await page.keyboard.press("End");
  const last = page.locator("[data-workflow=cleanup][aria-selected=true]");
  await last.waitFor();
  assert.ok(await isInside(last, ".tabs"));
  const hash = `#v1=j:${Buffer.from(JSON.stringify({ text: TWELVE, tab: "timeline", workflow: "mobile" })).toString("base64url")}`;
  await page.goto("about:blank");
  await page.goto(playground.server.url + hash);
  const linked = page.locator("[data-workflow=mobile][aria-selected=true]");
  await linked.waitFor();
  assert.ok(await isInside(linked, ".tabs"));
}, { ...PHONE, allowed: ["failed"] }); // leaving a page drops what is still under way

playing("a job that is skipped keeps its whole name, and says so", async playground => {
  const name = "build-linux-arm64-x";
  await playground.paste(`${JOBS}workflows:\n  main:\n    jobs:\n      - build: {name: ${name}, filters: {branches: {only: other}}}\n`);
  const node = playground.node(name);
  await playground.page.locator(`[data-job="${name}"][data-state=skipped]`).waitFor();
  assert.deepEqual(await node.locator("text").allTextContents(), ["skipped ", name]);
  assert.match(await node.getAttribute("aria-label"), new RegExp(`^skipped: ${name}`));
  const [word, label, box] = await Promise.all([".word", ".label", ".outline"].map(part => node.locator(part).boundingBox()));
  assert.ok(word.y > box.y && word.y + word.height <= label.y + 4 && label.y + label.height < box.y + box.height, "one above the other, within the box");
});

playing("what is only worth knowing is a note: the list and the verdict say the same", async playground => {
  const { page } = playground;
  const unused = VALID.replace("version: 2.1\n", "version: 2.1\nparameters:\n  deep: {type: boolean, default: false}\n");
  assert.equal(await playground.paste(unused), "ok");
  assert.equal(await page.locator(".problems h2").textContent(), "1 note");
  assert.equal(await page.locator(".verdict-text").textContent(), "No problems");
  assert.equal(await playground.paste(unused.replace("- lint\n", "- lnit\n")), "errors");
  assert.match(await page.locator(".problems h2").textContent(), /^\d problems?, 1 note$/);
});

playing("Escape closes a popover after a click on its text, and what is told about a job after one beside it", async playground => {
  const { page } = playground;
  await playground.open("verdict");
  await page.locator("[data-popover=verdict] .popover p").first().click();
  await page.keyboard.press("Escape");
  await page.locator("[data-popover=verdict] .popover").waitFor({ state: "detached" });
  await page.locator("[data-cache]").click();
  await page.locator("[data-details]").waitFor();
  await page.locator(".graph-window").click({ position: { x: 5, y: 5 } });
  await page.keyboard.press("Escape");
  await page.locator("[data-details]").waitFor({ state: "detached" });
});

playing("in forced colours the chosen tab and pane are told from the others", async playground => {
  const { page } = playground;
  const borders = selector => page.locator(selector).evaluateAll(all => all.map(tab => {
    const { borderTopWidth, borderBottomWidth } = getComputedStyle(tab);
    return parseFloat(borderTopWidth) + parseFloat(borderBottomWidth) > 0;
  }));
  assert.deepEqual(await borders("[data-view]"), [true, false, false]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator("[data-layout=narrow]").waitFor();
  assert.deepEqual(await borders("[data-pane-choice]"), [true, false, false, false]);
}, { forcedColors: "active" });

playing("the bar of a telephone has one line a pane, however many problems there are", async playground => {
  const { page } = playground;
  await playground.paste(VALID.replaceAll("- checkout", "- chekout"));
  await page.locator("[data-pane-choice=problems]").click();
  const lines = await page.locator(".pane-bar span").evaluateAll(all => all.map(span => Math.round(span.getBoundingClientRect().height)));
  assert.deepEqual(lines, [16, 16, 16, 16]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.equal(overflow, 0);
}, PHONE);
