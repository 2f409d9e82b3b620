import type { Source } from "../../../../electron/source.ts";
import type { Sample } from "../../../../shared/figures.ts";
import type { Detail } from "../../../../shared/model/detail.ts";
import type { HostFacts } from "../../../../shared/model/host.ts";
import type { Instance } from "../../../../shared/model/instance.ts";
import type { EngineStatus } from "../../../../shared/model/status.ts";
import type { Tick } from "../../../../shared/model/tick.ts";
import { nothingKnown } from "../../../../shared/wire/frames.ts";

/** Invented facts for tests of files: what matters there is that they come back, not what they are. */
export const facts: HostFacts = {
  name: "somewhere",
  os: "Debian 12",
  kernel: "6.1",
  cpu: "some",
  threads: 2,
  memory: 2 ** 34,
  cgroup: "v1",
  controllers: ["memory", "cpu", "pids", "io"],
};

export const instance = (slot: number, change: Partial<Instance> = {}): Instance => ({
  engine: "docker",
  id: `docker:${slot}`,
  kind: "container",
  name: `n${slot}`,
  state: "running",
  group: null,
  image: "busybox:1",
  imageSize: 2_000_000,
  createdAt: null,
  startedAt: 1_764_000_000_000,
  restarts: 0,
  health: null,
  reported: { memory: null, cpu: 0.25, pids: null },
  virtualization: null,
  detailed: true,
  slot,
  weighed: "cgroup",
  bounds: null,
  alsoSeenBy: [],
  ...change,
});

export const ready: readonly EngineStatus[] = [
  {
    engine: "docker",
    state: "ready",
    version: "20.10",
    where: "/var/run/docker.sock",
    looked: [{ where: "/var/run/docker.sock", found: true }],
    trouble: null,
    since: 1_764_000_000_000,
    nextTry: null,
  },
];

export const sample = (change: Partial<Sample>): Sample => ({ ...nothingKnown, ...change });

export const tick = (at: number, change: Partial<Tick> = {}): Tick => ({
  at,
  whole: false,
  came: [],
  went: [],
  samples: new Map(),
  events: [],
  host: {
    cores: 0.5,
    available: 2 ** 33,
    free: null,
    cache: 0,
    read: 0,
    written: null,
    received: 12.5,
    sent: 1,
  },
  self: { cores: 0.01, resident: 50_000_000 },
  engines: ready,
  replay: null,
  ...change,
});

export const detail: Detail = {
  limits: [
    { key: "cpu", value: 0.25, ancestor: null, from: "cpu.cfs_quota_us", own: null, used: null, told: null },
  ],
  processes: [{ pid: 7, name: "sleep", helper: false, threads: 1, memory: 4096 }],
  readFrom: ["/sys/fs/cgroup/memory/x"],
  pressure: {
    cpu: { some: { avg10: 0.5, avg60: 0.25, avg300: 0, total: 8_919_000 }, full: null },
    memory: { some: null, full: null },
    io: { some: null, full: null },
  },
  counts: [{ key: "oomKill", value: 2, local: null, from: "memory.events: oom_kill" }],
  namespaces: [
    { kind: "net", inode: 4_026_531_833, sharing: "shared", sharers: ["docker:웹"], more: 3 },
    { kind: "time", inode: 4_026_531_834, sharing: "host", sharers: [], more: 0 },
  ],
  security: {
    ...{ capabilities: ["CHOWN", "NET_ADMIN"], beyondDefault: ["NET_ADMIN"], everyCapability: false },
    ...{ seccomp: "filter", noNewPrivileges: true, readOnlyRoot: null, user: 0 },
  },
  missing: [{ what: "pressure", why: "off" }],
};

/** A source whose ticks are put in by hand. */
export function handSource(): Source & { put(tick: Tick): void } {
  const listeners = new Set<(tick: Tick) => void>();
  return {
    live: true,
    facts,
    listen(listener, signal) {
      listeners.add(listener);
      signal.addEventListener("abort", () => listeners.delete(listener), { once: true });
    },
    detail: async () => detail,
    past: () => [],
    races: () => null,
    retry: () => undefined,
    steer: () => undefined,
    put(tick) {
      for (const listener of [...listeners]) listener(tick);
    },
  };
}
