// What the app gets from the browser through JavaScript. The app's side of it is src/app/browser.rs.
import { engineOf } from "./engine.js";
import { download, onDrop, pick } from "./files.js";
import { isLesson } from "./lesson-mode.js";
import * as link from "./link.js";
import { importOwn } from "./own.js";
import { sharedOf } from "./rows.js";
import * as store from "./store.js";
import * as theme from "./theme.js";

/**
 * Lines count from 1, columns are UTF-16 columns and count from 1; an end is behind the last character.
 * @typedef {{ startLine: number, startColumn: number, endLine: number, endColumn: number }} Range
 */

/**
 * What is another in someone else's page.
 * @typedef {object} Embedded
 * @property {CSSStyleSheet} styles laid over those of the app
 * @property {{ get(): string, set(choice: string): void }} theme
 * @property {() => boolean} readonly
 * @property {(text: string) => void} changed
 * @property {(problems: import("../editor/problems.js").Problem[]) => void} found
 */

/**
 * The ports of one element, the text of its editor, and the function that lets go of everything.
 * @param {HTMLElement} host
 * @param {string} worker address of worker-boot.js
 * @param {typeof import("../editor/editor.js")} editor
 * @param {import("./link.js").Opened} opened the link that the page was opened with
 * @param {Embedded} [embedded]
 */
export function portsOf(host, worker, editor, opened, embedded) {
  const isPage = host.hasAttribute("page");
  const home = new URL("..", worker).href;
  const checks = `${home}checks/`;
  const requests = countRequests();
  /** @type {Promise<typeof import("./share.js")> | undefined} */
  let share;
  /** Most visits share nothing. One promise, so that a panel is filled before it hears of exports. */
  const sharing = () => (share ??= importOwn(new URL(`share.js${new URL(worker).search}`, worker).href));
  /** @type {import("../editor/editor.js").Editor | undefined} */
  let open;
  /** @type {(message: string) => void} */
  let refused = () => {};
  let stopDrops = () => {};
  let stopLinks = () => {};
  /** @type {(opened: import("./link.js").Opened) => void} */
  let openLink = () => {};
  const kept = isPage && !isLesson(host) ? keepingUpTo() : undefined;

  const ports = {
    /** @param {import("./engine.js").Hear} heard */
    engine: heard => engineOf(worker).line(heard),
    version: DRYRUN_VERSION,
    checks,
    /** @param {HTMLElement} parent @param {Omit<import("../editor/editor.js").Options, "checks">} options */
    editor(parent, options) {
      if (kept) options = { ...options, changed: kept.before(options.changed) };
      open = editor.create(parent, { ...options, checks, ...(embedded && listening(options, embedded)) });
      if (embedded) tellProblems(open, embedded.found);
      return open;
    },
    download,
    /** @param {string} accept */
    open: accept => pick(accept, message => refused(message)),
    // What is tried in a lesson does not take the place of what is kept.
    store: kept?.store ?? store.inMemory(),
    theme: embedded?.theme ?? theme,
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
      openLink = callback;
      if (isPage) stopLinks = link.follow(opened => (kept?.linked(opened), callback(opened)));
    },
    /** @param {Element} panel @param {import("./rows.js").Row[]} rows @param {boolean} atOnce */
    share(panel, rows, atOnce) {
      const shared = { ...sharedOf(rows), ...open?.selection() };
      sharing().then(({ fill }) => fill(panel, home, shared, atOnce),
        error => {
          share = undefined;
          panel.textContent = `This part of Dryrun did not load: ${error instanceof Error ? error.message : error}`;
        });
    },
    /** @param {Element} panel @param {string} stem @param {string} svg @param {string} mermaid @param {string} dot @param {string} report */
    exported(panel, stem, svg, mermaid, dot, report) {
      sharing().then(({ exported }) => exported(panel, { stem, svg, mermaid, dot, report }), () => {});
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
    /** @param {string} text */
    replace: text => open?.replace(text),
    /** @param {import("./link.js").Opened} opened */
    open: opened => openLink(opened),
    stop() {
      stopDrops();
      stopLinks();
      kept?.stop();
      requests.stop();
    },
  };
}

/** @param {{ changed: (text: string) => void }} options @param {Embedded} embedded */
function listening({ changed }, embedded) {
  return {
    readonly: embedded.readonly(),
    changed(/** @type {string} */ text) {
      changed(text);
      embedded.changed(text);
    },
  };
}

/** @param {import("../editor/editor.js").Editor} open @param {Embedded["found"]} found */
function tellProblems(open, found) {
  const show = open.diagnostics.bind(open);
  open.diagnostics = list => {
    show(list);
    found(list);
  };
}

/** More is not kept: see LARGEST_KEPT in src/app/state/text.rs. */
const LARGEST_KEPT = 1_000_000;

/** The store of the page. The app keeps a text once nobody has typed for a moment; who leaves before that loses nothing. */
function keepingUpTo() {
  /** What was typed and is not kept yet. @type {string | undefined} */
  let unkept;
  /** What the newest link holds: no loss, it is in the address. @type {string | undefined} */
  let inLink;
  /** @param {string} key @param {string} value */
  function set(key, value) {
    if (key === store.TEXT) unkept = undefined;
    // What is kept is newer than the link in the address.
    if (key === store.TEXT || key === store.GIVEN) link.leave();
    return store.set(key, value);
  }
  const leaving = () => {
    if (unkept !== undefined && unkept !== inLink && unkept.length <= LARGEST_KEPT) set(store.TEXT, unkept);
  };
  addEventListener("pagehide", leaving);
  return {
    store: { ...store, set },
    /** @param {(text: string) => void} changed @returns {(text: string) => void} */
    before: changed => text => {
      unkept = text;
      changed(text);
    },
    /** @param {import("./link.js").Opened} opened */
    linked(opened) {
      if (Array.isArray(opened)) inLink = opened.find(([key]) => key === "text")?.[1];
    },
    stop: () => removeEventListener("pagehide", leaving),
  };
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
