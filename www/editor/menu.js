// The menu at the caret (Ctrl+.): what can be done about the problems of its line, without a mouse.
import { forEachDiagnostic } from "@codemirror/lint";
import { StateEffect, StateField } from "@codemirror/state";
import { showTooltip } from "@codemirror/view";
import { link } from "./problems.js";

/** @typedef {import("@codemirror/view").EditorView} EditorView */
/** A diagnostic as problems.js makes it. @typedef {import("@codemirror/lint").Diagnostic & { page?: string, check?: string }} Diagnostic */

/** @type {import("@codemirror/state").StateEffectType<import("@codemirror/view").Tooltip | null>} */
const show = StateEffect.define();

/** Open until the text or the selection changes. */
export const menu = StateField.define({
  create: () => /** @type {import("@codemirror/view").Tooltip | null} */ (null),
  update(open, transaction) {
    for (const effect of transaction.effects) if (effect.is(show)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : open;
  },
  provide: field => showTooltip.from(field),
});

/** Opens the menu. @param {EditorView} view */
export function openMenu(view) {
  const { head } = view.state.selection.main;
  const items = itemsOf(view, problemsAt(view.state, head));
  const create = () => {
    const dom = filled(view, items);
    return { dom, mount: () => focusOn(dom, 0) };
  };
  view.dispatch({ effects: show.of({ pos: head, above: false, create }) });
  return true;
}

/** Those that hold the caret, else those of its line. @param {import("@codemirror/state").EditorState} state @param {number} head */
function problemsAt(state, head) {
  const line = state.doc.lineAt(head);
  /** @type {Diagnostic[]} */
  const onLine = [];
  /** @type {Diagnostic[]} */
  const atCaret = [];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    if (from <= head && head <= to) atCaret.push(diagnostic);
    if (from <= line.to && to >= line.from) onLine.push(diagnostic);
  });
  return atCaret.length > 0 ? atCaret : onLine;
}

/** @param {EditorView} view @param {Diagnostic[]} problems */
function itemsOf(view, problems) {
  const actions = problems.flatMap(({ actions = [], from, to }) => actions.map(({ name, apply }) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(name);
    button.addEventListener("click", () => {
      close(view);
      apply(view, from, to);
    });
    return button;
  }));
  const pages = new Map(problems.map(({ check = "", page = "" }) => [check, page]));
  return [...actions, ...[...pages].map(([check, page]) => link(`About ${check}`, page))];
}

/** @param {EditorView} view @param {HTMLElement[]} items */
function filled(view, items) {
  const dom = document.createElement("div");
  dom.className = "cm-menu";
  dom.setAttribute("role", "menu");
  dom.setAttribute("aria-label", "Problems here");
  if (items.length === 0) {
    dom.tabIndex = -1;
    dom.append("No problem on this line");
  }
  for (const item of items) {
    item.setAttribute("role", "menuitem");
    item.tabIndex = -1;
    dom.append(item);
  }
  dom.addEventListener("keydown", event => {
    const now = items.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) focusOn(dom, to);
    else if (event.key === "Escape" || event.key === "Tab") close(view);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  dom.addEventListener("focusout", event => {
    const leaves = !dom.contains(/** @type {Node | null} */ (event.relatedTarget));
    // The focus also leaves when the menu is taken away, in the middle of an update.
    if (leaves && view.state.field(menu)) view.dispatch({ effects: show.of(null) });
  });
  return dom;
}

/** @param {HTMLElement} dom @param {number} index wraps at both ends */
function focusOn(dom, index) {
  const items = /** @type {HTMLCollectionOf<HTMLElement>} */ (dom.children);
  const count = items.length;
  (count > 0 ? items[(index + count) % count] : dom).focus({ preventScroll: true });
}

/** @param {EditorView} view */
function close(view) {
  view.dispatch({ effects: show.of(null) });
  view.focus();
}
