import type { Lab, LabOptions } from "./bench.ts";

/**
 * The lab, which costs nothing until it is used: its parts (Docker's client, QEMU, the image's archive) are loaded with the
 * first call.
 */
export function openLab(options: LabOptions): Lab {
  let bench: Promise<Lab> | null = null;
  const open = () => {
    bench ??= import("./bench.ts").then(({ openBench }) => openBench(options));
    return bench;
  };
  return {
    lab: async () => (await open()).lab({}),
    images: async () => (await open()).images({}),
    startRace: async (wish) => (await open()).startRace(wish),
    // What was never begun need not be loaded to be stopped.
    stopRace: async () => (await bench)?.stopRace({}) ?? null,
    raceNews: async (request) => (await bench)?.raceNews(request) ?? null,
    races: async () => (await open()).races({}),
    stopPair: async () => (await bench)?.stopPair({}) ?? null,
    close: async () => (await bench)?.close(),
  };
}
