// Files in and out of the page, and that nothing else goes anywhere.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { UNKNOWN_REQUIREMENT, VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

/** The name and the text of what a press of the button downloads. */
async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
}

playing("the config is downloaded as it stands, with its line endings", async ({ page }) => {
  const text = `\uFEFF${VALID.replaceAll("\n", "\r\n")}`;
  const revision = Number(await page.evaluate(() => document.documentElement.dataset.rev));
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Open" }).click(),
  ]);
  await chooser.setFiles({ name: "mine.yml", mimeType: "text/yaml", buffer: Buffer.from(text) });
  await page.waitForFunction(old => Number(document.documentElement.dataset.rev) > old, revision);
  const [name, got] = await downloaded(page, page.getByRole("button", { name: "Download" }).first());
  assert.match(name, /\.yml$/);
  assert.equal(got, text);
});

playing("the SVG stands by itself: no script, no foreign object, nothing from elsewhere", async playground => {
  await playground.paste(VALID);
  const [name, svg] = await downloaded(playground.page, playground.page.getByRole("button", { name: /SVG/ }));
  assert.match(name, /\.svg$/);
  assert.match(svg, /^(<\?xml[^>]*>\s*)?<svg /);
  assert.match(svg, /deploy/);
  assert.doesNotMatch(svg, /<script|<foreignObject|\shref=|url\((?!#)/);
});

playing("once ready, the page asks the network for nothing", async playground => {
  const asked = playground.server.asked.length;
  await playground.paste(UNKNOWN_REQUIREMENT);
  await playground.paste(VALID);
  await playground.node("deploy").click();
  await playground.caretOn(/^ {2}deploy:$/);
  assert.deepEqual(playground.server.asked.slice(asked), []);
});
