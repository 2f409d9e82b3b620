import { join } from "node:path";
import type { Handlers } from "../../shared/wire/calls.ts";
import type { Clock } from "../machine/clock.ts";
import { dataDirectory } from "../machine/data-directory.ts";
import { openStore } from "./store.ts";

export type LabOptions = {
  /** Where Tare keeps its files; null: the system's own place. */
  readonly directory: string | null;
  readonly clock: Clock;
  /** How many instances run now; null: not known. */
  readonly beside: () => number | null;
};

/** The lab as the page and the terminal ask for it. */
export type Lab = Pick<
  Handlers,
  "lab" | "images" | "startRace" | "stopRace" | "raceNews" | "races" | "stopPair"
> & {
  /** Ends what is on, and resolves when nothing of it is left. */
  close(): Promise<void>;
};

/** The lab with all its parts, as lab.ts loads it with the first call. */
export function openBench({ directory }: LabOptions): Lab {
  const store = openStore(join(dataDirectory(directory), "lab", "races"));
  return {
    lab: () => ({ parts: [] }),
    images: () => [],
    startRace: () => ({ trouble: { code: "no-docker", where: "docker", cause: null, output: [] } }),
    stopRace: () => null,
    raceNews: () => null,
    races: () => store.races().races,
    stopPair: () => null,
    close: async () => undefined,
  };
}
