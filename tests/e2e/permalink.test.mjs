// F11: a link holds the text and how it is looked at; a broken one harms nothing.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { deflateRawSync, deflateSync } from "node:zlib";
import { UNKNOWN_REQUIREMENT, VALID, tree } from "./configs.mjs";
import { open } from "./browser.mjs";
import { Playground, playing, withBrowser } from "./playground.mjs";
import { BrokenLink, decode, encode, LONG } from "../../www/shell/permalink.js";

const PARAMETER = "version: 2.1\nparameters:\n  fast: {type: boolean, default: false}\n" + VALID.replace("version: 2.1\n", "");
const CORPUS = new URL("../../../shared/corpus/real/", import.meta.url);
const base64url = bytes => Buffer.from(bytes).toString("base64url");
const plain = shared => `v1=j:${base64url(JSON.stringify(shared))}`;
const hash = text => createHash("sha256").update(text).digest("hex");

test("a link gives back what went in, to the byte", async () => {
  const shared = {
    text: "\uFEFFversion: 2.1\r\n# é 🙂 日本 \u0000\t%41+/=\r\n",
    name: "mine.yml", tag: "v1", trigger_source: "api", parameters: { __proto__: null, a: "1" },
    continuation_parameters: {}, continuation: { name: "rest.yml", text: "" },
    orbs: [{ reference: "acme/tools@1.0.0", name: "tools.yml", text: "commands: {}" }],
    tab: "compiled", workflow: "main", layers: ["requires"], run: ["open", "fail=a=b"], selection: [1, 1, 2, 3], caret: [2, 3],
  };
  const plainShared = JSON.parse(JSON.stringify(shared));
  assert.deepEqual(await decode(await encode(shared)), plainShared);
  assert.deepEqual(await decode(`#${plain(shared)}`), plainShared);
});

test("every real config under 100 KB comes back from its link", async t => {
  const names = await readdir(CORPUS).catch(() => []);
  if (names.length === 0) return t.skip("no ../shared/corpus/real here");
  let seen = 0;
  for (const name of names.filter(name => /\.ya?ml$/.test(name))) {
    const bytes = await readFile(new URL(name, CORPUS));
    if (bytes.length >= 100_000) continue;
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    const back = await decode(await encode({ text }));
    assert.equal(hash(back.text), hash(text), name);
    seen++;
  }
  t.diagnostic(`${seen} configs`);
  assert.ok(seen > 100);
});

test("a link survives escaping, and the punctuation behind it", async () => {
  const link = await encode({ text: VALID });
  for (const changed of [`#${link}`, link.replace("=", "%3D").replace(":", "%3A"), `${link})`, `${link}.`, `${link}).`, `${link}”…`, `${link}&other=1`]) {
    assert.equal((await decode(changed)).text, VALID, changed.slice(-12));
  }
});

test("the hash of something else is no link", async () => {
  for (const other of ["", "#", "#jobs", "#v1", "#version=2"]) assert.equal(await decode(other), null);
});

test("a cut, changed or newer link is refused with a reason", async () => {
  const link = await encode({ text: tree(20) });
  const middle = Math.floor(link.length / 2);
  const damaged = [
    link.slice(0, middle), link.slice(0, -1), `${link.slice(0, middle)}AAAAAA${link.slice(middle + 6)}`,
    `${link.slice(0, middle)}\u00e9${link.slice(middle)}`, "v1=d:", "v1=", "v1=j:e30", `v1=j:${base64url("null")}`, `v1=j:${base64url("[1]")}`,
    `v1=j:${base64url(Uint8Array.of(0x22, 0xff, 0x22))}`, "v1=d:AAAA", `v1=x:${base64url("{}")}`, "v2=d:AAAA", "v1=j:A", plain({ text: 1 }),
  ];
  for (const one of damaged) {
    await assert.rejects(decode(one), error => error instanceof BrokenLink && error.message.length > 10, one.slice(0, 40));
  }
});

test("a link in which one character was changed anywhere is refused, and never opens as another text", async () => {
  const link = await encode({ text: tree(3) });
  for (let at = link.indexOf(":") + 1; at < link.length - 1; at++) {
    const other = link[at] === "A" ? "B" : "A";
    await assert.rejects(decode(link.slice(0, at) + other + link.slice(at + 1)), BrokenLink, `character ${at}`);
  }
});

test("a link that an older page made, without a check sum, is read", async () => {
  const older = `v1=d:${base64url(deflateRawSync(Buffer.from(JSON.stringify({ text: VALID }))))}`;
  assert.equal((await decode(older)).text, VALID);
});

test("a bomb is refused while it unfolds", async () => {
  // The best that deflate can do is about 1,000 to 1: 10 KB for 10 MB, 100 KB for 100 MB.
  for (const size of [10_000_000, 100_000_000]) {
    const json = Buffer.from(JSON.stringify({ text: "a".repeat(size) }));
    await assert.rejects(decode(`v1=z:${base64url(deflateSync(json, { level: 9 }))}`), /over 8 MB/);
    await assert.rejects(decode(`v1=d:${base64url(deflateRawSync(json, { level: 9 }))}`), /over 8 MB/);
  }
});

