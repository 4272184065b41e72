// Pages of many kinds around an embed: themes that nobody told it of, generators and frameworks that move it about, paper,
// another direction of writing, policies.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DIST } from "./browser.mjs";
import { BROKEN, CONFIG, embed, FOREIGN, page as pageOf } from "./embed/pages.mjs";
import { frame, ready, serving, visiting } from "./embed/visiting.mjs";

const ONE = embed('id="one"');
const LINEAR = CONFIG.slice(0, CONFIG.indexOf("  nightly"));

/** As many jobs in as many columns as it takes. */
const large = count => `version: 2.1\njobs:\n  work: { docker: [{ image: "cimg/base:2024.01" }], steps: [checkout] }\nworkflows:\n  large:\n    jobs:\n`
  + Array.from({ length: count }, (_, at) => `      - work: { name: job-${at}-with-a-name${at < 10 ? "" : `, requires: [job-${at - 10}-with-a-name]`} }\n`).join("");

const link = path => `<link rel="stylesheet" href="./${path}">`;
const script = path => `<script src="./${path}"></script>`;
/** Without embed.js: the page's own script loads it. */
const late = page => page.replace(script("embed.js"), "");

const { site, other } = serving({
  "files/config.yml": CONFIG,
  "files/broken.yml": BROKEN,
  "named.html": pageOf({ body: '<dry-run id="one" src="./files/broken.yml"></dry-run>' }),
  "dark.css": "main { background: #fff; color: #222; transition: color 200ms } main.dark { background: #111; color: oklch(0.9 0.02 200) }",
  "theme.html": pageOf({ head: link("dark.css"), body: `<main>${ONE}</main>` }),
  "bare.html": pageOf({ body: ONE }),
  "full.html": pageOf({ head: link("dark.css"), body: `<main>${embed('id="one" mode="full"')}</main>` }),
  "before.js": `const one = document.querySelector("#one");
one.value = ${JSON.stringify(CONFIG)};
one.workflow = "nightly";
const two = document.querySelector("#two");
two.src = two.src; // as the navigation of Material for MkDocs does
const tag = document.createElement("script");
tag.src = "./embed.js";
document.head.append(tag);`,
  "before.html": late(pageOf({ body: `<dry-run id="one"></dry-run><dry-run id="two" src="./files/config.yml"></dry-run>${script("before.js")}` })),
  "import.js": 'await import("./embed.js");',
  "import.html": late(pageOf({ body: `${ONE}<script type="module" src="./import.js"></script>` })),
  "rtl.html": pageOf({ body: ONE }).replace('lang="en"', 'lang="he" dir="rtl"'),
  "shrunk.css": "figure { width: fit-content; margin: 0 auto }",
  "shrunk.html": pageOf({ head: link("shrunk.css"), body: `<figure>${embed('id="one"', LINEAR)}</figure><figure>${embed('id="two" mode="full"')}</figure>` }),
  "hidden.html": pageOf({ head: link("hidden.css"), body: `<div class="tab">${ONE}</div>` }),
  "hidden.css": ".tab { display: none; width: 500px } .tab.open { display: block }",
  "large.html": pageOf({ body: embed('id="one" height="400" job="job-150-with-a-name"', large(200)) }),
  "broken.html": pageOf({ body: embed('id="one"', BROKEN) + embed('id="two"', "version: 2.1\njobs: [\n") }),
  "trusted.html": pageOf({
    policy: "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; require-trusted-types-for 'script'; trusted-types dryrun 'allow-duplicates'",
    body: ONE + embed('id="two" mode="full"'),
  }),
  "secret/config.yml": CONFIG.replaceAll("setup", "topsecret"),
}, site => ({
  "framed.html": pageOf({ dryrun: site.url, policy: FOREIGN(site), body: ONE }),
  "thief.html": late(pageOf({
    policy: `default-src 'none'; img-src data:; script-src 'self' 'unsafe-inline'; frame-src ${site.origin}`,
    body: `<script>addEventListener("message", ({ data }) => (window.heard ??= []).push(data));
      document.write('<iframe src="${site.url}embed.html?src=secret/config.yml&parent-origin=' + location.origin + '"></iframe>')</script>`,
  })),
}));

/** @param {import("playwright-core").Page} page */
const ground = (page, id = "one") => page.locator(`#${id} .embed`).evaluate(box => getComputedStyle(box).backgroundColor);
const [LIGHT, DARK] = ["rgb(243, 245, 248)", "rgb(14, 20, 32)"];

