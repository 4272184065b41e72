// What the app gets from the browser through JavaScript. The app's side of it is src/app/browser.rs.
import { download, onDrop, pick } from "./files.js";
import * as link from "./link.js";
import { fill } from "./share.js";
import * as store from "./store.js";
import * as theme from "./theme.js";

/**
 * Lines count from 1, columns are UTF-16 columns and count from 1; an end is behind the last character.
 * @typedef {{ startLine: number, startColumn: number, endLine: number, endColumn: number }} Range
 */

/** A worker from a blob is bound by the page's policy; one from an address is not. @param {string} script */
function workerUrl(script) {
  return URL.createObjectURL(new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" }));
}

/**
 * The ports of one element, the text of its editor, and the function that lets go of everything.
 * @param {HTMLElement} host
 * @param {string} worker address of worker-boot.js
 * @param {typeof import("../editor/editor.js")} editor
 * @param {import("./link.js").Opened} opened the link that the page was opened with
 */
export function portsOf(host, worker, editor, opened) {
  const isPage = host.hasAttribute("page");
  const url = workerUrl(worker);
  const home = new URL("..", worker).href;
  const checks = `${home}checks/`;
  const requests = countRequests();
  /** @type {import("../editor/editor.js").Editor | undefined} */
  let open;
  /** @type {(message: string) => void} */
  let refused = () => {};
  let stopDrops = () => {};
  let stopLinks = () => {};

  const ports = {
    workerUrl: url,
    version: DRYRUN_VERSION,
    checks,
    /** @param {HTMLElement} parent @param {Omit<import("../editor/editor.js").Options, "checks">} options */
    editor: (parent, options) => (open = editor.create(parent, { ...options, checks })),
    download,
    /** @param {string} accept */
    open: accept => pick(accept, message => refused(message)),
    store: isPage ? { ...store, set: keepAndLeave } : store.inMemory(),
    theme,
    requests: requests.count,
    /**
     * Hears of files dropped on the page; without a name: why a file, dropped or picked, was refused.
     * @param {(name: string | null, textOrReason: string) => void} callback
     */
    onDrop(callback) {
      stopDrops();
      refused = reason => callback(null, reason);
      stopDrops = onDrop(isPage ? document : host, callback, refused);
    },
    opened,
    /** Hears of links that are opened later. @param {(opened: import("./link.js").Opened) => void} callback */
    onLink(callback) {
      stopLinks();
      if (isPage) stopLinks = link.follow(callback);
    },
    /** @param {Element} panel @param {import("./link.js").Row[]} rows @param {string} mermaid @param {boolean} atOnce */
    share(panel, rows, mermaid, atOnce) {
      void fill(panel, home, { ...link.sharedOf(rows), ...open?.selection() }, mermaid, atOnce);
    },
    /** Sets a state mark (`data-rev`, …) on the element; nothing takes it away. @param {string} name @param {string | null} [value] */
    mark(name, value) {
      if (value == null) host.removeAttribute(name);
      else host.setAttribute(name, value);
    },
  };
  return {
    ports,
    text: () => open?.text(),
    stop() {
      stopDrops();
      stopLinks();
      requests.stop();
      URL.revokeObjectURL(url);
    },
  };
}

/** What is kept is newer than the link in the address. @param {string} key @param {string} value */
function keepAndLeave(key, value) {
  if (key === store.TEXT || key === store.GIVEN) link.leave();
  return store.set(key, value);
}

/** Counts what the page asked a network for. An observer, since the browser's own list ends at 250 entries. */
function countRequests() {
  let seen = 0;
  const observer = new PerformanceObserver(list => {
    seen += list.getEntries().filter(entry => /^https?:/.test(entry.name)).length;
  });
  observer.observe({ type: "resource", buffered: true });
  return { count: () => seen, stop: () => observer.disconnect() };
}
