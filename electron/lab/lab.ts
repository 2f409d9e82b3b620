import { readdirSync } from "node:fs";
import { join } from "node:path";
import { dataPath } from "../machine/data-directory.ts";
import type { Lab, LabOptions } from "./bench.ts";

/**
 * The lab, which costs nothing until it is used: its parts (Docker's client, QEMU, the image's archive) are loaded with the
 * first call, or at once where a Tare that was killed may have left something behind.
 */
export function openLab(options: LabOptions): Lab {
  const ending = new AbortController();
  let bench: Promise<Lab> | null = null;
  const open = () => {
    bench ??= import("./bench.ts")
      .then(({ openBench }) => openBench(options, ending.signal))
      .catch((error: unknown) => {
        bench = null; // a directory that can't be used now may be usable at the next call
        throw error;
      });
    return bench;
  };
  if (mayHaveLeft(dataPath(options.directory))) void open().catch(() => undefined);
  return {
    lab: async () => (await open()).lab({}),
    images: async () => (await open()).images({}),
    startRace: async (wish) => (await open()).startRace(wish),
    // What was never begun need not be loaded to be stopped.
    stopRace: async () => (await bench)?.stopRace({}) ?? null,
    raceNews: async (request) => (await bench)?.raceNews(request) ?? null,
    races: async () => (await open()).races({}),
    stopPair: async () => (await bench)?.stopPair({}) ?? null,
    probeOf: async (image) => (await open()).probeOf(image),
    skipped: async () => (await open()).skipped(),
    async close() {
      ending.abort();
      await (await bench?.catch(() => null))?.close();
    },
  };
}

/** What runs and guests are noted by (notes.ts, guest/leftovers.ts); a Tare that ends as it should takes its own away. */
const mayHaveLeft = (directory: string): boolean =>
  ["runs", "guests"].some((notes) => {
    try {
      return readdirSync(join(directory, "lab", notes)).length > 0;
    } catch {
      return false; // no lab was ever used here
    }
  });
