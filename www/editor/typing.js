// Text typed over a selection is put in here. Left to the browser, it would take the look of the removed letters
// along in `style=` attributes, which the page's policy refuses and reports.
import { EditorView } from "@codemirror/view";

export const typingOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { state, composing } = view;
    const text = event.data;
    const { from, to, empty } = state.selection.main;
    if (event.inputType !== "insertText" || text === null || empty || composing || state.readOnly) return false;
    const insert = () =>
      state.update(state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
    // As CodeMirror does with what it reads back from the browser: brackets and quotes go around the selection.
    const isTaken = state.facet(EditorView.inputHandler).some(take => take(view, from, to, text, insert));
    if (!isTaken) view.dispatch(insert());
    return true;
  },
});
