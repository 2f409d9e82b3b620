import { coresText, dockerBytes } from "../../../shared/mends/amounts.ts";
import type { Setting } from "../../../shared/mends/setting.ts";
import type { Resource } from "../../../shared/model/change.ts";
import { parseSize, sizeLike } from "./sizes.ts";

/** A place in a service where a limit may stand, and how it is written there. */
export type Key = {
  readonly path: readonly string[];
  /** The value for a limit, written as the one before was; null: a new one. */
  write(to: number, before: string | null): string;
  /** The limit that a value means; null: none that can be read. */
  parse(value: unknown): number | null;
};

const bytes = {
  write: (to: number, before: string | null) => (before === null ? dockerBytes(to) : sizeLike(before, to)),
  parse: parseSize,
};
const number = {
  write: (to: number) => coresText(to),
  parse: (value: unknown) => (/^(\d+(\.\d+)?|\.\d+)$/.test(String(value)) ? Number(value) : null),
};
const inDeploy = (key: string) => ["deploy", "resources", "limits", key];

/**
 * Where a limit stands, https://docs.docker.com/reference/compose-file/services/ and /deploy/: on the service, or below
 * `deploy`. Compose refuses a file in which the two differ.
 */
export type Keys = { readonly short: Key; readonly deploy: Key; readonly others: readonly string[] };

export const keysOf = (resource: Resource): Keys | null =>
  new Map<Resource, Keys>([
    [
      "memory",
      {
        short: { path: ["mem_limit"], ...bytes },
        deploy: { path: inDeploy("memory"), ...bytes },
        others: [],
      },
    ],
    [
      "cpu",
      {
        short: { path: ["cpus"], ...number },
        deploy: { path: inDeploy("cpus"), ...number },
        // Other ways to say the same, which would hold against ours.
        others: ["cpu_quota", "cpu_count", "cpu_percent"],
      },
    ],
    [
      "pids",
      {
        short: { path: ["pids_limit"], ...number },
        deploy: { path: inDeploy("pids"), ...number },
        others: [],
      },
    ],
  ]).get(resource) ?? null;

/** Memory and swap together: it has to follow where it is written, or compose would refuse the file. */
const swapKey: Key = { path: ["memswap_limit"], ...bytes };

/** The further value that goes along with a setting; null: none does. -1 is "without end" and stays. */
export function alongWith(
  setting: Setting,
  written: unknown,
): { readonly key: Key; readonly to: number } | null {
  if (setting.resource !== "memory" || setting.withSwap === null) return null;
  if (written === undefined || String(written) === "-1") return null;
  return { key: swapKey, to: setting.withSwap };
}
