// <dry-run> in other people's pages: of the same origin, of another one, and where nothing is allowed.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { DIST } from "./browser.mjs";
import { BROKEN, CONFIG, embed, FOREIGN, HOSTILE, page as pageOf, STRICT } from "./embed/pages.mjs";
import { frame, note, ready, serious, serving, visiting } from "./embed/visiting.mjs";

const TALL = '<div class="tall"></div>';
const TALL_STYLES = '<link rel="stylesheet" href="./tall.css">';
const SAME = "default-src 'none'; img-src data:; script-src 'self'; frame-src 'self'";
const FRAME = size => `<iframe src="./embed.html#v1=j:${Buffer.from(JSON.stringify({ text: CONFIG })).toString("base64url")}" ${size} title="frame"></iframe>`;
const EXTRA = {
  "hostile.css": HOSTILE,
  "tall.css": ".tall { height: 6000px; }",
  "config.yml": CONFIG,
  "hostile.html": pageOf({
    head: '<link rel="stylesheet" href="./hostile.css">',
    body: embed('id="one"') + embed('id="two" workflow="nightly"', CONFIG.replace("ls out", "ls")),
  }),
  "calm.html": pageOf({ body: embed('id="one"') + embed('id="two" workflow="nightly"') }),
  "far.html": pageOf({ head: TALL_STYLES, body: TALL + embed('id="one"') }),
  "words.html": pageOf({ body: embed('id="one" mode="cinema" theme="pink" layers="requires,magic" height="high" step="two"') }),
  "scheme.css": ":root { color-scheme: light dark }",
  "broken.html": pageOf({ head: '<link rel="stylesheet" href="./scheme.css">', body: embed('id="one"', BROKEN) }),
  "src.html": pageOf({ body: '<dry-run id="one" src="./config.yml"></dry-run><dry-run id="two" src="./nowhere.yml"></dry-run>' }),
  "full.html": pageOf({ body: embed('id="one" mode="full" height="500"') }),
  "no-worker.html": pageOf({ policy: "default-src 'none'; script-src 'self'; frame-src 'self'", body: embed('id="one"') }),
  "same.html": pageOf({ policy: SAME, body: FRAME("") }),
  "high.html": pageOf({ policy: SAME, body: FRAME('width="900" height="900"') }),
  "module.html": pageOf({ body: embed('id="one"') }).replace("<script src", '<script type="module" src'),
  "both.html": (await readFile(join(DIST, "index.html"), "utf8"))
    .replace("<head>", '<head><script src="./embed.js"></script>').replace("<dry-run page></dry-run>", embed('id="one"')),
};

const { site, other } = serving(EXTRA, site => ({
  "framed.html": pageOf({ dryrun: site.url, policy: FOREIGN(site), body: embed('id="one"') }),
  "full-framed.html": pageOf({ dryrun: site.url, policy: FOREIGN(site), body: embed('id="one" mode="full"') }),
  "refused.html": pageOf({ dryrun: site.url, policy: `default-src 'none'; script-src ${site.origin}`, body: embed('id="one"') }),
  "writer.html": pageOf({ dryrun: site.url, policy: FOREIGN(site), body: `<iframe src="${site.url}embed.html?wait" title="frame"></iframe>` }),
}));

const wasm = () => site().asked.filter(path => path.endsWith(".wasm"));

const LOOKS = ["font-size", "color", "display", "letter-spacing", "fill", "stroke", "background-color", "padding"];
const looks = page => page.evaluate(LOOKS => {
  const root = document.querySelector("#one").shadowRoot;
  return ["embed", "bar", "verdict", "label", "outline", "line", "foot"].map(name => {
    const style = getComputedStyle(root.querySelector(`.${name}`));
    return [name, ...LOOKS.map(look => style.getPropertyValue(look))].join(" ");
  });
}, LOOKS);

