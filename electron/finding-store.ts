import { join } from "node:path";
import * as z from "zod/mini";
import { limitNames, type PastFinding, ruleIds } from "../shared/model/finding.ts";
import type { Trouble } from "../shared/model/trouble.ts";
import type { Millis } from "../shared/model/units.ts";
import { bounded, day, type Span, spansOf } from "../shared/rules/past.ts";
import { troubleOf } from "./engines/trouble-of.ts";
import { appendLines } from "./machine/append-lines.ts";
import { dataDirectory, dataPath } from "./machine/data-directory.ts";
import { isAlive, type RunMark, thisRun } from "./machine/this-run.ts";
import { readWhole, writeWhole } from "./machine/write-whole.ts";

const limit = z.nullable(z.number());
const ending = z.discriminatedUnion("by", [
  z.object({ by: z.literal("limit"), limit: z.enum(limitNames), from: limit, to: limit }),
  z.object({ by: z.enum(["ended", "unwatched", "itself"]) }),
]);
const finding = z.object({
  id: z.string(),
  rule: z.enum(ruleIds),
  severity: z.enum(["note", "warning", "critical"]),
  instance: z.nullable(z.string()),
  name: z.nullable(z.string()),
  openedAt: z.number(),
  worsenedAt: z.number(),
  /** null: it holds; where its run is over and nothing else is told of it, it held until then. */
  clearedAt: z.nullable(z.number()),
  facts: z.record(z.string(), z.nullable(z.union([z.number(), z.string()]))),
  ending: z.nullable(ending),
});
const run = z.object({ pid: z.int(), start: z.nullable(z.number()), boot: z.nullable(z.string()) });
/**
 * The lines of findings.jsonl, behind a first one that says what it is. The last line of a finding (id and opening) counts, and
 * the last one of a span (run and beginning):
 *   {"tare":"findings","version":1}
 *   {"run":{"pid":4711,…},"watched":[1795500000000,1795500300000]}
 *   {"run":{"pid":4711,…},"finding":{"id":"memory-killed/docker:3f9c…","name":"loki","openedAt":…,"clearedAt":null,…}}
 */
const line = z.union([
  z.object({ run, watched: z.tuple([z.number(), z.number()]) }),
  z.object({ run, finding }),
]);
const header = z.object({ tare: z.literal("findings"), version: z.int() });
type Line = z.infer<typeof line>;
export type KeptFinding = z.infer<typeof finding>;

/** What earlier runs left, and others that run beside this one. */
export type Earlier = { readonly spans: readonly Span[]; readonly past: readonly PastFinding[] };

export type FindingStore = {
  /** Keeps a span of this run, and findings. null: they are kept; else why not, and then nothing of them is. */
  keep(span: Span, findings: readonly KeptFinding[]): Trouble | null;
  read(now: Millis): Earlier & { readonly trouble: Trouble | null };
};

const version = 1;
const head = [JSON.stringify({ tare: "findings", version })];
/** A day of a thousand findings takes half of it; then it is written anew without what is too old. */
const rewrittenFrom = 1 << 20;
const mostBytes = 16 << 20;

/**
 * The findings of the last day, in findings.jsonl of the data directory (null: the system's own). A file that is none of ours,
 * or a newer Tare's, is left as it is. A line that a kill has cut is passed over.
 */
export function findingStore(directory: string | null, now: () => Millis): FindingStore {
  const path = join(dataPath(directory), "findings.jsonl");
  const mark = thisRun();
  let tidied = false;

  const text = (): string => {
    try {
      return readWhole(path, mostBytes).bytes.toString("utf8");
    } catch (error) {
      if (isAbsent(error)) return "";
      throw error;
    }
  };

  /** Once a run: whether it may be written to; and what is too old goes where it has grown large. */
  const tidy = (): Trouble | null => {
    if (tidied) return null;
    const before = text();
    const refused = refusalOf(before, path);
    if (refused !== null) return refused;
    if (before.length > rewrittenFrom) writeWhole(path, rewritten(parseLines(before), now()), null);
    tidied = true;
    return null;
  };

  return {
    keep({ from, to }, findings) {
      try {
        dataDirectory(directory);
        const refused = tidy();
        if (refused !== null) return refused;
        const lines: Line[] = [
          { run: mark, watched: [from, to] },
          ...findings.map((one) => ({ run: mark, finding: one })),
        ];
        appendLines(
          path,
          lines.map((one) => JSON.stringify(one)),
          { head, durable: false },
        );
        return null;
      } catch (error) {
        return troubleOf(error, path);
      }
    },
    read(at) {
      try {
        const all = text();
        const trouble = refusalOf(all, path);
        return { ...fold(trouble === null ? parseLines(all) : [], at, (of) => !isAlive(of)), trouble };
      } catch (error) {
        return { spans: [], past: [], trouble: troubleOf(error, path) };
      }
    },
  };
}

/** null: nothing is there yet, or it is a file of ours. */
function refusalOf(text: string, path: string): Trouble | null {
  if (text === "") return null;
  const [first = ""] = text.split("\n", 1);
  const parsed = header.safeParse(jsonOf(first));
  if (!parsed.success) return { code: "garbled", where: path, cause: null };
  return parsed.data.version > version ? { code: "outdated", where: path, cause: null } : null;
}

/** Lines that are none are passed over. */
export function parseLines(text: string): readonly Line[] {
  return text.split("\n").flatMap((one) => {
    const parsed = line.safeParse(jsonOf(one));
    return parsed.success ? [parsed.data] : [];
  });
}

/** What lines tell of the day before `now`. What a run that is over left open, it saw to its own end. */
export function fold(lines: readonly Line[], now: Millis, isOver: (run: RunMark) => boolean): Earlier {
  const spans = new Map<string, Span>();
  const ends = new Map<string, Millis>();
  const kept = new Map<string, { readonly run: RunMark; readonly finding: KeptFinding }>();
  const nameOf = ({ pid, start, boot }: RunMark) => `${pid} ${start} ${boot}`;
  for (const one of lines) {
    if ("watched" in one) {
      const [from, to] = one.watched;
      spans.set(`${nameOf(one.run)} ${from}`, { from, to });
      ends.set(nameOf(one.run), to);
    } else kept.set(`${one.finding.id} ${one.finding.openedAt}`, one);
  }
  const past = [...kept.values()].flatMap(({ run: of, finding: found }): readonly PastFinding[] => {
    if (found.clearedAt === null && !isOver(of)) return [];
    const clearedAt = found.clearedAt ?? Math.max(found.openedAt, ends.get(nameOf(of)) ?? 0);
    const over = { from: found.openedAt, to: clearedAt, evidence: [], shows: null, proposal: null };
    return [{ ...found, ...over, clearedAt, ending: found.ending ?? { by: "unwatched" } }];
  });
  return { spans: spansOf([...spans.values()], now), past: bounded(past, now) };
}

/** The same without what is older than a day, and without the lines that later ones replaced. */
function rewritten(lines: readonly Line[], now: Millis): string {
  const last = new Map<string, Line>();
  for (const one of lines) {
    const [until, key] =
      "watched" in one
        ? [one.watched[1], `${JSON.stringify(one.run)} ${one.watched[0]}`]
        : [one.finding.clearedAt ?? now, `${one.finding.id} ${one.finding.openedAt}`];
    if (until >= now - day) last.set(key, one);
  }
  const kept = [...last.values()].slice(-4_000).map((one) => JSON.stringify(one));
  return `${[...head, ...kept].join("\n")}\n`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Nothing was ever kept, or there is no data directory yet. */
const isAbsent = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR"].includes(String((error as NodeJS.ErrnoException).code));
