// F01 on real configs: every file of the corpus beside the repository gets its verdict in the page.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { GUARD, playing, shortest, withBrowser } from "./playground.mjs";

const corpus = fileURLToPath(new URL("../../../shared/corpus/real", import.meta.url));

if (existsSync(corpus)) {
  withBrowser();
  playing("every real config has its verdict soon after it was pasted", async (playground, t) => {
    const files = (await readdir(corpus, { recursive: true })).filter(name => /\.ya?ml$/.test(name)).sort();
    assert.ok(files.length > 0, `no config in ${corpus}`);
    let slowest = [0, ""];
    for (const name of files) {
      const text = await readFile(join(corpus, name), "utf8");
      // 300 ms for 1,000 lines, and as much again for what a test costs: the paste and the looking.
      const limit = 300 * Math.max(1, text.split("\n").length / 1000) + 300;
      let tries = 0;
      const took = await shortest(limit, async () => {
        const start = performance.now();
        // The same text once more would be no change, and get no verdict.
        await playground.paste(text + "\n".repeat(tries++));
        return performance.now() - start;
      });
      if (took > slowest[0]) slowest = [took, name];
      assert.ok(took <= GUARD * limit, `${name}: ${took} ms`);
    }
    t.diagnostic(`${files.length} files, slowest: ${slowest.join(" ms for ")}`);
  });
} else {
  test("every real config has its verdict soon after it was pasted", { skip: "no corpus beside the repository" }, () => {});
}
