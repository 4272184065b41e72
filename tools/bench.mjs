// `make bench`: how long the engine and the page take. Each time stands beside a ratio, which can be compared
// across machines: to the program's bare start, to a text a tenth as long, to the budget.
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DIST, launch, open } from "../tests/e2e/browser.mjs";
import { tree } from "../tests/e2e/configs.mjs";
import { serve } from "../tests/e2e/server.mjs";

const program = join(process.env.CARGO_TARGET_DIR ?? "target", "release", "dryrun");
const LENGTHS = [1_000, 10_000];
const RUNS = 9;

const median = times => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
const ms = time => `${time.toFixed(1)} ms`.padStart(11);
const print = (what, time, ratio) => console.log(`  ${what.padEnd(44)}${ms(time)}   ${ratio}`);

/** Milliseconds of one run of the program; exit code 1 only means that it found errors. */
function run(args) {
  const start = performance.now();
  try {
    execFileSync(program, args, { stdio: "ignore" });
  } catch (error) {
    if (error.status !== 1) throw error;
  }
  return performance.now() - start;
}
const timed = args => median(Array.from({ length: RUNS }, () => run(args)));

/** A config of which every job runs a command with arguments: the compiled one grows with the number of jobs. */
function commands(jobs) {
  const names = Array.from({ length: jobs }, (_, n) => `job-${n}`);
  const job = name => `  ${name}:
    executor: {name: base, tag: "${name}"}
    steps:
      - build: {target: ${name}}
      - when: {condition: {equal: [${name}, job-1]}, steps: [{run: echo first}]}
`;
  return `version: 2.1
executors:
  base:
    parameters: {tag: {type: string}}
    docker: [{image: "cimg/base:<< parameters.tag >>"}]
    environment: {CI: "1"}
commands:
  fetch: {parameters: {what: {type: string}}, steps: [{run: "fetch << parameters.what >>"}]}
  build:
    parameters: {target: {type: string}, quiet: {type: boolean, default: true}}
    steps:
      - checkout
      - fetch: {what: << parameters.target >>}
      - run:
          name: Build << parameters.target >>
          command: |
            make << parameters.target >> <<# parameters.quiet >>--silent<</ parameters.quiet >>
jobs:
${names.map(job).join("")}workflows:
  main:
    jobs: [${names.join(", ")}]
`;
}

/** The largest of the real configs beside the project, and all of them; nothing where there are none. */
async function largest() {
  const folder = "../shared/corpus/real";
  const files = await readdir(folder).catch(() => []);
  const sized = files.filter(file => file.endsWith(".yml")).map(async file => {
    const path = join(folder, file);
    return { path, size: (await stat(path)).size };
  });
  const [first, ...others] = (await Promise.all(sized)).toSorted((a, b) => b.size - a.size);
  return first && { ...first, all: [first, ...others].map(({ path }) => path) };
}

/** About `lines` lines: a job of `tree` has nine, and one more in the workflow. */
const config = lines => tree(Math.round(lines / 10));

async function native() {
  const folder = await mkdtemp(join(tmpdir(), "dryrun-bench-"));
  const bare = timed(["--version"]);
  console.log(`command line, median of ${RUNS} runs`);
  print("start and end", bare, "1.0 of itself");
  for (const [what, ...args] of [["check", "check"], ["graph as json", "graph", "--format", "json"]]) {
    let shorter;
    for (const lines of LENGTHS) {
      const file = join(folder, `${lines}.yml`);
      await writeFile(file, config(lines));
      const time = timed([...args, file]);
      const ratio = shorter === undefined
        ? `${(time / bare).toFixed(1)} of the bare start`
        : `${(time / shorter).toFixed(1)} of a tenth of the lines`;
      print(`${what}, ${lines} lines`, time, ratio);
      shorter = time;
    }
  }
  let fewer;
  for (const jobs of [100, 1_000]) {
    const file = join(folder, `${jobs}-jobs.yml`);
    await writeFile(file, commands(jobs));
    const time = timed(["compile", file]) - bare;
    const ratio = fewer === undefined ? "less the bare start" : `${(time / fewer).toFixed(1)} of a tenth of the jobs`;
    print(`compile, ${jobs} jobs`, time, ratio);
    fewer = time;
  }
  const flowing = join(folder, "flowing.yml");
  await writeFile(flowing, tree(1_000));
  const checked = timed(["check", flowing]);
  const simulated = timed(["run", "--warm", "--format", "json", flowing]) - checked;
  print("run, 1000 jobs", simulated, `${(simulated / checked).toFixed(2)} of checking them`);
  const real = await largest();
  if (real) {
    const time = timed(["compile", real.path]) - bare;
    print(`compile, ${(real.size / 1000).toFixed(0)} KB of a real config`, time, `${(time / 25).toFixed(2)} of the budget of 25 ms`);
    const alone = timed(["check", real.path]);
    print(`check, ${(real.size / 1000).toFixed(0)} KB of a real config`, alone, `${(alone / 30).toFixed(2)} of the budget of 30 ms`);
    const all = timed(["check", ...real.all]);
    print(`check, ${real.all.length} real configs`, all, `${(all / 500).toFixed(2)} of the budget of 500 ms`);
  }
  await rm(folder, { recursive: true });
}

