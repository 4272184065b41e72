// What a link holds, as the engine and the app take it: rows of words, of which the first names what the others are.

/** @typedef {import("./permalink.js").Shared} Shared */
/** @typedef {string[]} Row */

/** @param {Shared} shared @returns {Row[]} */
export function rowsOf(shared) {
  const { parameters = {}, continuation_parameters = {}, orbs = [], continuation, ...plain } = shared;
  const rows = Object.entries(plain).map(([key, value]) => [key, ...[value].flat().map(String)]);
  for (const entry of Object.entries(parameters)) rows.push(["parameters", ...entry]);
  for (const entry of Object.entries(continuation_parameters)) rows.push(["continuation_parameters", ...entry]);
  for (const { reference, name, text } of orbs) rows.push(["orbs", reference, name, text]);
  if (continuation) rows.push(["continuation", continuation.name, continuation.text]);
  return rows;
}

/** @param {Row[]} rows @returns {Shared} */
export function sharedOf(rows) {
  const all = (/** @type {string} */ key) => rows.filter(([name]) => name === key).map(([, ...words]) => words);
  /** @type {any} */
  const shared = {};
  for (const [key, ...words] of rows) {
    switch (key) {
      case "parameters": case "continuation_parameters": shared[key] = Object.fromEntries(all(key)); break;
      case "orbs": shared[key] = all(key).map(([reference, name, text]) => ({ reference, name, text })); break;
      case "continuation": shared[key] = { name: words[0], text: words[1] }; break;
      case "layers": case "run": shared[key] = words; break;
      default: shared[key] = words[0];
    }
  }
  return shared;
}
