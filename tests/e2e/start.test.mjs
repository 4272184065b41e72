// F12, F22: what a start asks for, what is kept, and what happens when it fails.
import assert from "node:assert/strict";
import { VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; "
  + "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'";

playing("the page sets its own policy, and the policy works", async ({ page }) => {
  assert.equal(await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content"), POLICY);
  // Proof that the book of violations is not blind.
  const blocked = await page.evaluate(() => new Promise(done => {
    document.addEventListener("securitypolicyviolation", event => done(event.effectiveDirective), { once: true });
    document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
  }));
  assert.equal(blocked, "script-src-elem");
  assert.equal(await page.evaluate(() => window.ran), undefined);
}, { allowed: ["violations", "console"] });

playing("no script and no style sheet is inline", async ({ page }) => {
  const inline = await page.evaluate(() => document.querySelectorAll("script:not([src]), style").length);
  assert.equal(inline, 0);
});

playing("the text survives a reload", async playground => {
  await playground.paste(VALID);
  await playground.page.waitForFunction(() => localStorage.length > 0
    && Object.values(localStorage).some(value => value.includes("deploy")));
  await playground.page.reload();
  await playground.ready();
  assert.equal(await playground.text(), VALID);
});

playing("without the wasm the text stays, can be edited and downloaded", async ({ page, server }) => {
  await page.locator("#fallback").waitFor();
  assert.match(await page.locator("#fallback-reason").textContent(), /did not load/);
  const field = page.getByLabel("Your config");
  assert.equal(await field.inputValue(), VALID);
  await field.fill("version: 2.1\n");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download config.yml" }).click(),
  ]);
  assert.equal(download.suggestedFilename(), "config.yml");
  await page.unroute("**/*.wasm*");
  await page.goto(server.url);
  await page.locator("html[data-ready]").waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("dry-run").text()), "version: 2.1\n");
}, {
  allowed: ["start", "console", "failed"],
  before: async ({ page }) => {
    await page.addInitScript(text => {
      if (localStorage.getItem("dryrun.text") === null) localStorage.setItem("dryrun.text", text);
    }, VALID);
    await page.route("**/*.wasm*", route => route.abort());
  },
});

playing("without scripts the page says what it is", async ({ page }) => {
  // By selector: Playwright looks for no text inside <noscript>.
  const said = await page.locator("noscript p").innerText();
  assert.match(said, /needs JavaScript[^]*Nothing you type is sent anywhere/);
}, { allowed: ["start"], javaScriptEnabled: false });

playing("the page works where storage is denied", async playground => {
  assert.equal(await playground.paste(VALID), "ok");
}, {
  before: ({ page }) => page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("denied", "SecurityError"); } });
  }),
});

playing("a file dropped on the page is opened, a binary one is refused in words", async playground => {
  const drop = (name, bytes) => playground.page.evaluate(([name, bytes]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    const target = document.querySelector("dry-run");
    target.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, composed: true }));
  }, [name, [...bytes]]);
  const revision = await playground.revision();
  await drop("config.yml", Buffer.from(VALID));
  assert.equal(await playground.settled(revision), "ok");
  assert.equal(await playground.text(), VALID);
  await drop("picture.png", [0x89, 0x50, 0xff, 0x00]);
  await playground.page.getByText("picture.png is not a text file").first().waitFor();
  assert.equal(await playground.text(), VALID);
});
