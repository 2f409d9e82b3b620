import type { FigureName, Sample } from "../figures.ts";
import type { Event } from "../model/event.ts";
import type { Instance, ReportedLimits } from "../model/instance.ts";
import type { Bytes, Millis } from "../model/units.ts";
import { ring } from "../series/ring.ts";
import { type Need, need } from "./need.ts";
import { gap, type Stretch, stretch } from "./stretch.ts";
import { type Happening, tally } from "./tally.ts";

/** Kept of every second, two minutes long. */
const seconds = [
  "cores",
  "throttledShare",
  "throttledTime",
  "workingSet",
  "killable",
  "net",
  "limitHits",
  "highHits",
  "refaults",
  "pressureCpu",
  "pressureMemory",
  "pressureMemoryFull",
  "pressureIo",
  "pressureIoFull",
  "read",
  "written",
  "pids",
  "pidsHits",
  "held",
] as const satisfies readonly FigureName[];
/** Kept as means of ten seconds, an hour long. */
const steps = [
  "cores",
  "throttledShare",
  "throttledTime",
  "pressureCpu",
  "pressureMemoryFull",
  "pressureIo",
  "read",
  "written",
  "killable",
  "held",
] as const satisfies readonly FigureName[];

export type SecondFigure = (typeof seconds)[number];
export type StepFigure = (typeof steps)[number];

/** What rules see of one instance. */
export type Watched = {
  readonly instance: Instance;
  readonly since: Millis;
  /** Since when neither what its engine reports nor what is in force has changed. */
  readonly limitsSince: Millis;
  /** Since when it is in the state that it is in. */
  readonly stateSince: Millis;
  /** The newest sample; null where it is not weighed, or was not for ten seconds. */
  readonly sample: Sample | null;
  /** Processes of it that were killed for memory, within the hour. */
  readonly kills: readonly Happening[];
  /** Times it ended and was started again by its engine, within the hour. */
  readonly restarts: readonly Happening[];
  /** Working set and cores, over all the time that it was watched. */
  readonly memoryNeed: Need;
  readonly cpuNeed: Need;
  /** What a VM's guest said that it uses. */
  readonly guestNeed: Need;
  /** The last `span` ms, second by second: at most 110 s. */
  seconds(span: Millis): Stretch<SecondFigure>;
  /** The last `span` ms by figures that are kept for the hour: seconds where they reach, else steps of ten. */
  over(span: Millis): Stretch<StepFigure>;
  /** The hour in steps of ten seconds. */
  steps(span: Millis): Stretch<StepFigure>;
};

export type Watch = Watched & {
  become(instance: Instance, at: Millis): void;
  take(at: Millis, sample: Sample): void;
  hear(event: Event): void;
  /** Time goes on: what is too old is forgotten. */
  pass(at: Millis): void;
};

const columnsOf = <Name extends string>(names: readonly Name[]): ReadonlyMap<Name, number> =>
  new Map(names.map((name, column) => [name, column]));
const secondColumns = columnsOf(seconds);
const stepColumns = columnsOf(steps);
const pidsHits = seconds.indexOf("pidsHits");

const second: Millis = 1_000;
const step: Millis = 10_000;
const secondRows = 120;
const stepRows = 360;
const longestSeconds: Millis = 110_000;
/** An older sample says nothing of now. */
const fresh: Millis = 10_000;
/** Docker tells of a kill within so long of the counter that counts it; its own inspect takes longer to tell of a restart. */
const nearKill: Millis = 5_000;
const nearRestart: Millis = 10_000;
/** Who ended and runs again within so long was started again by its engine: Docker waits up to a minute between two tries. */
const startsAgain: Millis = 120_000;
/** A container is told a moment after its start. */
const justStarted: Millis = 5_000;
const mib: Bytes = 2 ** 20;

const sameInForce = (one: Sample, other: Sample) =>
  one === other ||
  (one.memoryLimit === other.memoryLimit &&
    one.cpuLimit === other.cpuLimit &&
    one.pidsLimit === other.pidsLimit);
const sameLimits = (one: ReportedLimits, other: ReportedLimits) =>
  one.memory === other.memory && one.cpu === other.cpu && one.pids === other.pids;

