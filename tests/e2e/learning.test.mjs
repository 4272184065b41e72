// Lessons as somebody takes them: typing, leaving and coming back, taking things back, by the keyboard alone.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const file = name => readFileSync(new URL(`../../www/lessons/${name}`, import.meta.url), "utf8");
const [FAN_START, FAN_OUT] = ["start", "fan-out"].map(name => file(`03-fan-out/${name}.yml`));
const LEARNING = { query: "?lesson=03-fan-out&step=1" };
const MINE = `${FAN_START}# mine\n`;

const note = ({ page }) => page.locator(".lesson p", { hasText: "This is your text from last time" });
const again = ({ page }) => page.getByRole("button", { name: "Start again" });
const back = ({ page }) => page.getByRole("button", { name: "Back to my text" });

/** Goes to another address, or loads the page again, and waits until the lesson has a text that is judged. */
async function visit(playground, query = "") {
  await (query ? playground.page.goto(`${playground.server.url}${query}`) : playground.page.reload());
  await playground.ready();
  await playground.judged();
}

playing("what was written at a step is there again after a reload, another step and the other view", async playground => {
  await playground.judged();
  await playground.paste(MINE);
  await playground.judged();
  for (const query of ["?lesson=03-fan-out&step=1", "?lesson=03-fan-out&step=1&view=teach"]) {
    await visit(playground, "?lesson=03-fan-out&step=2");
    assert.equal(await playground.text(), FAN_OUT);
    assert.equal(await note(playground).count(), 0);
    await visit(playground, query);
    assert.equal(await playground.text(), MINE);
    await note(playground).waitFor();
  }
  await again(playground).click();
  assert.equal(await playground.text(), FAN_START);
  await note(playground).waitFor({ state: "hidden" });
  await playground.judged();
  await visit(playground, LEARNING.query);
  assert.equal(await playground.text(), FAN_START);
}, LEARNING);

