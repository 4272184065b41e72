// What embed.js, the views and embed.html have to agree on.

const LAYERS = ["requires", "workspace", "cache"];

/** Custom properties that dress an embed, without their `--dryrun-`. */
export const DRESS = ["background", "text", "muted", "border", "accent", "node", ...LAYERS, "radius", "font"];

/** What is told of in events, and by a frame in messages. */
export const EVENTS = ["ready", "change", "findings", "select", "lesson-progress"];

/** A height in px, as an attribute says it. */
export const PIXELS = /^\s*(\d{2,5})(?:px)?\s*$/;

/** @typedef {{ mode: string | null, lesson: string, height: string | null }} Sized */

/** Whether it takes the whole app to show it. @param {Sized} wanted */
export const needsApp = ({ mode, lesson }) => !!lesson || ["full", "compiled", "timeline"].includes(mode ?? "");

/** The height in px, where it is not that of the graph. A narrow lesson stands above the app. @param {Sized} wanted @param {number} width of the element, in px */
export function heightOf(wanted, width) {
  const [, px] = PIXELS.exec(wanted.height ?? "") ?? [];
  return px ?? (!needsApp(wanted) ? "" : !wanted.lesson ? "560" : width > 800 ? "720" : "900");
}

/**
 * An element with properties.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Partial<HTMLElementTagNameMap[T]>} properties
 */
export const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