visiting("two embeds in a hostile page under a strict policy: one engine, no app, no style bleeds in", "hostile.html", async page => {
  await ready(page, "one");
  await ready(page, "two");
  assert.deepEqual(wasm().map(path => path.split("/").at(-1)), ["sketch_bg.wasm"]);
  assert.equal(site().asked.filter(path => /editor|app-/.test(path)).length, 0);
  assert.equal(await page.locator("#one [data-job]").count(), 2);
  assert.equal(await page.locator("#two [data-job]").count(), 1);
  const hostile = await looks(page);
  await page.goto(`${site().url}calm.html`);
  await ready(page);
  assert.deepEqual(hostile, await looks(page));
});

visiting("nothing is loaded until it is nearly seen", "far.html", async page => {
  await page.locator("#one .wait").waitFor({ state: "attached" });
  assert.deepEqual(site().asked.filter(path => /assets|wasm/.test(path)), []);
  await page.locator("#one").scrollIntoViewIfNeeded();
  await ready(page);
  assert.equal(wasm().length, 1);
});

visiting("attributes count at once, and what is wrong with them is said in place", "calm.html", async page => {
  await ready(page);
  await page.evaluate(() => document.querySelector("#one").setAttribute("workflow", "nightly"));
  await page.waitForFunction(() => document.querySelector("#one").shadowRoot.querySelectorAll("[data-job]").length === 1);
  await page.evaluate(() => document.querySelector("#one").setView({ workflow: "main", job: "test", layers: ["requires"], theme: "dark" }));
  await page.locator('#one [data-job="test"][aria-current]').waitFor();
  assert.equal(await page.locator("#one [data-edge=workspace]").isVisible(), false);
  assert.equal(await page.locator("#one [data-edge=requires]").isVisible(), true);
  await page.evaluate(() => document.querySelector("#one").setAttribute("workflow", "weekly"));
  await page.locator("#one .notes", { hasText: "There is no workflow weekly; there is main, nightly." }).waitFor();
  await page.evaluate(() => document.querySelector("#one").value = "version: 2.1\njobs: [\n");
  await page.locator("#one[data-verdict=unparsable]").waitFor();
});

visiting("words that are not known are named, and the graph is there", "words.html", async page => {
  await ready(page);
  const said = await note(page);
  for (const word of ["cinema", "pink", "magic", "high", "two"]) assert.ok(said.includes(word), said);
  assert.equal(await page.locator("#one [data-job]").count(), 2);
});

visiting("errors are counted, listed on a click and told in an event", "broken.html", async page => {
  await ready(page);
  const button = page.locator("#one .verdict");
  assert.equal(await button.innerText(), "✕ 1 problem");
  await button.click();
  await page.locator('#one [data-check="undefined-requirement"]').waitFor();
  const findings = await page.evaluate(() => document.querySelector("#one").findings);
  assert.equal(findings[0].check, "undefined-requirement");
  assert.equal(findings[0].line, BROKEN.split("\n").findIndex(line => line.includes("setpu")) + 1);
});

visiting("a job is chosen by click and by key; the wheel belongs to the page", "calm.html", async page => {
  await ready(page);
  await page.evaluate(() => {
    window.selected = [];
    document.querySelector("#one").addEventListener("select", event => window.selected.push(event.detail));
  });
  await page.locator('#one [data-job="setup"]').click();
  await page.keyboard.press("Tab");
  await page.locator('#one [data-job="setup"]').focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.evaluate(() => window.selected),
    [{ job: "setup", workflow: "main" }, { job: "test", workflow: "main" }]);
  const width = () => page.locator("#one .window svg").getAttribute("width");
  const before = await width();
  await page.locator("#one .window svg").hover();
  await page.mouse.wheel(0, 100);
  assert.equal(await width(), before);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -100);
  await page.keyboard.up("Control");
  await page.waitForFunction(before => document.querySelector("#one").shadowRoot.querySelector("svg").getAttribute("width") !== before, before);
});

