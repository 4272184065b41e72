// Where the next line begins when Enter is pressed behind a key that waits for its value: where that stands already,
// else one level further in, as is usual in CircleCI's configs. The rest is the language's.
import { indentService, indentUnit } from "@codemirror/language";

/** So many blank lines may stand between a key and its value. */
const BLANK = 20;

/** What stands on the first line below that is not blank. @param {import("@codemirror/state").Text} doc @param {number} number */
function below(doc, number) {
  for (let at = number + 1; at <= Math.min(doc.lines, number + BLANK); at++) {
    const { text } = doc.line(at);
    if (text.trim() !== "") return { indent: text.search(/\S/), isItem: /^\s*-\s/.test(text) };
  }
  return null;
}

export const indentation = indentService.of(({ state, simulatedBreak }, position) => {
  if (simulatedBreak !== position) return undefined;
  const line = state.doc.lineAt(position);
  const [before, after] = [line.text.slice(0, position - line.from), line.text.slice(position - line.from)];
  if (!/:(\s+[|>][-+0-9]*)?(\s+#.*)?\s*$/.test(before)) return undefined;
  // A key behind the dash of a list stands further in than its line.
  const column = /^\s*(?:-\s+)*/.exec(before)?.[0].length ?? 0;
  const next = after.trim() === "" ? below(state.doc, line.number) : null;
  const isValue = next && (next.indent > column || (next.isItem && next.indent === column));
  return isValue ? next.indent : column + state.facet(indentUnit).length;
});
