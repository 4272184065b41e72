// What is given to an embed and is no good: it says so in place, and nothing else on the page comes to harm.
import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import { CONFIG, embed, FOREIGN, page as pageOf } from "./embed/pages.mjs";
import { frame, note, ready, serving, visiting } from "./embed/visiting.mjs";
import { SKETCH_BOOT } from "./faulty-engine.mjs";

const packed = text => deflateRawSync(Buffer.from(text)).toString("base64url");
const GOOD = packed(JSON.stringify({ text: CONFIG }));
const source = (name, src) => [name, pageOf({ body: `<p id="around">Around</p><dry-run id="one" src="${src}"></dry-run>${embed('id="two"')}` })];

const { other } = serving({
  "assets/sketch-boot.js": SKETCH_BOOT,
  "panic.html": pageOf({ body: embed('id="one"', `${CONFIG}# PANIC\n`) + embed('id="two"') }),
  "page.html": "<!doctype html><p>No config</p>",
  "large.yml": "#".repeat(8_000_001),
  ...Object.fromEntries([
    source("gone.html", "./nowhere.yml"), source("foreign.html", "https://example.com/config.yml"), source("html.html", "./page.html"),
    source("large.html", "./large.yml"), source("nonsense.html", "http://["),
  ]),
  "same.html": pageOf({
    policy: "default-src 'none'; img-src data:; script-src 'self'; frame-src 'self'",
    body: `<iframe src="./embed.html#v1=d:${GOOD}" title="frame" width="900" height="500"></iframe>`,
  }),
  "lone.html": pageOf({ body: embed('id="one" mode="full" step="-1" height="3" lesson=""') }),
}, site => ({
  "framed.html": pageOf({ dryrun: site.url, policy: FOREIGN(site), body: embed('id="one"') }),
}));

for (const [name, path, said, allowed] of [
  ["is not there", "gone.html", /could not be loaded: .*nowhere\.yml: 404/, ["console"]],
  ["is of another origin", "foreign.html", /https:\/\/example\.com is another origin/, []],
  ["is a page", "html.html", /page\.html is a page, not a config/, []],
  ["is too large", "large.html", /large\.yml is over 8 MB/, []],
  ["is no address", "nonsense.html", /could not be loaded: `?http:\/\/\[`? is no address/, []],
]) {
  visiting(`a src that ${name} is said in place`, path, async page => {
    await ready(page);
    assert.match(await note(page), said);
    assert.equal(await page.locator("#around").innerText(), "Around");
    await page.locator("#two").scrollIntoViewIfNeeded();
    await ready(page, "two");
    assert.equal(await page.locator("#two .notes").isVisible(), false);
  }, { allowed });
}

visiting("a fault of the engine over one graph is said there, and the next one is drawn", "panic.html", async page => {
  await page.locator("#one .notes", { hasText: "fault of its own" }).waitFor();
  await ready(page, "two");
  assert.equal(await page.locator("#two [data-job]").count(), 2);
  assert.equal(await page.locator("#two .notes").isVisible(), false);
}, { allowed: ["errors", "console"] });

visiting("a step, a height and a lesson that are none leave the app as it is", "lone.html", async page => {
  await ready(page);
  assert.match(await note(page), /step is a number, not -1/);
  assert.match(await note(page), /height is a number of pixels or auto, not 3/);
  assert.equal(await page.locator("#one .lesson").count(), 0);
});

for (const [name, hash, said] of [
  ["is cut", `v1=d:${GOOD.slice(0, 90)}`, /not complete/],
  ["is a bomb", `v1=d:${packed(JSON.stringify({ text: " ".repeat(40_000_000) }))}`, /over 8 MB/],
  ["is of a newer version", `v7=x:${GOOD}`, /newer version/],
  ["holds no config", `v1=d:${packed("[]")}`, /no config in it/],
]) {
  for (const mode of ["graph", "full"]) {
    visiting(`a hash that ${name} is said in the mode ${mode}`, `embed.html?mode=${mode}#${hash}`, async page => {
      await page.locator("dry-run[data-ready]").waitFor();
      await page.locator("dry-run .notes", { hasText: said }).waitFor();
    });
  }
}

