// The one script of an embed: defines <dry-run>. Loads nothing else before an element is near the viewport.
//
// Built as a classic script, so that it comes from any host without further ado; `type="module"` works too.
import { define } from "./element.js";

/** A module has no current script. */
const own = document.currentScript ?? document.querySelector('script[src*="embed.js"]');
define(new URL(".", own instanceof HTMLScriptElement ? own.src : document.baseURI).href);
