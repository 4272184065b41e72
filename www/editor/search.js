// The search panel, loaded at its first use.
import { openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { StateEffect } from "@codemirror/state";
import { keymap } from "@codemirror/view";

/** @type {WeakSet<import("@codemirror/view").EditorView>} */
const ready = new WeakSet();

/** @param {import("@codemirror/view").EditorView} view */
export function open(view) {
  if (!ready.has(view)) {
    ready.add(view);
    view.dispatch({ effects: StateEffect.appendConfig.of([search({ top: true }), keymap.of(searchKeymap)]) });
  }
  openSearchPanel(view);
}
