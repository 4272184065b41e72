// Contrast by the formula of WCAG 2, from what the browser computed: of texts, and of what has to be seen else.

/** Runs in the page: everything of `dry-run` with less contrast than it needs, in words, and how much was looked at. */
export function lowContrast() {
  const root = document.querySelector("dry-run").shadowRoot;
  const low = [];
  let looked = 0;

  const colour = text => {
    const numbers = text.match(/^rgba?\(([^)]+)\)$/)?.[1].split(/[ ,/]+/).map(Number);
    if (!numbers) throw new Error(`a colour that this test cannot read: ${text}`);
    return numbers.length === 3 ? [...numbers, 1] : numbers;
  };
  const over = ([r, g, b, alpha], below) => [r, g, b].map((part, index) => part * alpha + below[index] * (1 - alpha));
  const luminance = rgb => {
    const [r, g, b] = rgb.map(part => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  const parent = element => element.parentElement ?? element.getRootNode().host;
  /** What lies behind an element: its own ground and those around it. In a drawing the box of the node or label. */
  const ground = element => {
    const layers = [];
    for (let at = element; at; at = parent(at)) {
      const style = getComputedStyle(at);
      const box = at.matches("g.node") ? ".outline" : at.matches("g.pill") ? "rect" : undefined;
      layers.push(colour(box ? getComputedStyle(at.querySelector(box)).fill : style.backgroundColor));
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const isSeen = element => element.getClientRects().length > 0 && element.checkVisibility({ visibilityProperty: true });
  const hold = (what, front, element, least) => {
    looked += 1;
    const back = ground(element);
    const found = ratio(over(colour(front), back), back);
    if (found < least) low.push(`${what}: ${found.toFixed(2)} of ${least}`);
  };

  for (const element of root.querySelectorAll("*")) {
    if (!isSeen(element) || element.closest(":disabled") || element.closest("title, style")) continue;
    const text = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data.trim()).join("");
    const style = getComputedStyle(element);
    if (text) hold(`“${text.slice(0, 30)}” (${element.className.baseVal ?? element.className})`,
      element.matches("svg text") ? style.fill : style.color, element, 4.5);
  }

  // What is seen by its line, and what by its fill; and what each stands on.
  const shapes = [
    [".edge .line", "stroke", ".graph-window"], [".edge .arrow", "fill", ".graph-window"],
    [".node .outline", "stroke", ".graph-window"], [".node .kind", "stroke"], [".node .bar", "fill"], [".node .glyph", "stroke"],
    [".problem-mark .mark", "fill", ".graph-window"], [".icon", "stroke"],
    [".cm-lintRange", "textDecorationColor"], [".cm-lint-marker", "backgroundColor", ".cm-gutters"],
  ];
  for (const [selector, property, behind] of shapes) {
    for (const element of root.querySelectorAll(selector)) {
      if (!isSeen(element) || element.closest(":disabled")) continue;
      const back = (behind && element.closest(behind)) ?? parent(element);
      hold(selector, getComputedStyle(element)[property], back, 3);
    }
  }
  const splitter = root.querySelector(".splitter");
  if (isSeen(splitter)) hold("splitter", getComputedStyle(splitter, "::after").backgroundColor, splitter, 3);
  return { low: [...new Set(low)], looked };
}
