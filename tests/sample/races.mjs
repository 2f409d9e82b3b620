// The races of the sample: images of its project, each as a container and as a VM, while it is recorded.
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stay } from "./shell.mjs";

const start = fileURLToPath(new URL("../../electron/start.mjs", import.meta.url));
/** Second of the recording at which the first one begins; each begins when the one before is over. */
const first = 45;
const wishes = [
  ["nginx:1.22", "--ready-port", "80"],
  ["redis:7.0", "--ready-port", "6379"],
  ["busybox:1.35", "--ready-exit"],
];

/** Names that stand in the sample, for `tare record --only`. */
export const raced = wishes.map(([image]) => image);

/** Runs them one after the other; resolves when all are kept under `data`. Throws where one could not begin. */
export async function races(data, say) {
  await new Promise((next) => setTimeout(next, first * 1000));
  for (const wish of wishes) {
    say(`race ${wish[0]}`);
    const race = stay(process.execPath, start, "race", ...wish, "--memory", "256m", "--data-dir", data);
    const [code] = await once(race, "exit");
    if (code === 2) throw new Error(`tare race ${wish[0]} could not begin`);
    // What it printed on stderr says which trial failed; the race is kept with it.
    await new Promise((next) => setTimeout(next, 5_000));
  }
}
