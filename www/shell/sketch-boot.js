// Runs in the worker of the embed's graph mode: starts the small engine, as worker-boot.js does the whole one.
const build = new URL(import.meta.url).search;
const { default: init } = await import("../sketch.js" + build);
await init({ module_or_path: new URL("../sketch_bg.wasm" + build, import.meta.url) });
