// Findings in the text: a line under it, a mark in the gutter, a tooltip with the fix. They come from the engine;
// nothing is looked for here.
import { linter, lintGutter, setDiagnostics } from "@codemirror/lint";
import { span } from "./places.js";

/**
 * `fix` is what the button of its fix says; nothing where there is none.
 * @typedef {import("./places.js").Range & {
 *   severity: "error" | "warning" | "info" | "hint", message: string, check: string, index: number, fix?: string | null,
 *   ignorable?: boolean,
 * }} Problem
 */

/** `linter` without a source: only the field, the underlines and the tooltips. */
export const problems = [linter(null), lintGutter()];

/**
 * @param {import("@codemirror/view").EditorView} view @param {Problem[]} list
 * @param {Pick<import("./editor.js").Options, "mend" | "checks">} options
 */
export function showProblems(view, list, { mend, checks }) {
  const diagnostics = list.map(problem => ({
    ...span(view.state.doc, problem),
    severity: problem.severity,
    message: problem.message,
    renderMessage: () => rendered(problem, checks),
    actions: [
      ...(problem.fix ? [{ name: problem.fix, apply: () => mend(problem.index, false) }] : []),
      ...(problem.ignorable ? [{ name: "Ignore here", apply: () => mend(problem.index, true) }] : []),
    ],
    page: `${checks}${problem.check}.html`,
    check: problem.check,
  }));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

/** The message, and the way to the page about its check. @param {Problem} problem @param {string} checks */
function rendered({ message, check }, checks) {
  const whole = document.createElement("span");
  whole.append(prose(message), link(check, `${checks}${check}.html`));
  return whole;
}

/** Names in backticks are set as code. @param {string} text */
function prose(text) {
  const whole = document.createElement("span");
  for (const [index, part] of text.split("`").entries()) {
    if (index % 2 === 0) whole.append(part);
    else whole.appendChild(document.createElement("code")).append(part);
  }
  return whole;
}

/** @param {string} words @param {string} address */
export function link(words, address) {
  const made = document.createElement("a");
  made.className = "cm-check";
  made.href = address;
  made.target = "_blank";
  made.append(words);
  return made;
}
