// Runs in the worker: starts the engine. The query (the build's hash) is handed on, so that no stale file mixes in.
const build = new URL(import.meta.url).search;
const { default: init } = await import("../worker.js" + build);
await init({ module_or_path: new URL("../worker_bg.wasm" + build, import.meta.url) });
