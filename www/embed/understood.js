// What the attributes may say, and what is said about other words. The views know it, so that embed.js is small.
import { PIXELS } from "./words.js";

/** @typedef {import("./element.js").Wanted} Wanted */
/** What is wanted, in words that are known. @typedef {Omit<Wanted, "mode" | "layers" | "theme" | "height"> & { mode: string, layers: string[], theme: string, height: string }} Understood */

/** The first of each is what counts where the attribute is not there or not understood. @type {Record<string, string[]>} */
const WORDS = {
  mode: ["graph", "full", "compiled", "timeline"],
  theme: ["auto", "light", "dark"],
};

export const LAYERS = ["requires", "workspace", "cache"];

/**
 * What an older embed.js has understood by itself is understood in the same way.
 * @param {Wanted} wanted @returns {Understood} what is wrong with it is among its notes
 */
export function understood({ shared, mode, layers, theme, height, step, notes: given, ...rest }) {
  const notes = [...given];
  const lines = layersOf(layers, notes);
  const isDark = theme === null || theme === "auto" ? rest.dark : undefined;
  return {
    ...rest,
    shared: { ...shared, ...(shared.layers && { layers: lines }) },
    mode: wordOf("mode", mode, notes),
    layers: lines,
    theme: isDark === undefined ? wordOf("theme", theme, notes) : isDark ? "dark" : "light",
    height: heightOf(height, notes),
    step: stepOf(step, notes),
    notes,
  };
}

/** @param {string} name @param {string | null} value @param {string[]} notes takes what is wrong */
function wordOf(name, value, notes) {
  const words = WORDS[name];
  if (value === null || words.includes(value)) return value ?? words[0];
  notes.push(`\`${name}\` is ${words.slice(0, -1).join(", ")} or ${words.at(-1)}, not \`${shortened(value)}\`.`);
  return words[0];
}

/** @param {string | string[] | null} value @param {string[]} notes */
function layersOf(value, notes) {
  if (value === null) return LAYERS;
  const words = new Set([value].flat().join(" ").split(/[\s,]+/).filter(Boolean));
  // A link may hold as many as it likes.
  const unknown = [...words].filter(word => !LAYERS.includes(word)).slice(0, 3).map(word => `\`${shortened(word)}\``);
  if (unknown.length > 0) notes.push(`\`layers\` are any of ${LAYERS.join(", ")}, not ${unknown.join(", ")}.`);
  return LAYERS.filter(word => words.has(word));
}

/** @param {string | null} value @param {string[]} notes */
function heightOf(value, notes) {
  const [, px = "auto"] = PIXELS.exec(value ?? "") ?? [];
  if (px === "auto" && value !== null && value !== px) notes.push(`\`height\` is a number of pixels or auto, not \`${shortened(value)}\`.`);
  return px;
}

/** @param {string} value @param {string[]} notes */
function stepOf(value, notes) {
  if (!value || /^\d{1,3}$/.test(value)) return value;
  notes.push(`\`step\` is a number, not \`${shortened(value)}\`.`);
  return "";
}

/** @param {string} word */
export const shortened = word => (word.length > 40 ? `${word.slice(0, 40)}…` : word);