visiting("it is light in a page with dark text, whatever the reader's system, and turns with the page", "theme.html", async page => {
  await ready(page);
  await page.evaluate(() => {
    window.heard = 0;
    document.addEventListener("transitionend", () => window.heard++);
  });
  assert.equal(await ground(page), LIGHT);
  for (const [theme, expected] of [["dark", DARK], ["", LIGHT]]) {
    await page.evaluate(theme => (document.querySelector("main").className = theme), theme);
    await page.waitForFunction(expected =>
      getComputedStyle(document.querySelector("#one").shadowRoot.querySelector(".embed")).backgroundColor === expected, expected);
    await page.waitForFunction(theme => window.heard >= (theme ? 1 : 2), theme);
  }
  assert.equal(await page.evaluate(() => window.heard), 2, "transitions of the page's own");
  await page.evaluate(() => document.querySelector("#one").setAttribute("theme", "dark"));
  await page.waitForFunction(() => document.querySelector("#one").shadowRoot.adoptedStyleSheets.some(sheet =>
    [...sheet.cssRules].some(rule => rule.conditionText === "not print")));
  assert.equal(await ground(page), DARK);
}, { colorScheme: "dark" });

visiting("a page that says nothing of light and dark is white, and so is what is in it", "bare.html", async page => {
  await ready(page);
  assert.equal(await ground(page), LIGHT);
}, { colorScheme: "dark" });

visiting("where the text is grey, it depends on what that stands on", "theme.html", async page => {
  await ready(page);
  for (const [ground, expected] of [["#111", DARK], ["#fff", LIGHT], ["oklch(0.3 0.1 250)", DARK]]) {
    await page.evaluate(ground => (document.querySelector("main").style = `transition: none; color: #999; background: ${ground}`), ground);
    // What has no colour of its own to look at is looked at again when the element has another size.
    await page.evaluate(() => (document.querySelector("main").style.width = `${600 + Math.random() * 300}px`));
    await page.waitForFunction(expected =>
      getComputedStyle(document.querySelector("#one").shadowRoot.querySelector(".embed")).backgroundColor === expected, expected);
  }
});

visiting("the whole app turns with the page too", "full.html", async page => {
  await page.locator("#one .cm-content").waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("#one").dataset.theme), "light");
  await page.evaluate(() => (document.querySelector("main").className = "dark"));
  await page.locator("#one[data-theme=dark]").waitFor();
}, { colorScheme: "light" });

visiting("a frame of another origin turns with the page, and keeps what was chosen in it", "framed.html", async page => {
  await ready(page);
  await frame(page).locator('[role=tab]', { hasText: "nightly" }).click();
  await frame(page).locator("[data-job]").nth(1).waitFor({ state: "detached" });
  await frame(page).locator("[data-job=setup]").click();
  await page.evaluate(() => (document.body.style.color = "rgb(240, 240, 240)"));
  await frame(page).and(page.frameLocator("#one iframe").locator("dry-run[theme=dark]")).waitFor();
  assert.equal(await frame(page).locator("[data-job]").count(), 1);
  assert.equal(await frame(page).locator("[data-job=setup][aria-current]").count(), 1);
}, { at: other, allowed: ["foreign"] });

visiting("what was set before the script came counts; a property that came to nothing does not", "before.html", async page => {
  await ready(page, "one");
  await ready(page, "two");
  assert.equal(await page.locator("#one [data-job]").count(), 1);
  assert.equal(await page.locator("#two [data-job]").count(), 2);
  assert.deepEqual(await page.evaluate(() => {
    const one = document.querySelector("#one");
    one.layers = ["requires", "cache"];
    one.readonly = true;
    one.height = 300;
    one.workflow = null;
    return [...one.attributes].map(({ name, value }) => [name, value]).filter(([name]) => !name.startsWith("data-"));
  }), [["id", "one"], ["layers", "requires cache"], ["readonly", ""], ["height", "300"]]);
});

visiting("the script may be imported", "import.html", async page => {
  await ready(page);
  assert.equal(await page.locator("#one [data-job]").count(), 2);
});

