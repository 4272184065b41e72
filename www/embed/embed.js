// The one script of an embed: defines <dry-run>. Loads nothing else before an element is near the viewport.
//
// Built as a classic script, so that it comes from any host without further ado; `type="module"` works too.
import { define } from "./element.js";

/** A module has no current script, but its address stands where it is called from. */
const own = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src || /\w+:\/\/[^\s()@]+\/embed\.js/.exec(new Error().stack ?? "")?.[0];
define(new URL(".", own ?? document.baseURI).href);
