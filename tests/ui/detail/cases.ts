import type { Event } from "../../../shared/model/event.ts";
import { type Given, loki, lokiDetail, sampleOf, seriesOf, windows, windowsDetail } from "./given.tsx";
import { minutesAgo, noise, now, sawTooth, sawToothAt, swollenAt } from "./shapes.ts";

const happened = (
  ago: number,
  kind: Event["kind"],
  instance: string,
  detail: string | null = null,
): Event => ({
  at: minutesAgo(ago),
  kind,
  instance,
  detail,
});

/** Near its limit, killed twice, its limit raised in between, throttled in bursts; the computer slept once. */
export const killed: Given = {
  instance: loki,
  series: seriesOf(sawToothAt),
  detail: lokiDetail,
  sample: sampleOf(sawToothAt(now, noise(1)) ?? {}),
  events: [
    ...sawTooth.kills.map((ago) => happened(ago, "oom-kill", loki.id)),
    happened(sawTooth.raised, "limits-changed", loki.id, "160 MiB → 192 MiB"),
  ],
};

/** A VM whose use swelled and fell; with `balloon` the guest says what it uses. */
export const swollen = (balloon: boolean): Given => ({
  instance: windows,
  series: seriesOf((at, random) => swollenAt(at, random, balloon)),
  detail: windowsDetail,
  sample: sampleOf(swollenAt(now, noise(2), balloon)),
  events: [happened(58, "started", windows.id)],
});

/** Seen for the first time a second ago. */
export const justCome: Given = {
  ...killed,
  instance: { ...loki, startedAt: now - 1_500, restarts: 0 },
  series: seriesOf(sawToothAt, [{ at: now, step: 1_000 }]),
  detail: null,
  events: [happened(0.02, "started", loki.id)],
};

/** Runs, but nothing of it could be read. */
export const unknownEverywhere: Given = {
  instance: { ...loki, group: null, image: null, startedAt: null, restarts: null, weighed: "api" },
  series: { at: [], step: [], figures: {}, min: {}, max: {} },
  detail: null,
  sample: sampleOf({}),
};
