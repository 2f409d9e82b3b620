import type { Sample } from "../../../shared/figures.ts";
import { cores, count, mebibytes, percent, unknown } from "../../../shared/format.ts";
import type { Kind } from "../../../shared/model/instance.ts";
import type { Fraction } from "../../../shared/model/units.ts";
import { isOver, limitOf } from "../../state/weighed.ts";

/** Where every limit stands on its track, in per cent: a column of gauges is read at one glance. Beyond it is "over". */
export const limitPlace = 88;

/** limited: a track up to the limit · open: no limit, a dotted track without an end · unknown: nothing is drawn */
export type Gauge = {
  readonly track: "limited" | "open" | "unknown";
  /** Per cent of the track, rounded to what a screen can show. */
  readonly solid: number;
  /** What the kernel can take back, behind the solid part. */
  readonly light: number;
  /** A tick above the bar: the peak, or what a guest uses; null: none. */
  readonly tick: number | null;
  readonly over: boolean;
  /** The figure beside it: per cent of the limit, or the plain use where there is none. */
  readonly figure: string;
  /** Share of the limit; null: none, or unknown. */
  readonly share: Fraction | null;
};

export const unknownGauge: Gauge = {
  track: "unknown",
  solid: 0,
  light: 0,
  tick: null,
  over: false,
  figure: unknown,
  share: null,
};

type Measured = {
  readonly use: number | null;
  /** Use with what the kernel can take back; null: the same. */
  readonly whole: number | null;
  readonly tick: number | null;
  readonly limit: number | null;
  readonly over: boolean;
};

const round = (percentage: number) => Math.round(Math.min(100, Math.max(0, percentage)) * 10) / 10;

/** `openEnd`: end of the tracks without a limit; `plain` writes use where there is no limit. */
function gauge(measured: Measured, openEnd: number, plain: (use: number) => string): Gauge {
  const { use, whole, tick, limit, over } = measured;
  if (use === null) return unknownGauge;
  const track = limit === null || limit <= 0 ? "open" : "limited";
  const place = (value: number) =>
    round(limit === null || limit <= 0 ? (100 * value) / openEnd : (limitPlace * value) / limit);
  const solid = place(use);
  return {
    track,
    solid,
    light: whole === null ? 0 : round(place(Math.max(use, whole)) - solid),
    tick: tick === null ? null : place(tick),
    over,
    figure: limit === null || limit <= 0 ? plain(use) : percent(use / limit),
    share: limit === null || limit <= 0 ? null : use / limit,
  };
}

/** Memory in the cgroup: what stands in it without the helpers outside. null: not split, so not known. */
const chargedOf = ({ net, cache, tareKernel, other }: Sample) =>
  net === null ? null : net + (cache ?? 0) + (tareKernel ?? 0) + (other ?? 0);

/** Working set and what can be taken back under the limit, with the peak; a VM's resident under its size, with what its guest uses. */
export function memoryGauge(kind: Kind, sample: Sample | null, openEnd: number): Gauge {
  if (sample === null) return unknownGauge;
  const vm = kind === "vm";
  return gauge(
    {
      use: vm ? sample.gross : sample.workingSet,
      whole: vm ? null : chargedOf(sample),
      tick: vm ? sample.inUse : sample.peak,
      limit: limitOf(kind, sample),
      over: isOver(kind, sample),
    },
    openEnd,
    mebibytes,
  );
}

/** Cores under the quota (a VM: under its vCPUs). `throttled`: a rule says that the quota holds it back. */
export function cpuGauge(sample: Sample | null, throttled: boolean, openEnd: number): Gauge {
  if (sample === null) return unknownGauge;
  const { cores: use, cpuLimit: limit } = sample;
  return gauge({ use, whole: null, tick: null, limit, over: throttled }, openEnd, cores);
}

/** Processes and threads under pids.max. Of a VM it would be the hypervisor's: not told. */
export function pidsGauge(kind: Kind, sample: Sample | null, openEnd: number): Gauge {
  if (sample === null || kind === "vm") return unknownGauge;
  const { pids, pidsLimit: limit } = sample;
  const over = pids !== null && limit !== null && pids >= limit;
  return {
    ...gauge({ use: pids, whole: null, tick: null, limit, over }, openEnd, count),
    figure: count(pids),
  };
}

/** Ends of the tracks without a limit. */
export type OpenEnds = { readonly memory: number; readonly cores: number; readonly pids: number };

const mib = 1024 * 1024;
/** Nobody fills such a track: it would look like a limit. */
const wider = 1.5;
const endOver = (value: number) => 2 ** Math.ceil(Math.log2(value * wider) - 1e-9);

/** Powers of two over half as much again as the largest use of who has no limit: over 195 MiB 512. At least 16 MiB, a core and 16 pids. */
export function openEndsOf(
  all: readonly { readonly kind: Kind; readonly sample: Sample | null }[],
): OpenEnds {
  let [memory, used, pids] = [10 * mib, 0.6, 10];
  for (const { kind, sample } of all) {
    if (sample === null) continue;
    const use = kind === "vm" ? sample.gross : sample.workingSet;
    if (limitOf(kind, sample) === null) memory = Math.max(memory, use ?? 0);
    if (sample.cpuLimit === null) used = Math.max(used, sample.cores ?? 0);
    if (sample.pidsLimit === null && kind === "container") pids = Math.max(pids, sample.pids ?? 0);
  }
  return { memory: endOver(memory), cores: endOver(used), pids: endOver(pids) };
}
