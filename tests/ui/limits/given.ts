import type { Sample } from "../../../shared/figures.ts";
import type { Mend } from "../../../shared/model/change.ts";
import type { Finding } from "../../../shared/model/finding.ts";
import type { Handlers, Series } from "../../../shared/wire/calls.ts";
import type { Frame } from "../../../shared/wire/frames.ts";
import { madeFinding } from "../../fixtures/findings.ts";
import { frameOf } from "../../fixtures/synthetic.ts";
import { type Body, mib, random, startOfTime, usual } from "../../fixtures/synthetic-bodies.ts";

/** The invented computer as look/limits draws it: who is over, who has no limit, and what rules say of them. */
const hour = 3_600_000;
const minute = 60_000;
/** As long as pressure looks back. */
export const seconds = 12;
const killed = [34 * minute, 9.5 * minute].map((ago) => startOfTime - ago);

const pressures: { readonly [name: string]: readonly [number, number, number] } = {
  "observ-loki-1": [0.178, 0.032, 0.011],
  "shop-worker-1": [0, 0.364, 0.004],
  "shop-postgres-1": [0.002, 0.011, 0.046],
  "observ-prometheus-1": [0, 0.006, 0.022],
  "shop-api-1": [0, 0.021, 0],
};

/** The usual inhabitants with the figures that this screen reads beside Scale's. */
export const limited = (): readonly Body[] =>
  usual().map(({ instance, at }) => ({
    instance,
    at(second): Sample {
      const sample = at(second);
      if (instance.kind === "vm") return { ...sample, cpuUsed: (sample.cores ?? 0) / (sample.cpuLimit ?? 1) };
      const [memory, cpu, io] = pressures[instance.name] ?? [0, 0.001, 0];
      const loki = instance.name === "observ-loki-1";
      return {
        ...sample,
        ...(loki ? { workingSet: 190.6 * mib, killable: 190.4 * mib, memoryUsed: 0.993 } : {}),
        peak: loki
          ? 192 * mib
          : Math.min((sample.workingSet ?? 0) * 1.15, sample.memoryLimit ?? Number.POSITIVE_INFINITY),
        pressureMemory: memory,
        pressureCpu: cpu,
        pressureIo: io,
        pidsLimit: ["shop-worker-1", "shop-api-1", "shop-mq-1", "shop-web-1"].includes(instance.name)
          ? 100
          : null,
      };
    },
  }));

export const idOf = (name: string): string =>
  usual().find(({ instance }) => instance.name === name)?.instance.id ?? "";

const span = { from: startOfTime - hour, to: startOfTime };
const evidenceOf = (
  name: string,
  value: number,
  unit: Finding["evidence"][number]["unit"],
  source: string,
) => ({
  name,
  value,
  unit,
  source,
  ...span,
});

/** What rules say of them; ordered so that sorting has something to do. */
export const findings = (): readonly Finding[] => [
  ...["observ-prometheus-1", "shop-search-1", "registry"].map((name) =>
    madeFinding({
      rule: "no-limit",
      severity: "note",
      instance: idOf(name),
      ...span,
      facts: { used: 195 * mib, peak: 210 * mib, over: hour },
      evidence: [evidenceOf("workingSet", 195 * mib, "bytes", "memory.current - inactive_file")],
      shows: "workingSet",
    }),
  ),
  madeFinding({
    rule: "cpu-throttled",
    severity: "warning",
    instance: idOf("shop-worker-1"),
    openedAt: startOfTime - 12 * minute,
    ...span,
    facts: { periods: 0.41, lost: 0.36, cores: 0.5, limit: 0.5, since: startOfTime - minute },
    evidence: [
      evidenceOf("throttledPeriods", 0.41, "fraction", "cpu.stat: nr_throttled / nr_periods"),
      evidenceOf("throttledTime", 0.36, "cores", "cpu.stat: throttled_usec"),
    ],
    shows: "throttledShare",
    proposal: {
      resource: "cpu",
      from: 0.5,
      to: 1,
      basis: { peak: 0.5, p99: 0.5, over: hour, headroom: 0.2, sure: "never-unhindered" },
    },
  }),
  madeFinding({
    rule: "memory-killed",
    severity: "critical",
    instance: idOf("observ-loki-1"),
    openedAt: killed[0] ?? 0,
    ...span,
    facts: {
      kills: 2,
      lastAt: killed[1] ?? 0,
      within: hour,
      who: null,
      limit: 192 * mib,
      own: 168 * mib,
      cache: 19 * mib,
      used: 0.99,
      running: 1,
    },
    evidence: [
      evidenceOf("kills", 2, "count", "memory.events: oom_kill"),
      evidenceOf("limitHits", 1_214, "count", "memory.events: max"),
      evidenceOf("waitedMemory", 0.178, "fraction", "memory.pressure"),
      evidenceOf("restarts", 2, "count", "RestartCount"),
    ],
    shows: "workingSet",
    proposal: {
      resource: "memory",
      from: 192 * mib,
      to: 320 * mib,
      basis: { peak: 192 * mib, p99: 190 * mib, over: hour, headroom: 0.2, sure: "never-unhindered" },
    },
  }),
  madeFinding({
    rule: "vm-unused",
    severity: "note",
    instance: idOf("win11-dev"),
    ...span,
    facts: { size: 8192 * mib, peak: 3277 * mib, over: hour, told: 1 },
    evidence: [evidenceOf("inUse", 3277 * mib, "bytes", "domstats: balloon")],
    shows: "gross",
  }),
  madeFinding({
    rule: "limit-unused",
    severity: "note",
    instance: idOf("shop-cache-1"),
    ...span,
    facts: { limit: 128 * mib, peak: 20 * mib, p99: 19 * mib, over: hour },
    evidence: [evidenceOf("seenPeak", 20 * mib, "bytes", "memory.current - inactive_file")],
    shows: "workingSet",
    proposal: {
      resource: "memory",
      from: 128 * mib,
      to: 32 * mib,
      basis: { peak: 20 * mib, p99: 19 * mib, over: hour, headroom: 0.25, sure: "short-window" },
    },
  }),
];

