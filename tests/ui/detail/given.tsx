import { vi } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { use } from "../../../renderer/state/channel.ts";
import { takeFrame } from "../../../renderer/state/intake.ts";
import { choose, startOver } from "../../../renderer/state/ui.ts";
import { DetailPanel } from "../../../renderer/views/detail/detail-panel.tsx";
import type { Sample } from "../../../shared/figures.ts";
import type { Mend } from "../../../shared/model/change.ts";
import { type Detail, untold } from "../../../shared/model/detail.ts";
import type { Event } from "../../../shared/model/event.ts";
import type { Finding } from "../../../shared/model/finding.ts";
import type { Instance } from "../../../shared/model/instance.ts";
import type { Reply, Request, Series } from "../../../shared/wire/calls.ts";
import type { Channel } from "../../../shared/wire/channel.ts";
import { type Frame, nothingKnown } from "../../../shared/wire/frames.ts";
import { hourOfSteps, mib, noise, now } from "./shapes.ts";
import "../../../renderer/tokens.css";
import "../../../renderer/components/base.css";

type Figures = Readonly<Record<string, number | null>>;

export const loki: Instance = {
  engine: "docker",
  id: `docker:${"3f9c21d0b7e4".repeat(6).slice(0, 64)}`,
  kind: "container",
  name: "observ-loki-1",
  state: "running",
  group: "observ",
  image: "grafana/loki:3.1",
  imageSize: 74 * mib,
  createdAt: now - 86_400_000,
  startedAt: now - 11.5 * 60_000,
  restarts: 2,
  health: null,
  reported: { memory: 192 * mib, cpu: 0.5, pids: null },
  virtualization: null,
  detailed: true,
  slot: 4,
  weighed: "cgroup",
  bounds: null,
  alsoSeenBy: [],
};

export const windows: Instance = {
  ...loki,
  engine: "libvirt",
  id: "libvirt:0b1c8a52-7e0d-4c53-9d62-6d1a6a3b5d11",
  kind: "vm",
  name: "win11-dev",
  group: null,
  image: null,
  imageSize: null,
  startedAt: now - 362 * 60_000,
  restarts: null,
  reported: { memory: null, cpu: null, pids: null },
  virtualization: {
    accelerator: "kvm",
    acceleratorSeen: true,
    machine: "pc-q35-8.2",
    vcpus: 4,
    configured: 8192 * mib,
  },
  slot: 5,
  weighed: "process",
  bounds: null,
  alsoSeenBy: ["qemu"],
};

export const lokiDetail: Detail = {
  ...untold,
  limits: [
    {
      key: "memory",
      value: 192 * mib,
      ancestor: null,
      from: "/sys/fs/cgroup/system.slice/docker-3f9c.scope/memory.max",
      own: null,
      used: null,
      told: null,
    },
    { key: "swap", value: 0, ancestor: null, from: "memory.swap.max", own: null, used: null, told: null },
    { key: "cpu", value: 0.5, ancestor: null, from: "cpu.max", own: null, used: null, told: null },
    { key: "cpuWeight", value: 100, ancestor: null, from: "cpu.weight", own: null, used: null, told: null },
  ],
  processes: [
    { pid: 7321, name: "loki", helper: false, threads: 15, memory: 168 * mib },
    { pid: 7290, name: "containerd-shim", helper: true, threads: 12, memory: 9.1 * mib },
  ],
  readFrom: [
    "/sys/fs/cgroup/system.slice/docker-3f9c21d0b7e43f9c21d0b7e43f9c21d0b7e4.scope",
    "/proc/7321/net/dev",
    "/proc/7290/smaps_rollup",
  ],
};

export const windowsDetail: Detail = {
  ...untold,
  limits: [
    {
      key: "balloon",
      value: 8192 * mib,
      ancestor: null,
      from: "domstats: balloon.current",
      own: null,
      used: null,
      told: null,
    },
  ],
  processes: [{ pid: 48213, name: "qemu-system-x86", helper: false, threads: 11, memory: 4716 * mib }],
  readFrom: ["/proc/48213/statm", "/sys/fs/cgroup/machine.slice/machine-qemu\\x2d3\\x2dwin11\\x2ddev.scope"],
};

