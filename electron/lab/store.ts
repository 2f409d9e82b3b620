import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";
import type { Race } from "../../shared/model/race.ts";
import { raceSchema } from "../../shared/model/race-schema.ts";
import { parseRecorded } from "../../shared/model/recording.ts";
import { writeWhole } from "../machine/write-whole.ts";

/** Raised when an older Tare would misread a kept race. */
const raceFormat = 1;
/** The oldest go where there are more: a semester of races, and read within a tenth of a second. */
const mostRaces = 200;
/** A race of 2 x 105 trials with output takes a quarter of it. */
const mostBytes = 1024 * 1024;

const head = z.object({ format: z.int().check(z.minimum(1)), race: z.unknown() });

/** Why a kept race is not shown: damaged, or of a newer Tare. */
export type Skipped = { readonly file: string; readonly why: "corrupt" | "newer" };

/** Where races are kept, below the data directory. */
export const racesFolder = (directory: string): string => join(directory, "lab", "races");

export type Store = {
  /** The newest first. What can't be read is skipped, and told in `skipped`; it stays where it is. */
  races(): { readonly races: readonly Race[]; readonly skipped: readonly Skipped[] };
  /** Keeps a race, in place of an earlier state of it. Throws the system's error where it can't be written. */
  keep(race: Race): void;
};

/**
 * Races on disk, a file each, so that one that is damaged costs no other and two Tares don't write into each other.
 * A file is written beside and renamed: it is there whole or as it was. For this user alone (0600).
 */
export function openStore(folder: string): Store {
  /** Parsed once for each state of a file: the page asks often, and another Tare may write meanwhile. */
  const known = new Map<string, { readonly stamp: string; readonly race: Race | Skipped["why"] }>();

  const read = (name: string): Race | Skipped["why"] => {
    const file = openSync(join(folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const { mtimeMs, size, ino } = fstatSync(file);
      const stamp = `${ino} ${size} ${mtimeMs}`;
      const before = known.get(name);
      if (before?.stamp === stamp) return before.race;
      const race = size > mostBytes ? "corrupt" : parseRace(readFileSync(file, "utf8"));
      known.set(name, { stamp, race });
      return race;
    } finally {
      closeSync(file);
    }
  };

  const names = (): readonly string[] => {
    try {
      return readdirSync(folder).filter((name) => name.endsWith(".json"));
    } catch {
      return []; // nothing was raced yet
    }
  };

  const races = (): ReturnType<Store["races"]> => {
    const found: Race[] = [];
    const skipped: Skipped[] = [];
    for (const name of names()) {
      try {
        const race = read(name);
        if (typeof race === "string") skipped.push({ file: join(folder, name), why: race });
        else found.push(race);
      } catch (error) {
        // Gone between the two: another Tare keeps the count.
        if ((error as NodeJS.ErrnoException).code !== "ENOENT")
          skipped.push({ file: join(folder, name), why: "corrupt" });
      }
    }
    return { races: found.sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1)), skipped };
  };

  return {
    races,
    keep(race) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeWhole(join(folder, `${race.id}.json`), `${JSON.stringify({ format: raceFormat, race })}\n`, null);
      for (const { id } of races().races.slice(mostRaces))
        rmSync(join(folder, `${id}.json`), { force: true });
    },
  };
}

/** A kept race, or why it is none. Pure. */
export function parseRace(text: string): Race | Skipped["why"] {
  try {
    const { format, race } = head.parse(parseRecorded(text));
    return format > raceFormat ? "newer" : raceSchema.parse(race);
  } catch {
    return "corrupt";
  }
}
