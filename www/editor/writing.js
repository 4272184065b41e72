// How a text is written down: its line ending and its byte order mark. CodeMirror counts every line break as one
// character and would show the mark as a dot.
import { invertedEffects } from "@codemirror/commands";
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

const MARK = "\uFEFF";

/** @typedef {{ ending: "\n" | "\r\n" | "\r", mark: boolean }} Writing */

/**
 * The ending most lines have; a text that mixes them leaves the editor with this one throughout.
 * @param {string} text @returns {Writing}
 */
function writingOf(text) {
  const pairs = text.match(/\r\n/g)?.length ?? 0;
  const feeds = (text.match(/\n/g)?.length ?? 0) - pairs;
  const returns = (text.match(/\r/g)?.length ?? 0) - pairs;
  const ending = pairs > feeds && pairs >= returns ? "\r\n" : returns > feeds ? "\r" : "\n";
  return { ending, mark: text.startsWith(MARK) };
}

/** @param {string} text */
export function withoutMark(text) {
  return text.startsWith(MARK) ? text.slice(MARK.length) : text;
}

/** @type {import("@codemirror/state").StateEffectType<Writing>} */
const change = StateEffect.define();

/** The writing of the document in the editor. */
const field = StateField.define({
  create: () => writingOf(""),
  update: (writing, transaction) => transaction.effects.find(effect => effect.is(change))?.value ?? writing,
});

/** An extension that starts with the writing of `text`; undo brings an earlier one back, and copies have it too. */
export function writing(/** @type {string} */ text) {
  return [
    field.init(() => writingOf(text)),
    invertedEffects.of(({ effects, startState }) =>
      effects.some(effect => effect.is(change)) ? [change.of(startState.field(field))] : []),
    EditorView.clipboardOutputFilter.of((copied, state) => copied.replaceAll("\n", state.field(field).ending)),
  ];
}

/** For a transaction that puts `text` in place of the document. @param {string} text */
export function rewrite(text) {
  return change.of(writingOf(text));
}

/** The document as it would stand in a file. @param {import("@codemirror/state").EditorState} state */
export function written(state) {
  const { ending, mark } = state.field(field);
  // `doc.toString()` joins with line feeds.
  const text = state.doc.toString();
  const lines = ending === "\n" ? text : text.replaceAll("\n", ending);
  return mark ? MARK + lines : lines;
}
