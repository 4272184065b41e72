// What can be written at the caret. The engine says it; here the question is asked and the list shown.
import { autocompletion, closeCompletion, selectedCompletion, startCompletion } from "@codemirror/autocomplete";
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { place, span } from "./places.js";

/** @typedef {[label: string, kind: string, insert: string, detail: string]} Candidate */
/** @typedef {import("./places.js").Range & { candidates: Candidate[] }} Offer */

/** Letters of a word; an answer holds until another one is typed. */
const WORD = /^[\w.*/@-]*$/;
/** Behind these something can begin: a dash, a colon, a bracket, a comma, `<<`, `*` or the start of a line. */
const BEGIN = /(^\s*|- |: |[[{,]\s*|<<\s*|\*|["'])[\w./@-]*$/;

export class Completion {
  /** @type {((offer: Offer | null) => void) | undefined} */
  #waiting;
  extension;

  /** @param {(line: number, column: number) => void} ask the answer comes to `offer` */
  constructor(ask) {
    this.extension = [
      wholeWords,
      autocompletion({
        override: [context => this.#find(context, ask)],
        icons: false,
        // Behind a key, what can be its value is the next question.
        activateOnCompletion: ({ apply }) => typeof apply === "string" && /[ -]$/.test(apply),
      }),
      reopening,
    ];
  }

  /** The answer to the last question; nothing where there is none. @param {Offer | null} offer */
  offer(offer) {
    this.#waiting?.(offer);
    this.#waiting = undefined;
  }

  /**
   * @param {import("@codemirror/autocomplete").CompletionContext} context
   * @param {(line: number, column: number) => void} ask
   */
  async #find(context, ask) {
    const { doc } = context.state;
    const line = doc.lineAt(context.pos);
    const before = doc.sliceString(line.from, context.pos);
    // Typing asks where a word has begun; elsewhere, and in prose, a list would be in the way.
    if (!context.explicit && !(BEGIN.test(before) && /[\w/.*@]$/.test(before))) return null;
    this.offer(null);
    /** @type {Promise<Offer | null>} */
    const answer = new Promise(resolve => {
      this.#waiting = resolve;
      // The answer would be about a text that is gone: CodeMirror asks again for the new one.
      context.addEventListener("abort", () => resolve(null), { onDocChange: true });
    });
    const [number, column] = place(doc, context.pos);
    ask(number, column);
    const offer = await answer;
    if (!offer || !offer.candidates.length || context.aborted) return null;
    return {
      ...span(doc, offer),
      options: offer.candidates.map(([label, type, apply, detail]) => ({ label, type, apply, detail })),
      validFor: WORD,
    };
  }
}

/** Behind a word that is written out Enter means a new line: the list would take it to write the same once more. */
const wholeWords = Prec.highest(keymap.of([{
  key: "Enter",
  run(view) {
    const insert = selectedCompletion(view.state)?.apply;
    const { head } = view.state.selection.main;
    if (typeof insert === "string" && view.state.sliceDoc(Math.max(0, head - insert.length), head) === insert) closeCompletion(view);
    return false;
  },
}]));

/** Deleting a part of a word brings the list back: most often another value is to be put there. */
const reopening = EditorView.updateListener.of(({ state, view, transactions }) => {
  if (!transactions.some(transaction => transaction.isUserEvent("delete.backward"))) return;
  const { head } = state.selection.main;
  const before = state.sliceDoc(state.doc.lineAt(head).from, head);
  // Not from within an update.
  if (/\S/.test(before) && BEGIN.test(before)) setTimeout(() => startCompletion(view));
});
