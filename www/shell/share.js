// The panel behind "Share": copies a link, a snippet for another page, or Markdown, and gives out the graph and the
// report as texts for other programs. Made by hand and not by the app, whose wasm it would make larger.
import { BrokenLink, encode, LONG } from "./permalink.js";
import { download } from "./files.js";

/** @typedef {import("./permalink.js").Shared} Shared */
/** @typedef {{ home: string, hash: string, link: string, shared: Shared }} Parts */
/** What the engine wrote; empty where there is no graph. @typedef {{ stem: string, svg: string, mermaid: string, dot: string, report: string }} Texts */

/**
 * What can be copied: its name, what is said about it, and its text. `texts` are there only for what `waits` for them.
 * @type {{ what: string, name: string, about: string, waits?: true, text: (parts: Parts, texts: Texts) => string }[]}
 */
const OFFERS = [
  { what: "link", name: "Copy link", about: "Opens the page just as it is now", text: ({ link }) => link },
  { what: "embed", name: "Copy embed snippet", about: "The live graph, for the HTML of your own page", text: embed },
  { what: "frame", name: "Copy iframe", about: "The same, where scripts are not allowed", text: frame },
  { what: "markdown", name: "Copy Markdown", about: "Graph and link, for a README or pull request", waits: true, text: markdown },
];

/**
 * What can be taken along, copied or as a file.
 * @type {{ what: string, name: string, about: string, media: string, file: (texts: Texts) => string, text: (texts: Texts, parts?: Parts) => string }[]}
 */
const EXPORTS = [
  { what: "svg", name: "SVG", about: "picture", media: "image/svg+xml", file: ({ stem }) => `${stem}.svg`, text: ({ svg }) => svg },
  { what: "mermaid", name: "Mermaid", about: "for Markdown", media: "text/plain", file: ({ stem }) => `${stem}.mmd`, text: ({ mermaid }) => mermaid },
  { what: "dot", name: "DOT", about: "for Graphviz", media: "text/vnd.graphviz", file: ({ stem }) => `${stem}.dot`, text: ({ dot }) => dot },
  { what: "report", name: "Report", about: "in Markdown", media: "text/markdown", file: () => "report.md", text: report },
];

/** A report with a longer link is too long for a comment; the command line has the same limit. */
const LONGEST_IN_REPORT = 30_000;

/** @param {Parts} parts */
function embed({ home, shared }) {
  const workflow = shared.workflow === undefined ? "" : ` workflow="${escaped(shared.workflow)}"`;
  // In a <pre> the config can be read where scripts are off. Between empty lines it is one for Markdown too, whatever
  // stands in it.
  return `<script src="${home}embed.js"></script>\n<dry-run mode="graph"${workflow}>\n\n`
    + `<pre>\n${escaped(shared.text)}</pre>\n\n</dry-run>\n`;
}

/** @param {Parts} parts */
function frame({ home, hash }) {
  return `<iframe src="${home}embed.html#${hash}" title="The config in Dryrun" width="100%" height="420" frameborder="0" loading="lazy"></iframe>\n`;
}

/** @param {Parts} parts @param {Texts} texts */
function markdown({ link }, { mermaid }) {
  const graph = mermaid && `\`\`\`mermaid\n${mermaid}\`\`\`\n\n`;
  return `${graph}[Open in Dryrun](${link})\n`;
}

/** @param {Texts} texts @param {Parts} [parts] */
function report({ report }, parts) {
  return parts && parts.link.length <= LONGEST_IN_REPORT ? `${report}\n[Open in Dryrun](${parts.link})\n` : report;
}

/** @param {string} text */
const escaped = text =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** What hears of the engine's texts. @type {WeakMap<Element, (texts: Texts) => void>} */
const waiting = new WeakMap();

/** The engine has written what can be taken along. @param {Element} panel @param {Texts} texts */
export function exported(panel, texts) {
  waiting.get(panel)?.(texts);
}

/**
 * Fills the panel.
 * @param {Element} panel @param {string} home the address of Dryrun
 * @param {Shared} shared
 * @param {boolean} atOnce copies the link without being asked again
 */
