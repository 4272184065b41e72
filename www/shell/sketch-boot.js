// Runs in the worker of the embed's graph mode: starts the small engine, as worker-boot.js does the whole one.
const wanted = new URL(import.meta.url).search;
const { default: init, build } = await import("../sketch.js" + wanted);
if (wanted === `?v=${build}`) await init({ module_or_path: new URL("../sketch_bg.wasm" + wanted, import.meta.url) });
else postMessage("replaced");
