// The focus never falls out of the app: what had it may be taken away by its own press (a notice that is closed, a problem
// that is mended), by an answer or by another view. Then the nearest thing that is left has it.

/** What takes the focus, the best first: what a pane is about, rather than the buttons above it. */
const STOPS = ["[data-first-focus], .cm-content", "[data-spot][tabindex='0']",
  ":is(button, input, select, textarea):not([disabled], [tabindex='-1']), a[href], summary, [tabindex='0']"];

/** Watches over the focus within `root`, and gives the function that ends that. @param {ShadowRoot} shadow @param {HTMLElement} root */
export function keepFocus(shadow, root) {
  /** What has the focus, and all around it. @type {Element[]} */
  let path = [];
  root.addEventListener("focusin", event => {
    path = /** @type {Element[]} */ (event.composedPath().slice(0, event.composedPath().indexOf(root)));
  });
  // Let go of, and not taken away: that is known when the change is through.
  root.addEventListener("focusout", () => queueMicrotask(() => {
    if (path[0]?.isConnected && !shadow.activeElement) path = [];
  }));
  const changes = new MutationObserver(() => {
    if (!path[0] || path[0].isConnected || shadow.activeElement) return;
    const left = path.filter(element => element.isConnected);
    path = [];
    const region = left.findIndex(element => element.matches("[data-region]"));
    const near = left.slice(0, region + 1).flatMap(element => STOPS.map(stop => element.querySelector(stop)));
    // A touch would bring up the keyboard of the screen with it.
    const rest = matchMedia("(pointer: coarse)").matches ? null : root.querySelector(".cm-content");
    const next = /** @type {HTMLElement | null} */ (near.find(Boolean) ?? rest);
    next?.focus({ preventScroll: true });
  });
  changes.observe(root, { subtree: true, childList: true });
  return () => changes.disconnect();
}