/** Begins to watch one instance. 11 KB, and 24 KB after an hour. */
export function watch(first: Instance, since: Millis): Watch {
  let instance = first;
  let now = since;
  let sample: Sample | null = null;
  let sampledAt: Millis | null = null;
  let endedAt: Millis | null = null;
  const sawStart = () => instance.startedAt !== null && instance.startedAt > since - justStarted;
  // A counter counts from its beginning where that was seen; else what it says first is from before.
  let oomKills: number | null = sawStart() ? 0 : null;
  let restarts: number | null = null;
  let limitsSince = since;
  let stateSince = since;
  const kills = tally(nearKill);
  const starts = tally(nearRestart);
  const memoryNeed = need(mib);
  const cpuNeed = need(0.01);
  const guestNeed = need(mib);
  const rows = ring(seconds.length, secondRows, Float64Array, 32);
  const means = ring(steps.length, stepRows, Float64Array, 32);
  /** From when on the rows have no gap. */
  let unbroken = since;
  const row = new Float64Array(seconds.length);
  const stepRow = new Float64Array(steps.length);
  /** Beginning of the step that its newest row is in. */
  let stepBegan: Millis | null = null;
  const limit = () => sample?.memoryLimit ?? instance.reported.memory;

  const countKills = (at: Millis, count: number | null) => {
    if (count === null) return;
    // Of another run, so another cgroup: it began at 0.
    const more = oomKills === null ? 0 : count >= oomKills ? count - oomKills : count;
    oomKills = count;
    if (more > 0) kills.counted(at, more, limit());
  };

  const countRestarts = (at: Millis, { restarts: count, createdAt }: Instance) => {
    if (count === null) return;
    // Told for the first time: of a container that was made while we watched, all were from then on.
    const isNew = createdAt !== null && createdAt > since - justStarted;
    const more = count - (restarts ?? (isNew ? 0 : count));
    if (more > 0) starts.counted(at, more, null);
    restarts = count;
  };
  countRestarts(since, first);

  const fill = (next: Sample) => {
    for (let column = 0; column < seconds.length; column++)
      row[column] = next[seconds[column] as SecondFigure] ?? Number.NaN;
    // Read seldom: of a run that was seen from its start what it says first has grown from 0.
    if (next.pidsHits === null && sawStart()) row[pidsHits] = 0;
  };

  /** Ends a step when the first row after it comes: its means are those of the seconds that are in it. */
  const summarize = (at: Millis) => {
    const began = Math.floor(at / step) * step;
    if (stepBegan !== null && began !== stepBegan) {
      const ended = stretch<StepFigure>(rows, secondColumns, second, at, at - stepBegan);
      steps.forEach((name, column) => {
        stepRow[column] = ended.mean(name) ?? Number.NaN;
      });
      means.push(stepBegan, stepRow);
    }
    stepBegan = began;
  };

  /** Of a run that was seen from its start, what was counted before the first look was counted in it: from 0 on. */
  const begin = (at: Millis) => {
    row.fill(Number.NaN);
    row[pidsHits] = 0;
    rows.push(at - 1, row);
  };

  return {
    get instance() {
      return instance;
    },
    since,
    get limitsSince() {
      return limitsSince;
    },
    get stateSince() {
      return stateSince;
    },
    get sample() {
      return sampledAt !== null && now - sampledAt <= fresh ? sample : null;
    },
    get kills() {
      return kills.all;
    },
    get restarts() {
      return starts.all;
    },
    memoryNeed,
    cpuNeed,
    guestNeed,
    seconds: (span) => stretch(rows, secondColumns, second, now, Math.min(span, longestSeconds), unbroken),
    over: (span) =>
      span <= longestSeconds
        ? stretch<StepFigure>(rows, secondColumns, second, now, span, unbroken)
        : stretch(means, stepColumns, step, now, span, unbroken),
    steps: (span) => stretch(means, stepColumns, step, now, span, unbroken),
    become(next, at) {
      countRestarts(at, next);
      if (next.startedAt !== instance.startedAt && next.startedAt !== null && next.startedAt >= since)
        oomKills = 0;
      if (!sameLimits(next.reported, instance.reported)) limitsSince = at;
      if (next.state !== instance.state) stateSince = at;
      instance = next;
      if (next.weighed === null || next.state !== "running") sampledAt = null;
    },
    take(at, next) {
      if (sample !== null && !sameInForce(sample, next)) limitsSince = at;
      const lasting = sampledAt === null ? second : at - sampledAt;
      if (sampledAt === null || lasting <= 0 || lasting > gap * second) unbroken = at;
      if (rows.length === 0 && next.pidsHits !== null && sawStart()) begin(at);
      // The same sample again: it stands still, and so does its row.
      if (next !== sample) fill(next);
      sample = next;
      sampledAt = at;
      now = at;
      countKills(at, next.oomKills);
      summarize(at);
      rows.push(at, row);
      if (lasting <= 0) return;
      const used = instance.kind === "vm" ? next.gross : next.workingSet;
      if (used !== null) memoryNeed.add(used, lasting);
      if (next.cores !== null) cpuNeed.add(next.cores, lasting);
      if (next.inUse !== null) guestNeed.add(next.inUse, lasting);
    },
    hear({ at, kind, detail }) {
      if (kind === "oom-kill") kills.heard(at, detail, limit());
      else if (kind === "died" || kind === "stopped") endedAt = at;
      else if (kind === "started") {
        if (endedAt !== null && at - endedAt <= startsAgain) starts.heard(at, null, null);
        endedAt = null;
      } else if (kind === "restarted") starts.withdraw(at);
    },
    pass(at) {
      now = at;
      kills.age(at);
      starts.age(at);
    },
  };
}
