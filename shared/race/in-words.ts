import { cores, count, mebibytes, milliseconds, unknown, visible, wholeBytes } from "../format.ts";
import type { Kind } from "../model/instance.ts";
import type { Probe, Race } from "../model/race.ts";
import type { Words } from "../words/words.ts";
import { dockerName } from "./docker-name.ts";
import type { Half, Summary } from "./summary.ts";

type Say = Words["lab"];

/** What was raced, as the user knows it; harmless to read. */
export function nameOf({ name, wish: { subject } }: Pick<Race, "name" | "wish">): string {
  switch (subject.kind) {
    case "image":
      return visible(subject.image);
    case "builtin":
      return subject.name;
    case "container":
    case "domain":
      return visible(name ?? subject.id);
    case "disk":
      return visible(subject.path);
  }
}

/** The result in a sentence or three: ratio and weight, its interval, and that software emulated the VM where it did. */
export function headlinesOf(race: Race, { halves, ratio, weight }: Summary, say: Say): readonly string[] {
  const name = nameOf(race);
  const emulated = race.environment.accelerator === "tcg" && halves.vm.runs > 0 ? [say.emulated] : [];
  if (!ratio) {
    const alone = (["container", "vm"] as const).flatMap((kind) => {
      const { median } = halves[kind];
      return median === null ? [] : [say.alone(name, kind, median)];
    });
    return alone.length > 0 ? [...alone, ...emulated] : [say.neither(name)];
  }
  const level = ratio.low <= 1 && ratio.high >= 1;
  const sooner = ratio.value < 1;
  const first = level
    ? say.asSoon(name)
    : sooner
      ? say.sooner(name, 1 / ratio.value)
      : say.later(name, ratio.value);
  return [
    `${first}${weight === null ? "" : say.weighs(weight)}${say.stop}`,
    say.interval(ratio.low, ratio.high),
    ...emulated,
  ];
}

/** A line of the table: its label and the figure of each kind. Without figures it heads what is below it. */
export type Row = { readonly label: string; readonly figures: readonly [string, string] | null };

/** Times, phases and memory of both halves, side by side. */
export function rowsOf({ halves }: Summary, say: Say): readonly Row[] {
  const { table, phases } = say;
  const row = (label: string, figure: (half: Half) => string): Row => ({
    label,
    figures: [figure(halves.container), figure(halves.vm)],
  });
  const head = (label: string): Row => ({ label, figures: null });
  const phaseRows = (kind: Kind) =>
    halves[kind].phases.map(({ name, from, to }): Row => {
      const length = milliseconds(to - from);
      return { label: phases[name], figures: kind === "container" ? [length, ""] : ["", length] };
    });
  const parts = ["gross", "net", "cache", "tare", "imageCopy", "translated", "other"] as const;
  const weighed = parts.filter((part) =>
    [halves.container, halves.vm].some(({ memory }) => memory && memory[part] !== null),
  );
  const failed = halves.container.failures + halves.vm.failures > 0;
  return [
    head(table.time),
    row(table.median, (half) => milliseconds(half.median)),
    row(table.p95, (half) => milliseconds(half.p95)),
    row(table.fastest, (half) => milliseconds(half.fastest)),
    row(table.slowest, (half) => milliseconds(half.slowest)),
    row(table.cold, ({ cold }) => (cold.length === 0 ? unknown : cold.map(milliseconds).join(", "))),
    row(table.runs, (half) => count(half.runs)),
    ...(failed ? [row(table.failed, (half) => count(half.failures))] : []),
    head(table.phase),
    ...phaseRows("container"),
    ...phaseRows("vm"),
    ...(weighed.length > 0 ? [head(table.memory)] : []),
    ...weighed.map((part) => row(table[part], ({ memory }) => mebibytes(memory?.[part] ?? null))),
  ];
}

/** Where it ran and what was waited for, a fact each. */
export function factsOf({ environment, wish }: Race, say: Say): readonly string[] {
  const { environment: words } = say;
  const { cpu, threads, os, docker, storage, cgroup, qemu, accelerator, machine, kernel, overhead } =
    environment;
  const joined = (...facts: readonly (string | null)[]) => facts.filter((one) => one !== null).join(" ");
  const facts = [
    words.threads(cpu, threads),
    os,
    docker && [dockerName(docker), storage && `(${joined(storage, cgroup && `cgroup ${cgroup}`)})`].join(" "),
    qemu && joined("QEMU", qemu, accelerator, machine),
    kernel && words.kernel(kernel),
    words.size(cores(wish.cpus), wholeBytes(wish.memory)),
    probeInWords(wish.probe, say),
    overhead === null ? null : words.overhead(overhead),
    ...environment.refused.map(({ accelerator: one, why }) => words.refused(one, why)),
  ];
  return facts.flatMap((one) => (one ? [visible(one)] : []));
}

function probeInWords(probe: Probe, { probes }: Say): string {
  switch (probe.kind) {
    case "port":
      return probes.port(probe.port);
    case "line":
      return probes.line(probe.pattern);
    case "exit":
      return probes.exit;
    case "health":
      return probes.health;
  }
}
