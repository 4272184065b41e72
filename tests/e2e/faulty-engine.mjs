// Boot files for the workers. The engine has no known panic, so these start the real engine and stand in for it where
// the text says so, with what src/worker/scope.rs would post.

/** @param {string} name of the wasm @param {string} text of a question, as an expression */
const boot = (name, text) => `
const build = new URL(import.meta.url).search;
const { default: init } = await import("../${name}.js" + build);
await init({ module_or_path: new URL("../${name}_bg.wasm" + build, import.meta.url) });
const engine = onmessage;
onmessage = event => {
  const question = ${text};
  if (question.includes("PANIC")) {
    postMessage("panicked: a made-up panic at src/somewhere.rs:1:1");
    throw new WebAssembly.RuntimeError("unreachable");
  }
  if (question.includes("HANG")) for (;;);
  // What a lesson asks is known by its first byte: see src/worker/message.rs. It waits until the test has it go on.
  if (question.includes("HOLD") && event.data[0] === 1) {
    const test = new BroadcastChannel("test");
    test.onmessage = () => engine(event);
    test.postMessage("held");
    return;
  }
  engine(event);
};`;

/** In place of assets/worker-boot.js. */
export const BOOT = boot("worker", "new TextDecoder().decode(event.data)");

/** In place of assets/sketch-boot.js. */
export const SKETCH_BOOT = boot("sketch", "JSON.stringify(event.data)");
