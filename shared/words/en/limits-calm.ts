import { bytes, cores, count, rate } from "../../format.ts";
import type { Ending, LimitName } from "../../model/finding.ts";
import type { Phrase } from "../phrase.ts";

const strong = (text: string) => ({ tone: "strong", text }) as const;

const amount = (limit: LimitName, value: number | null): string => {
  if (value === null) return "none";
  if (limit === "cpuLimit") return `${cores(value)} cores`;
  if (limit === "pidsLimit") return count(value);
  return limit === "readLimit" || limit === "writeLimit" ? `${rate(value)} MB/s` : bytes(value);
};
const limitName: { readonly [limit in LimitName]: string } = {
  memoryLimit: "memory limit",
  swapLimit: "swap limit",
  cpuLimit: "quota",
  pidsLimit: "pids limit",
  readLimit: "read limit",
  writeLimit: "write limit",
  configured: "memory",
};

const endings = { ended: "it ended", unwatched: "Tare stopped looking", itself: "went by itself" };

/** Nothing is found. */
export const calm = {
  title: "Nothing to mend.",
  never: (time: string): Phrase => [
    "Nothing was found since Tare began to watch at ",
    strong(time),
    ". It goes on looking each second and will say so here, and at the tab above.",
  ],
  last: (time: string): Phrase => [
    "The last finding cleared ",
    strong(time),
    ". Tare goes on looking each second and will say so here, and at the tab above.",
  ],
  recorded: (): Phrase => ["Nothing was found up to this moment of the recording."],
  atTime: (time: string) => `at ${time}`,
  yesterday: (time: string) => `yesterday at ${time}`,
  day: "Last 24 hours",
  watching: (time: string) => `watched since ${time}`,
  now: "now",
  lasted: "lasted",
  looked: "What is looked at",
  checks: {
    killed: "killed, or near its limit and rising",
    throttled: "held back by its quota",
    pressure: "waiting for memory, CPU or I/O",
    pids: "near its pids limit",
    limit: "no memory limit, or above the host’s",
    together: "limits together over the host",
    unused: "a size or limit hardly used",
    restarts: "restarting again and again",
  },
  pipeline: "For a pipeline: this exits with 0 now, and with 1 once a finding holds.",
  thresholds: "Thresholds…",
  muted: (number: number) => `${count(number)} muted`,
  /** What ended a finding; `byTare`: its limit was set from here. */
  ending: (ending: Ending, byTare: boolean): string => {
    if (ending.by !== "limit") return endings[ending.by];
    const { limit, from, to } = ending;
    return `${limitName[limit]} ${amount(limit, from)} → ${amount(limit, to)}, ${byTare ? "by Tare" : "not by Tare"}`;
  },
  /** From when to when Tare did not look, each as "02:10–08:15"; `more`: so many others. */
  unwatched: (spans: readonly string[], more: number): string =>
    `not watched: ${spans.join(", ")}${more > 0 ? ` and ${count(more)} more` : ""}`,
  /** The file of findings can't be used; its path and the system's word stand behind. */
  notKept: {
    denied: "Findings are forgotten when Tare ends: it may not read or write their file.",
    garbled: "Findings are forgotten when Tare ends: their file is none of Tare’s. Move it away.",
    outdated:
      "Findings are forgotten when Tare ends: a newer Tare wrote their file. Start that one, or remove the file.",
    full: "Findings are forgotten when Tare ends: the disk is full. Make room.",
    failed: "Findings are forgotten when Tare ends: their file can’t be read or written.",
  },
};