test("what is of the wrong shape is left out, the text stays", async () => {
  const odd = { text: "a", branch: 1, orbs: [{}], parameters: { a: 1 }, selection: [0, 1, 2, 3], caret: [1], layers: "all", extra: true };
  assert.deepEqual(await decode(plain(odd)), { text: "a" });
});

test("a text of 1 MB makes a link, one of 9 MB does not", async () => {
  const text = tree(4_000, 10);
  assert.ok(text.length > 1_000_000);
  assert.equal((await decode(await encode({ text }))).text, text);
  await assert.rejects(encode({ text: "a".repeat(9_000_000) }), BrokenLink);
});

withBrowser();

const said = ({ page }) => page.locator("[data-share-said]:not(:empty)");
const clipboard = ({ page }) => page.evaluate(() => navigator.clipboard.readText());
const permissions = ["clipboard-read", "clipboard-write"];

/** Opens `url` in a fresh profile, gives the page, and looks at its book at the end. */
async function visit(playground, t, url, options) {
  const { context, page, book } = await open(playground.page.context().browser(), playground.server.origin, options);
  t.after(() => context.close());
  const visited = new Playground(page, book, playground.server);
  await page.goto(url);
  await visited.ready();
  return visited;
}

playing("a link that is opened just before what was typed is kept is opened", async playground => {
  const text = tree(3);
  const revision = await playground.revision();
  await playground.page.evaluate(link => {
    location.hash = link;
    // What keeping the text does to the address: see `leave` in www/shell/link.js. The page hears of the link later.
    history.replaceState(null, "", location.pathname);
  }, await encode({ text }));
  await playground.settled(revision);
  assert.equal(await playground.text(), text);
});

playing("a copied link shows somebody else the same: text, tab, workflow, selection and trigger", async (playground, t) => {
  const { page } = playground;
  const text = "\uFEFF" + (PARAMETER + "  nightly:\n    jobs: [build, lint]\n").replaceAll("\n", "\r\n");
  await playground.drop("mine.yml", text);
  await playground.node("build").waitFor();
  await playground.settled();
  await playground.open("pipeline");
  await page.getByLabel("tag", { exact: true }).check();
  await page.locator("[data-parameter=fast] input").check();
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: /nightly/ }).click();
  await playground.node("lint").click();
  const selected = await playground.selected();
  await playground.compiled();
  await page.keyboard.press("Control+Shift+C");
  await said(playground).waitFor();
  assert.match(await said(playground).textContent(), /^Copied: [\d,]+ characters/);
  const link = await clipboard(playground);
  assert.ok(link.startsWith(`${playground.server.url}#v1=z:`), link.slice(0, 60));

  const other = await visit(playground, t, link);
  assert.equal(hash(await other.text()), hash(text));
  assert.equal(await other.page.getByRole("tab", { name: "Compiled" }).getAttribute("aria-selected"), "true");
  assert.match(await other.page.locator("[data-popover=pipeline] > button").textContent(), /v1\.0\.0/);
  assert.equal(await other.selected(), selected);
  await other.page.keyboard.press("Alt+1");
  await other.page.locator("[role=tab][aria-selected=true]", { hasText: "nightly" }).waitFor();
  await other.page.locator('[data-job=lint][aria-current="true"]').waitFor();
  for (const list of ["violations", "console", "errors", "foreign"]) assert.deepEqual(other.book[list], [], list);
}, { permissions });

playing("a link holds the run: what was set for it, and the second that is looked at", async (playground, t) => {
  const { page } = playground;
  await playground.paste(VALID);
  await page.locator("[data-do=run]").click();
  await page.locator("[data-run]").waitFor();
  await playground.node("lint").click();
  await page.locator("[data-lasts]").fill("300");
  await page.locator("[data-lasts]").press("Enter");
  await page.waitForFunction(() => document.querySelector("dry-run").shadowRoot.querySelector(".scrub").max >= 300);
  await playground.node("build").click();
  await page.locator("[data-details]", { hasText: "build" }).locator("[data-do=fail]").click();
  await page.locator(".speed").selectOption("2");
  await page.locator(".scrub").fill("120");
  await page.keyboard.press("Control+Shift+C");
  await said(playground).waitFor();
  const link = await clipboard(playground);
  const { run } = await decode(link.slice(link.indexOf("#")));
  assert.deepEqual(run.toSorted(), ["duration=lint=300", "fail=build", "open", "second=120", "speed=60"]);

  const other = await visit(playground, t, link);
  await other.page.locator("[data-run][data-second='120']").waitFor();
  await other.page.locator("[data-job=lint][data-state=running]").waitFor();
  assert.equal(await other.page.locator(".speed").inputValue(), "2");
  for (const list of ["violations", "console", "errors", "foreign"]) assert.deepEqual(other.book[list], [], list);
}, { permissions });

