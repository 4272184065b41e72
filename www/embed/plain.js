// The last way: the text of the config, and why there is no more than that.

import { make } from "./words.js";

/** @param {import("./element.js").Host} host @param {Set<string>} why @returns {import("./element.js").View} */
export function create({ root, tell }, why) {
  const box = make("div", { className: "plain" });
  const reason = make("div", { role: "note" });
  const text = make("pre", { tabIndex: 0 });
  box.append(reason, text);
  root.replaceChildren(box);
  let isTold = false;
  return {
    show(wanted) {
      const { shared, notes } = wanted;
      const told = why.size > 0 ? [...why].join("; ") : "this page was opened as a file, not from a web server";
      reason.textContent = [`Dryrun cannot draw this config here (${told}).`, ...notes, ...(shared.text ? ["This is its text:"] : [])].join(" ");
      text.textContent = shared.text;
      if (!isTold) tell("ready", { mode: "text" });
      isTold = true;
    },
    focusJob() {},
    stop: () => root.replaceChildren(),
  };
}
