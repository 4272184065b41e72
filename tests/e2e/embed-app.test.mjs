// <dry-run> with the whole app in it: several on one page, its modes, what dresses it.
import assert from "node:assert/strict";
import { BROKEN, CONFIG, embed, FOREIGN, HOSTILE, page as pageOf } from "./embed/pages.mjs";
import { frame, note, ready, serious, serving, visiting } from "./embed/visiting.mjs";
import { BOOT } from "./faulty-engine.mjs";

/** The config with a job of another name, so that each embed can be told from the others. */
const named = name => CONFIG.replaceAll("setup", name);
const DRESS = "dry-run { --dryrun-accent: rgb(200, 0, 100); --dryrun-background: rgb(250, 240, 230); --dryrun-font: Georgia, serif }"
  + " .night dry-run { --dryrun-background: rgb(20, 10, 0) }";

const { site, other } = serving({
  "assets/worker-boot.js": BOOT,
  "dress.css": DRESS,
  "hostile.css": HOSTILE,
  "hostile.html": pageOf({ head: '<link rel="stylesheet" href="./hostile.css">', body: embed('id="one" mode="full"', BROKEN) }),
  "calm.html": pageOf({ body: embed('id="one" mode="full"', BROKEN) }),
  "calm-graph.html": pageOf({ body: embed('id="one"') }),
  "four.html": pageOf({ body: embed('id="graph"', named("g")) + ["a", "b", "c"].map(name => embed(`id="${name}" mode="full" height="400"`, named(name))).join("") }),
  "two.html": pageOf({ body: ["a", "b"].map(name => embed(`id="${name}" mode="full" height="400"`, named(name))).join("") }),
  "compiled.html": pageOf({ body: embed('id="one" mode="compiled"') }),
  "timeline.html": pageOf({ body: embed('id="one" mode="timeline"') }),
  "job.html": pageOf({ body: embed('id="one" mode="full" job="test"') + embed('id="two" mode="full" job="tset" workflow="mian"') }),
  "dressed.html": pageOf({ head: '<link rel="stylesheet" href="./dress.css">', body: embed('id="one" mode="full"') + embed('id="two"') }),
  "filled.html": pageOf({
    policy: "default-src 'none'; img-src data:; script-src 'self'; frame-src 'self'; style-src 'self'",
    body: `<iframe src="./embed.html?mode=full#v1=j:${Buffer.from(JSON.stringify({ text: CONFIG })).toString("base64url")}" width="1000" height="420" title="frame"></iframe>`,
  }),
}, site => ({
  "dress.css": DRESS,
  "framed.html": pageOf({ dryrun: site.url, policy: FOREIGN(site), body: embed('id="one"') }),
  "dressed.html": pageOf({
    dryrun: site.url, policy: `${FOREIGN(site)}; style-src 'self'`,
    head: '<link rel="stylesheet" href="./dress.css">', body: embed('id="one"'),
  }),
}));

const jobs = (page, id) => page.locator(`#${id} [data-job]`).evaluateAll(nodes => nodes.map(node => node.getAttribute("data-job")).sort());
const settled = (page, id, verdict = "ok") => page.locator(`#${id}[data-verdict=${verdict}]`).waitFor();

visiting("a graph and three full embeds: one worker of each kind, each wasm once, and each its own answers", "four.html", async page => {
  for (const id of ["graph", "a", "b", "c"]) {
    await page.locator(`#${id}`).scrollIntoViewIfNeeded();
    await ready(page, id);
  }
  for (const id of ["a", "b", "c"]) {
    await settled(page, id);
    assert.deepEqual(await jobs(page, id), [id, "test"]);
  }
  assert.deepEqual(await jobs(page, "graph"), ["g", "test"]);
  const wasm = site().asked.filter(path => path.endsWith(".wasm")).map(path => path.split("/").at(-1).replace(/-[0-9a-f]+/, ""));
  assert.deepEqual(wasm.sort(), ["app_bg.wasm", "sketch_bg.wasm", "worker_bg.wasm"]);
  assert.equal(await page.evaluate(() => window.workers), 2);
}, {
  before: page => page.addInitScript(() => {
    window.workers = 0;
    window.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        window.workers++;
      }
    };
  }),
});

/** Puts a line before the text of an embed, as one types it. */
async function type(page, id, line) {
  await page.locator(`#${id} .cm-content`).click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.insertText(`${line}\n`);
}

