// What the attributes may say, and what is said about other words.

/** The first of each is what counts where the attribute is not there or not understood. @type {Record<string, string[]>} */
const WORDS = {
  mode: ["graph", "full", "compiled", "timeline"],
  theme: ["auto", "light", "dark"],
};

const LAYERS = ["requires", "workspace", "cache"];

/** Custom properties that dress an embed, without their `--dryrun-`. */
export const DRESS = ["background", "text", "muted", "border", "accent", "node", ...LAYERS, "radius", "font"];

/** What is told of in events, and by a frame in messages. */
export const EVENTS = ["ready", "change", "findings", "select", "lesson-progress"];

/**
 * The height in px, where it is not that of the graph. A narrow lesson stands above the app.
 * @param {{ mode: string, lesson: string, height: string }} wanted @param {number} width of the element, in px
 */
export function heightOf({ mode, lesson, height }, width) {
  if (height !== "auto") return height;
  if (lesson) return width > 800 ? "720" : "900";
  return mode === "graph" ? "" : "560";
}

/** @param {string} name @param {string | null} value @param {string[]} notes takes what is wrong */
export function known(name, value, notes) {
  if (name === "layers") return layers(value, notes);
  const words = WORDS[name];
  if (value === null || words.includes(value)) return value ?? words[0];
  notes.push(`\`${name}\` is ${words.slice(0, -1).join(", ")} or ${words.at(-1)}, not \`${shortened(value)}\`.`);
  return words[0];
}

/** @param {string | null} value @param {string[]} notes */
function layers(value, notes) {
  if (value === null) return LAYERS.join(" ");
  const words = value.split(/[\s,]+/).filter(Boolean);
  for (const word of words.filter(word => !LAYERS.includes(word))) {
    notes.push(`\`layers\` are any of ${LAYERS.join(", ")}, not \`${shortened(word)}\`.`);
  }
  return words.filter(word => LAYERS.includes(word)).join(" ");
}

/** @param {string | null} value @param {string[]} notes */
export function knownHeight(value, notes) {
  const [, px = "auto"] = /^(\d{2,5})(?:px)?$/.exec(value?.trim() ?? "") ?? [];
  if (px === "auto" && value !== null && value !== px) notes.push(`\`height\` is a number of pixels or auto, not \`${shortened(value)}\`.`);
  return px;
}

/** @param {string | null} value @param {string[]} notes */
export function knownStep(value, notes) {
  if (!value || /^\d{1,3}$/.test(value)) return value ?? "";
  notes.push(`\`step\` is a number, not \`${shortened(value)}\`.`);
  return "";
}

/** @param {string} word */
const shortened = word => (word.length > 40 ? `${word.slice(0, 40)}…` : word);
