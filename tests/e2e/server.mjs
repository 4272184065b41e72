// A static host like any other: no special header, the site under a sub-path, any free port.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".yml": "text/yaml; charset=utf-8",
};

/**
 * Serves `folder`. Gives the site's address, its origin, the paths that were asked for, and the function that ends it.
 * @param {string} folder
 * @param {{ base?: string, extra?: Record<string, string>, headers?: Record<string, string> }} [options]
 *   `extra`: files that only the test has, by name; `headers`: what this host sends with every file
 */
export async function serve(folder, { base = "/some/sub-path/", extra = {}, headers = {} } = {}) {
  const root = normalize(folder);
  const asked = [];
  const server = createServer(async (request, response) => {
    const answer = (status, type, body) => {
      response.writeHead(status, { "content-type": type, "content-length": body.length, "cache-control": "no-cache", ...headers });
      response.end(body);
    };
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    asked.push(path);
    const name = path.startsWith(base) ? path.slice(base.length).replace(/(^|\/)$/, "$1index.html") : "";
    const file = normalize(join(root, name));
    if (name in extra) return answer(200, TYPES[extname(name)], Buffer.from(extra[name]));
    if (!name || !file.startsWith(root + sep)) return answer(404, "text/plain", "no such file");
    try {
      answer(200, TYPES[extname(file)] ?? "application/octet-stream", await readFile(file));
    } catch {
      answer(404, "text/plain", "no such file");
    }
  });
  await new Promise(listening => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => new Promise(closed => {
    server.closeAllConnections();
    server.close(closed);
  });
  return { origin, url: origin + base, asked, close };
}