export async function fill(panel, home, shared, atOnce) {
  // All texts are made before anything is pressed: a browser lets a page copy only in direct answer to that.
  /** @type {Parts | undefined} */
  let parts;
  /** @type {Texts | undefined} */
  let texts;
  const said = element("p", { role: "status", "data-share-said": "" });
  const field = /** @type {HTMLTextAreaElement} */ (element("textarea", { readonly: "", "aria-label": "To copy by hand", rows: "3" }));
  field.hidden = true;
  const save = element("button", { type: "button", class: "quiet", "data-do": "download" }, "Download the file instead");
  save.addEventListener("click", () => download(shared.name ?? "config.yml", "text/yaml", shared.text));
  save.hidden = true;

  /** @param {string} text @param {number} link the length of the link in it, 0 without one */
  async function copy(text, link) {
    const isCopied = await write(text);
    const isLong = link > LONG;
    said.textContent = isCopied ? `Copied: ${counted(text.length)} characters.` : "The browser did not let the page copy. Copy it from here:";
    const which = link === text.length ? "links this long" : `its link of ${counted(link)} characters`;
    if (isLong) said.textContent += ` Some mail and chat programs cut ${which}.`;
    said.dataset.said = isCopied ? (isLong ? "long" : "copied") : "refused";
    save.hidden = !isLong;
    field.hidden = isCopied;
    (isCopied ? said : field).scrollIntoView({ block: "nearest" });
    if (isCopied) return true;
    field.value = text;
    field.focus();
    field.select();
    return false;
  }

  /** Buttons, and whether what they give is there. @type {[button: HTMLButtonElement, isReady: () => unknown][]} */
  const buttons = [];
  /** @param {Record<string, string>} attributes @param {() => unknown} isReady @param {() => unknown} press @param {(Node | string)[]} face */
  function button(attributes, isReady, press, ...face) {
    const made = element("button", { type: "button", ...attributes }, ...face);
    made.disabled = true;
    made.addEventListener("click", press);
    buttons.push([made, isReady]);
    return made;
  }
  const enable = () => buttons.forEach(([button, isReady]) => (button.disabled = !isReady()));

  const offers = OFFERS.map(({ what, name, about, waits, text }) => button(
    { class: "row", "data-share": what }, () => parts && (texts || !waits),
    () => void (parts && copy(text(parts, /** @type {Texts} */ (texts)), what === "embed" ? 0 : parts.link.length)),
    element("span", {}, name), element("span", { class: "faint" }, about)));
  const exports = EXPORTS.map(({ what, name, about, media, file, text }) => {
    const isReady = () => texts && text(texts);
    /** @param {string} does @param {string} words @param {(texts: Texts) => void} press */
    const act = (does, words, press) => button(
      { class: "quiet", "data-do": does, "aria-label": `${words} ${name}` }, isReady, () => void (texts && press(texts)), words);
    return element("li", { "data-export": what }, element("span", {}, name, " ", element("span", { class: "faint" }, about)),
      act("copy", "Copy", texts => void copy(text(texts, parts), 0)),
      act("save", "Download", texts => download(file(texts), media, text(texts, parts))));
  });
  panel.replaceChildren(
    element("h2", {}, "Share"),
    element("p", { class: "faint" }, "The link contains the config itself, behind the #. No server ever receives it."),
    element("ul", { class: "rows" }, ...offers.map(button => element("li", {}, button))),
    element("h3", {}, "Export"),
    element("ul", { class: "exports" }, ...exports),
    // At the end, so that nothing moves away under the pointer.
    said, field, save,
  );
  waiting.set(panel, written => {
    texts = written;
    enable();
  });
  try {
    const hash = await encode(shared);
    parts = { home, hash, link: `${home}#${hash}`, shared };
  } catch (error) {
    if (!(error instanceof BrokenLink)) throw error;
    said.textContent = `There is no link for this: ${error.message}.`;
    said.dataset.said = "refused";
    save.hidden = false;
    return;
  }
  enable();
  // What could not be copied is selected, and keeps the focus.
  if (!atOnce || await copy(parts.link, parts.link.length)) offers[0].focus();
}

/** @param {number} count */
const counted = count => count.toLocaleString("en-US");

/** Whether the text is on the clipboard. Without a secure context there is no clipboard at all. @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name @param {Record<string, string>} attributes @param {(Node | string)[]} children
 */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
