// Files in and out: download, file picker, drop. Nothing is sent anywhere.

/** The engine's own limit. */
const LARGEST = 8_000_000;

/** @typedef {{ name: string, text: string }} Opened */
/** A file that cannot be opened; the message is for the reader. */
class Refused extends Error {}

/** Writes `text` to the reader's disk. @param {string} name @param {string} type @param {string} text */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The click has only been queued; the address must outlive it.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param {File} file @returns {Promise<Opened>} */
async function read(file) {
  if (file.size > LARGEST) {
    const size = (file.size / 1_000_000).toFixed(1);
    throw new Refused(`${file.name} is ${size} MB; Dryrun reads files of up to 8 MB.`);
  }
  const bytes = await file.arrayBuffer().catch(() => {
    throw new Refused(`${file.name} could not be read.`);
  });
  try {
    // The byte order mark is part of the text: it goes back into a download.
    return { name: file.name, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    throw new Refused(`${file.name} is not a text file in UTF-8.`);
  }
}

/**
 * The file, or nothing: then `refused` has heard why.
 * @param {File} file @param {(message: string) => void} refused @returns {Promise<Opened | null>}
 */
function readOrRefuse(file, refused) {
  return read(file).catch(error => {
    if (!(error instanceof Refused)) throw error;
    refused(error.message);
    return null;
  });
}

/**
 * Asks for a file. Nothing when the reader thinks better of it, or the file was refused.
 * @param {string} accept @param {(message: string) => void} refused @returns {Promise<Opened | null>}
 */
export function pick(accept, refused) {
  return new Promise((done, fail) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = accept;
    input.addEventListener("cancel", () => done(null));
    input.addEventListener("change", () => {
      const file = input.files?.[0];
      if (file) readOrRefuse(file, refused).then(done, fail);
      else done(null);
    });
    input.click();
  });
}

/**
 * Takes files dropped on `area`, before the editor would paste them. Gives the function that stops it.
 * @param {EventTarget} area
 * @param {(name: string, text: string) => void} opened
 * @param {(message: string) => void} refused
 */
export function onDrop(area, opened, refused) {
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  const carriesFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  area.addEventListener("dragover", event => {
    if (carriesFiles(/** @type {DragEvent} */ (event))) event.preventDefault();
  }, options);
  area.addEventListener("drop", async event => {
    const drag = /** @type {DragEvent} */ (event);
    if (!carriesFiles(drag)) return;
    drag.preventDefault();
    drag.stopPropagation();
    const [file, ...others] = drag.dataTransfer?.files ?? [];
    if (!file) return;
    if (others.length > 0) return refused("Drop one file at a time.");
    const read = await readOrRefuse(file, refused);
    if (read) opened(read.name, read.text);
  }, options);
  return () => stop.abort();
}
