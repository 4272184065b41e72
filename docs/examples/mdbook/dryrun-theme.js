// The embeds follow the site's own switch between light and dark, and a frame grows to the height of its graph.
{
  const frames = () => [...document.querySelectorAll('iframe[src*="dryrun/embed.html"]')];
  const theme = () => (getComputedStyle(document.documentElement).colorScheme === "dark" ? "dark" : "light");
  const tell = frame => frame.contentWindow.postMessage({ dryrun: 1, type: "setView", view: { theme: theme() } }, location.origin);

  const follow = () => {
    for (const embed of document.querySelectorAll("dry-run")) embed.setAttribute("theme", theme());
    frames().forEach(tell);
  };
  new MutationObserver(follow).observe(document.documentElement, { attributeFilter: ["class", "data-bs-theme"] });
  follow();

  addEventListener("message", ({ source, data }) => {
    const frame = frames().find(frame => frame.contentWindow === source);
    if (!frame || data?.dryrun !== 1) return;
    // What was said to a frame before it listened is lost.
    if (data.type === "listening") tell(frame);
    if (data.type === "resize") frame.height = data.detail.height;
  });
}
