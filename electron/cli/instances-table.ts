import { bytes, cores, count, percent, visible } from "../../shared/format.ts";
import type { EngineStatus } from "../../shared/model/status.ts";
import type { Weighed } from "./raced.ts";
import { type Cell, type Column, paint, shorten, table } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { troubleLines } from "./troubles.ts";

const widest = 32;
/** Before figures that were not weighed; a line below says what they mean. */
const marks = { race: "*", estimate: "≈" } as const;

/** The table of `tare list` and `tare watch`, and a line for what stands in the way of a full one. */
export function instancesTable(
  all: readonly Weighed[],
  engines: readonly EngineStatus[],
  terminal: Pick<Terminal, "say" | "colour" | "language">,
): readonly string[] {
  const { say } = terminal;
  const lines = all.length === 0 ? [say.nothing] : [...rows(all, terminal)];
  for (const from of ["race", "estimate"] as const)
    if (all.some(({ borrowed }) => borrowed === from)) lines.push(paint(terminal, say.borrowed[from], "dim"));
  for (const line of troubleLines(engines, terminal)) lines.push(paint(terminal, line, "over"));
  return lines;
}

function rows(all: readonly Weighed[], terminal: Pick<Terminal, "say" | "colour">) {
  const { columns, states, noLimit } = terminal.say;
  const right = (title: string): Column => ({ title, right: true });
  const heads: readonly Column[] = [
    { title: columns.name },
    { title: columns.engine },
    { title: columns.state },
    right(columns.cpu),
    right(columns.cpuLimit),
    right(columns.throttled),
    right(columns.gross),
    right(columns.net),
    right(columns.cache),
    right(columns.tare),
    right(columns.limit),
    right(columns.used),
    right(columns.pids),
  ];
  const cells = all.map(({ instance, sample, borrowed }): readonly Cell[] => {
    const share = sample?.memoryUsed ?? null;
    const throttled = sample?.throttledShare ?? null;
    const mark = borrowed === null ? "" : marks[borrowed];
    const limit = sample && sample.memoryLimit === null && instance.weighed === "cgroup" ? noLimit : null;
    return [
      {
        text: shorten(visible(instance.name), widest),
        colour: instance.kind === "vm" ? "vm" : "container",
      },
      { text: instance.engine },
      { text: states[instance.state], colour: instance.state === "running" ? "plain" : "dim" },
      { text: cores(sample?.cores ?? null) },
      { text: sample && sample.cpuLimit === null ? noLimit : cores(sample?.cpuLimit ?? null) },
      {
        text: withSign(percent(throttled)),
        colour: throttled !== null && throttled > 0.25 ? "over" : "plain",
      },
      { text: bytes(sample?.gross ?? null), colour: "bold" },
      { text: (borrowed === "race" ? mark : "") + bytes(sample?.net ?? null) },
      { text: bytes(sample?.cache ?? null) },
      { text: mark + bytes(sample?.tare ?? null) },
      { text: limit ?? bytes(sample?.memoryLimit ?? sample?.configured ?? null) },
      { text: withSign(percent(share)), colour: share !== null && share > 0.9 ? "over" : "plain" },
      { text: count(sample?.pids ?? null) },
    ];
  });
  return table(terminal, heads, cells);
}

const withSign = (text: string): string => (/\d/.test(text) ? `${text}%` : text);
