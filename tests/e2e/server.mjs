// A static host like any other: no special header, the site under a sub-path, any free port.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";

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

/** Which folder a file comes from, by its name, the query behind it and what the browser sent. @typedef {(name: string, query: string, headers: import("node:http").IncomingHttpHeaders) => string} Where */

/**
 * Serves a folder. Gives the site's address, its origin, the paths that were asked for, the function that has it serve
 * something else from now on, and the one that ends it.
 * @param {string | Where} folder
 * @param {object} [options]
 * @param {string} [options.base]
 * @param {Record<string, string>} [options.extra] files that only the test has, by name
 * @param {Record<string, string> | ((name: string) => Record<string, string>)} [options.headers] what this host sends with every file
 * @param {boolean} [options.gzip] this host compresses
 * @param {string} [options.missing] what it says of a file that is not there, as HTML
 */
export async function serve(folder, { base = "/some/sub-path/", extra = {}, headers = {}, gzip = false, missing } = {}) {
  let serving = folder;
  const asked = [];
  const server = createServer(async (request, response) => {
    const answer = (status, type, body) => {
      const isPacked = gzip && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
      const sent = isPacked ? gzipSync(body) : Buffer.from(body);
      response.writeHead(status, {
        "content-type": type, "content-length": sent.length, "cache-control": "no-cache", ...(isPacked && { "content-encoding": "gzip" }),
        ...(typeof headers === "function" ? headers(name) : headers),
      });
      response.end(sent);
    };
    const gone = () => (missing === undefined ? answer(404, "text/plain", "no such file") : answer(404, TYPES[".html"], missing));
    const { pathname, search } = new URL(request.url, "http://localhost");
    const path = decodeURIComponent(pathname);
    asked.push(path);
    if (`${path}/` === base) return void response.writeHead(301, { location: base }).end();
    const name = path.startsWith(base) ? path.slice(base.length).replace(/(^|\/)$/, "$1index.html") : "";
    const root = normalize(typeof serving === "string" ? serving : serving(name, search, request.headers));
    const file = normalize(join(root, name));
    if (name in extra) return answer(200, TYPES[extname(name)], Buffer.from(extra[name]));
    if (!name || !file.startsWith(root + sep)) return gone();
    try {
      answer(200, TYPES[extname(file)] ?? "application/octet-stream", await readFile(file));
    } catch {
      gone();
    }
  });
  await new Promise(listening => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${server.address().port}`;
  const close = () => new Promise(closed => {
    server.closeAllConnections();
    server.close(closed);
  });
  const publish = (/** @type {string | Where} */ next) => void (serving = next);
  return { origin, url: origin + base, asked, publish, close };
}