visiting("moved about and copied while it is made, it stands there once, and goes on", "bare.html", async page => {
  await page.evaluate(async () => {
    const one = document.querySelector("#one");
    for (const pause of [0, 5, 20, 60, 100, 150]) {
      document.body.append(document.createElement("p"));
      document.body.lastChild.append(one);
      await new Promise(done => setTimeout(done, pause));
    }
    for (const mode of ["full", "graph", "full", "graph"]) {
      one.mode = mode;
      await new Promise(done => setTimeout(done, 30));
    }
  });
  await page.locator("#one .window svg .node").first().waitFor();
  await page.locator("#one[data-ready]").waitFor();
  assert.deepEqual(await page.evaluate(() => [...document.querySelector("#one").shadowRoot.children].map(child => child.className)), ["embed"]);
  await page.evaluate(() => {
    const copy = document.querySelector("#one").cloneNode(true);
    copy.id = "copy";
    document.body.append(copy);
    if (copy.matches("[data-ready]")) throw new Error("the copy says that it is ready");
  });
  await ready(page, "copy");
  assert.equal(await page.locator("#copy [data-job]").count(), 2);
});

visiting("in a page from right to left names stay in their boxes", "rtl.html", async page => {
  await ready(page);
  const outside = await page.locator("#one .node").evaluateAll(nodes => nodes.filter(node => {
    const [text, box] = ["text", ".outline"].map(part => node.querySelector(part).getBoundingClientRect());
    return text.left < box.left || text.right > box.right;
  }).length);
  assert.equal(outside, 0);
});

visiting("what is as wide as its content is as wide as it may be with an embed in it", "shrunk.html", async page => {
  for (const id of ["one", "two"]) {
    await page.locator(`#${id}`).scrollIntoViewIfNeeded();
    await ready(page, id);
    assert.equal(await page.evaluate(id => document.getElementById(id).offsetWidth, id), 1424);
  }
  assert.equal(await page.locator("#two .foot").evaluate(foot => foot.querySelector("a").offsetHeight < 40), true);
});

visiting("a text that is given while it is hidden is drawn like any other", "hidden.html", async page => {
  const open = isOpen => page.evaluate(isOpen => document.querySelector(".tab").classList.toggle("open", isOpen), isOpen);
  const drawn = () => page.locator("#one .window svg").evaluate(svg => ["viewBox", "width", "height"].map(name => svg.getAttribute(name)));
  await page.waitForTimeout(300);
  assert.deepEqual(site().asked.filter(path => path.includes("sketch")), []);
  await open(true);
  await ready(page);
  const before = await drawn();
  await open(false);
  const told = page.evaluate(() => new Promise(done => document.querySelector("#one").addEventListener("findings", done, { once: true })));
  await page.evaluate(() => (document.querySelector("#one").value += "# more\n"));
  await told;
  await open(true);
  await page.waitForFunction(before => document.querySelector("#one").shadowRoot.querySelector(".window svg").getAttribute("width") === before, before[1]);
  assert.deepEqual(await drawn(), before);
});

visiting("in a large graph names stay in their boxes, and the job that is wanted is in sight without scrolling the page", "large.html", async page => {
  await ready(page);
  const { outside, job, window, scrolled } = await page.evaluate(() => {
    const root = document.querySelector("#one").shadowRoot;
    const place = element => element.getBoundingClientRect();
    const outside = [...root.querySelectorAll(".node")].filter(node =>
      place(node.querySelector("text")).right > place(node.querySelector(".outline")).right).length;
    const [job, window] = ["[aria-current]", ".window"].map(name => place(root.querySelector(name)).toJSON());
    return { outside, job, window, scrolled: scrollY };
  });
  assert.equal(outside, 0);
  assert.ok(job.left >= window.left && job.right <= window.right && job.top >= window.top && job.bottom <= window.bottom, JSON.stringify({ job, window }));
  assert.equal(scrolled, 0);
});

visiting("of many texts that come faster than they are drawn the last one counts, and few others are drawn", "bare.html", async page => {
  await ready(page);
  const told = await page.evaluate(async text => {
    const one = document.querySelector("#one");
    const verdicts = [];
    one.addEventListener("findings", ({ detail }) => verdicts.push(detail.verdict));
    for (let at = 0; at < 60; at++) {
      one.value = `${text}# ${at}\n`;
      await new Promise(done => setTimeout(done, 2));
    }
    one.value = "version: 2.1\njobs: [\n";
    while (verdicts.at(-1) !== "unparsable") await new Promise(done => setTimeout(done, 20));
    return verdicts.length;
  }, large(150));
  assert.ok(told < 30, `${told} answers`);
  await page.waitForTimeout(300);
  assert.equal(await page.evaluate(() => document.querySelector("#one").dataset.verdict), "unparsable");
});

