import { randomUUID } from "node:crypto";
import { appendFileSync, closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type RunMark, thisRun } from "../machine/this-run.ts";

/** Something that is to be taken away again. */
export type Note = {
  /** It is no more: nobody need look for it. */
  gone(): void;
};

/**
 * What this run of Tare has put on the machine, in a file, so that the next one finds what a crash left behind (sweep.ts).
 * Each is noted *before* it is made: whatever the moment of a kill, nothing exists that no file tells of.
 */
export type Notes = {
  /** Of this run alone; the value of the containers' label. */
  readonly run: string;
  /** A container that is going to be made under this name; `made` adds its id. */
  container(name: string): Note & { made(id: string): void };
  /** A container of the user's that is going to be started, and was stopped before. */
  started(id: string): Note;
  /** At the end of Tare. The file stays where something noted is not yet gone. */
  close(): void;
};

/** The label of every container that a trial makes: its value is the run's. Alone it proves nothing: anybody may set it. */
export const trialLabel = "io.tare.trial";

/**
 * Of one thing, as it stands in a file. A file is one run's: a head, then a line for each change, so that a kill in the
 * middle of a write costs no more than its last line.
 *   {"run":"0b6f…","pid":4711,"start":91234,"boot":"5a1c…"}
 *   {"n":1,"kind":"container","what":"tare-trial-77ab…"}
 *   {"n":1,"id":"3f9c…"}
 *   {"n":1,"gone":true}
 */
export type Noted = {
  readonly kind: "container" | "started";
  /** Name or id. */
  readonly what: string;
  /** The container's, once it was made. */
  readonly id: string | null;
};

/** One run's file as it is found. */
export type Run = RunMark & {
  readonly run: string;
  readonly left: readonly Noted[];
};

const suffix = ".notes";

/** Where the files of all runs are, below the data directory. */
export const notesFolder = (directory: string): string => join(directory, "lab", "runs");
export const isNotesFile = (name: string): boolean => /^[0-9a-f-]{36}\.notes$/.test(name);

/** Begins this run's file. `directory`: where Tare keeps its files. Throws what the file system says. */
export function openNotes(directory: string): Notes {
  const run = randomUUID();
  const folder = notesFolder(directory);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${run}${suffix}`);
  const left = new Set<number>();
  let count = 0;
  const write = (line: object) => appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  write({ run, ...thisRun() });
  const sync = () => {
    const file = openSync(path, "r");
    fsyncSync(file);
    closeSync(file);
  };
  const note = (noted: object) => {
    const n = ++count;
    write({ n, ...noted });
    left.add(n);
    return {
      n,
      gone() {
        if (left.delete(n)) write({ n, gone: true });
      },
    };
  };
  return {
    run,
    container(name) {
      const { n, gone } = note({ kind: "container", what: name });
      sync(); // a container outlives a power cut
      return { gone, made: (id) => write({ n, id }) };
    },
    started(id) {
      const made = note({ kind: "started", what: id });
      sync();
      return made;
    },
    close() {
      if (left.size === 0) rmSync(path, { force: true });
    },
  };
}

/** Reads one run's file; null: it has no head, so nothing was noted in it; or another Tare has just swept it. */
export function readRun(path: string): Run | null {
  try {
    return parseRun(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}

/** Lines that are none (the last one of a killed run) are passed over. */
export function parseRun(text: string): Run | null {
  const [head, ...lines] = text.split("\n").map(asObject);
  if (!head || typeof head.run !== "string" || !isPid(head.pid)) return null;
  const left = new Map<number, Noted>();
  for (const line of lines) {
    if (!line || typeof line.n !== "number") continue;
    const before = left.get(line.n);
    if (line.gone === true) left.delete(line.n);
    else if (before !== undefined && typeof line.id === "string")
      left.set(line.n, { ...before, id: line.id });
    else if (typeof line.what === "string" && isKind(line.kind))
      left.set(line.n, { kind: line.kind, what: line.what, id: null });
  }
  const boot = typeof head.boot === "string" ? head.boot : null;
  return { run: head.run, pid: head.pid, start: numberOr(head.start), boot, left: [...left.values()] };
}

function asObject(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : null;
  } catch {
    return null;
  }
}

const kinds: ReadonlySet<unknown> = new Set<Noted["kind"]>(["container", "started"]);
const isKind = (kind: unknown): kind is Noted["kind"] => kinds.has(kind);
const isPid = (pid: unknown): pid is number => Number.isSafeInteger(pid) && Number(pid) > 0;
const numberOr = (value: unknown): number | null => (typeof value === "number" ? value : null);
