import { setMaxListeners } from "node:events";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { cgroups } from "../../electron/engines/cgroups/cgroups.ts";
import { docker } from "../../electron/engines/docker/docker.ts";
import { qemu } from "../../electron/engines/qemu/qemu.ts";
import { history } from "../../electron/history/memory.ts";
import { record } from "../../electron/history/recorder.ts";
import { readHost } from "../../electron/live/host.ts";
import { live } from "../../electron/live/live.ts";
import { fastClock } from "./fast-clock.ts";

/** What the back end says of itself, once in a simulated minute. */
export type Health = {
  /** Simulated ms since it began. */
  readonly at: number;
  readonly resident: number;
  /** Of V8, after a full collection. */
  readonly heap: number;
  readonly descriptors: number;
  readonly zombies: number;
  /** 99th percentile of how late the loop was in that minute, ms. */
  readonly lateness: number;
  readonly ticks: number;
  readonly instances: number;
  /** Samples without a rate of an instance that had one before: each must have a cause. */
  readonly gaps: number;
  /** Below zero, or more cores than there are: never. */
  readonly absurd: number;
  readonly saved: number;
  readonly docker: string;
};

// The back end for hours, with a clock that is faster: engines, census, sampler, the hour and a recording. The word names
// whose instances are counted.
const [times = "16", word = "tare-soak", file = ""] = process.argv.slice(2);
const clock = fastClock(Number(times));
const { signal } = new AbortController();
setMaxListeners(0, signal);
// Nothing of the soak outlives it.
process.on("disconnect", () => process.exit());
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();

const host = await readHost(clock);
const source = live(
  [docker({ clock }), qemu({ clock }), cgroups({ services: false, clock })],
  host,
  clock,
  signal,
);
const hour = history();
const began = clock.now();
const rated = new Set<string>();
const ours = new Set<string>();
const counts = { ticks: 0, gaps: 0, absurd: 0 };
let state = "";
let toldAt = began;

void record(file, source, {
  ...{ clock, version: "soak", signal, for: null, name: "soak", keep: ({ name }) => name.includes(word) },
  ...{ onBegun: () => undefined, onSaved: () => undefined, races: () => Promise.resolve([]) },
  onTrouble: (trouble) => {
    if (trouble) throw new Error(`the recording: ${JSON.stringify(trouble)}`);
  },
});

source.listen((tick) => {
  hour.take(tick);
  counts.ticks++;
  for (const { id, name } of tick.came) if (name.includes(word)) ours.add(id);
  for (const id of tick.went) if (ours.delete(id)) rated.delete(id);
  for (const [id, { cores }] of tick.samples) {
    if (!ours.has(id)) continue;
    if (cores === null) counts.gaps += rated.delete(id) ? 1 : 0;
    else rated.add(id);
    if (cores !== null && (cores < 0 || cores > host.facts.threads * 1.02)) counts.absurd++;
  }
  state = tick.engines.find(({ engine }) => engine === "docker")?.state ?? "";
  if (tick.at - toldAt >= 60_000) tell(tick.at);
}, signal);

function tell(now: number): void {
  toldAt = now;
  globalThis.gc?.();
  const health: Health = {
    at: now - began,
    resident: process.memoryUsage.rss(),
    heap: process.memoryUsage().heapUsed,
    descriptors: readdirSync("/proc/self/fd").length,
    zombies: zombies(),
    lateness: delay.percentile(99) / 1e6,
    ...counts,
    instances: ours.size,
    saved: statSync(file).size,
    docker: state,
  };
  delay.reset();
  process.send?.(health);
}

/** Children that ended and were never waited for. */
function zombies(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "latin1")
    .split(" ")
    .filter(Boolean);
  return children.filter((pid) => {
    try {
      return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "latin1"));
    } catch {
      return false; // ended and waited for meanwhile
    }
  }).length;
}
