import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import si from "systeminformation";
import { cgroupsOf } from "../../electron/machine/cgroup-paths.ts";
import { systemClock } from "../../electron/machine/clock.ts";
import { readers } from "../../electron/readers/readers.ts";
import { enter, reader as pageAt } from "../e2e/door/client.ts";
import { haveContainers } from "./containers.ts";
import { coresWhile, cpuOf, microsOf, pidsOf, wait } from "./cpu.ts";
import { bareLoop, readFiles } from "./floor.ts";
import { against, atLeast, atMost, type Result } from "./result.ts";
import { startTare } from "./tare.ts";

/** Tare as its users run it, with one page that keeps up, for `seconds` with `count` containers running. */
async function backend(count: number, seconds: number) {
  const tare = await startTare();
  const pid = tare.child.pid ?? 0;
  const { port, hash } = new URL(tare.url);
  const seen = { frames: 0, samples: 0 };
  const known = new Set<string>();
  const page = pageAt(await enter(Number(port), hash.slice("#t=".length)), ({ whole, came, went, rows }) => {
    seen.frames++;
    seen.samples += rows.size;
    if (whole) known.clear();
    for (const { id } of came) known.add(id);
    for (const id of went) known.delete(id);
  });
  for (let tries = 0; known.size < count && tries < 120; tries++) await wait(500);
  await wait(8_000); // start-up, first reading of every file and the JIT are not the steady state
  const daemons = pidsOf("dockerd", "containerd");
  const now = () => ({
    ours: cpuOf(pid),
    daemons: daemons.map(cpuOf).reduce((sum, ms) => sum + ms, 0),
    ...seen,
  });
  const first = now();
  const began = performance.now();
  await wait(seconds * 1000);
  const last = now();
  const ms = performance.now() - began;
  const resident = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
  page.close();
  tare.child.kill();
  return {
    cores: (last.ours - first.ours) / ms,
    rate: ((last.frames - first.frames) / ms) * 1000,
    samplesASecond: ((last.samples - first.samples) / ms) * 1000,
    resident,
    daemonCores: (last.daemons - first.daemons) / ms,
  };
}

/** `docker stats` with all it makes others do: CLI, dockerd, containerd, shims; less the same processes idle. */
async function dockerStats(ids: readonly string[], seconds: number) {
  const servers = () => pidsOf("dockerd", "containerd", "containerd-shim");
  const idle = await coresWhile(servers, () => wait((seconds * 1000) / 2));
  const cli = spawn("docker", ["stats"], { stdio: "ignore" });
  await wait(5_000);
  const busy = await coresWhile(
    () => [...servers(), cli.pid ?? 0],
    () => wait(seconds * 1000),
  );
  const rate = await delivered(ids.slice(0, listened), seconds * 1000);
  cli.kill("SIGKILL");
  return { cores: busy.cores - idle.cores, idle: idle.cores, rate };
}

/** A few streams stand for all: more would weigh on the daemon. */
const listened = 3;

/**
 * How often a second dockerd tells new figures of a container while `docker stats` runs. The CLI prints its table again and
 * again, whether or not anything new has come, so it is the frames of its own streams that are counted.
 */
async function delivered(ids: readonly string[], ms: number): Promise<number> {
  let frames = 0;
  const requests = ids.map((id) =>
    get({ socketPath: "/var/run/docker.sock", path: `/containers/${id}/stats` }, (answer) =>
      answer.on("data", (chunk: Buffer) => {
        for (const byte of chunk) if (byte === 10) frames++;
      }),
    ).on("error", () => undefined),
  );
  // The first frames of a stream come out of turn.
  await wait(5_000);
  const [before, began] = [frames, performance.now()];
  await wait(ms);
  const rate = ((frames - before) / ids.length / (performance.now() - began)) * 1000;
  for (const request of requests) request.destroy();
  return rate;
}

/** Our reader alone, hot: us of CPU a container. */
function reader(ids: readonly string[]): number {
  const open = readers(systemClock);
  const opened = ids.flatMap((id) => {
    const pid = Number(
      readFileSync(`/sys/fs/cgroup/memory/docker/${id}/cgroup.procs`, "utf8").split("\n")[0],
    );
    const paths = cgroupsOf(pid);
    return paths ? [open({ via: "cgroup", paths, pid, container: id })] : [];
  });
  const round = () => {
    for (const one of opened) one.read();
  };
  for (let n = 0; n < 50; n++) round();
  const micros = microsOf(round, 20) / opened.length;
  for (const one of opened) one.close();
  return micros;
}

/** The collector and the whole back end at `count` containers, beside `docker stats`, bare loops and systeminformation. */
export async function benchCollector(count: number, seconds: number): Promise<readonly Result[]> {
  const ids = await haveContainers(count);
  const at = (what: string) => `${count} containers: ${what}`;
  const ours = await backend(count, seconds);
  const rival = await dockerStats(ids, seconds);
  const hot = reader(ids);
  const perSample = (rival.cores / Math.max(rival.rate * count, 1)) * 1e6;
  const results = [
    against(
      at("back end, CPU a second, beside docker stats"),
      ours.cores * 100,
      rival.cores * 100,
      "%",
      1 / 40,
    ),
    against(
      at("CPU a delivered sample"),
      (ours.cores / ours.samplesASecond) * 1e6,
      perSample,
      "us",
      1 / 60,
      `docker stats delivers ${Number(rival.rate.toPrecision(2))} Hz`,
    ),
    against(at("reader beside a bare loop, held descriptors"), hot, bareLoop(ids), "us", 2),
    against(at("reader beside readFileSync and split"), hot, readFiles(ids), "us", 1 / 3),
    atMost(at("whole back end, CPU"), ours.cores * 100, 2, "%"),
    atMost(at("whole back end, resident"), ours.resident, 120, "MiB"),
    atLeast(at("delivered rate"), ours.rate, 0.99, "Hz"),
    atMost(
      at("dockerd and containerd while we watch, less idle"),
      Math.max(0, (ours.daemonCores - rival.idle) * 100),
      0.5,
      "%",
    ),
  ];
  const before = process.cpuUsage();
  await si.dockerContainerStats("*");
  const used = process.cpuUsage(before);
  results.push(
    against(
      at("a round of ours beside systeminformation's dockerContainerStats"),
      (hot * count) / 1000,
      (used.user + used.system) / 1000,
      "ms",
      1,
    ),
  );
  return results;
}
