// A boot file for the worker. The engine has no known panic, so this one starts the real engine and stands in for it
// where the text says so, with what src/worker/scope.rs would post.

export const BOOT = `
const build = new URL(import.meta.url).search;
const { default: init } = await import("../worker.js" + build);
await init({ module_or_path: new URL("../worker_bg.wasm" + build, import.meta.url) });
const engine = onmessage;
onmessage = event => {
  const question = new TextDecoder().decode(event.data);
  if (question.includes("PANIC")) {
    postMessage("panicked: a made-up panic at src/somewhere.rs:1:1");
    throw new WebAssembly.RuntimeError("unreachable");
  }
  if (question.includes("HANG")) for (;;);
  engine(event);
};`;
