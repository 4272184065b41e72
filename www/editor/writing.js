// How a text is written down: its line ending and its byte order mark. CodeMirror counts every line break as one
// character and would show the mark as a dot.

const MARK = "\uFEFF";

/** @typedef {{ ending: "\n" | "\r\n" | "\r", mark: boolean }} Writing */

/**
 * The ending most lines have; a text that mixes them leaves the editor with this one throughout.
 * @param {string} text @returns {Writing}
 */
export function endingOf(text) {
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

/** @param {string} text with line feeds @param {Writing} writing */
export function written(text, { ending, mark }) {
  const lines = ending === "\n" ? text : text.replaceAll("\n", ending);
  return mark ? MARK + lines : lines;
}
