// Soft marks behind whole lines: what belongs to the job under the caret or to the selected node.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** @type {import("@codemirror/state").StateEffectType<import("./places.js").Range[]>} */
export const setMarkedLines = StateEffect.define();

const line = Decoration.line({ class: "cm-marked-line" });

export const markedLines = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMarkedLines)) return linesOf(effect.value, transaction.state.doc);
    }
    return marks.map(transaction.changes);
  },
  provide: field => EditorView.decorations.from(field),
});

/** @param {import("./places.js").Range[]} ranges @param {import("@codemirror/state").Text} doc */
function linesOf(ranges, doc) {
  const marks = [];
  for (const { startLine, endLine } of ranges) {
    for (let number = Math.max(startLine, 1); number <= Math.min(endLine, doc.lines); number++) {
      marks.push(line.range(doc.line(number).from));
    }
  }
  return RangeSet.of(marks, true);
}
