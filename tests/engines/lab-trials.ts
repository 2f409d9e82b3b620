import { setTimeout as pause } from "node:timers/promises";
import { containerStarter, settle } from "../../electron/lab/container/trial.ts";
import { findLabDaemon } from "../../electron/lab/docker-daemon.ts";
import { openNotes } from "../../electron/lab/notes.ts";
import { sweep } from "../../electron/lab/sweep.ts";
import { workloadOf } from "../../electron/lab/workload-of.ts";

/** Said once what earlier runs left is swept, and trials begin. */
export const begun = "begun";

/**
 * A program that does what Tare does, until it is killed: sweeps, then runs trials, and keeps every other one.
 * Arguments: the data directory, the image.
 */
export async function main([directory = "", image = ""]: readonly string[]): Promise<void> {
  const signal = new AbortController().signal;
  const daemon = await findLabDaemon(signal);
  const { docker } = daemon;
  await sweep(directory, async () => docker, signal);
  process.stdout.write(`${begun}\n`);
  const notes = openNotes(directory);
  const wish = { probe: { kind: "line", pattern: "up" }, memory: 64 << 20, cpus: 1 } as const;
  const workload = workloadOf(await docker.image(image, signal), image, wish, process.arch);
  const starter = containerStarter(daemon, workload, notes);
  for (let keep = false; ; keep = !keep) {
    await starter.run({ giveUp: 60_000, weigh: true, keep, saw: () => undefined }, signal);
    await pause(settle);
  }
}
