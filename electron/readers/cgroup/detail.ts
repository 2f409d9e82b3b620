import { type Detail, type NamedProcess, untold } from "../../../shared/model/detail.ts";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import { parsePss, parseStatus, textOf } from "../../machine/proc-files.ts";
import type { Helper } from "../reader.ts";
import { controllersWithout } from "./bounds.ts";
import { countsOf } from "./counts.ts";
import { asText } from "./levels.ts";
import type { LimitsFound } from "./limits.ts";
import { kernelSays, missingOf } from "./missing.ts";
import { namedLimits } from "./named-limits.ts";
import { pidsBelow } from "./network.ts";
import { stallsIn } from "./stalls.ts";

const mostListed = 20;
const mostLookedAt = 1_000;
/** A guest of 2 GiB in small pages takes 22 ms to add up: what the panel may cost in all, before it takes RSS. */
const longest = 30;

/** All that is looked up of a cgroup for the panel: limits, counts, pressure, what is missing, processes and files. Names only: arguments are the workload's own business. */
export async function describeCgroup(
  paths: CgroupPaths,
  limits: LimitsFound,
  helpers: readonly Helper[],
): Promise<Detail> {
  const folder = paths.memory ?? paths.unified ?? paths.pids ?? paths.cpuacct;
  const processes = folder === null ? [] : await processesOf(pidsBelow(folder, mostLookedAt));
  const folders = [...new Set(Object.values(paths).flatMap((path) => (path === null ? [] : [asText(path)])))];
  const first = processes[0];
  const pressure = stallsIn(paths.unified);
  return {
    ...untold,
    limits: namedLimits(limits, paths),
    pressure,
    counts: countsOf(paths),
    missing: missingOf(paths, controllersWithout(paths), pressure !== null, kernelSays()),
    processes: [...processes, ...helpers.map(asProcess)],
    readFrom: [
      ...folders,
      ...(first ? [`/proc/${first.pid}/net/dev`] : []),
      ...helpers.map(({ pid }) => `/proc/${pid}/smaps_rollup`),
    ],
  };
}

const asProcess = ({ pid, name, private: memory }: Helper): NamedProcess => ({
  pid,
  name,
  helper: true,
  threads: parseStatus(textOf(`/proc/${pid}/status`))?.threads ?? null,
  memory,
});

/** The heaviest processes: by RSS, which is cheap, then weighed by PSS, which splits what they share. */
async function processesOf(pids: readonly number[]): Promise<readonly NamedProcess[]> {
  const found: NamedProcess[] = [];
  for (const [index, pid] of pids.entries()) {
    const status = parseStatus(textOf(`/proc/${pid}/status`));
    if (status)
      found.push({ pid, name: status.name, helper: false, threads: status.threads, memory: status.resident });
    if (index % 50 === 49) await breath();
  }
  found.sort(heaviest);
  const listed: NamedProcess[] = [];
  const began = performance.now();
  for (const process of found.slice(0, mostListed)) {
    const share =
      performance.now() - began < longest ? parsePss(textOf(`/proc/${process.pid}/smaps_rollup`)) : null;
    listed.push({ ...process, memory: share ?? process.memory });
    await breath();
  }
  return listed.sort(heaviest);
}

const heaviest = (a: NamedProcess, b: NamedProcess) => (b.memory ?? -1) - (a.memory ?? -1);
/** Lets the loop turn: nothing that is looked up for the panel may hold up the next reading. */
const breath = () => new Promise<void>((next) => setImmediate(next));
