// The build that a view belongs to. Not that of embed.js: other people's pages may hold an old one of those for days, and
// it asks a newer host for its view, which then has to ask for what is of its own build.

import { REPLACED } from "../shell/engine.js";

/** Dryrun's folder. */
export const HOME = new URL("..", import.meta.url).href;

/** The address of a file of Dryrun, as this build has it. @param {string} file */
export const at = file => new URL(`${file}?v=@build@`, HOME).href;

/** The names that change with what is in them; put in by www/finish.mjs. */
export const APP = "@app@";
export const WASM = "@wasm@";

/** Why there is no engine. @param {unknown} heard of it */
export const refusal = heard =>
  new Error(heard === `failed: ${REPLACED}` ? REPLACED : "this page allows no worker, or no WebAssembly in it");
