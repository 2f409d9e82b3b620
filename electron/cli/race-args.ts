import type { Kind } from "../../shared/model/instance.ts";
import type { Probe } from "../../shared/model/race.ts";
import type { Bytes, Cores } from "../../shared/model/units.ts";

/** `tare race` as it was asked for. */
export type RaceCommand = {
  readonly name: "race";
  readonly image: string;
  /** null: what the image is best waited for. */
  readonly probe: Probe | null;
  readonly runs: number;
  readonly warmup: number;
  readonly memory: Bytes;
  readonly cpus: Cores;
  readonly kinds: readonly Kind[];
  readonly keep: boolean;
  readonly json: boolean;
};

/** Why it is not understood; words/terminal.ts has a line with a mend for each. */
export type RaceMistake =
  | { readonly mistake: "noImage" | "twoProbes" }
  | {
      readonly mistake:
        | "badReadyPort"
        | "badPattern"
        | "badRuns"
        | "badWarmup"
        | "badMemory"
        | "badCpus"
        | "badKind";
      readonly what: string;
    };

export const raceFlags = {
  keep: { type: "boolean" },
  runs: { type: "string" },
  warmup: { type: "string" },
  "ready-port": { type: "string" },
  "ready-line": { type: "string" },
  "ready-exit": { type: "boolean" },
  "ready-health": { type: "boolean" },
  memory: { type: "string" },
  cpus: { type: "string" },
  kind: { type: "string" },
} as const;
export type RaceFlag = keyof typeof raceFlags;

type Given = ReadonlyMap<RaceFlag | "json", string>;

/** The flags of `tare race` to what they ask for, within the bounds of a wish (shared/model/race.ts); pure. */
export function race(
  given: ReadonlyMap<string, string>,
  image: string | undefined,
): RaceCommand | RaceMistake {
  if (image === undefined || image === "") return { mistake: "noImage" };
  const flags = given as Given;
  const probe = probeOf(flags);
  if (probe !== null && "mistake" in probe) return probe;
  const runs = whole(flags.get("runs") ?? "10", 1, 100);
  if (runs === null) return { mistake: "badRuns", what: flags.get("runs") ?? "" };
  const warmup = whole(flags.get("warmup") ?? "1", 0, 5);
  if (warmup === null) return { mistake: "badWarmup", what: flags.get("warmup") ?? "" };
  const memory = size(flags.get("memory") ?? "256m");
  if (memory === null) return { mistake: "badMemory", what: flags.get("memory") ?? "" };
  const cpus = flags.get("cpus") ?? "1";
  if (!/^\d{1,2}(\.\d{1,3})?$/.test(cpus) || Number(cpus) < 0.1 || Number(cpus) > 64)
    return { mistake: "badCpus", what: cpus };
  const kind = flags.get("kind") ?? "both";
  if (!isKind(kind)) return { mistake: "badKind", what: kind };
  return {
    name: "race",
    image,
    probe,
    runs,
    warmup,
    memory,
    cpus: Number(cpus),
    kinds: kind === "both" ? ["container", "vm"] : [kind],
    keep: flags.has("keep"),
    json: flags.has("json"),
  };
}

const isKind = (word: string): word is Kind | "both" =>
  word === "container" || word === "vm" || word === "both";

function probeOf(given: Given): Probe | RaceMistake | null {
  const [port, line] = [given.get("ready-port"), given.get("ready-line")];
  const asked: (Probe | RaceMistake)[] = [];
  if (port !== undefined) {
    const number = whole(port, 1, 65_535);
    asked.push(number === null ? { mistake: "badReadyPort", what: port } : { kind: "port", port: number });
  }
  if (line !== undefined)
    asked.push(isPattern(line) ? { kind: "line", pattern: line } : { mistake: "badPattern", what: line });
  if (given.has("ready-exit")) asked.push({ kind: "exit" });
  if (given.has("ready-health")) asked.push({ kind: "health" });
  return asked.length > 1 ? { mistake: "twoProbes" } : (asked[0] ?? null);
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "u");
    return text.length <= 256;
  } catch {
    return false;
  }
}

function whole(text: string, least: number, most: number): number | null {
  if (!/^\d{1,6}$/.test(text)) return null;
  return Number(text) >= least && Number(text) <= most ? Number(text) : null;
}

const powers = new Map([
  ["", 0],
  ["k", 1],
  ["m", 2],
  ["g", 3],
]);

/** As Docker's --memory takes it: "256m", "1g", "268435456". From 32 MiB to 1 TiB in whole bytes, else null. */
function size(text: string): Bytes | null {
  const [, figure, unit = ""] = /^(\d{1,13}(?:\.\d{1,3})?)([kmg]?)(?:i?b)?$/i.exec(text) ?? [];
  const bytes = Number(figure) * 1024 ** (powers.get(unit.toLowerCase()) ?? Number.NaN);
  return bytes >= 32 * 2 ** 20 && bytes <= 2 ** 40 ? Math.floor(bytes) : null;
}
