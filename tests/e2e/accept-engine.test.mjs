// F22: a worker that panics, hangs or does not load; a tab that dies. The text is never lost.
import assert from "node:assert/strict";
import { VALID } from "./configs.mjs";
import { lowContrast } from "./contrast.mjs";
import { BOOT } from "./faulty-engine.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser({ extra: { "assets/worker-boot.js": BOOT } });

const PANICKING = `${VALID}# PANIC, and a secret\n`;
const crash = ({ page }) => page.locator("[data-crash]");
/** Puts the text in without waiting for a verdict, which will not come. */
const put = async (playground, text) => {
  await playground.content.focus();
  await playground.page.keyboard.press("Control+a");
  await playground.page.keyboard.insertText(text);
};

playing("a panic is shown, the text stays, and the next edit is checked", async playground => {
  await put(playground, PANICKING);
  await crash(playground).getByText("a made-up panic").waitFor();
  assert.equal(await playground.text(), PANICKING);
  await playground.page.locator('[data-engine="ready"]').waitFor();
  assert.equal(await playground.paste(VALID), "ok");
  await crash(playground).waitFor({ state: "detached" });
  assert.deepEqual((await playground.jobs()).sort(), ["build", "deploy", "lint"]);
}, { allowed: ["console", "errors"] });

playing("the report of a panic holds the config only where that is ticked", async playground => {
  const { page } = playground;
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await put(playground, PANICKING);
  const copied = async () => {
    await crash(playground).getByRole("button", { name: "Copy report" }).click();
    await crash(playground).getByRole("button", { name: "Copied" }).waitFor();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const without = await copied();
  assert.match(without, /a made-up panic/);
  assert.doesNotMatch(without, /secret/);
  await crash(playground).getByRole("checkbox").check();
  assert.match(await copied(), /and a secret/);
}, { allowed: ["console", "errors"] });

for (const colorScheme of ["light", "dark"]) {
  playing(`the panel of a panic can be read in the ${colorScheme} theme`, async playground => {
    await put(playground, PANICKING);
    await crash(playground).waitFor();
    assert.deepEqual((await playground.page.evaluate(lowContrast)).low, []);
  }, { colorScheme, reducedMotion: "reduce", allowed: ["console", "errors"] });
}

playing("a report that the clipboard does not take is there to be copied by hand", async playground => {
  await put(playground, PANICKING);
  await crash(playground).getByRole("button", { name: "Copy report" }).click();
  const report = await crash(playground).getByRole("textbox", { name: "Report" }).inputValue();
  assert.match(report, /a made-up panic/);
}, {
  allowed: ["console", "errors"],
  before: ({ page }) => page.addInitScript(() => {
    Object.defineProperty(navigator.clipboard, "writeText", { value: () => Promise.reject(new Error("denied")) });
  }),
});

playing("a worker that hangs is ended with a notice, and the next edit is checked", async playground => {
  await put(playground, `${VALID}# HANG\n`);
  await playground.page.locator('[data-notice="hung"]').waitFor();
  assert.equal(await playground.page.locator(".verdict-text").first().textContent(), "Not checked");
  assert.equal(await playground.paste(VALID), "ok");
  await playground.page.locator('[data-notice="hung"]').waitFor({ state: "detached" });
});

playing("an engine that does not load is said, the text stays editable, and it can be tried again", async playground => {
  const { page } = playground;
  const notice = page.locator('[data-notice="engine"]');
  await notice.waitFor();
  await put(playground, VALID);
  assert.equal(await playground.text(), VALID);
  await page.unroute("**/worker_bg.wasm*");
  await notice.getByRole("button", { name: "Try again" }).click();
  assert.equal(await playground.settled(), "ok");
  await notice.waitFor({ state: "detached" });
}, {
  allowed: ["start", "console", "errors", "failed"],
  before: ({ page }) => page.route("**/worker_bg.wasm*", route => route.abort()),
});

playing("what is typed before the engine is there is kept, and checked once it is", async playground => {
  const { page, content } = playground;
  await page.locator("html[data-ready]").waitFor();
  assert.equal(await playground.verdict(), "checking");
  await put(playground, VALID);
  await content.press("End");
  await page.keyboard.type("# typed early");
  playground.release();
  assert.equal(await playground.settled(), "ok");
  assert.equal(await playground.text(), `${VALID}# typed early`);
  assert.deepEqual((await playground.jobs()).sort(), ["build", "deploy", "lint"]);
}, {
  allowed: ["start"],
  before: playground => {
    const held = new Promise(release => { playground.release = release; });
    return playground.page.route("**/worker_bg.wasm*", async route => {
      await held;
      await route.continue();
    });
  },
});

playing("the text outlives a tab that dies", async playground => {
  const { page, server } = playground;
  await playground.paste(VALID);
  await page.waitForFunction(text => localStorage.getItem("dryrun.text") === text, VALID);
  const devtools = await page.context().newCDPSession(page);
  const died = page.waitForEvent("crash");
  devtools.send("Page.crash").catch(() => {}); // nobody is left to answer
  await died;
  playground.page = await page.context().newPage();
  await playground.page.goto(server.url);
  await playground.ready();
  assert.equal(await playground.text(), VALID);
}, { allowed: ["failed"] });

playing("a text over 1 MB is checked but not kept, and the page says so", async playground => {
  const notice = playground.page.locator('[data-notice="not-kept"]');
  await playground.paste(VALID);
  await playground.page.waitForFunction(() => localStorage.getItem("dryrun.text"));
  assert.equal(await playground.paste(`${VALID}# ${"x".repeat(1_000_000)}\n`), "ok");
  assert.match(await notice.textContent(), /over 1 MB, too large to be kept/);
  await playground.page.waitForFunction(() => localStorage.getItem("dryrun.text") === null);
  assert.equal(await playground.paste(VALID), "ok");
  await notice.waitFor({ state: "detached" });
});
