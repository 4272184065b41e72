// `make screens`: takes the pictures in docs/screens again, in both themes and three sizes.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DIST, launch, open } from "../tests/e2e/browser.mjs";
import { serve } from "../tests/e2e/server.mjs";

const SIZES = { wide: [1440, 900], medium: [1024, 720], narrow: [390, 844] };
const folder = fileURLToPath(new URL("../docs/screens/", import.meta.url));

await mkdir(folder, { recursive: true });
const server = await serve(DIST);
const chromium = await launch();
for (const colorScheme of ["light", "dark"]) {
  for (const [size, [width, height]] of Object.entries(SIZES)) {
    const { page, context } = await open(chromium, server.origin, { colorScheme, viewport: { width, height } });
    await page.goto(server.url);
    await page.locator("html[data-ready]:not([data-verdict=checking])").waitFor();
    await page.locator("[data-job]").first().waitFor({ state: "attached" });
    await page.screenshot({ path: `${folder}${size}-${colorScheme}.png` });
    await context.close();
  }
}
await chromium.close();
await server.close();
console.log(`pictures are in ${folder}`);
