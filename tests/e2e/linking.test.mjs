// F07: from a node to the text and back, by mouse and by keyboard.
import assert from "node:assert/strict";
import { VALID } from "./configs.mjs";
import { playing, withBrowser } from "./playground.mjs";

withBrowser();

playing("a click on a node selects its definition, a second one its entry in the workflow", async playground => {
  await playground.paste(VALID);
  await playground.node("deploy").click();
  await playground.caretOn(/^ {2}deploy:$/);
  await playground.node("deploy").click();
  await playground.caretOn(/^ +- deploy:$/);
});

playing("the caret in a job marks its node, and no other", async playground => {
  await playground.paste(VALID);
  await playground.page.locator(".cm-line", { hasText: /^ {2}lint:/ }).click();
  await playground.page.locator('[data-job="lint"][aria-current="true"]').waitFor();
  assert.equal(await playground.page.locator('[data-job][aria-current="true"]').count(), 1);
  await playground.page.locator(".cm-line", { hasText: /^version/ }).click();
  await playground.page.locator('[data-job][aria-current="true"]').waitFor({ state: "detached" });
});

playing("the drawing is one stop of the Tab key, arrows follow the edges, Enter goes to the text", async playground => {
  await playground.paste(VALID);
  assert.equal(await playground.page.locator('[data-job][tabindex="0"]').count(), 1);
  await playground.page.locator('[data-job][tabindex="0"]').focus();
  await playground.page.keyboard.press("Home");
  await playground.page.keyboard.press("ArrowRight");
  assert.equal(await focusedJob(playground), "deploy");
  await playground.page.keyboard.press("Enter");
  await playground.caretOn(/^ {2}deploy:$/);
});

playing("the keyboard alone reaches editor, problems and drawing, and leaves each", async playground => {
  await playground.paste(VALID.replace("- lint\n", "- lnit\n"));
  const reached = new Set();
  await playground.page.evaluate(() => document.querySelector("dry-run").focus());
  for (let press = 0; press < 60 && reached.size < 3; press++) {
    await playground.page.keyboard.press("Escape"); // out of the editor, where Tab indents
    await playground.page.keyboard.press("Tab");
    reached.add(await playground.page.evaluate(() => {
      const focused = document.querySelector("dry-run").shadowRoot.activeElement;
      if (focused?.closest(".cm-editor")) return "editor";
      if (focused?.closest("[data-check]") || focused?.querySelector("[data-check]")) return "problems";
      if (focused?.closest("[data-job]")) return "drawing";
      return undefined;
    }));
    reached.delete(undefined);
  }
  assert.deepEqual([...reached].sort(), ["drawing", "editor", "problems"]);
});

function focusedJob({ page }) {
  return page.evaluate(() =>
    document.querySelector("dry-run").shadowRoot.activeElement?.closest("[data-job]")?.getAttribute("data-job"));
}
