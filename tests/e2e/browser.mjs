// One Chromium for a test file, and for each page a book of what must not happen.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** The site under test: `dist/` of the release build, unless $DIST names another. */
export const DIST = process.env.DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

/** @param {string[]} [further] arguments of Chromium */
export function launch(further = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", // CI is root
      "--disable-gpu",
      // Chromium's own traffic would end up in the book.
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...further,
    ],
  });
}

/**
 * A fresh page with its own storage, and its book: lists of policy violations, console errors and warnings,
 * uncaught errors, requests to other origins, and failed requests.
 * @param {import("playwright-core").Browser} browser
 * @param {string} origin the only one that may be asked
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function open(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light", ...options });
  const book = { violations: [], console: [], errors: [], foreign: [], failed: [] };
  await context.exposeBinding("__note", (_, list, entry) => void book[list].push(entry));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", event => {
      const where = `${event.sourceFile ?? ""}:${event.lineNumber}`;
      window.__note("violations", `${event.effectiveDirective} ${event.blockedURI} ${where} ${event.sample}`);
    });
  });
  context.on("request", request => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) book.foreign.push(url);
  });
  const page = await context.newPage();
  page.on("console", message => {
    if (["error", "warning"].includes(message.type())) book.console.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", error => book.errors.push(String(error)));
  page.on("requestfailed", request => book.failed.push(`${request.url()} ${request.failure()?.errorText}`));
  return { context, page, book };
}

/**
 * The longest task of the page's main thread while `body` runs, in milliseconds of its own processor time: what
 * other programs do on the machine does not count, as it would in the browser's `longtask` entries.
 * @param {import("playwright-core").Page} page @param {() => Promise<unknown>} body
 */
export async function longestTask(page, body) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel"] });
  await body();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const isMain = new Set(traceEvents
    .filter(event => event.name === "thread_name" && event.args.name === "CrRendererMain")
    .map(event => `${event.pid}:${event.tid}`));
  const tasks = traceEvents.filter(event => event.ph === "X" && event.tdur !== undefined
    && event.name.endsWith("RunTask") && isMain.has(`${event.pid}:${event.tid}`));
  if (tasks.length === 0) throw new Error("the trace has no task of the main thread");
  return Math.max(...tasks.map(task => task.tdur)) / 1000;
}