/** Notes when the page has a verdict: `__verdictAt` by the page's own clock. */
function noteVerdicts() {
  new MutationObserver(() => {
    const { ready, verdict } = document.documentElement.dataset;
    if (ready !== undefined && verdict && verdict !== "checking") window.__verdictAt = performance.now();
  }).observe(document, { attributes: true, subtree: true });
}

/** From a key to its verdict, in milliseconds, inside the page. */
async function keystroke(page) {
  const before = await page.evaluate(() => {
    addEventListener("keydown", () => (window.__keyAt = performance.now()), { capture: true, once: true });
    return Number(document.documentElement.dataset.rev);
  });
  await page.keyboard.type("x");
  await page.waitForFunction(before => {
    const { rev, verdict } = document.documentElement.dataset;
    return Number(rev) > before && verdict !== "checking";
  }, before);
  return page.evaluate(() => window.__verdictAt - window.__keyAt);
}

/** From a change of the trigger to the graph that follows from it, drawn, in milliseconds, inside the page. */
function triggered(page, branch, states) {
  return page.evaluate(([branch, states]) => new Promise(done => {
    const root = document.querySelector("dry-run").shadowRoot;
    const field = root.querySelector("[data-pushed] .written");
    const isDrawn = () => root.querySelector("[data-job=last]").dataset.state === states;
    const start = performance.now();
    const look = () => (isDrawn() ? requestAnimationFrame(() => done(performance.now() - start)) : requestAnimationFrame(look));
    field.value = branch;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    look();
  }), [branch, states]);
}

/** A page of its own that shows `text`, with its verdict: a tab goes on with its own text, whatever else is kept. */
async function showing(context, server, text) {
  const page = await context.newPage();
  await page.goto(`${server.url}checks/index.html`);
  await page.evaluate(text => localStorage.setItem("dryrun.text", text), text);
  await page.goto(server.url);
  await page.waitForFunction(() => window.__verdictAt !== undefined);
  const shown = await page.evaluate(() => document.querySelector("dry-run").text());
  if (shown !== text) throw new Error("the page shows another text than the one to measure");
  return page;
}

async function browser() {
  const server = await serve(DIST);
  const chromium = await launch();
  const { page: first, context } = await open(chromium, server.origin);
  await context.addInitScript(noteVerdicts);
  console.log("page, in Chromium");
  for (const [what, budget, go] of [
    ["ready, cold", 1500, () => first.goto(server.url)],
    ["ready, warm", 800, () => first.reload()],
  ]) {
    await go();
    await first.waitForFunction(() => window.__verdictAt !== undefined);
    const time = await first.evaluate(() => window.__verdictAt);
    print(what, time, `${(time / budget).toFixed(2)} of the budget of ${budget} ms`);
  }
  for (const [lines, budget] of [[1_000, 50], [10_000, 300]]) {
    const page = await showing(context, server, `${config(lines)}# `);
    await page.locator(".cm-content").focus();
    await page.keyboard.press("Control+End");
    const times = [];
    for (let n = 0; n < RUNS; n++) times.push(await keystroke(page));
    await page.close();
    const time = median(times);
    print(`key to verdict, ${lines} lines`, time, `${(time / budget).toFixed(2)} of the budget of ${budget} ms`);
  }
  await first.close();
  const filtered = `${config(1_000)}      - job-0: {name: last, filters: {branches: {only: main}}}\n`;
  const page = await showing(context, server, filtered);
  await page.locator("[data-popover=pipeline] > button").click();
  const times = [];
  for (let n = 0; n < RUNS; n++) {
    times.push(await triggered(page, "topic", "skipped"), await triggered(page, "main", "idle"));
  }
  const time = median(times);
  print("trigger to graph, 1000 lines", time, `${(time / 100).toFixed(2)} of the budget of 100 ms`);
  await chromium.close();
  await server.close();
}

await native();
await browser();