for (const colorScheme of ["light", "dark"]) {
  visiting(`axe finds nothing serious in an embed in the ${colorScheme} theme, which is the page's`, "broken.html", async page => {
    await ready(page);
    await page.locator("#one .verdict").click();
    const ground = await page.locator("#one .embed").evaluate(box => getComputedStyle(box).backgroundColor);
    assert.equal(ground, colorScheme === "dark" ? "rgb(14, 20, 32)" : "rgb(243, 245, 248)");
    assert.deepEqual(await serious(page), []);
  }, { colorScheme });
}

visiting("a text given before it is seen is not loaded before it is seen", "far.html", async page => {
  await page.evaluate(text => void (document.querySelector("#one").value = text), CONFIG.replace("nightly", "weekly"));
  assert.deepEqual(wasm(), []);
  await page.locator("#one").scrollIntoViewIfNeeded();
  await page.locator("#one [role=tab]", { hasText: "weekly" }).waitFor();
});

visiting("another mode takes the place of the graph and back, with the text as it was edited", "calm.html", async page => {
  await ready(page);
  await page.evaluate(() => document.querySelector("#one").setView({ mode: "full" }));
  await page.locator("#one .cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# x");
  await page.waitForFunction(() => document.querySelector("#one").value.startsWith("# x"));
  await page.evaluate(() => document.querySelector("#one").setView({ theme: "dark" }));
  assert.match(await page.locator("#one .cm-content").innerText(), /^# x/);
  await page.evaluate(() => document.querySelector("#one").setView({ mode: null }));
  await page.locator("#one .window svg").waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("#one").value.startsWith("# x")), true);
});

visiting("Open in Dryrun keeps text and workflow", "hostile.html", async page => {
  await ready(page, "two");
  const href = await page.locator("#two a").getAttribute("href");
  await page.goto(href);
  await page.locator('dry-run [role=tab][aria-selected=true]', { hasText: "nightly" }).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("dry-run").text()), CONFIG.replace("ls out", "ls"));
});

visiting("a source by address, and one that fails", "src.html", async page => {
  await ready(page, "one");
  await ready(page, "two");
  assert.equal(await page.locator("#one [data-job]").count(), 2);
  assert.match(await page.locator("#two .notes").innerText(), /could not be loaded: .*nowhere\.yml: 404/);
}, { allowed: ["console"] });

visiting("the whole app in the shadow root: an edit is told, the page around stays as it is", "full.html", async page => {
  await ready(page);
  await page.locator("#one .cm-content").waitFor();
  await page.evaluate(() => {
    window.changes = [];
    document.querySelector("#one").addEventListener("change", event => window.changes.push(event.detail.value));
  });
  await page.locator("#one .cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# x");
  await page.waitForFunction(() => window.changes.at(-1)?.startsWith("# x"));
  assert.equal(await page.evaluate(() => document.querySelector("#one").value.startsWith("# x")), true);
  assert.deepEqual(await page.evaluate(() => [...document.documentElement.attributes].map(({ name }) => name)), ["lang"]);
  assert.equal(await page.evaluate(() => document.querySelector("#one").offsetHeight), 500);
});

