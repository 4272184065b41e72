// An iframe of embed.html that is spoken to in messages: docs/embedding-api.md has them all.
import { DRESS, EVENTS, heightOf, make } from "./words.js";

/** How long the frame may take until it is heard of. */
const PATIENCE = 15_000;

/** Where a frame is refused, there is a policy that says so. */
const DIRECTIVES = ["frame-src", "child-src", "default-src"];

/** @param {import("./element.js").Host} host @returns {import("./element.js").View} */
export function create({ element, root, at, tell, fail }) {
  const address = new URL(at("embed.html"));
  address.searchParams.set("parent-origin", location.origin);
  address.searchParams.set("wait", "");
  const frame = make("iframe", { title: "The config in Dryrun", allow: "clipboard-write", height: "160", src: address.href });
  /** @type {import("./element.js").Wanted | undefined} */
  let wanted;
  let isHeard = false;
  let isFixed = false;
  let runs = false;
  let worn = "";
  /** What it has been told: what is chosen in it is not to be lost because of something else. */
  let [shown, seen] = ["", /** @type {Record<string, unknown>} */ ({})];
  // A file has no origin that could be named.
  const target = address.origin === "null" ? "*" : address.origin;

  const say = (/** @type {object} */ message) => frame.contentWindow?.postMessage({ dryrun: 1, ...message }, target);
  const init = () => {
    if (!isHeard || !wanted) return;
    const { shared, job = null, notes, dark, run: _, ...rest } = wanted;
    const height = heightOf(wanted, element.clientWidth);
    isFixed = height !== "";
    if (isFixed) frame.height = height;
    dress();
    // The frame does not see what is around it.
    const theme = (rest.theme ?? "auto") === "auto" ? (dark ? "dark" : "light") : rest.theme;
    const all = { ...rest, job, theme, height: isFixed ? height : rest.height };
    const view = Object.fromEntries(Object.entries(all).filter(([name, value]) => String(value) !== String(seen[name])));
    const text = JSON.stringify([shared, notes]);
    say(text === shown ? { type: "setView", view } : { type: "init", shared, notes, view });
    [shown, seen] = [text, all];
    if (runs) say({ type: "runSimulation" });
    runs = false;
  };
  /** Hands over what the page's styles say of the element, where that is new. */
  const dress = () => {
    const computed = getComputedStyle(element);
    const style = Object.fromEntries(DRESS.map(name => [name, computed.getPropertyValue(`--dryrun-${name}`).trim()]));
    const wears = JSON.stringify(style);
    if (isHeard && wears !== worn) say({ type: "setStyle", style });
    worn = isHeard ? wears : "";
  };
  // A page that has a switch for its theme marks that there.
  const switched = new MutationObserver(() => dress());
  for (const marked of [document.documentElement, document.body, element]) switched.observe(marked, { attributes: true });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", dress);
  /** @param {MessageEvent} event */
  const hear = ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== address.origin || data?.dryrun !== 1) return;
    if (data.type === "listening") {
      isHeard = true;
      [shown, seen] = ["", {}];
      clearTimeout(timer);
      init();
    } else if (data.type === "resize" && Number.isFinite(data.detail?.height)) {
      if (!isFixed) frame.height = String(Math.min(Math.ceil(data.detail.height), 20_000));
      tell("resize", data.detail);
    } else if (EVENTS.includes(data.type)) tell(data.type, data.detail);
  };
  /** @param {SecurityPolicyViolationEvent} event */
  const refuse = ({ effectiveDirective, blockedURI }) => {
    const isOurs = blockedURI.startsWith(address.origin) || blockedURI.startsWith("blob");
    if (DIRECTIVES.includes(effectiveDirective) && isOurs) fail("this page allows no frame");
  };
  const timer = setTimeout(() => fail("its frame did not load"), PATIENCE);
  addEventListener("message", hear);
  document.addEventListener("securitypolicyviolation", refuse);
  root.replaceChildren(frame);
  return {
    show(next) {
      wanted = next;
      runs ||= next.run;
      init();
    },
    focusJob: job => say({ type: "focusJob", job }),
    stop() {
      clearTimeout(timer);
      switched.disconnect();
      scheme.removeEventListener("change", dress);
      removeEventListener("message", hear);
      document.removeEventListener("securitypolicyviolation", refuse);
      frame.remove();
    },
  };
}
