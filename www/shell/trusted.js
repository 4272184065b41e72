// A page may ask for "trusted types": then a text becomes markup, or the address of a script, by a named policy only
// (`trusted-types dryrun 'allow-duplicates'`, since each of our files that needs one has its own). Nobody else gets at this one:
// what goes through it is the engine's own SVG and a worker that we wrote.

/** @typedef {{ createHTML(text: string): string, createScriptURL(text: string): string }} Policy */

/** @returns {Policy | undefined} */
function made() {
  try {
    return /** @type {any} */ (globalThis).trustedTypes?.createPolicy("dryrun", {
      createHTML: (/** @type {string} */ text) => text,
      createScriptURL: (/** @type {string} */ text) => text,
    });
  } catch {
    // The page has not allowed it. What needs it is refused then, and an embed becomes a frame.
  }
}

const policy = made();

export const trusted = {
  html: (/** @type {string} */ text) => policy?.createHTML(text) ?? text,
  address: (/** @type {string} */ text) => policy?.createScriptURL(text) ?? text,
};