visiting("an engine that hangs over one embed is taken from that one alone", "two.html", async page => {
  for (const id of ["a", "b"]) {
    await page.locator(`#${id}`).scrollIntoViewIfNeeded();
    await settled(page, id);
  }
  await type(page, "a", "# HANG");
  await type(page, "b", "# hello");
  // It waits for the watch on the other's question, and is then looked at as ever.
  await page.locator('#a [data-notice="hung"]').waitFor();
  await settled(page, "b");
  assert.deepEqual(await jobs(page, "b"), ["b", "test"]);
  assert.equal(await page.locator("#b [data-notice]").count(), 0);
  await page.locator("#a .cm-content").click();
  await page.keyboard.press("Control+z");
  await settled(page, "a");
  assert.deepEqual(await jobs(page, "a"), ["a", "test"]);
});

visiting("a panic over one embed is said in that one alone", "two.html", async page => {
  for (const id of ["a", "b"]) {
    await page.locator(`#${id}`).scrollIntoViewIfNeeded();
    await settled(page, id);
  }
  await type(page, "a", "# PANIC");
  await page.locator("#a [data-crash]").waitFor();
  await type(page, "b", "# hello");
  await settled(page, "b");
  assert.equal(await page.locator("#b [data-crash], #b [data-notice]").count(), 0);
}, { allowed: ["errors", "console"] });

visiting("an embed that is taken out of the page leaves the engine to the others", "two.html", async page => {
  for (const id of ["a", "b"]) {
    await page.locator(`#${id}`).scrollIntoViewIfNeeded();
    await settled(page, id);
  }
  await page.evaluate(() => document.querySelector("#a").remove());
  await type(page, "b", "# hello");
  await page.waitForFunction(() => document.querySelector("#b").findings.length === 0 && document.querySelector("#b").value.startsWith("# hello"));
  await settled(page, "b");
});

visiting("the compiled config is seen at once, in a narrow element too", "compiled.html", async page => {
  await page.locator("#one [data-compiled-line]").first().waitFor();
}, { viewport: { width: 600, height: 800 } });

visiting("the timeline is seen at once, and a run starts when it is asked for", "timeline.html", async page => {
  await page.locator("#one [data-timeline] [data-row=test]").waitFor();
  await page.locator("#one [data-run][data-playing=false][data-second='0']").waitFor();
  await page.evaluate(() => document.querySelector("#one").runSimulation());
  await page.locator("#one [data-run]:not([data-second='0'])").waitFor();
  // Once: not again when it comes back to the timeline.
  for (const mode of ["graph", "timeline"]) {
    await page.evaluate(mode => document.querySelector("#one").setView({ mode }), mode);
    await page.locator(mode === "graph" ? "#one .window svg" : "#one [data-row=test]").waitFor();
  }
  await page.locator("#one [data-run][data-playing=false][data-second='0']").waitFor();
});

visiting("a run that is asked of a graph turns it into a timeline that plays", "framed.html", async page => {
  await ready(page);
  await page.evaluate(() => document.querySelector("#one").runSimulation());
  await frame(page).locator("[data-timeline] [data-row=test]").waitFor();
  await frame(page).locator("[data-run]:not([data-second='0'])").waitFor();
  await page.evaluate(() => document.querySelector("#one").setView({ mode: "compiled" }));
  await frame(page).locator("[data-compiled-line]").first().waitFor();
}, { at: other, allowed: ["foreign"] });

visiting("a graph whose engine comes late leaves the app in its place", "calm-graph.html", async page => {
  await page.asked;
  await page.evaluate(() => document.querySelector("#one").setView({ mode: "full" }));
  await settled(page, "one");
  const late = page.waitForResponse(/sketch_bg/);
  page.release();
  await (await late).finished();
  // As long as the engine may take to say its first word.
  await page.evaluate(() => new Promise(done => setTimeout(done, 500)));
  assert.ok(await page.locator("#one .cm-content").isVisible());
  assert.equal(await page.locator("#one .window svg").count(), 0);
}, {
  before: page => {
    const held = new Promise(release => { page.release = release; });
    page.asked = page.waitForRequest(/sketch_bg/);
    return page.route("**/sketch_bg.wasm*", async route => {
      await held;
      await route.continue();
    });
  },
});

