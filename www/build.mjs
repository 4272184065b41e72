// Trunk's pre_build hook: makes the JavaScript and the style sheets that Trunk only copies.
//
// generated/boot.js             named by Trunk, which adds a hash
// generated/early.js            copied: the one script that an old page finds beside the files of a newer build
// generated/embed.js            copied: the one file that other people's pages name
// generated/assets/*            copied as they are; loaded with the build's hash as a query (boot.js)
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const www = dirname(fileURLToPath(import.meta.url));
const out = join(www, "generated");

/** The version of Cargo.toml, the only place where it stands. */
async function version() {
  const manifest = await readFile(join(www, "../Cargo.toml"), "utf8");
  const found = /^version = "([^"]+)"/m.exec(manifest);
  if (!found) throw new Error("no version in Cargo.toml");
  return found[1];
}

/** All style sheets of the shadow root as one text: first the tokens, then by name, last the editor's. */
async function shadowStyles() {
  const names = (await readdir(join(www, "styles"))).filter(name => name.endsWith(".css")).sort();
  const first = names.filter(name => name === "tokens.css");
  const panes = [...first, ...names.filter(name => name !== "tokens.css")].map(name => `./styles/${name}`);
  return [...panes, "./editor/editor.css"].map(path => `@import ${JSON.stringify(path)};`).join("\n");
}

/** The lessons there are, with their titles and how many steps they have: what the list of them shows. */
async function lessons() {
  const folder = join(www, "lessons");
  const ids = (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isDirectory()).map(entry => entry.name);
  return Promise.all(ids.sort().map(async id => {
    const text = (await readFile(join(folder, id, "lesson.md"), "utf8")).replace(/^\uFEFF/, "");
    // Without the blocks of code, in which `#` is a comment: see src/lesson/prose.rs.
    const lines = text.replace(/^ *(`{3,}|~{3,}).*\n(?:.*\n)*? *\1[`~]* *\r?$/gm, "").split("\n");
    const title = lines.find(line => line.startsWith("# "))?.slice(2).trim() ?? id;
    return { id, title, steps: lines.filter(line => line.startsWith("## ")).length };
  }));
}

const common = {
  absWorkingDir: www,
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
};

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "assets"), { recursive: true });
await writeFile(join(out, "assets/lessons.json"), JSON.stringify(await lessons()));
await Promise.all([
  // A classic script: it has to block the first frame.
  build({ ...common, entryPoints: ["shell/early.js"], format: "iife", outdir: out }),
  build({
    ...common,
    entryPoints: ["shell/boot.js"],
    format: "esm",
    outdir: out,
    define: { DRYRUN_VERSION: JSON.stringify(await version()) },
  }),
  build({
    ...common,
    bundle: false,
    entryPoints: ["shell/worker-boot.js", "shell/sketch-boot.js"],
    format: "esm",
    outdir: join(out, "assets"),
  }),
  // A classic script: pages of other origins may load it.
  build({ ...common, entryPoints: ["embed/embed.js"], format: "iife", outdir: out }),
  build({
    ...common,
    entryPoints: ["graph", "app", "page"].map(name => ({ in: `embed/${name}.js`, out: `embed-${name}` })),
    format: "esm",
    outdir: join(out, "assets"),
    loader: { ".css": "text" },
    define: { DRYRUN_VERSION: JSON.stringify(await version()) },
  }),
  // Only where somebody shares.
  build({ ...common, entryPoints: ["shell/share.js"], format: "esm", outdir: join(out, "assets") }),
  // Only where the address asks for a lesson.
  build({ ...common, entryPoints: ["lesson/lesson.js"], format: "esm", outdir: join(out, "assets"), loader: { ".css": "text" } }),
  // Search is opened rarely: `splitting` gives it a file of its own.
  build({ ...common, entryPoints: ["editor/editor.js"], format: "esm", splitting: true, outdir: join(out, "assets") }),
  build({
    ...common,
    stdin: { contents: await shadowStyles(), loader: "css", resolveDir: www, sourcefile: "shadow.css" },
    outfile: join(out, "assets/shadow.css"),
  }),
]);
