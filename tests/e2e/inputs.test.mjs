// F04, F31: what a config is looked at with: pipeline inputs, orb files, the continuation of a setup config.
import assert from "node:assert/strict";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

const CONDITIONAL = `version: 2.1
parameters:
  nightly: {type: boolean, default: false, description: Runs the long tests.}
  image: {type: string, default: "cimg/base:current"}
  count: {type: integer, default: 2}
  size: {type: enum, enum: [small, large], default: small}
jobs:
  build:
    docker:
      - image: << pipeline.parameters.image >>
    resource_class: << pipeline.parameters.size >>
    parallelism: << pipeline.parameters.count >>
    steps:
      - run: echo << pipeline.git.branch >>/<< pipeline.git.tag >>
workflows:
  main:
    jobs: [build]
  long:
    when: << pipeline.parameters.nightly >>
    jobs:
      - build: {name: long-build}
`;

const field = ({ page }, name) => page.locator(`[data-parameter="${name}"]`).locator("input, select");

/** The compiled text as it stands after what `body` changes. */
async function after(playground, body) {
  const revision = await playground.revision();
  await body();
  await playground.settled(revision);
  await playground.compiled();
  return (await playground.compiledLines()).map(line => line.text).join("\n");
}

playing("each parameter has its control, and a change is compiled at once", async playground => {
  await playground.paste(CONDITIONAL);
  await playground.compiled();
  await playground.open("pipeline");
  const image = await after(playground, () => field(playground, "image").fill("cimg/node:22.1"));
  assert.match(image, /- image: cimg\/node:22\.1/);
  assert.doesNotMatch(image, /long-build/);
  assert.match(await after(playground, () => field(playground, "nightly").check()), /long-build/);
  assert.match(await after(playground, () => field(playground, "count").fill("7")), /parallelism: 7/);
  assert.match(await after(playground, () => field(playground, "size").selectOption("large")), /resource_class: large/);
  await playground.page.locator("[data-changed].pipeline-face").waitFor();
  const reset = await after(playground, () => playground.page.locator("[data-do=reset]").click());
  assert.match(reset, /- image: cimg\/base:current\n/);
  assert.doesNotMatch(reset, /long-build/);
  assert.equal(await playground.page.locator("[data-changed]").count(), 0);
});

playing("the branch or tag that is pushed is what the config sees", async playground => {
  await playground.paste(CONDITIONAL);
  await playground.compiled();
  await playground.open("pipeline");
  assert.match(await after(playground, () => playground.page.locator("[data-pushed] .written").fill("topic")), /echo topic\//);
  assert.match(await after(playground, () => playground.page.getByLabel("tag", { exact: true }).check()), /echo \/v1\.0\.0/);
});

playing("the inputs survive a reload", async playground => {
  await playground.paste(CONDITIONAL);
  await playground.open("pipeline");
  const revision = await playground.revision();
  await playground.page.locator("[data-pushed] .written").fill("topic/é");
  await playground.settled(revision);
  await playground.page.waitForFunction(() => localStorage.getItem("dryrun.given") !== null
    && localStorage.getItem("dryrun.text").includes("nightly"));
  await playground.page.reload();
  await playground.ready();
  await playground.page.locator("[data-popover=pipeline]", { hasText: "topic/é" }).waitFor();
});

const WITH_ORB = `version: 2.1
orbs:
  tools: acme/tools@1.2.3
workflows:
  main:
    jobs:
      - tools/lint
`;

const ORB = `version: 2.1
description: Checks of ours.
jobs:
  lint:
    docker: [{image: "cimg/base:current"}]
    steps:
      - run: make lint
`;

playing("a dropped orb file resolves the jobs of the orb, and can be taken away again", async playground => {
  await playground.paste(WITH_ORB);
  assert.equal(await playground.node("tools/lint").getAttribute("data-kind"), "opaque");
  assert.match(await playground.node("tools/lint").getAttribute("aria-label"), /not resolved/);
  await playground.drop("anything.yml", ORB);
  const revision = await playground.revision();
  await playground.page.locator("[data-do=use-orb]", { hasText: "acme/tools@1.2.3" }).click();
  assert.equal(await playground.settled(revision), "ok");
  await playground.page.locator('[data-job="tools/lint"][data-kind="build"]').waitFor();
  assert.equal(await playground.text(), WITH_ORB);
  await playground.compiled();
  await playground.compiledLine(/make lint/).first().click();
  await playground.page.locator("span[data-crumb]", { hasText: /acme\/tools@1\.2\.3:7/ }).waitFor();
  await playground.open("files");
  const before = await playground.revision();
  await playground.page.locator("[data-do=remove-orb]").click();
  await playground.settled(before);
  await playground.page.locator('[data-orb-state="missing"]').waitFor();
});

playing("a dropped file can be opened as the config although an orb is missing", async playground => {
  await playground.paste(WITH_ORB);
  await playground.drop("tools.yml", ORB);
  const revision = await playground.revision();
  await playground.page.locator("[data-do=use-config]").click();
  await playground.settled(revision);
  assert.equal(await playground.text(), ORB);
});

playing("a file for another version is told, and can be used for this one", async playground => {
  await playground.paste(WITH_ORB);
  await playground.drop("tools.yml", ORB);
  let revision = await playground.revision();
  await playground.page.locator("[data-do=use-orb]").click();
  await playground.settled(revision);
  await playground.paste(WITH_ORB.replace("1.2.3", "2.0.0"));
  await playground.open("files");
  await playground.page.getByText("tools.yml was given for acme/tools@1.2.3").waitFor();
  revision = await playground.revision();
  await playground.page.locator("[data-do=move-orb]").click();
  await playground.settled(revision);
  await playground.page.locator('[data-orb="acme/tools@2.0.0"][data-orb-state="given"]').waitFor();
});

const SETUP = `version: 2.1
setup: true
jobs:
  decide:
    docker: [{image: "cimg/base:current"}]
    steps: [checkout]
workflows:
  first:
    jobs: [decide]
`;

const CONTINUATION = `version: 2.1
parameters:
  target: {type: string, default: all}
jobs:
  make:
    docker: [{image: "cimg/base:current"}]
    steps:
      - run: make << pipeline.parameters.target >>
workflows:
  second:
    jobs: [make, mkae]
`;

playing("the continuation of a setup config has its workflows, problems, parameters and compiled text", async playground => {
  await playground.paste(SETUP);
  await playground.drop("continue.yml", CONTINUATION);
  let revision = await playground.revision();
  await playground.page.locator("[data-do=use-continuation]").click();
  assert.equal(await playground.settled(revision), "errors");
  await playground.page.locator("[data-check=undefined-job][data-file='continue.yml']").waitFor();
  assert.equal(await playground.page.locator(".cm-lintRange-error").count(), 0);
  await playground.page.getByRole("tab", { name: /second.*continuation/ }).click();
  await playground.node("make").waitFor();
  await playground.compiled();
  await playground.page.locator(".compiled [data-continuation]", { hasText: "continue.yml" }).waitFor();
  await playground.compiledLine(/make all/).waitFor();
  await playground.open("pipeline");
  const changed = await after(playground, () => field(playground, "target").fill("docs"));
  assert.match(changed, /decide:[^]*make docs/);
});
