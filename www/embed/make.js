// Elements out of words.

/**
 * An element; children that are empty strings are left out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} name @param {Record<string, string>} attributes @param {(Node | string)[]} children
 */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children.filter(child => child !== ""));
  return made;
}

/** A text in which names stand in backticks. @param {string} text */
export const prose = text => text.split("`").map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part));
