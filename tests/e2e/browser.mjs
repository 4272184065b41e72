// One Chromium for a test file, and for each page a book of what must not happen.
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** The site under test: `dist/` of the release build, unless $DIST names another. */
export const DIST = process.env.DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

export function launch() {
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
    ],
  });
}

/**
 * A fresh page with its own storage, and its book: lists of policy violations, console errors and warnings,
 * uncaught errors, requests to other origins, failed requests, and the milliseconds of long tasks.
 * @param {import("playwright-core").Browser} browser
 * @param {string} origin the only one that may be asked
 * @param {import("playwright-core").BrowserContextOptions} [options]
 */
export async function open(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: "light", ...options });
  const book = { violations: [], console: [], errors: [], foreign: [], failed: [], longTasks: [] };
  await context.exposeBinding("__note", (_, list, entry) => void book[list].push(entry));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", event => {
      const where = `${event.sourceFile ?? ""}:${event.lineNumber}`;
      window.__note("violations", `${event.effectiveDirective} ${event.blockedURI} ${where} ${event.sample}`);
    });
    new PerformanceObserver(list => {
      for (const task of list.getEntries()) window.__note("longTasks", Math.round(task.duration));
    }).observe({ type: "longtask", buffered: true });
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