visiting("a job is marked in the app too, and names that are not there are said", "job.html", async page => {
  await page.locator('#one [data-job="test"][aria-current]').waitFor();
  await page.locator("#two").scrollIntoViewIfNeeded();
  await page.locator("#two .notes").waitFor();
  assert.match(await note(page, "two"), /no workflow mian; there is main, nightly\.\s*There is no job tset in this workflow/);
  await page.evaluate(() => {
    window.selected = [];
    document.querySelector("#one").addEventListener("select", event => window.selected.push(event.detail));
  });
  await page.locator('#one [data-job="setup"]').click();
  assert.deepEqual(await page.evaluate(() => window.selected), [{ job: "setup", workflow: "main" }]);
});

visiting("Open in Dryrun keeps what was typed, and the tab", "timeline.html", async page => {
  await settled(page, "one");
  await type(page, "one", "# typed");
  const link = page.locator("#one .foot a");
  const before = await link.getAttribute("href");
  await page.waitForFunction(before => document.querySelector("#one").shadowRoot.querySelector(".foot a").href !== before, before);
  await page.goto(await link.getAttribute("href"));
  await page.locator("dry-run [data-timeline]").waitFor();
  assert.match(await page.evaluate(() => document.querySelector("dry-run").text()), /^# typed/);
});

/** How the parts of the app look: whatever a page's styles could change. */
const looks = page => page.evaluate(() => {
  const root = document.querySelector("#one").shadowRoot;
  const parts = [".app", ".header", ".name", ".verdict", ".cm-content", ".cm-line", ".problems", ".tab", ".graph-window", ".node .outline", ".node .label", ".edge .line", ".foot a"];
  return parts.map(part => {
    const style = getComputedStyle(root.querySelector(part));
    return [part, ...["display", "color", "backgroundColor", "font", "letterSpacing", "padding", "fill", "stroke"].map(look => style[look])].join(" ");
  });
});

visiting("a hostile page changes nothing of the app", "hostile.html", async page => {
  await settled(page, "one", "errors");
  await page.locator("#one .node").first().waitFor();
  const hostile = await looks(page);
  await page.goto(`${site().url}calm.html`);
  await settled(page, "one", "errors");
  await page.locator("#one .node").first().waitFor();
  assert.deepEqual(hostile, await looks(page));
  assert.equal(await page.evaluate(() => document.querySelector("#one").offsetHeight), 560);
});

for (const colorScheme of ["light", "dark"]) {
  visiting(`axe finds nothing serious in the app of an embed, in the ${colorScheme} theme`, "calm.html", async page => {
    await settled(page, "one", "errors");
    await page.locator("#one .node").first().waitFor();
    assert.deepEqual(await serious(page), []);
  }, { colorScheme, reducedMotion: "reduce" });
}

const look = (of, selector, property) => of.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);

visiting("what the page sets dresses the app and the graph alike", "dressed.html", async page => {
  await settled(page, "one");
  await page.locator("#two").scrollIntoViewIfNeeded();
  await ready(page, "two");
  for (const part of [".editor", ".cm-editor"]) assert.equal(await look(page, `#one ${part}`, "backgroundColor"), "rgb(250, 240, 230)");
  assert.equal(await look(page, "#one .foot a", "color"), "rgb(200, 0, 100)");
  assert.match(await look(page, "#one .foot", "fontFamily"), /Georgia/);
  assert.equal(await look(page, "#two .embed", "backgroundColor"), "rgb(250, 240, 230)");
  assert.equal(await look(page, "#two .foot a", "color"), "rgb(200, 0, 100)");
});

visiting("what the page sets dresses a frame too, and again when the page's theme is switched", "dressed.html", async page => {
  await ready(page);
  const inside = frame(page);
  assert.equal(await look(inside, ".embed", "backgroundColor"), "rgb(250, 240, 230)");
  assert.match(await look(inside, ".embed", "fontFamily"), /Georgia/);
  await page.evaluate(() => document.documentElement.classList.add("night"));
  const ground = () => look(inside, ".embed", "backgroundColor");
  for (let tries = 0; tries < 100 && await ground() !== "rgb(20, 10, 0)"; tries++) await page.evaluate(() => new Promise(requestAnimationFrame));
  assert.equal(await ground(), "rgb(20, 10, 0)");
}, { at: other, allowed: ["foreign"] });

visiting("the app fills a frame of a height that somebody chose", "filled.html", async page => {
  const inside = page.frameLocator("iframe").locator("dry-run");
  await inside.locator(".foot a").waitFor();
  const frame = page.frames().find(frame => frame.url().includes("embed.html"));
  assert.deepEqual(await frame.evaluate(() => [document.querySelector("dry-run").offsetHeight,
    document.documentElement.scrollHeight, document.documentElement.scrollWidth]), [420, 420, 1000]);
});
