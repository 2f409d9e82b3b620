import { mkdirSync, readFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import type * as z from "zod/mini";
import { textOf } from "../../machine/proc-files.ts";
import { writeWhole } from "../../machine/write-whole.ts";

/**
 * Since when what was found out about this machine holds: its kernel and its boot (a module may be loaded, a host moved to
 * another one under it), and whatever else it depends on.
 */
export const keyOf = (...parts: readonly string[]): string =>
  [release(), textOf("/proc/sys/kernel/random/boot_id").trim(), ...parts].join("\n");

/** What was found out under `key` and kept in `directory`; null: nothing, another key's, or it can't be read. */
export function recall<Found>(
  directory: string,
  name: string,
  key: string,
  schema: z.ZodMiniType<Found>,
): Found | null {
  try {
    const kept: unknown = JSON.parse(readFileSync(join(directory, name), "utf8"));
    if (typeof kept !== "object" || kept === null || !("key" in kept) || !("found" in kept)) return null;
    return kept.key === key ? (schema.safeParse(kept.found).data ?? null) : null;
  } catch {
    return null;
  }
}

/** Keeps what was found out, whole or not at all; where the disk is full it is found out again the next time. */
export function remember(directory: string, name: string, key: string, found: unknown): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeWhole(join(directory, name), JSON.stringify({ key, found }), null);
  } catch {
    // found out again
  }
}
