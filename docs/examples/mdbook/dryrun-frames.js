// Frames follow the site's own switch between light and dark, and grow to the height of their graph. Elements need no help.
{
  const frames = () => [...document.querySelectorAll('iframe[src*="dryrun/embed.html"]')];
  const tell = frame => {
    const theme = getComputedStyle(frame).colorScheme === "dark" ? "dark" : "light";
    frame.contentWindow.postMessage({ dryrun: 1, type: "setView", view: { theme } }, location.origin);
  };

  const switched = new MutationObserver(() => frames().forEach(tell));
  for (const root of [document.documentElement, document.body]) switched.observe(root, { attributes: true });

  addEventListener("message", ({ source, data }) => {
    const frame = frames().find(frame => frame.contentWindow === source);
    if (!frame || data?.dryrun !== 1) return;
    // What was said to a frame before it listened is lost.
    if (data.type === "listening") tell(frame);
    if (data.type === "resize") frame.height = data.detail.height;
  });
}
