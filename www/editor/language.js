// The language of the editor: YAML, for colours and folds only. What a text means is the engine's business.
import { yamlLanguage } from "@codemirror/lang-yaml";
import { Language } from "@codemirror/language";
import { NodeType, Parser, Tree } from "@lezer/common";

/**
 * Nesting is read by recursion: ten thousand open brackets can be more than the stack holds. Such a text stays
 * without colours; a parser that throws would keep it out of the editor.
 */
class Guarded extends Parser {
  /** @type {Parser["createParse"]} */
  createParse(input, fragments, ranges) {
    const parse = yamlLanguage.parser.createParse(input, fragments, ranges);
    return {
      advance() {
        try {
          return parse.advance();
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          return new Tree(NodeType.none, [], [], input.length);
        }
      },
      get parsedPos() {
        return parse.parsedPos;
      },
      stopAt: position => parse.stopAt(position),
      get stoppedAt() {
        return parse.stoppedAt;
      },
    };
  }
}

export const language = new Language(yamlLanguage.data, new Guarded(), [], "yaml");
