// What is typed is not lost: by a reload, by another tab of the page, by a link.
import assert from "node:assert/strict";
import { UNKNOWN_REQUIREMENT, VALID } from "./configs.mjs";
import { Playground, playing, withBrowser } from "./playground.mjs";

withBrowser();

const link = shared => `#v1=j:${Buffer.from(JSON.stringify(shared)).toString("base64url")}`;
const kept = (playground, text) => playground.page.waitForFunction(text => localStorage.getItem("dryrun.text") === text, text);
// Leaving a page drops what is still under way.
const leaving = { allowed: ["failed"] };

playing("two tabs of the page keep a text each over a reload, and the next visit has the newest", async playground => {
  const { page, book, server } = playground;
  await playground.paste(`${VALID}# first\n`);
  await kept(playground, `${VALID}# first\n`);
  const visit = async () => {
    const other = new Playground(await page.context().newPage(), book, server);
    await other.page.goto(server.url);
    await other.ready();
    return other;
  };
  const second = await visit();
  assert.equal(await second.text(), `${VALID}# first\n`);
  await second.paste(`${VALID}# second\n`);
  await kept(second, `${VALID}# second\n`);
  await page.reload();
  await playground.ready();
  assert.equal(await playground.text(), `${VALID}# first\n`);
  assert.equal(await (await visit()).text(), `${VALID}# second\n`);
}, leaving);

playing("what another tab sets for its pipeline does not become that of this one over a reload", async playground => {
  const { page, book, server } = playground;
  await playground.paste(VALID);
  await kept(playground, VALID);
  const second = new Playground(await page.context().newPage(), book, server);
  await second.page.goto(server.url);
  await second.ready();
  await second.open("pipeline");
  await second.page.locator("[data-pushed] .written").fill("topic");
  await second.page.waitForFunction(() => localStorage.getItem("dryrun.given")?.includes("topic"));
  const face = tab => tab.page.locator("[data-popover=pipeline] > button").innerText();
  assert.match(await face(second), /topic/);
  await page.reload();
  await playground.ready();
  assert.match(await face(playground), /main/);
  await second.page.reload();
  await second.ready();
  assert.match(await face(second), /topic/);
}, leaving);

playing("what was typed just before a reload is there after it, under the name of its file", async playground => {
  const { page } = playground;
  await playground.drop("mine.yml", VALID);
  await playground.settled();
  await kept(playground, VALID);
  await playground.content.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.insertText("# in a hurry");
  await page.reload();
  await playground.ready();
  assert.equal(await playground.text(), `${VALID}# in a hurry`);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Control+s")]);
  assert.equal(download.suggestedFilename(), "mine.yml");
}, leaving);

playing("a link that is only looked at leaves what was kept, and is there again after a reload", async playground => {
  const { page, server } = playground;
  await playground.paste(VALID);
  await kept(playground, VALID);
  const revision = await playground.revision();
  await page.evaluate(hash => void (location.hash = hash), link({ text: UNKNOWN_REQUIREMENT }));
  assert.equal(await playground.settled(revision), "errors");
  await page.reload();
  await playground.ready();
  assert.equal(await playground.text(), UNKNOWN_REQUIREMENT);
  await page.goto("about:blank");
  await page.goto(server.url);
  await playground.ready();
  assert.equal(await playground.text(), VALID);
}, leaving);

playing("what is changed in what a link holds is kept with the rest of it", async playground => {
  const { page, server } = playground;
  await playground.paste(`${VALID}# mine\n`);
  await kept(playground, `${VALID}# mine\n`);
  const trigger = page.locator("[data-popover=pipeline] > button");
  // Only the trigger is changed: the text is the link's. Then only the text: the trigger is the link's.
  const changes = [
    async () => {
      await playground.open("pipeline");
      await page.getByLabel("Branch name").fill("other");
    },
    async () => void await playground.paste(`${VALID}# other\n`),
  ];
  for (const [change, text, branch] of [[changes[0], VALID, "other"], [changes[1], `${VALID}# other\n`, "linked"]]) {
    await page.goto("about:blank");
    await page.goto(server.url + link({ text: VALID, branch: "linked" }));
    await playground.ready();
    await change();
    await page.waitForFunction(() => location.hash === "");
    await page.waitForFunction(text => localStorage.getItem("dryrun.text") === text, text);
    await page.waitForFunction(branch => localStorage.getItem("dryrun.given")?.includes(branch), branch);
    await page.reload();
    await playground.ready();
    assert.equal(await playground.text(), text);
    assert.match(await trigger.textContent(), new RegExp(branch));
  }
}, leaving);

playing("Back leads from a link to the one before it", async playground => {
  const { page } = playground;
  for (const text of [VALID, UNKNOWN_REQUIREMENT]) {
    const revision = await playground.revision();
    await page.evaluate(hash => void (location.hash = hash), link({ text }));
    await playground.settled(revision);
    assert.equal(await playground.text(), text);
  }
  await page.goBack();
  await page.waitForFunction(text => document.querySelector("dry-run").text() === text, VALID);
  await page.goForward();
  await page.waitForFunction(text => document.querySelector("dry-run").text() === text, UNKNOWN_REQUIREMENT);
});
