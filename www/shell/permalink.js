// A config and how it is looked at, as the part of an address behind the `#`: browsers send that to nobody.
//
//   #v1=<codec>:<payload>    payload: base64url without padding
//   codec j: JSON in UTF-8, so that any tool can write a link
//   codec z: the same, deflated (zlib): its check sum knows of each character that was changed on the way
//   codec d: deflated without a check sum, in older links
//
// The inflating is the browser's own, so links cost no wasm. Knows no DOM: the page, the embed and tests use it.

/**
 * What a link holds. Everything but the text may be left out; unknown keys are ignored.
 * @typedef {object} Shared
 * @property {string} text
 * @property {string} [name] of the file
 * @property {string} [branch] that was pushed, or
 * @property {string} [tag]
 * @property {string} [trigger_source]
 * @property {string} [schedule] the scheduled workflow that is due, or a schedule's name
 * @property {Record<string, string>} [parameters]
 * @property {Record<string, string>} [continuation_parameters]
 * @property {{ name: string, text: string }} [continuation]
 * @property {{ reference: string, name: string, text: string }[]} [orbs]
 * @property {string} [tab]
 * @property {string} [workflow] the one that is shown
 * @property {string[]} [layers] that are shown
 * @property {string[]} [run] the simulated run: `open`, `warm`, `speed=60`, `fail=JOB`, `duration=JOB=SECONDS`, … (src/app/state/run_words.rs)
 * @property {number[]} [selection] line and UTF-16 column, from 1, of both ends; the caret is at the second
 * @property {number[]} [caret] line and UTF-16 column, from 1
 */

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */

/** A link of more characters is cut by some programs for mail and chat. */
export const LONG = 8_000;

/** The engine's own limit, in bytes of JSON here. */
const LARGEST = 8_000_000;

/** A link that cannot be read. The message is for the reader. */
export class BrokenLink extends Error {}

/** The hash of a link, without the `#`. A [`BrokenLink`] where it holds too much. @param {Shared} shared */
export async function encode(shared) {
  const json = new TextEncoder().encode(JSON.stringify(shared));
  if (json.length > LARGEST) throw tooLarge();
  return `v1=z:${toBase64Url(await deflate(json))}`;
}

/**
 * What the hash of an address holds; nothing where it is no link of ours.
 * @param {string} hash @returns {Promise<Shared | null>}
 */
export async function decode(hash) {
  const parts = /^#?v(\d+)=(.*)$/s.exec(unescaped(hash));
  if (!parts) return null;
  const [, version, rest] = parts;
  if (version !== "1") throw new BrokenLink("it was made by a newer version of Dryrun");
  // A link in a text takes the bracket or the full stop behind it along; other keys may follow one day.
  const [, codec, payload] = /^([jzd]):([\w-]+)[\p{P}\p{S}\s]*(?:&.*)?$/su.exec(rest) ?? [];
  if (!payload) throw damaged();
  const bytes = fromBase64Url(payload);
  return read(codec === "j" ? bytes : await inflate(bytes, codec === "z" ? "deflate" : "deflate-raw"));
}

/** Some programs escape what needs no escape. @param {string} hash */
function unescaped(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}

/** @param {Bytes} json @returns {Shared} */
function read(json) {
  if (json.length > LARGEST) throw tooLarge();
  try {
    return checked(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)));
  } catch (error) {
    throw error instanceof BrokenLink ? error : damaged();
  }
}

/** What is of another shape than it should be is left out. @param {any} value @returns {Shared} */
export function checked(value) {
  if (typeof value?.text !== "string") throw new BrokenLink("there is no config in it");
  return /** @type {Shared} */ (Object.fromEntries(Object.entries(SHAPES).flatMap(([key, fits]) =>
    Object.hasOwn(value, key) && fits(value[key]) ? [[key, value[key]]] : [])));
}

const isText = (/** @type {any} */ value) => typeof value === "string";
const isList = (/** @type {(item: any) => boolean} */ fits) => (/** @type {any} */ value) =>
  Array.isArray(value) && value.every(fits);
const isTable = (/** @type {any} */ value) =>
  value?.constructor === Object && Object.values(value).every(isText);
const isFile = (/** @type {any} */ value) => isText(value?.name) && isText(value.text);
const isOrb = (/** @type {any} */ value) => isFile(value) && isText(value.reference);
const isPlaces = (/** @type {number} */ count) => (/** @type {any} */ value) =>
  isList(number => Number.isInteger(number) && number > 0 && number < 2 ** 31)(value) && value.length === count;

/** @type {Record<keyof Shared, (value: any) => boolean>} */
const SHAPES = {
  text: isText,
  name: isText,
  branch: isText,
  tag: isText,
  trigger_source: isText,
  schedule: isText,
  parameters: isTable,
  continuation_parameters: isTable,
  continuation: isFile,
  orbs: isList(isOrb),
  tab: isText,
  workflow: isText,
  layers: isList(isText),
  run: isList(isText),
  selection: isPlaces(4),
  caret: isPlaces(2),
};

/** @param {Bytes} bytes */
function deflate(bytes) {
  return gather(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate")), Infinity);
}

/** A few bytes may stand for many: what comes out is counted while it comes. @param {Bytes} bytes @param {CompressionFormat} format */
async function inflate(bytes, format) {
  try {
    return await gather(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)), LARGEST);
  } catch (error) {
    throw error instanceof BrokenLink ? error : damaged();
  }
}

/** @param {ReadableStream<Bytes>} stream @param {number} most bytes */
async function gather(stream, most) {
  const reader = stream.getReader();
  const chunks = [];
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    chunks.push(value);
    size += value.length;
    if (size > most) {
      reader.cancel().catch(() => {}); // what is wrong with the rest is of no interest
      throw tooLarge();
    }
  }
}

const tooLarge = () => new BrokenLink("what it holds is over 8 MB");
const damaged = () => new BrokenLink("it is not complete, or was changed on the way");

/** So many characters at a time: each is an argument. A multiple of three bytes, so that the pieces fit together. */
const PIECE = 24_576;

/** @param {Bytes} bytes */
function toBase64Url(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE))));
  }
  return pieces.join("").replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromBase64Url(text) {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(bytes, character => character.charCodeAt(0));
  } catch {
    throw damaged();
  }
}