playing("what was typed a moment before the page is left is kept too", async playground => {
  await playground.judged();
  await playground.content.focus();
  await playground.page.keyboard.press("Control+End");
  await playground.page.keyboard.type("# the end");
  await visit(playground);
  assert.match(await playground.text(), /# the end$/);
}, LEARNING);

playing("a step that goes on with the one before goes on with what one wrote, after a reload too", async playground => {
  const mine = `${FAN_OUT}# mine\n`;
  await playground.judged();
  await playground.paste(mine);
  await playground.page.locator(".lesson-next:enabled").click();
  await playground.page.locator('.lesson[data-step="2"]').waitFor();
  await playground.judged();
  assert.equal(await playground.text(), mine);
  assert.equal(await note(playground).count(), 0);
  await visit(playground);
  assert.equal(await playground.text(), mine);
}, LEARNING);

playing("the solution and the start are taken back by a button and by undo, and are not kept as one's own", async playground => {
  const { page } = playground;
  await playground.judged();
  assert.ok(await back(playground).isHidden());
  await playground.paste(MINE);
  await playground.judged();
  for (const press of [() => page.locator("[data-solve]").click(), () => again(playground).click()]) {
    const before = await playground.text();
    await press();
    await page.waitForFunction(old => document.querySelector("dry-run").text() !== old, before);
    await playground.judged();
    await back(playground).click();
    assert.equal(await playground.text(), MINE);
    assert.ok(await back(playground).isHidden());
    await playground.judged();
  }
  await page.locator("[data-solve]").click();
  await page.locator(".lesson-next:enabled").waitFor();
  await playground.judged();
  assert.equal(await playground.text(), FAN_OUT);
  await playground.content.focus();
  await page.keyboard.press("Control+z");
  assert.equal(await playground.text(), MINE);
  await playground.judged();
  assert.ok(await back(playground).isHidden(), "there is something else in its place");
  await page.locator("[data-solve]").click();
  await page.locator(".lesson-next:enabled").waitFor();
  await playground.judged();
  await visit(playground);
  assert.equal(await playground.text(), MINE);
}, LEARNING);

playing("by the keyboard alone: hints keep the focus, and the next step begins where it is read", async playground => {
  const { page } = playground;
  await playground.judged();
  const focused = () => page.evaluate(() => document.querySelector("dry-run").shadowRoot.activeElement?.textContent ?? "");
  await page.locator("[data-hint]").focus();
  for (let hint = 0; hint < 5; hint++) await page.keyboard.press("Enter");
  assert.equal(await focused(), "No more hints");
  assert.equal(await page.locator(".lesson-hints > li").count(), 3);
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Show the solution");
  await page.keyboard.press("Enter");
  await page.locator(".lesson-next:enabled").waitFor();
  await page.locator(".lesson-next").focus();
  await page.keyboard.press("Enter");
  await page.locator('.lesson[data-step="2"]').waitFor();
  await page.waitForFunction(() => document.querySelector("dry-run").shadowRoot.activeElement?.matches("h3"));
  assert.equal(await focused(), "Fan in");
}, LEARNING);

playing("how many goals are reached is said in a live region as one types", async playground => {
  const said = async words => {
    await playground.judged();
    await playground.page.locator(".lesson [role=status]", { hasText: words }).waitFor();
  };
  await said("2 of 4 goals reached.");
  await playground.paste(FAN_START.replace("      - publish\n", ""));
  await said("1 of 4 goals reached.");
  await playground.paste(FAN_OUT);
  await said("All goals are reached.");
}, LEARNING);

playing("a first lesson is solved by the keys of a keyboard", async playground => {
  const { page } = playground;
  await playground.judged();
  const line = async text => {
    await playground.content.locator(".cm-line", { hasText: text }).click();
    await page.keyboard.press("End");
  };
  await line("jobs: []");
  for (let mark = 0; mark < 3; mark++) await page.keyboard.press("Backspace");
  await page.keyboard.press("Enter");
  await page.keyboard.type("  - test");
  await page.locator(".lesson-next:enabled").click();
  await page.locator('.lesson[data-step="2"]').waitFor();
  await line("steps:");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- checkout");
  await page.locator(".lesson-next:enabled", { hasText: "Next: Two jobs" }).waitFor();
}, { query: "?lesson=01-first-job" });

playing("a text leads to other lessons, in the teacher's view to theirs", async playground => {
  const { page } = playground;
  await playground.judged();
  await page.locator("[data-hint]").click();
  const link = page.locator(".lesson-hints a", { hasText: "A cache of modules" });
  assert.equal(await link.getAttribute("href"), "?lesson=04-module-cache&view=teach");
  await page.getByRole("link", { name: "All lessons" }).click();
  await page.locator(".lesson-list a").first().waitFor();
  await playground.ready();
  await page.locator(".lesson-list a").first().click();
  await page.locator(".lesson-goals li").first().waitFor();
  await playground.ready();
  assert.match(page.url(), /\?lesson=01-first-job&view=teach$/);
}, { query: "?lesson=10-fast-pipeline&view=teach" });

playing("a host that answers with a page for what is not there has no such lesson", async playground => {
  assert.match(await playground.page.locator(".lesson [role=alert]").innerText(), /There is no lesson\.\w+ in this lesson/);
  assert.equal(await playground.paste(VALID), "ok");
}, {
  query: "?lesson=nowhere",
  before: ({ page }) => page.route("**/lessons/nowhere/*", route => route.fulfill({ contentType: "text/html", body: "<!doctype html><p>Hello" })),
});

playing("on a machine that others use too, all that was kept is forgotten when asked for twice", async playground => {
  const { page } = playground;
  await playground.judged();
  await page.locator("[data-solve]").click();
  await page.locator(".lesson-next:enabled").waitFor();
  await playground.paste(`${FAN_OUT}# mine\n`);
  await playground.judged();
  const kept = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("dryrun.lessons")).map(([, text]) => text).join(" "));
  assert.match(await kept(), /03-fan-out.*# mine|# mine.*03-fan-out/);
  await page.goto(`${playground.server.url}?lesson`);
  await playground.ready();
  const row = page.locator(".lesson-list li", { hasText: "1 of 2 steps done" });
  await row.waitFor();
  await page.getByRole("button", { name: "Forget progress" }).click();
  await row.waitFor();
  await page.getByRole("button", { name: "Forget it, and all that was written" }).click();
  await row.waitFor({ state: "detached" });
  assert.equal(await kept(), "{}");
  assert.ok(await page.evaluate(() => document.querySelector("dry-run").shadowRoot.activeElement?.matches("h2")));
}, LEARNING);

playing("a lesson whose kept texts are damaged begins as ever", async playground => {
  await playground.judged();
  assert.equal(await playground.text(), FAN_START);
}, {
  ...LEARNING,
  before: ({ page }) => page.addInitScript(() => localStorage.setItem("dryrun.lessons.texts", '[["03-fan-out", 0], 3, {"a": 1}, null]')),
});
