// Findings in the text: a line under it, a mark in the gutter, a tooltip with the fix. They come from the engine;
// nothing is looked for here.
import { linter, lintGutter, setDiagnostics } from "@codemirror/lint";
import { span } from "./places.js";

/**
 * @typedef {import("./places.js").Range & {
 *   severity: "error" | "warning" | "info" | "hint", message: string, check: string,
 *   fixTitle: string | null, fix: (() => void) | null,
 * }} Problem
 */

/** `linter` without a source: only the field, the underlines and the tooltips. */
export const problems = [linter(null), lintGutter()];

/** @param {import("@codemirror/view").EditorView} view @param {Problem[]} list */
export function showProblems(view, list) {
  const diagnostics = list.map(problem => ({
    ...span(view.state.doc, problem),
    severity: problem.severity,
    message: problem.message,
    source: problem.check,
    actions: problem.fix ? [{ name: problem.fixTitle ?? "Fix", apply: problem.fix }] : [],
  }));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}
