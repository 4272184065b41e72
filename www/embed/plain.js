// The last way: the text of the config, and why there is no more than that.

/** @param {import("./element.js").Host} host @param {string[]} why @returns {import("./element.js").View} */
export function create({ root, tell }, why) {
  const box = document.createElement("div");
  box.className = "plain";
  const reason = document.createElement("div");
  reason.setAttribute("role", "note");
  reason.textContent = `Dryrun cannot draw this config here (${why.join("; ")}). This is its text:`;
  const text = document.createElement("pre");
  text.tabIndex = 0;
  box.append(reason, text);
  root.replaceChildren(box);
  let isTold = false;
  return {
    show(wanted) {
      text.textContent = wanted.shared.text;
      if (!isTold) tell("ready", { mode: "text" });
      isTold = true;
    },
    focusJob() {},
    stop: () => root.replaceChildren(),
  };
}
