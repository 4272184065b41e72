// Lines and columns of the engine against offsets of CodeMirror.

/** @typedef {{ startLine: number, startColumn: number, endLine: number, endColumn: number }} Range */
/** @typedef {import("@codemirror/state").Text} Text */

/** @param {Text} doc @param {number} line from 1 @param {number} column from 1, in UTF-16 units */
export function offset(doc, line, column) {
  if (line > doc.lines) return doc.length;
  const found = doc.line(Math.max(line, 1));
  return Math.min(found.from + Math.max(column - 1, 0), found.to);
}

/** Line and column, from 1. @param {Text} doc @param {number} at */
export function place(doc, at) {
  const line = doc.lineAt(at);
  return [line.number, at - line.from + 1];
}

/** @param {Text} doc @param {Range} range */
export function span(doc, range) {
  const from = offset(doc, range.startLine, range.startColumn);
  const to = offset(doc, range.endLine, range.endColumn);
  return { from, to: Math.max(from, to) };
}
