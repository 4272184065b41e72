// The editor as the app sees it: CodeMirror behind a small port. It owns the text and knows nothing of CircleCI.
//
// Lines count from 1, columns are UTF-16 columns and count from 1, an end is behind the last character. Places
// beyond the text are moved to its end: an answer may be older than the text.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers,
} from "@codemirror/view";
import { colours } from "./colours.js";
import { Completion } from "./completion.js";
import { indentation } from "./indent.js";
import { language } from "./language.js";
import { markedLines, setMarkedLines } from "./marks.js";
import { menu, openMenu } from "./menu.js";
import { problems, showProblems } from "./problems.js";
import { offset, place, span } from "./places.js";
import { typingOverSelection } from "./typing.js";
import { rewrite, withoutMark, writing, written } from "./writing.js";

/** @typedef {import("./places.js").Range} Range */
/** @typedef {import("./problems.js").Problem} Problem */
/**
 * @typedef {object} Options
 * @property {string} text
 * @property {(text: string) => void} changed hears of every change of the text, whoever made it
 * @property {(line: number, column: number) => void} caret hears of every move of the caret
 * @property {(index: number, ignore: boolean) => void} mend is asked to mend the problem with this index, or to
 *   have it ignored
 * @property {string} checks address of the folder of the pages about the checks
 * @property {(line: number, column: number) => void} complete asks what can be written there; `offer` answers
 * @property {boolean} [readonly] the reader cannot change the text
 */

/** @param {HTMLElement} parent @param {Options} options */
export function create(parent, options) {
  return new Editor(parent, options);
}

export class Editor {
  #view;
  #options;
  #completion;

  /** @param {HTMLElement} parent @param {Options} options */
  constructor(parent, options) {
    this.#options = options;
    const { text, changed, caret, complete } = options;
    this.#completion = new Completion(complete);
    const listener = EditorView.updateListener.of(update => {
      if (update.docChanged) changed(this.text());
      if (update.docChanged || update.selectionSet) {
        const [line, column] = place(update.state.doc, update.state.selection.main.head);
        caret(line, column);
      }
    });
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: withoutMark(text),
        extensions: [this.#completion.extension, surface, writing(text), listener, EditorState.readOnly.of(options.readonly ?? false)],
      }),
    });
  }

  /** The text as it would stand in a file: with its own line endings and byte order mark. */
  text() {
    return written(this.#view.state);
  }

  /** Puts another document in place of this one; one undo brings the old text back. @param {string} text */
  replace(text) {
    this.#view.dispatch({
      changes: { from: 0, to: this.#view.state.doc.length, insert: withoutMark(text) },
      selection: { anchor: 0 },
      effects: [rewrite(text), EditorView.scrollIntoView(0)],
      // Undo takes back what is typed next before this.
      annotations: isolateHistory.of("full"),
      userEvent: "input.replace",
    });
  }

  /**
   * Makes all edits as one step, which one undo takes back whatever is typed next; they do not overlap. The caret
   * stays with its text, the focus comes here.
   * @param {(Range & { text: string })[]} edits
   */
  edit(edits) {
    if (this.#view.state.readOnly) return;
    const { doc } = this.#view.state;
    const changes = edits.map(edit => ({ ...span(doc, edit), insert: edit.text }));
    const first = Math.min(...changes.map(change => change.from));
    this.#view.dispatch({
      changes,
      effects: EditorView.scrollIntoView(first, { y: "nearest", yMargin: 40 }),
      annotations: isolateHistory.of("full"),
      userEvent: "input.fix",
    });
    this.#view.focus();
  }

  /** What can be written where it was asked for. @param {import("./completion.js").Offer | null} offer */
  offer(offer) {
    this.#completion.offer(offer);
  }

  /** @param {Problem[]} list */
  diagnostics(list) {
    showProblems(this.#view, list, this.#options);
  }

  /** Marks whole lines softly: the job under the caret. @param {Range[]} ranges */
  mark(ranges) {
    this.#view.dispatch({ effects: setMarkedLines.of(ranges) });
  }

  /**
   * Selects the range, caret at its start, and scrolls that to the middle.
   * @param {number} startLine @param {number} startColumn @param {number} endLine @param {number} endColumn @param {boolean} focus
   */
  reveal(startLine, startColumn, endLine, endColumn, focus) {
    const { doc } = this.#view.state;
    const from = offset(doc, startLine, startColumn);
    const to = offset(doc, endLine, endColumn);
    this.#view.dispatch({
      selection: { anchor: Math.max(from, to), head: from },
      effects: EditorView.scrollIntoView(from, { y: "center" }),
      userEvent: "select",
    });
    if (focus) this.#view.focus();
  }

  /** Lines and columns of what is selected, or of the caret where nothing is. */
  selection() {
    const { doc, selection: { main: { from, to } } } = this.#view.state;
    const start = place(doc, from);
    return from === to ? { caret: start } : { selection: [...start, ...place(doc, to)] };
  }

  focus() {
    this.#view.focus();
  }

  destroy() {
    this.#view.destroy();
  }
}

/** Its file is gone, as after an update of the host. */
let lacksSearch = false;

/** Search is opened rarely: a file of its own, fetched at the first use. @param {EditorView} view */
function search(view) {
  // The browser's own finds what is in sight.
  if (lacksSearch) return false;
  import("./search.js").then(({ open }) => open(view), () => {
    lacksSearch = true;
    view.dispatch({ effects: EditorView.announce.of("Search did not load: press again for that of the browser.") });
  });
  return true;
}

/** Everything that does not depend on one document. */
const surface = [
  lineNumbers(),
  foldGutter({ openText: "▾", closedText: "▸" }),
  codeFolding(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  indentOnInput(),
  indentation,
  indentUnit.of("  "),
  EditorState.tabSize.of(8), // YAML forbids tabs for indentation: let one be seen
  bracketMatching(),
  closeBrackets(),
  language,
  colours,
  markedLines,
  problems,
  menu,
  typingOverSelection,
  // Tab indents; CodeMirror lets the Tab after an Escape leave.
  keymap.of([
    { key: "Mod-f", run: search },
    { key: "Mod-.", run: openMenu },
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...historyKeymap,
    ...foldKeymap,
    indentWithTab,
  ]),
  EditorView.contentAttributes.of({
    "aria-label": "Config. Tab indents; press Escape and then Tab to leave the editor.",
    spellcheck: "false",
    tabindex: "0", // editable text has the focus without it, but is not known to by every tool
  }),
];
