// Types of what embed.js defines. docs/embedding-api.md explains it.

/** A finding. Lines and UTF-16 columns count from 1; an end is behind the last character. */
export interface Finding {
  check: string;
  severity: "error" | "warning" | "info" | "hint";
  message: string;
  help: string;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

export type Mode = "graph" | "full" | "compiled" | "timeline";
export type Verdict = "ok" | "warnings" | "errors" | "unparsable";

/** Attributes by name; null takes one away. */
export interface ViewOptions {
  src?: string | null;
  value?: string | null;
  mode?: Mode | null;
  workflow?: string | null;
  job?: string | null;
  layers?: string | string[] | null;
  theme?: "auto" | "light" | "dark" | null;
  readonly?: boolean | null;
  height?: string | number | null;
  lesson?: string | null;
  step?: string | number | null;
}

/** Where the reader is in a lesson. `reached`: all goals of this step are. */
export interface LessonProgress {
  lesson: string;
  step: number;
  steps: number;
  goals: boolean[];
  reached: boolean;
}

/** What a link to Dryrun holds. Everything but the text may be left out. */
export interface Shared {
  text: string;
  name?: string;
  branch?: string;
  tag?: string;
  parameters?: Record<string, string>;
  continuation_parameters?: Record<string, string>;
  continuation?: { name: string; text: string };
  orbs?: { reference: string; name: string; text: string }[];
  workflow?: string;
  layers?: string[];
}

export interface DryRunEvents {
  ready: CustomEvent<{ mode: Mode | "text" }>;
  change: CustomEvent<{ value: string }>;
  findings: CustomEvent<{ verdict: Verdict; findings: Finding[] }>;
  select: CustomEvent<{ job: string; workflow: string }>;
  resize: CustomEvent<{ height: number }>;
  "lesson-progress": CustomEvent<LessonProgress>;
}

/** With those that every element has. */
export type DryRunEventMap = Omit<HTMLElementEventMap, keyof DryRunEvents> & DryRunEvents;

/** Has every attribute as a property too: set one, and the attribute is set; null takes it away. */
export interface DryRunElement extends HTMLElement {
  /** The config's text. */
  value: string;
  src: string | null;
  mode: Mode | null;
  workflow: string | null;
  job: string | null;
  get layers(): string | null;
  set layers(layers: string | string[] | null);
  theme: "auto" | "light" | "dark" | null;
  readonly: boolean;
  get height(): string | null;
  set height(height: string | number | null);
  lesson: string | null;
  get step(): string | null;
  set step(step: string | number | null);
  readonly findings: Finding[];
  setView(view: ViewOptions): void;
  focusJob(job: string): void;
  /** Turns to the timeline and plays the run. */
  runSimulation(): void;
  /** Shows what a link holds; `notes` are said to the reader, in place of those of the last call. */
  open(shared: Shared, notes?: string[]): void;
  /** Says something to the reader, above the graph. */
  note(text: string): void;
  addEventListener<K extends keyof DryRunEventMap>(type: K, listener: (this: DryRunElement, event: DryRunEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
  removeEventListener<K extends keyof DryRunEventMap>(type: K, listener: (this: DryRunElement, event: DryRunEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions): void;
  removeEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | EventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "dry-run": DryRunElement;
  }
}
