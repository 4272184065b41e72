// Another build beside the one under test: what a host has after an update.
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { DIST } from "./browser.mjs";

/** What changes from build to build: the hash of a name, and the number behind the `?`. */
const HASH = /(?<=-)(?:[0-9a-f]{16}|[0-9A-Z]{8})(?=\.|_bg\.)/;

/** @param {string} folder */
export async function buildOf(folder) {
  return /data-build="(\w+)"/.exec(await readFile(join(folder, "index.html"), "utf8"))[1];
}

/** A copy of the build under test in which every name that may change has changed. Gives its folder, and its removal. */
export async function anotherBuild() {
  const folder = await mkdtemp(join(tmpdir(), "dryrun-build-"));
  await cp(DIST, folder, { recursive: true });
  const names = (await readdir(folder, { recursive: true })).filter(name => extname(name));
  const hashes = new Set([await buildOf(DIST), ...names.flatMap(name => HASH.exec(basename(name)) ?? [])]);
  const turned = text => [...hashes].reduce((text, hash) => text.replaceAll(hash, [...hash].reverse().join("")), text);
  for (const name of names) {
    const file = join(folder, name);
    if (/\.(js|html)$/.test(name)) await writeFile(file, turned(await readFile(file, "utf8")));
    if (turned(name) !== name) await rename(file, join(folder, turned(name)));
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
