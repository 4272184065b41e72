// Classes for the parts of the text; the colours are in editor.css, so that both themes share them.
import { HighlightStyle, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { Decoration, EditorView, MatchDecorator, ViewPlugin } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const style = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), class: "code-key" },
  { tag: [tags.string, tags.special(tags.string)], class: "code-string" },
  { tag: tags.lineComment, class: "code-comment" },
  { tag: [tags.labelName, tags.typeName], class: "code-anchor" },
  { tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace, tags.meta], class: "code-punctuation" },
]);

/**
 * What YAML's grammar does not tell apart: `<< … >>` (with Mustache sections) and `${…}` anywhere, numbers and
 * words like `true` where they are a whole scalar.
 */
const finer = new MatchDecorator({
  regexp: /<<(?!:)[^<>\n]*>>|\$\{[^}\n]*\}|(?<=^|[\s,[{])(?:true|false|yes|no|on|off|null|~|[-+]?\d[\d_]*(?:\.\d+)*)(?=$|[\s,\]}])/gi,
  decorate(add, from, to, match, view) {
    const text = match[0];
    if (text.startsWith("<<") || text.startsWith("${")) return add(from, to, template);
    const node = syntaxTree(view.state).resolveInner(from, 1);
    if (node.name !== "Literal" || node.from !== from || node.to !== to || node.parent?.name === "Key") return;
    add(from, to, /\d/.test(text) ? number : word);
  },
});
const template = Decoration.mark({ class: "code-template" });
const number = Decoration.mark({ class: "code-number" });
const word = Decoration.mark({ class: "code-word" });

/** The tree arrives piece by piece, so the marks are made again when it has grown. */
const finerMarks = ViewPlugin.fromClass(
  class {
    /** @param {EditorView} view */
    constructor(view) {
      this.marks = finer.createDeco(view);
    }
    /** @param {import("@codemirror/view").ViewUpdate} update */
    update(update) {
      const grown = syntaxTree(update.state) !== syntaxTree(update.startState);
      this.marks = grown ? finer.createDeco(update.view) : finer.updateDeco(update, this.marks);
    }
  },
  { decorations: plugin => plugin.marks },
);

export const colours = [syntaxHighlighting(style), finerMarks];
