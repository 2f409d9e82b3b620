import type { Event } from "../../../shared/model/event.ts";
import { madeFinding } from "../../fixtures/findings.ts";
import { type Given, loki, lokiDetail, sampleOf, seriesOf, windows, windowsDetail } from "./given.tsx";
import { mib, minutesAgo, noise, now, sawTooth, sawToothAt, swollenAt } from "./shapes.ts";

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

/** The same, as the rules find it: killed twice, and throttled in bursts; a note of it is not told here. */
export const found: Given = {
  ...killed,
  findings: [
    madeFinding({
      rule: "cpu-throttled",
      instance: loki.id,
      openedAt: minutesAgo(3),
      facts: { periods: 0.41, over: 60_000, quota: 0.5 },
    }),
    madeFinding({
      rule: "memory-killed",
      severity: "critical",
      instance: loki.id,
      openedAt: minutesAgo(sawTooth.kills[0] ?? 0),
      facts: {
        kills: 2,
        within: 3_600_000,
        limit: 192 * mib,
        used: 0.99,
        own: 168 * mib,
        cache: 19 * mib,
        running: 1,
      },
      proposal: {
        resource: "memory",
        from: 192 * mib,
        to: 320 * mib,
        basis: { peak: 192 * mib, p99: null, over: 3_600_000, headroom: 0.25, sure: "never-unhindered" },
      },
    }),
    madeFinding({ rule: "cache-only", severity: "note", instance: loki.id, openedAt: minutesAgo(2) }),
  ],
  mends: [
    {
      target: "docker",
      now: true,
      text: "docker update --memory 320m --memory-swap 320m observ-loki-1",
      file: null,
      appliable: true,
      trouble: null,
    },
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