visiting("from another origin: a frame as high as the graph, spoken to like the element", "framed.html", async page => {
  await ready(page);
  assert.equal(await frame(page).locator(".notes").isVisible(), false);
  assert.equal(await frame(page).locator("[data-job]").count(), 2);
  await page.waitForFunction(() => {
    const frame = document.querySelector("#one").shadowRoot.querySelector("iframe");
    return frame.offsetHeight > 120 && frame.offsetHeight !== 160; // what it has at first
  });
  const inside = await frame(page).evaluate(element => element.offsetHeight);
  assert.equal(await page.evaluate(() => document.querySelector("#one").shadowRoot.querySelector("iframe").offsetHeight), inside);
  // A height that is given to the frame must not lead to another one.
  const heights = await page.evaluate(() => new Promise(done => {
    let count = 0;
    const element = document.querySelector("#one");
    element.addEventListener("resize", () => count++);
    element.style.width = "700px";
    let frames = 60;
    const next = () => (frames-- > 0 ? requestAnimationFrame(next) : done(count));
    next();
  }));
  assert.ok(heights <= 2, `${heights} heights`);
  await page.evaluate(() => document.querySelector("#one").setAttribute("workflow", "nightly"));
  await frame(page).locator("[data-job]").nth(1).waitFor({ state: "detached" });
  const told = await page.evaluate(() => new Promise(done => {
    const element = document.querySelector("#one");
    element.addEventListener("findings", event => done(event.detail.verdict));
    element.value = "version: 2.1\njobs: [\n";
  }));
  assert.equal(told, "unparsable");
}, { at: other, allowed: ["foreign"] });

visiting("on a telephone the names of jobs and lines can be read, whatever the picture shrinks to", "calm.html", async page => {
  await ready(page);
  const letters = await page.locator("#one .node text").evaluateAll(names => names.map(name => {
    const { width, viewBox } = name.ownerSVGElement;
    return parseFloat(getComputedStyle(name).fontSize) * width.baseVal.value / viewBox.baseVal.width;
  }));
  assert.equal(letters.length, 2);
  for (const letter of letters) assert.ok(letter >= 10.9, `${letter} px`);
  assert.deepEqual(await page.locator("#one .foot label:visible").allInnerTexts(), ["requires", "workspace"]);
  assert.equal(await page.locator("#one .foot label:visible svg .line").count(), 2);
  assert.equal(await page.locator("#one .window .legend").count(), 0);
}, { viewport: { width: 390, height: 844 } });

visiting("where frames are refused too: the text and the reason", "refused.html", async page => {
  await ready(page);
  const said = await page.locator("#one .plain").innerText();
  assert.match(said, /cannot draw this config here \(this page allows no frame\)/);
  assert.ok(said.includes("persist_to_workspace"));
}, { at: other, allowed: ["foreign", "violations", "console", "failed"] });

visiting("where no worker is allowed: a frame of the same origin", "no-worker.html", async page => {
  await ready(page);
  assert.equal(await frame(page).locator("[data-job]").count(), 2);
}, { allowed: ["violations", "console", "failed"] });

visiting("a frame takes messages of its own origin and of those it was told, and says what it did not take", "writer.html", async page => {
  const inside = page.frameLocator("iframe").locator("dry-run");
  await page.waitForFunction(() => window.heard.includes("listening"));
  assert.equal(await inside.count(), 0, "it waits");
  await page.evaluate(() => {
    const { contentWindow } = document.querySelector("iframe");
    contentWindow.postMessage({ dryrun: 1, type: "dance" }, "*");
    contentWindow.postMessage("hello", "*");
    contentWindow.postMessage({ dryrun: 1, type: "setValue", value: "version: 2.1\n" }, "*");
  });
  await inside.locator(".notes", { hasText: /A message from http.* was not taken/ }).waitFor();
  assert.equal(await inside.evaluate(element => element.value), "");
}, {
  at: other,
  allowed: ["foreign"],
  before: page => page.addInitScript(() => {
    window.heard = [];
    addEventListener("message", ({ data }) => window.heard.push(data.type));
  }),
});

visiting("embed.html by query and hash; a broken hash says so", "embed.html?mode=graph&workflow=nightly#v1=j:"
  + Buffer.from(JSON.stringify({ text: CONFIG })).toString("base64url"), async page => {
  await page.locator("dry-run[data-ready]").waitFor();
  assert.equal(await page.locator("dry-run [data-job]").count(), 1);
  await page.evaluate(() => void (location.hash = "#v1=d:AAAA"));
  await page.locator(".notes", { hasText: "The link cannot be read" }).waitFor();
  assert.equal(await page.locator("dry-run [data-job]").count(), 1);
});