playing("a broken link says so and keeps the text of the last visit", async playground => {
  const { page, server } = playground;
  await playground.paste(VALID + "# mine\n");
  await page.waitForFunction(() => localStorage.getItem("dryrun.text")?.endsWith("# mine\n"));
  for (const broken of ["#v1=d:AAAA", "#v7=q:abc", "#v1=j:!!!"]) {
    await page.goto("about:blank");
    await page.goto(server.url + broken);
    await playground.ready();
    await page.locator("[data-notice=broken-link]", { hasText: "cannot be opened" }).waitFor();
    assert.ok((await playground.text()).endsWith("# mine\n"));
  }
  await page.evaluate(() => void (location.hash = "#v1=d:AAAB"));
  await page.locator("[data-notice=broken-link]").waitFor();
}, { allowed: ["failed"] }); // leaving a page drops what is still under way

playing("a link opened in the page replaces the text, which one button brings back", async playground => {
  const { page } = playground;
  await playground.paste(VALID);
  const revision = await playground.revision();
  await page.evaluate(link => void (location.hash = link), plain({ text: UNKNOWN_REQUIREMENT, branch: "next" }));
  assert.equal(await playground.settled(revision), "errors");
  assert.equal(await playground.text(), UNKNOWN_REQUIREMENT);
  assert.match(await page.locator("[data-popover=pipeline] > button").textContent(), /next/);
  await page.locator("[data-do=undo]").click();
  await page.waitForFunction(text => document.querySelector("dry-run").text() === text, VALID);
});

playing("a link stays in the address until something is changed, and a reload then brings the change", async playground => {
  const { page } = playground;
  assert.equal(await playground.text(), VALID);
  await page.reload();
  await playground.ready();
  assert.equal(await playground.text(), VALID);
  assert.notEqual(await page.evaluate(() => location.hash), "");
  await playground.paste(VALID + "# more\n");
  await page.waitForFunction(() => location.hash === "");
  await page.reload();
  await playground.ready();
  assert.equal(await playground.text(), VALID + "# more\n");
}, { query: `#${plain({ text: VALID })}`, allowed: ["failed"] }); // a reload drops what is still under way

playing("without a clipboard the link is there to copy by hand", async playground => {
  const { page } = playground;
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await playground.open("share");
  await page.locator("[data-share=link]").click();
  const field = page.getByLabel("To copy by hand");
  await field.waitFor();
  assert.match(await field.inputValue(), /#v1=z:[\w-]+$/);
  assert.match(await said(playground).textContent(), /did not let/);
  // By the key too: then one more, Ctrl+C, copies it.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Shift+C");
  await field.waitFor();
  await page.waitForFunction(() => {
    const { activeElement } = document.querySelector("dry-run").shadowRoot;
    return activeElement.selectionEnd > 0 && activeElement.selectionEnd === activeElement.value.length;
  });
});

playing("a long link is copied with its size and a warning, the download beside it", async playground => {
  const { page } = playground;
  // Nothing in it repeats, so that it stays long when deflated.
  let seed = 1;
  const noise = Array.from({ length: 9_000 }, () => ((seed = (seed * 48_271) % 2_147_483_647) % 36).toString(36)).join("");
  await playground.paste(`${VALID}# ${noise}\n`);
  await playground.open("share");
  await page.locator("[data-share=link]").click();
  await said(playground).waitFor();
  const link = await clipboard(playground);
  assert.ok(link.length > LONG);
  assert.match(await said(playground).textContent(), new RegExp(`${link.length.toLocaleString("en-US")} characters.* cut links this long`));
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".share [data-do=download]").click()]);
  assert.equal(download.suggestedFilename(), "config.yml");
}, { permissions });

playing("Markdown has the link and the graph, the snippets have the config", async playground => {
  const { page } = playground;
  await playground.paste(VALID.replace("- checkout", "- run: echo '<b>' && \"x\""));
  const copied = {};
  await playground.open("share");
  for (const what of ["markdown", "embed", "frame"]) {
    await page.locator(`[data-share=${what}]`).click();
    await said(playground).waitFor();
    copied[what] = await clipboard(playground);
  }
  assert.match(copied.markdown, /^```mermaid\nflowchart LR\n[^`]*"build"[^`]*```\n\n\[Open in Dryrun\]\(http[^)\s]+#v1=z:[\w-]+\)\n$/);
  assert.match(copied.frame, /^<iframe src="[^"]+\/embed\.html#v1=z:[\w-]+"/);
  const parsed = await page.evaluate(html => {
    const inert = new DOMParser().parseFromString(html, "text/html");
    return { script: inert.querySelector("script").getAttribute("src"), text: inert.querySelector("dry-run > pre").textContent };
  }, copied.embed);
  assert.equal(parsed.script, `${playground.server.url}embed.js`);
  assert.equal(parsed.text, await playground.text());
}, { permissions });
