import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cgroups } from "../../electron/engines/cgroups/cgroups.ts";
import { history } from "../../electron/history/memory.ts";
import { readHost } from "../../electron/live/host.ts";
import { live } from "../../electron/live/live.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { tell, until } from "./kernel.ts";

const day = 86_400;
const hour = 3_600;

/** What one tick told of the box, by both clocks. */
export type Tock = {
  readonly at: number;
  readonly steady: number;
  readonly cores: number | null;
  readonly startedAt: number | null;
};

/** The wall clock is set forth and back while the back end watches a box that uses a fifth of a core. Fault 13. */
export async function clockJumps(): Promise<void> {
  const folder = "/sys/fs/cgroup/lxc.payload.tare-clock";
  mkdirSync(folder);
  writeFileSync(`${folder}/cpu.max`, "20000 100000");
  spawn("sh", ["-c", `echo 0 > ${folder}/cgroup.procs; while :; do :; done`], { stdio: "ignore" });
  const stop = new AbortController();
  const host = await readHost(systemClock);
  const source = live([cgroups({ services: false })], host, systemClock, stop.signal);
  const kept = history();
  const tocks: Tock[] = [];
  const jumps: number[] = [];
  const id = "lxc:tare-clock";
  let startedAt: number | null = null;
  source.listen((tick) => {
    kept.take(tick);
    startedAt = tick.came.find((one) => one.id === id)?.startedAt ?? startedAt;
    const sample = tick.samples.get(id);
    if (sample) tocks.push({ at: tick.at, steady: performance.now(), cores: sample.cores, startedAt });
  }, stop.signal);
  const more = async (ticks: number) => {
    const from = tocks.length;
    await until("it is weighed on", () => tocks.length >= from + ticks);
  };
  await more(4);
  for (const by of [day, -day, -hour, hour]) {
    execFileSync("date", ["-s", `@${Math.round(Date.now() / 1000) + by}`], { stdio: "ignore" });
    jumps.push(tocks.length);
    await more(3);
  }
  const series = kept.series(id, 0, ["cores"]);
  tell("clock", { tocks, jumps, series });
  stop.abort();
  writeFileSync(`${folder}/cgroup.kill`, "1");
}