visiting("a message of a wrong shape is named and changes nothing", "same.html", async page => {
  const inside = page.frameLocator("iframe").locator("dry-run");
  await page.frameLocator("iframe").locator("dry-run[data-ready]").waitFor();
  const say = message => page.evaluate(message => {
    document.querySelector("iframe").contentWindow.postMessage({ dryrun: 1, ...message }, "*");
  }, message);
  await say({ type: "setValue", value: { text: 1 } });
  await inside.locator(".notes", { hasText: "A message setValue was not taken" }).waitFor();
  assert.equal(await inside.evaluate(element => element.value), CONFIG);
  const answer = page.evaluate(() => new Promise(done => addEventListener("message", ({ data }) => {
    if (data.type === "value") done(data.detail);
  })));
  await say({ type: "setValue", value: "version: 2.1\n" });
  await say({ type: "getValue", id: 7 });
  assert.deepEqual(await answer, { id: 7, value: "version: 2.1\n" });
});

visiting("a frame that is higher than its graph tells the graph's own height, also when that gets less", "high.html", async page => {
  await page.frameLocator("iframe").locator("dry-run[data-ready]").waitFor();
  const say = value => page.evaluate(value => {
    document.querySelector("iframe").contentWindow.postMessage({ dryrun: 1, type: "setValue", value }, "*");
  }, value);
  const told = count => page.waitForFunction(count => window.heights.length >= count, count);
  await told(1);
  await say(CONFIG.replace("      - setup\n", "      - setup\n      - setup: { name: more }\n      - setup: { name: most }\n"));
  await told(2);
  await say(CONFIG);
  await told(3);
  // The box itself fills the frame, with nothing to scroll around it.
  const inside = page.frames().find(frame => frame.url().includes("embed.html"));
  assert.deepEqual(await inside.evaluate(() => [document.querySelector("dry-run").offsetHeight, document.documentElement.scrollHeight]), [900, 900]);
  const [first, second, third] = await page.evaluate(() => window.heights);
  assert.ok(first < second && second < 900, `${first} ${second}`);
  assert.equal(third, first);
}, {
  before: page => page.addInitScript(() => {
    window.heights = [];
    addEventListener("message", ({ data }) => data.type === "resize" && window.heights.push(data.detail.height));
  }),
});

visiting("the script may be a module", "module.html", async page => {
  await ready(page);
  assert.equal(await page.locator("#one [data-job]").count(), 2);
});

visiting("a frame loads no engine but the one it shows", "full-framed.html", async page => {
  await frame(page).locator(".cm-content").waitFor();
  await page.locator("#one[data-verdict]").waitFor();
  assert.deepEqual(wasm().filter(path => path.includes("sketch")), []);
}, { at: other, allowed: ["foreign"] });

visiting("the whole app in a frame of another origin: an edit is told", "framed.html", async page => {
  await ready(page);
  const changed = page.evaluate(() => new Promise(done => {
    const element = document.querySelector("#one");
    element.addEventListener("change", event => done(event.detail.value));
    element.setView({ mode: "full", height: 480 });
  }));
  await frame(page).locator(".cm-content").click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("#");
  assert.equal(await changed, `#${CONFIG}`);
  assert.equal(await page.evaluate(() => document.querySelector("#one").shadowRoot.querySelector("iframe").offsetHeight), 480);
}, { at: other, allowed: ["foreign"] });

visiting("with the playground's own script on one page, the first one stays", "both.html", async page => {
  await ready(page);
  assert.equal(await page.locator("#one [data-job]").count(), 2);
});

test("the policy of the tests is the one that is documented", async () => {
  const text = await readFile(new URL("../../docs/embedding-api.md", import.meta.url), "utf8");
  for (const directive of STRICT.split("; ").slice(1, 4)) assert.ok(text.includes(directive), directive);
});
