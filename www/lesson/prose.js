// The texts of a lesson, Markdown, as elements. Whoever wrote it, nothing in it runs and nothing is fetched.
import { micromark } from "micromark";

/**
 * HTML is shown as text, of an image its words, of a link to anywhere but a lesson, a page of a check or `https:` the same.
 * @param {string} markdown @param {(query: string) => Record<string, string>} link attributes of a link to a page of Dryrun
 */
export function prose(markdown, link) {
  // A document of its own: what an image names would be fetched as soon as it stood in this one.
  const { body } = new DOMParser().parseFromString(micromark(markdown), "text/html");
  for (const image of body.querySelectorAll("img")) image.replaceWith(image.alt);
  for (const anchor of body.querySelectorAll("a")) {
    const address = anchor.getAttribute("href") ?? "";
    if (/^(checks\/|\?lesson=)/.test(address)) for (const [name, value] of Object.entries(link(address))) anchor.setAttribute(name, value);
    else if (!address.startsWith("https://")) anchor.replaceWith(...anchor.childNodes);
  }
  return [...body.childNodes];
}

/** One line: without the paragraph around it. @param {string} markdown @param {(query: string) => Record<string, string>} link */
export function line(markdown, link) {
  const nodes = prose(markdown, link);
  const [only] = nodes;
  return nodes.length === 1 && only instanceof HTMLParagraphElement ? [...only.childNodes] : nodes;
}
