import type { Sample } from "../../../../shared/figures.ts";
import type { Event } from "../../../../shared/model/event.ts";
import type { Finding } from "../../../../shared/model/finding.ts";
import type { HostFacts, HostSample } from "../../../../shared/model/host.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import type { Tick } from "../../../../shared/model/tick.ts";
import { judging } from "../../../../shared/rules/judging.ts";
import { hostRules, rules } from "../../../../shared/rules/rules.ts";
import { defaultThresholds, type Thresholds } from "../../../../shared/rules/thresholds.ts";
import { nothingKnown } from "../../../../shared/wire/frames.ts";
import { madeInstance, unknownHost } from "../../../fixtures/made.ts";

export const mib = 2 ** 20;
export const start = 1_795_500_000_000;

export const host: HostFacts = {
  name: "kestrel",
  os: "Debian 12",
  kernel: "Linux 6.18",
  cpu: "x",
  threads: 4,
  memory: 8_192 * mib,
  cgroup: "v2",
  controllers: ["memory", "cpu", "pids", "io"],
};

export const box = (change: Partial<Instance> = {}): Instance =>
  madeInstance({
    id: "docker:a",
    slot: 0,
    name: "a",
    reported: { memory: 192 * mib, cpu: null, pids: null },
    ...change,
  });

/** A container that does nothing under a limit of 192 MiB. */
export const idle: Sample = {
  ...nothingKnown,
  cores: 0.001,
  gross: 50 * mib,
  net: 40 * mib,
  cache: 8 * mib,
  killable: 42 * mib,
  workingSet: 45 * mib,
  memoryLimit: 192 * mib,
  memoryUsed: 45 / 192,
  oomKills: 0,
  limitHits: 0,
  highHits: 0,
  pids: 3,
  refaults: 0,
  pressureCpu: 0,
  pressureMemory: 0,
  pressureMemoryFull: 0,
  pressureIo: 0,
  pressureIoFull: 0,
};

/** What a source tells in one second, of one instance. */
export type Second = {
  readonly sample?: Partial<Sample> | null;
  readonly events?: readonly Omit<Event, "at">[];
  readonly instance?: Instance;
  readonly host?: Partial<HostSample>;
  readonly went?: boolean;
};

/** Rules over invented seconds, one after the other. */
export function story(
  first: Instance = box(),
  thresholds: Partial<Thresholds> = {},
  facts: HostFacts = host,
) {
  const judge = judging(() => facts, rules, hostRules);
  let at = start;
  let instance = first;
  const told: Finding[] = [];
  const second = (change: Second = {}) => {
    const whole = at === start;
    if (change.instance) instance = change.instance;
    const sample = change.sample === null ? null : { ...idle, ...change.sample };
    const tick: Tick = {
      at,
      whole,
      came: whole || change.instance ? [instance] : [],
      went: change.went ? [instance.id] : [],
      samples: new Map(sample && !change.went ? [[instance.id, sample]] : []),
      events: (change.events ?? []).map((event) => ({ at, ...event })),
      host: { ...unknownHost, ...change.host },
      self: { cores: null, resident: 1 },
      engines: [],
      replay: null,
    };
    told.push(...judge.take(tick, { ...defaultThresholds, ...thresholds }));
    at += 1_000;
  };
  return {
    told,
    now: () => at - 1_000,
    /** When the second of that number was. */
    at: (index: number) => start + index * 1_000,
    second,
    /** `count` seconds; the change of each by its number. */
    seconds(count: number, change: Second | ((index: number) => Second) = {}) {
      for (let index = 0; index < count; index++)
        second(typeof change === "function" ? change(index) : change);
    },
    /** Time in which nothing was told. */
    sleep(ms: number) {
      at += ms;
    },
    open: () => judge.open(),
    rules: () =>
      judge
        .open()
        .map(({ rule }) => rule)
        .sort(),
    one(rule: Finding["rule"]): Finding | null {
      return judge.open().find((finding) => finding.rule === rule) ?? null;
    },
  };
}