visiting("lines that the reader has taken away stay away when a job is chosen; the focus stays where it is", "bare.html", async page => {
  await ready(page);
  await page.locator("#one .foot label", { hasText: "workspace" }).click();
  await page.locator("#one [data-job=test]").click();
  await page.locator('#one [data-job="test"][aria-current]').waitFor();
  assert.equal(await page.locator("#one [data-edge=workspace]").isVisible(), false);
  assert.equal(await page.evaluate(() => document.querySelector("#one").layers), "requires cache");
  for (const stop of [page.getByRole("tab", { name: "main" }), page.locator("#one .foot label", { hasText: "requires" }).locator("input")]) {
    await stop.focus();
    await page.evaluate(() => void (document.querySelector("#one").job = document.querySelector("#one").job === "setup" ? "test" : "setup"));
    await page.waitForTimeout(50);
    assert.equal(await stop.evaluate(stop => stop.getRootNode().activeElement === stop), true);
  }
});

visiting("where nothing can be drawn, what is wrong is there to read; else behind its button", "broken.html", async page => {
  await ready(page, "two");
  assert.equal(await page.locator("#one .findings").isVisible(), false);
  assert.equal(await page.locator("#two .findings [data-check=yaml-syntax]").isVisible(), true);
});

visiting("what is wrong is told with the name of the file that was loaded", "named.html", async page => {
  await ready(page);
  await page.locator("#one .verdict").click();
  assert.match(await page.locator("#one .findings small").innerText(), /^broken\.yml:\d+:\d+ · undefined-requirement$/);
});

visiting("on paper it is light, whole and without buttons", "bare.html", async page => {
  await page.evaluate(() => document.querySelector("#one").setView({ theme: "dark", height: 200 }));
  await ready(page);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("#one").shadowRoot.querySelector(".outline")).fill === "rgb(21, 29, 43)");
  await page.emulateMedia({ media: "print" });
  assert.deepEqual(await page.evaluate(() => {
    const root = document.querySelector("#one").shadowRoot;
    const window = root.querySelector(".window");
    return [getComputedStyle(root.querySelector(".outline")).fill, getComputedStyle(root.querySelector(".embed")).backgroundColor,
      root.querySelector("[title='Zoom in']").offsetWidth, root.querySelector("svg").getBoundingClientRect().height <= window.offsetHeight];
  }), ["rgb(255, 255, 255)", LIGHT, 0, true]);
});

visiting("a page that asks for trusted types has it without a frame, by the policy that is documented", "trusted.html", async page => {
  await ready(page, "one");
  await page.locator("#two .cm-content").waitFor();
  assert.equal(await page.locator("#one iframe, #two iframe").count(), 0);
  assert.ok((await readFile(new URL("../../docs/embedding-api.md", import.meta.url), "utf8")).includes("trusted-types dryrun 'allow-duplicates'"));
});

visiting("a page of another origin is not told what a frame has loaded from its own", "thief.html", async page => {
  await page.frameLocator("iframe").locator("dry-run[data-ready]").waitFor();
  assert.equal(await page.frameLocator("iframe").locator("[data-job=topsecret]").count(), 1);
  const say = message => page.evaluate(message => document.querySelector("iframe").contentWindow.postMessage({ dryrun: 1, ...message }, "*"), message);
  await say({ type: "getValue", id: 1 });
  // Neither does it forget where its text is from.
  await say({ type: "setView", view: { src: null, mode: "full" } });
  await page.frameLocator("iframe").locator(".cm-content", { hasText: "topsecret" }).waitFor();
  await say({ type: "getValue", id: 2 });
  await page.waitForTimeout(300);
  const heard = await page.evaluate(() => window.heard);
  assert.deepEqual([...new Set(heard.map(({ type }) => type))].sort(), ["listening", "ready", "resize"]);
  assert.ok(!JSON.stringify(heard).includes("topsecret"));
}, { at: other, allowed: ["foreign"] });

visiting("in a page that was opened as a file the text is there at once, with the reason", "bare.html", async page => {
  const folder = await mkdtemp(join(tmpdir(), "dryrun-"));
  try {
    const dryrun = `${pathToFileURL(DIST)}/`;
    await writeFile(join(folder, "page.html"), pageOf({ dryrun, policy: `default-src 'none'; img-src data:; script-src file:`, body: ONE }));
    await page.goto(pathToFileURL(join(folder, "page.html")).href);
    await page.locator("#one[data-ready]").waitFor({ timeout: 5000 });
    const said = await page.locator("#one .plain").innerText();
    assert.match(said, /this page was opened as a file, not from a web server/);
    assert.ok(said.includes("persist_to_workspace"));
  } finally {
    await rm(folder, { recursive: true });
  }
}, { allowed: ["foreign", "failed"] }); // what the first page was still loading
