import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { textOf, until } from "./kernel.ts";

// Cgroups of the guest's, made and filled by hand: what they hold and may do is known to the last byte.

export const root = "/sys/fs/cgroup";

export function make(path: string, values: Record<string, string> = {}): string {
  const folder = `${root}/${path}`;
  mkdirSync(folder);
  for (const [file, value] of Object.entries(values)) writeFileSync(`${folder}/${file}`, value);
  return folder;
}

/** A process group of its own in the cgroup, so that all of it can be ended at once. */
export function start(folder: string, script: string): ChildProcess {
  return spawn("sh", ["-c", `echo 0 > ${folder}/cgroup.procs; ${script}`], {
    detached: true,
    stdio: "ignore",
  });
}

export async function stop(folder: string): Promise<void> {
  writeFileSync(`${folder}/cgroup.kill`, "1");
  await until(`${folder} is empty`, () => textOf(folder, "cgroup.procs") === "");
}