/** A sample in which all is unknown but the given figures. */
export const sampleOf = (figures: Figures): Sample => ({ ...nothingKnown, ...figures }) as Sample;

/** An hour of history from a shape; null from the shape: nothing was measured then. */
export function seriesOf(
  shape: (at: number, random: () => number) => Figures | null,
  steps = hourOfSteps,
): Series {
  const random = noise(41);
  const rows = steps.map(({ at, step }) => shape(at + (step > 1000 ? step / 2 : 0), random));
  const names = new Set(rows.flatMap((row) => (row === null ? [] : Object.keys(row))));
  const columns = (of: (value: number) => number) =>
    Object.fromEntries(
      [...names].map((name) => [
        name,
        rows.map((row) => {
          const value = row?.[name] ?? null;
          return value === null ? null : of(value);
        }),
      ]),
    );
  return {
    at: steps.map(({ at }) => at),
    step: steps.map(({ step }) => step),
    figures: columns((value) => value),
    min: columns((value) => value * 0.9),
    max: columns((value) => value * 1.08),
  };
}

export type Given = {
  readonly instance: Instance;
  readonly series: Series;
  readonly detail: Detail | null;
  readonly events?: readonly Event[];
  readonly sample: Sample | null;
  readonly findings?: readonly Finding[];
  readonly mends?: readonly Mend[];
  readonly theme?: "light" | "dark";
  readonly language?: "en" | "ko";
};

let sequence = 1;
/** A frame as the feed sends them, at `at`. */
export const frameOf = (instance: Instance, at: number, sample: Sample | null, whole = false): Frame => ({
  sequence: sequence++,
  at,
  whole,
  came: whole ? [instance] : [],
  went: [],
  events: [],
  host: {
    cores: 3.42,
    available: 17 * 1024 * mib,
    free: 11 * 1024 * mib,
    cache: null,
    read: null,
    written: null,
    received: null,
    sent: null,
  },
  self: { cores: 0.006, resident: 92 * mib },
  engines: whole
    ? [
        {
          engine: instance.engine,
          state: "ready",
          version: instance.engine === "docker" ? "27.3.1" : "10.0.0",
          where: null,
          looked: [],
          trouble: null,
          since: now,
          nextTry: null,
        },
      ]
    : null,
  facts: whole
    ? {
        name: "kestrel",
        os: "Debian",
        kernel: "6.1",
        cpu: "AMD",
        threads: 16,
        memory: 31.3 * 1024 * mib,
        cgroup: "v2",
        controllers: ["memory", "cpu", "pids", "io"],
      }
    : null,
  replay: null,
  findings: [],
  rows: new Map(sample === null ? [] : [[instance.slot, sample]]),
});

/** The panel over a page that holds one instance (`openLater`: after a row had the focus), with the machine's side answering from what is given. */
export async function show(
  given: Given,
  how: { readonly openLater?: boolean; readonly width?: number } = {},
) {
  await page.viewport(how.width ?? 1440, 900);
  startOver();
  choose({ language: given.language ?? "en" });
  document.documentElement.lang = given.language ?? "en";
  document.documentElement.dataset.theme = given.theme ?? "light";
  const asked: string[] = [];
  const channel: Channel = {
    call: (async (name: string, request: unknown) => {
      asked.push(name);
      if (name === "history") return given.series satisfies Reply<"history">;
      if (name === "mends") return given.mends ?? [];
      if (name === "detail")
        return (request as Request<"detail">).id === given.instance.id ? given.detail : null;
      return {};
    }) as Channel["call"],
    close: () => undefined,
  };
  use(channel);
  const { events = [], findings = [] } = given;
  takeFrame({ ...frameOf(given.instance, now, given.sample, true), events, findings });
  const onClose = vi.fn();
  const onStep = vi.fn();
  const stage = (open: boolean) => (
    <div style={{ position: "fixed", inset: "79px 0 0 0" }}>
      <button type="button">{"a row behind"}</button>
      {open && <DetailPanel id={given.instance.id} onClose={onClose} onStep={onStep} />}
    </div>
  );
  const screen = await render(stage(how.openLater !== true));
  if (how.openLater === true) {
    (screen.getByRole("button").element() as HTMLElement).focus();
    await screen.rerender(stage(true));
  }
  return { screen, close: () => screen.rerender(stage(false)), onClose, onStep, asked };
}
