// Runs in the worker: starts the engine. The query (the build's hash) is handed on. A host that has another build by now
// knows nothing of queries: then the engine would not understand the page that asks.
const wanted = new URL(import.meta.url).search;
const { default: init, build } = await import("../worker.js" + wanted);
if (wanted === `?v=${build}`) await init({ module_or_path: new URL("../worker_bg.wasm" + wanted, import.meta.url) });
else postMessage("replaced");
