import type { Kind } from "../model/instance.ts";
import type { Race, Trial } from "../model/race.ts";
import type { Millis } from "../model/units.ts";
import { phasesOf } from "./phases.ts";
import { type Half, type Summary, summaryOf } from "./summary.ts";

/**
 * A race for programs, as `tare race --json` prints it and the page saves it: ms and bytes; null is unknown or not run. Keys
 * are only ever added. A run that failed has no `ready` and says why; what is cold is in `runs`, and not in the statistics.
 */
export function jsonOf(race: Race) {
  const summary = summaryOf(race);
  const { environment } = race;
  return {
    image: race.image?.name ?? subjectOf(race),
    name: race.name,
    digest: race.image?.digest ?? null,
    at: race.at,
    state: race.state,
    probe: race.wish.probe,
    memory: race.wish.memory,
    cpus: race.wish.cpus,
    container: half(race, summary, "container"),
    vm: half(race, summary, "vm"),
    ratio: summary.ratio && {
      value: short(summary.ratio.value),
      low: short(summary.ratio.low),
      high: short(summary.ratio.high),
    },
    weight: summary.weight === null ? null : short(summary.weight),
    environment: {
      cpu: environment.cpu,
      threads: environment.threads,
      os: environment.os,
      accelerator: environment.accelerator,
      refused: environment.refused,
      machine: environment.machine,
      kernel: environment.kernel,
      qemu: environment.qemu,
      docker: environment.docker,
      storage: environment.storage,
      cgroup: environment.cgroup,
      boot: environment.boot,
      overhead: environment.overhead === null ? null : short(environment.overhead),
    },
    beside: race.beside,
    troubles: race.troubles,
    pair: race.pair,
  };
}

function subjectOf({ wish: { subject } }: Race): string {
  switch (subject.kind) {
    case "image":
      return subject.image;
    case "builtin":
      return subject.name;
    case "container":
    case "domain":
      return subject.id;
    case "disk":
      return subject.path;
  }
}

/** null: this kind was not asked for. */
function half(race: Race, { halves }: Summary, kind: Kind) {
  if (!race.wish.kinds.includes(kind)) return null;
  const { median, p95, memory, failures }: Half = halves[kind];
  return {
    median: median === null ? null : short(median),
    p95: p95 === null ? null : short(p95),
    runs: race.trials.filter((trial) => trial.kind === kind).map(run),
    failures,
    memory,
  };
}

const run = ({ kind, cold, at, moments, memory, trouble }: Trial) => ({
  ready: trouble || moments.ready === undefined ? null : short(moments.ready),
  phases: Object.fromEntries(
    // From bounds that are rounded once, so that the phases add up to `ready` as it is written.
    phasesOf(kind, moments).map(({ name, from, to }) => [name, short(short(to) - short(from))]),
  ),
  cold,
  at,
  memory,
  trouble,
});

/** Thousandths: a microsecond is finer than anything here is measured. */
const short = (value: Millis | number): number => Math.round(value * 1000) / 1000;
