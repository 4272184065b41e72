// Other people's pages: page.html with a policy, a head and a body of the test's.
import { readFileSync } from "node:fs";

const here = name => readFileSync(new URL(name, import.meta.url), "utf8");

export const HOSTILE = here("hostile.css");

/** What docs/embedding-api.md asks a page of the same origin for, besides its own styles. */
export const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; "
  + "worker-src 'self' blob:; style-src 'self'; img-src 'self' data:";

/** What a page of another origin is asked for. @param {{ origin: string }} site */
export const FOREIGN = ({ origin }) => `default-src 'none'; img-src data:; script-src ${origin}; frame-src ${origin}`;

export const CONFIG = `version: 2.1
jobs:
  setup:
    docker: [{ image: "cimg/base:2024.01" }]
    steps:
      - checkout
      - run: { name: Make, command: mkdir out && touch out/a }
      - persist_to_workspace: { root: ., paths: [out] }
  test:
    docker: [{ image: "cimg/base:2024.01" }]
    steps:
      - attach_workspace: { at: . }
      - run: { name: Look, command: ls out }
workflows:
  main:
    jobs:
      - setup
      - test: { requires: [setup] }
  nightly:
    jobs: [setup]
`;

export const BROKEN = CONFIG.replace("requires: [setup]", "requires: [setpu]");

/** @param {{ dryrun?: string, policy?: string, head?: string, body: string }} parts */
export function page({ dryrun = "./", policy = STRICT, head = "", body }) {
  const parts = { dryrun, policy, head, body };
  return here("page.html").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
}

/** An element with a config inside. */
export const embed = (attributes = "", text = CONFIG) => `<dry-run ${attributes}>\n<pre>\n${text}</pre>\n</dry-run>`;
