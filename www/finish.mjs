// Trunk's post_build hook: minifies wasm-bindgen's glue (release only) and writes the build's hash into the page.
//
// Trunk hashes app.js over the wasm as cargo left it, and the worker's files and our assets not at all. One hash
// over everything, given to each of them as a query, keeps an old file from meeting a new one in a cache.
import { createHash } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";

const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) throw new Error("finish.mjs is a hook of Trunk: TRUNK_STAGING_DIR is not set");

const names = (await readdir(staging, { recursive: true })).sort();

if (process.env.TRUNK_PROFILE === "release") {
  for (const name of names.filter(name => /^(app-[0-9a-f]+|worker|sketch|lessons)\.js$/.test(name))) {
    const source = await readFile(join(staging, name), "utf8");
    const { code } = await transform(source, { minify: true, format: "esm", target: "es2022", legalComments: "none" });
    await writeFile(join(staging, name), code);
  }
}

const hash = createHash("sha256");
for (const name of names.filter(name => /\.(js|wasm|css|json)$/.test(name))) {
  hash.update(name).update(await readFile(join(staging, name)));
}
const build = hash.digest("hex").slice(0, 16);

/** Puts the names of this build into a file. @param {string} name @param {[before: string, after: string][]} pairs */
async function fill(name, pairs) {
  const source = await readFile(join(staging, name), "utf8");
  const filled = pairs.reduce((text, [before, after]) => text.replaceAll(before, after), source);
  if (filled === source) throw new Error(`${name} has none of ${pairs.map(([before]) => before).join(", ")} to fill in`);
  await writeFile(join(staging, name), filled);
}

const app = names.find(name => /^app-[0-9a-f]+\.js$/.test(name));
const wasm = names.find(name => /^app-[0-9a-f]+_bg\.wasm$/.test(name));
if (!app || !wasm) throw new Error("Trunk wrote no app");
await fill("index.html", [['data-build=""', `data-build="${build}"`], ["@build@", build]]);
// Those keep their names, so that other people's pages can name them: they ask for the rest by this build.
for (const name of ["embed.js", "embed.html"]) await fill(name, [["@build@", build]]);
for (const name of ["assets/embed-graph.js", "assets/embed-app.js"]) {
  await fill(name, [["@build@", build], ["@app@", app], ["@wasm@", wasm]]);
}
// And those say which build they are of to whoever asks for them: see importOwn in shell/playground.js.
for (const name of ["worker.js", "sketch.js", "assets/editor.js", "assets/lesson.js", "assets/share.js"]) {
  const source = await readFile(join(staging, name), "utf8");
  await writeFile(join(staging, name), `${source}\nconst dryrunBuild = "${build}";\nexport { dryrunBuild as build };\n`);
}
