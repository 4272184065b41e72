// The editor port by itself, in a shadow root under the page's policy.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DIST, launch, open } from "./browser.mjs";
import { serve } from "./server.mjs";

const PAGE = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'">
  <link rel="icon" href="data:,"><button id="before">before</button><div id="host"></div><button id="after">after</button>
  <script type="module" src="editor-alone.js"></script>`;
const SCRIPT = `
  import { create } from "./assets/editor.js";
  const shadow = document.querySelector("#host").attachShadow({ mode: "open" });
  const styles = new CSSStyleSheet();
  styles.replaceSync(await (await fetch("assets/shadow.css")).text());
  shadow.adoptedStyleSheets = [styles];
  const parent = shadow.appendChild(document.createElement("div"));
  window.heard = { changed: [], caret: [], mend: [] };
  window.start = text => {
    window.editor = create(parent, {
      text,
      changed: text => heard.changed.push(text),
      caret: (line, column) => heard.caret.push([line, column]),
      complete: () => {},
      // A fix here always writes a 2 over the value of the first line.
      mend: (index, ignore) => {
        heard.mend.push([index, ignore]);
        editor.edit([{ startLine: 1, startColumn: 4, endLine: 1, endColumn: 5, text: "2" }]);
      },
      checks: "checks/",
    });
  };
  document.documentElement.dataset.ready = "";`;

let server, browser;
before(async () => {
  server = await serve(DIST, { extra: { "editor-alone.html": PAGE, "editor-alone.js": SCRIPT } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Runs `body` with an editor holding `text`; by the end nothing forbidden may have happened. */
function editing(name, text, body) {
  test(name, async t => {
    const { context, page, book } = await open(browser, server.origin);
    t.after(() => context.close());
    await page.goto(`${server.url}editor-alone.html`);
    await page.locator("html[data-ready]").waitFor();
    await page.evaluate(text => start(text), text);
    await body(page);
    for (const list of ["violations", "console", "errors", "foreign", "failed"]) assert.deepEqual(book[list], [], list);
  });
}

const text = page => page.evaluate(() => editor.text());
const place = (startLine, startColumn, endLine, endColumn) => ({ startLine, startColumn, endLine, endColumn });
const problem = (severity, ...numbers) => ({
  ...place(...numbers), severity, message: `a ${severity}`, check: "some-check", index: 0, fix: null,
});
const show = (page, list) => page.evaluate(list => editor.diagnostics(list), list);

editing("line endings and the byte order mark survive an edit", "\uFEFFa: 1\r\nb: 2\r\n", async page => {
  assert.equal(await text(page), "\uFEFFa: 1\r\nb: 2\r\n");
  await page.evaluate(edit => editor.edit([edit]), { ...place(1, 4, 1, 5), text: "x\ny" });
  assert.equal(await text(page), "\uFEFFa: x\r\ny\r\nb: 2\r\n");
  assert.deepEqual(await page.evaluate(() => heard.changed), [await text(page)]);
});

editing("a document put in place brings its own line endings, and one undo takes it back", "a: 1\n", async page => {
  await page.evaluate(() => editor.replace("b: 2\r\n"));
  assert.equal(await text(page), "b: 2\r\n");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+z");
  assert.equal(await text(page), "a: 1\n");
});

editing("what is typed over several lines takes their place, and a bracket goes around them", "a: 1\nb: [2]\n", async page => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("[");
  assert.equal(await text(page), "[a: 1\nb: [2]\n]");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("x: 1");
  assert.equal(await text(page), "x: 1");
});

editing("several edits are one undo step", "one: 1\ntwo: 2\n", async page => {
  const edits = [{ ...place(1, 6, 1, 7), text: "10" }, { ...place(2, 6, 2, 7), text: "20" }];
  await page.evaluate(edits => editor.edit(edits), edits);
  assert.equal(await text(page), "one: 10\ntwo: 20\n");
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+z");
  assert.equal(await text(page), "one: 1\ntwo: 2\n");
});

const ODD = "plain: value\nemoji: 😀 wrong\ncjk: 漢字 wrong\nmarks: e\u0301e\u0301 wrong\n";
editing("a squiggle stands exactly under its range, also after emoji, CJK and combining marks", ODD, async page => {
  const wanted = ODD.split("\n").slice(1, 4).map((line, index) => {
    const column = line.indexOf("wrong") + 1;
    return place(index + 2, column, index + 2, column + 5);
  });
  await show(page, wanted.map(range => ({ ...range, severity: "error", message: "m", check: "c", fixTitle: null, fix: null })));
  const [seen, expected] = await page.evaluate(wanted => {
    const box = ({ left, right, top, bottom }) => [left, right, top, bottom].map(Math.round);
    const root = document.querySelector("#host").shadowRoot;
    const lines = [...root.querySelectorAll(".cm-line")];
    const rangeOf = ({ startLine, startColumn, endColumn }) => {
      const range = document.createRange();
      const walker = document.createTreeWalker(lines[startLine - 1], NodeFilter.SHOW_TEXT);
      let from = 0;
      for (let node = walker.nextNode(); node; from += node.data.length, node = walker.nextNode()) {
        const inside = column => column - 1 >= from && column - 1 <= from + node.data.length;
        if (inside(startColumn)) range.setStart(node, startColumn - 1 - from);
        if (inside(endColumn)) { range.setEnd(node, endColumn - 1 - from); break; }
      }
      return box(range.getBoundingClientRect());
    };
    return [[...root.querySelectorAll(".cm-lintRange-error")].map(e => box(e.getBoundingClientRect())), wanted.map(rangeOf)];
  }, wanted);
  assert.equal(seen.length, expected.length);
  seen.forEach((box, index) => box.forEach((side, corner) => {
    assert.ok(Math.abs(side - expected[index][corner]) <= 1, `line ${index + 2}: ${box} is not ${expected[index]}`);
  }));
});

editing("severities differ by line style and by the shape of the mark", "a: 1\nb: 2\nc: 3\n", async page => {
  await show(page, [problem("error", 1, 4, 1, 5), problem("warning", 2, 4, 2, 5), problem("info", 3, 4, 3, 5)]);
  await page.locator(".cm-lint-marker-info").waitFor();
  const styleOf = (selector, property) => page.locator(selector).first().evaluate((e, p) => getComputedStyle(e)[p], property);
  const kinds = ["error", "warning", "info"];
  const lines = await Promise.all(kinds.map(kind => styleOf(`.cm-lintRange-${kind}`, "textDecorationStyle")));
  assert.deepEqual(lines, ["wavy", "dashed", "dotted"]);
  const shapes = await Promise.all(kinds.map(kind => styleOf(`.cm-lint-marker-${kind}`, "clipPath")));
  assert.equal(new Set(shapes).size, 3, String(shapes));
});

editing("a problem beyond the text is shown at its end", "a: 1", async page => {
  await show(page, [problem("error", 90, 1, 90, 4)]);
  await page.locator(".cm-lint-marker-error").waitFor();
});

editing("the tooltip names the check and runs the fix", "a: 1\n", async page => {
  await page.evaluate(() => editor.diagnostics([{
    startLine: 1, startColumn: 4, endLine: 1, endColumn: 5, severity: "error", message: "is `1`", check: "some-check",
    index: 7, fix: "Make it 2",
  }]));
  await page.locator(".cm-lintRange-error").hover();
  await page.locator(".cm-tooltip code", { hasText: "1" }).waitFor();
  const link = page.locator(".cm-tooltip").getByRole("link", { name: "some-check" });
  assert.match(await link.getAttribute("href"), /^checks\/some-check\.html$/);
  await page.locator(".cm-tooltip").getByRole("button", { name: "Make it 2" }).click();
  assert.equal(await text(page), "a: 2\n");
  assert.deepEqual(await page.evaluate(() => heard.mend), [[7, false]]);
});

editing("one undo takes a fix back with its caret, however quickly one types before and after", "a: 1\r\nb: 2\r\n", async page => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("c");
  const before = await page.evaluate(() => editor.selection());
  await page.evaluate(() => editor.edit([
    { startLine: 1, startColumn: 4, endLine: 1, endColumn: 5, text: "one\ntwo" },
    { startLine: 2, startColumn: 1, endLine: 2, endColumn: 2, text: "" },
  ]));
  assert.equal(await text(page), "a: one\r\ntwo\r\n: 2\r\nc");
  await page.keyboard.type("d");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  assert.equal(await text(page), "a: 1\r\nb: 2\r\nc");
  assert.deepEqual(await page.evaluate(() => editor.selection()), before);
});

editing("Ctrl+. opens the menu of the caret's line: arrows wrap, Enter fixes, Escape leaves", "a: 1\nb: 2\n", async page => {
  const place = { startLine: 1, startColumn: 4, endLine: 1, endColumn: 5, severity: "warning", message: "odd" };
  await page.evaluate(place => editor.diagnostics([
    { ...place, check: "first-check", index: 1, fix: "Make it 2" }, { ...place, check: "second-check", index: 2, ignorable: true },
  ]), place);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+.");
  const items = page.getByRole("menu").getByRole("menuitem");
  await items.first().waitFor();
  assert.deepEqual(await items.allTextContents(), ["Make it 2", "Ignore here", "About first-check", "About second-check"]);
  await items.first().and(page.locator(":focus")).waitFor();
  await page.keyboard.press("ArrowUp");
  await items.last().and(page.locator(":focus")).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("menu").waitFor({ state: "detached" });
  await page.locator(".cm-content:focus").waitFor();
  await page.keyboard.press("Control+.");
  await items.first().waitFor();
  await page.keyboard.press("Enter");
  assert.equal(await text(page), "a: 2\nb: 2\n");
  assert.deepEqual(await page.evaluate(() => heard.mend), [[1, false]]);
  await page.getByRole("menu").waitFor({ state: "detached" });
  await page.locator(".cm-content:focus").waitFor();
});

editing("Ctrl+. on a line without a problem says so", "a: 1\n", async page => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+.");
  await page.getByRole("menu").getByText("No problem on this line").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".cm-content:focus").waitFor();
});

const LONG = Array.from({ length: 400 }, (_, index) => `key-${index + 1}: value\n`).join("");
editing("reveal selects, puts the caret at the start and scrolls to the middle third", LONG, async page => {
  await page.locator(".cm-editor").evaluate(e => { e.style.height = "600px"; });
  await page.evaluate(() => editor.reveal(200, 1, 200, 8, true));
  const line = page.locator(".cm-line", { hasText: /^key-200:/ });
  await line.waitFor();
  const [middle, top, height] = await line.evaluate(e => {
    const pane = e.closest(".cm-editor").getBoundingClientRect();
    const box = e.getBoundingClientRect();
    return [(box.top + box.bottom) / 2, pane.top, pane.height];
  });
  assert.ok(middle > top + height / 3 && middle < top + (2 * height) / 3, `${middle} in ${top}+${height}`);
  assert.deepEqual(await page.evaluate(() => heard.caret.at(-1)), [200, 1]);
  await page.keyboard.type("x");
  assert.match(await text(page), /\nx: value\n/);
});

editing("marked lines are marked, and follow an edit above them", "a: 1\nb: 2\nc: 3\n", async page => {
  await page.evaluate(range => editor.mark([range]), place(2, 1, 3, 5));
  assert.deepEqual(await page.locator(".cm-marked-line").allTextContents(), ["b: 2", "c: 3"]);
  await page.evaluate(edit => editor.edit([edit]), { ...place(1, 1, 1, 1), text: "new: 0\n" });
  assert.deepEqual(await page.locator(".cm-marked-line").allTextContents(), ["b: 2", "c: 3"]);
});

editing("the caret is told in UTF-16 columns", "e: 😀x\n", async page => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("End");
  assert.deepEqual(await page.evaluate(() => heard.caret.at(-1)), [1, 7]);
});

editing("Tab indents, Escape and then Tab leaves", "a:\n", async page => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Tab");
  assert.equal(await text(page), "  a:\n");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "after");
});

for (const [name, before, typed, after] of [
  ["one level further in", "jobs:", "\nbuild:\ndocker:", "jobs:\n  build:\n    docker:"],
  ["where its value stands already", "steps:\n    - run: a\n", "\n- checkout", "steps:\n    - checkout\n    - run: a\n"],
  ["where a list stands that is not indented", "steps:\n- run: a\n", "\n- checkout", "steps:\n- checkout\n- run: a\n"],
  ["further in than the key behind a dash", "- publish: # last\n- other\n", "\nrequires:\n- lint\n- test", "- publish: # last\n    requires:\n      - lint\n      - test\n- other\n"],
  ["below a block of text", "command: |", "\nmake", "command: |\n  make"],
]) {
  editing(`Enter behind a key that waits for its value goes ${name}`, before, async page => {
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("End");
    for (const key of typed) await page.keyboard.press(key === "\n" ? "Enter" : key === " " ? "Space" : key);
    assert.equal(await text(page), after);
  });
}

editing("a key toggles the comment of a line", "a: 1\n", async page => {
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+/");
  assert.equal(await text(page), "# a: 1\n");
});

editing("search is fetched when it is first opened", "a: 1\n", async page => {
  const fetched = () => server.asked.some(path => /\/search-[^/]*\.js$/.test(path));
  assert.equal(fetched(), false);
  await page.locator(".cm-content").focus();
  await page.keyboard.press("Control+f");
  await page.locator(".cm-search").waitFor();
  assert.equal(fetched(), true);
});

editing("expressions are coloured wherever they stand", "run: echo << pipeline.id >> ${HOME}\n<<: *a\nn: 4\nb: true\n", async page => {
  assert.deepEqual(await page.locator(".code-template").allTextContents(), ["<< pipeline.id >>", "${HOME}"]);
  assert.deepEqual(await page.locator(".code-number").allTextContents(), ["4"]);
  assert.deepEqual(await page.locator(".code-word").allTextContents(), ["true"]);
});