/** Some seconds of frames; the first brings all that holds and both kills. */
export const framesOf = (
  bodies: readonly Body[],
  found: readonly Finding[],
  more: (second: number) => Partial<Frame> = () => ({}),
): readonly Frame[] =>
  Array.from({ length: seconds }, (_, second) =>
    frameOf(bodies, second, {
      ...(second === 0
        ? {
            findings: found,
            events: killed.map((at) => ({
              at,
              kind: "oom-kill" as const,
              instance: idOf("observ-loki-1"),
              detail: null,
            })),
          }
        : {}),
      ...more(second),
    }),
  );

/** Held back: steadily, now and then, or not at all. */
const heldBack: { readonly [name: string]: (index: number) => number } = {
  "shop-worker-1": (index) => (index % 5 === 4 ? 0.06 : 0.45 + (index % 3) * 0.05),
  "observ-loki-1": (index) => (index > 342 && index < 349 ? 0.28 : 0),
};

/** An hour that runs into its limit, is killed, and does it again under a higher one. */
function sawTooth(name: string): Series {
  const next = random(7);
  const at = Array.from({ length: 360 }, (_, index) => startOfTime - hour + index * 10_000);
  const since = (moment: number) => {
    const before = [startOfTime - 64 * minute, ...killed].filter((kill) => kill <= moment).at(-1) ?? moment;
    return (moment - before) / minute;
  };
  const gap = (index: number) => index > 28 && index < 42;
  const column = (of: (moment: number, index: number) => number) =>
    at.map((moment, index) => (gap(index) ? null : of(moment, index)));
  const limitAt = (moment: number) => (moment < startOfTime - 25 * minute ? 160 : 192);
  const net = (moment: number) => Math.min(limitAt(moment) - 26, 60 + 20 * Math.sqrt(since(moment))) * mib;
  return {
    at,
    step: at.map(() => 10_000),
    figures: {
      net: column(net),
      cache: column(() => 19 * mib),
      tareKernel: column(() => 5 * mib),
      other: column(() => 0),
      workingSet: column((moment) => net(moment) + 8 * mib),
      memoryLimit: column((moment) => limitAt(moment) * mib),
      gross: column(() => 4_731 * mib),
      inUse: column(() => 3_277 * mib),
      cores: column(() => 0.3 + next() * 0.2),
      cpuLimit: column(() => 0.5),
      throttledShare: column((_, index) => heldBack[name]?.(index) ?? 0),
      pressureMemory: column(() => 0.1 * next()),
      pressureCpu: column(() => 0.05),
      pressureIo: column(() => 0.01),
      pids: column(() => 15),
    },
    min: {},
    max: {},
  };
}

const file = { path: "/home/user/observ/compose.yaml", diff: [] };
export const mends: readonly Mend[] = [
  {
    target: "docker",
    now: true,
    text: "docker update --memory 320m --memory-swap 320m observ-loki-1",
    file: null,
    appliable: true,
    trouble: null,
  },
  { target: "compose", now: false, text: "    mem_limit: 320m\n", file, appliable: true, trouble: null },
  {
    target: "kubernetes",
    now: false,
    text: "resources:\n  limits:\n    memory: 320Mi\n",
    file: null,
    appliable: false,
    trouble: null,
  },
];

/** The machine's side: the hour of whoever is asked for, and how to set what is proposed. */
export const answers: Partial<Handlers> = {
  history: ({ id }) => sawTooth(usual().find(({ instance }) => instance.id === id)?.instance.name ?? ""),
  mends: () => mends,
};