visiting("a hash with a hundred thousand words that are not known has a few of them named", `embed.html#v1=d:${packed(JSON.stringify({
  text: CONFIG, layers: Array.from({ length: 100_000 }, (_, at) => `word${at}`), workflow: "w".repeat(1_000_000),
}))}`, async page => {
  await page.locator("dry-run[data-ready]").waitFor();
  const said = await page.locator("dry-run .notes").innerText();
  assert.match(said, /not word0, word1, word2\./);
  assert.ok(said.length < 400, `${said.length} characters`);
});

/** Messages that are ours by name, and of no good shape. */
const MISSHAPEN = [
  { type: "init" }, { type: "init", shared: null }, { type: "init", shared: { text: 1 } }, { type: "init", shared: { text: "" }, view: [] },
  { type: "init", shared: { text: "" }, notes: "x" }, { type: "setValue" }, { type: "setView", view: { onclick: "alert(1)" } },
  { type: "setView", view: { mode: {} } }, { type: "setView", view: null }, { type: "focusJob", job: 3 }, { type: "setStyle", style: "red" },
  { type: "setStyle", style: { accent: 3 } },
];
const STRANGE = [undefined, null, 1, "x", [], {}, { dryrun: 2, type: "setValue", value: "" }, { dryrun: 1 }, { dryrun: 1, type: "toString" },
  { dryrun: 1, type: "__proto__" }, { dryrun: 1, type: {} }];

visiting("messages of a wrong shape are named or ignored, and change nothing", "same.html", async page => {
  const inside = page.frameLocator("iframe").locator("dry-run");
  await page.frameLocator("iframe").locator("dry-run[data-ready]").waitFor();
  await page.evaluate(messages => {
    for (const message of messages) document.querySelector("iframe").contentWindow.postMessage(message, "*");
  }, [...STRANGE, ...MISSHAPEN.map(message => ({ dryrun: 1, ...message }))]);
  await inside.locator(".notes", { hasText: "setStyle was not taken" }).waitFor();
  const said = await inside.locator(".notes").innerText();
  for (const type of ["init", "setValue", "setView", "focusJob", "setStyle"]) assert.match(said, new RegExp(`A message ${type} was not taken`));
  assert.equal(await inside.evaluate(element => element.value), CONFIG);
  assert.equal(await inside.locator("[data-job]").count(), 2);
});

visiting("what is of a wrong shape within a config's inputs is left out", "same.html", async page => {
  const inside = page.frameLocator("iframe").locator("dry-run");
  await page.frameLocator("iframe").locator("dry-run[data-ready]").waitFor();
  await page.evaluate(text => document.querySelector("iframe").contentWindow.postMessage({
    dryrun: 1, type: "init", view: { mode: "full", height: 480 },
    shared: { text, orbs: 5, parameters: [1], layers: "cache", continuation: "x", workflow: {}, branch: 7, caret: "here" },
  }, "*"), CONFIG.replaceAll("setup", "other"));
  await inside.locator("[data-job=other]").waitFor();
});

visiting("styles that are more than a colour or a font are named and not put on", "framed.html", async page => {
  await ready(page);
  await page.evaluate(() => {
    const { style } = document.querySelector("#one");
    style.setProperty("--dryrun-background", "url(https://example.com/x.png)");
    style.setProperty("--dryrun-text", "red; } * { display: none");
    style.setProperty("--dryrun-accent", "rgb(1, 2, 3)");
    document.body.classList.add("switched");
  });
  await frame(page).locator(".notes", { hasText: "--dryrun-background was not taken" }).waitFor();
  assert.equal(await frame(page).locator(".foot a").evaluate(link => getComputedStyle(link).color), "rgb(1, 2, 3)");
  assert.equal(await frame(page).locator("[data-job]").count(), 2);
}, { at: other, allowed: ["foreign"] });

visiting("what is wrong with an attribute is no longer said once it is mended, in a frame too", "framed.html", async page => {
  await ready(page);
  await page.evaluate(() => document.querySelector("#one").setAttribute("theme", "pink"));
  await frame(page).locator(".notes", { hasText: "theme is auto, light or dark, not pink" }).waitFor();
  await page.evaluate(() => document.querySelector("#one").setAttribute("theme", "dark"));
  await frame(page).locator(".notes", { hasText: "pink" }).waitFor({ state: "hidden" });
}, { at: other, allowed: ["foreign"] });
