// The panel behind "Share": copies a link, a snippet for another page, or Markdown. Made by hand and not by the
// app, whose wasm it would make larger.
import { BrokenLink, encode, LONG } from "./permalink.js";
import { download } from "./files.js";

/** @typedef {import("./permalink.js").Shared} Shared */

/** What can be copied: its name, what is said about it, and its text. */
const OFFERS = [
  { what: "link", name: "Copy link", about: "Opens this page as it is now", text: (/** @type {Parts} */ { link }) => link },
  { what: "embed", name: "Copy embed snippet", about: "The graph, for the HTML of a page of yours", text: embed },
  { what: "frame", name: "Copy iframe", about: "The same, where a page takes no script", text: frame },
  { what: "markdown", name: "Copy Markdown", about: "The graph as Mermaid, for a README or pull request", text: markdown },
];

/** @typedef {{ home: string, hash: string, link: string, mermaid: string, shared: Shared }} Parts */

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

/** @param {Parts} parts */
function markdown({ link, mermaid }) {
  const graph = mermaid && `\`\`\`mermaid\n${mermaid}\`\`\`\n\n`;
  return `${graph}[Open in Dryrun](${link})\n`;
}

/** @param {string} text */
const escaped = text =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * Fills the panel.
 * @param {Element} panel @param {string} home the address of Dryrun
 * @param {Shared} shared @param {string} mermaid the graph that is shown, empty without one
 * @param {boolean} atOnce copies the link without being asked again
 */
export async function fill(panel, home, shared, mermaid, atOnce) {
  // Made before anything is pressed: a browser lets a page copy only in direct answer to that.
  /** @type {Parts} */
  let parts;
  const said = element("p", { role: "status", "data-share-said": "" });
  const field = /** @type {HTMLTextAreaElement} */ (element("textarea", { readonly: "", "aria-label": "To copy by hand", rows: "3" }));
  field.hidden = true;
  const save = element("button", { type: "button", class: "quiet", "data-do": "download" }, "Download the file instead");
  save.addEventListener("click", () => download(shared.name ?? "config.yml", "text/yaml", shared.text));
  save.hidden = true;

  /** @param {typeof OFFERS[0]} offer */
  async function copy({ what, text }) {
    const copied = text(parts);
    const isCopied = await write(copied);
    const size = copied.length.toLocaleString("en-US");
    const isLong = what !== "embed" && parts.link.length > LONG;
    said.textContent = isCopied ? `Copied: ${size} characters.` : "This browser did not let the page copy. Copy it from here:";
    if (isLong) said.textContent += ` A link of ${parts.link.length.toLocaleString("en-US")} characters is cut by some programs for mail and chat.`;
    said.dataset.said = isCopied ? (isLong ? "long" : "copied") : "refused";
    save.hidden = !isLong;
    field.hidden = isCopied;
    if (isCopied) return;
    field.value = copied;
    field.focus();
    field.select();
  }

  const buttons = OFFERS.map(offer => {
    const button = element("button", { type: "button", class: "row", "data-share": offer.what }, element("span", {}, offer.name),
      element("span", { class: "faint" }, offer.about));
    button.addEventListener("click", () => void copy(offer));
    return button;
  });
  panel.replaceChildren(
    element("h2", {}, "Share"),
    element("p", { class: "faint" }, "The config travels in the link itself, behind the #: it is sent to no server."),
    element("ul", { class: "rows" }, ...buttons.map(button => element("li", {}, button))),
    said, field, save,
  );
  for (const button of buttons) button.disabled = true;
  try {
    const hash = await encode(shared);
    parts = { home, hash, link: `${home}#${hash}`, mermaid, shared };
  } catch (error) {
    if (!(error instanceof BrokenLink)) throw error;
    said.textContent = `There is no link for this: ${error.message}.`;
    said.dataset.said = "refused";
    save.hidden = false;
    return;
  }
  for (const button of buttons) button.disabled = false;
  if (atOnce) await copy(OFFERS[0]);
  buttons[0].focus();
}

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
