// A page that is older than the files beside it: hosts let browsers keep index.html for some minutes, while a new
// build takes the place of the one that it names. Then parts of it are gone, or are those of the new build.

/** So long a host may take to say which build it has, in ms: nothing is shown meanwhile. */
const PATIENCE = 5_000;

/** The page is asked for again, or a reload was of no use, or the page is not the reason. @typedef {"renewed" | "replaced" | ""} Found */

/** @type {Promise<Found> | undefined} */
let found;

/** Looks whether the host has a newer page, past every cache, and has the browser load that; both once. */
export function renew() {
  found ??= look();
  return found;
}

/** @returns {Promise<Found>} */
async function look() {
  const there = await buildThere();
  const own = /** @type {HTMLElement | null} */ (document.querySelector('link[rel="x-app"]'))?.dataset.build;
  if (!there || there === own) return "";
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  // A host of many machines may go on giving out the old page by turns.
  if (visit?.type === "reload") return "replaced";
  location.reload();
  return "renewed";
}

/** The build that the host has now; nothing where it does not say. */
async function buildThere() {
  try {
    const page = await fetch(location.pathname + location.search, { cache: "reload", signal: AbortSignal.timeout(PATIENCE) });
    return /data-build="(\w+)"/.exec(await page.text())?.[1];
  } catch {
    return undefined; // the reason is the network then, and the reader hears of that
  }
}
