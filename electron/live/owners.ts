import type { Handle, Instance } from "../../shared/model/instance.ts";
import type { Millis } from "../../shared/model/units.ts";
import { cgroupMounts } from "../machine/cgroup-paths.ts";
import type { Kill } from "./kill-line.ts";

/** Whose a killed process was. */
export type Owners = {
  /** Hears who came and went. */
  hear(came: readonly Instance[], went: readonly string[], now: Millis): void;
  /** Instance id; null: nobody's that Tare knows. */
  of(kill: Kill): string | null;
};

/** A kill may be told after its container has ended and is forgotten. */
const kept: Millis = 60_000;

/**
 * Remembers in which cgroup, or as which process, each instance runs. `handleOf` gives its handle now; one that ended has
 * none any more, so what was known of it stays for a while.
 */
export function owners(handleOf: (id: string) => Handle | null): Owners {
  const byCgroup = new Map<string, string>();
  const byPid = new Map<number, string>();
  const known = new Set<string>();
  const gone = new Map<string, Millis>();

  const forget = (id: string) => {
    known.delete(id);
    gone.delete(id);
    for (const [path, owner] of byCgroup) if (owner === id) byCgroup.delete(path);
    for (const [pid, owner] of byPid) if (owner === id) byPid.delete(pid);
  };

  return {
    hear(came, went, now) {
      for (const { id } of came) {
        known.add(id);
        gone.delete(id);
        const handle = handleOf(id);
        const path = pathOf(handle);
        if (path !== null) byCgroup.set(path, id);
        if (handle?.via === "process") byPid.set(handle.pid, id);
      }
      for (const id of went) gone.set(id, now);
      for (const [id, since] of gone) if (now - since > kept) forget(id);
    },
    of({ cgroup, pid }) {
      const process = byPid.get(pid);
      if (process !== undefined) return process;
      for (let path = cgroup; path.length > 1; path = path.slice(0, path.lastIndexOf("/"))) {
        const owner = byCgroup.get(path);
        if (owner !== undefined) return owner;
      }
      // It ended before anybody looked where it ran: its engine's id stands in the path.
      const container = /[0-9a-f]{64}/.exec(cgroup)?.[0];
      return (
        ["docker", "podman"].map((engine) => `${engine}:${container}`).find((id) => known.has(id)) ?? null
      );
    },
  };
}

/** The path of a handle's memory cgroup as the kernel's log writes it: from the root of its hierarchy. */
function pathOf(handle: Handle | null): string | null {
  const paths = handle === null || handle.via === "api" ? null : handle.paths;
  const mounts = cgroupMounts();
  if (!paths || !mounts) return null;
  const below = (path: string | null, mount: string | null | undefined) =>
    path !== null && mount && path.startsWith(`${mount}/`) ? path.slice(mount.length) : null;
  return below(paths.memory, mounts.controllers.get("memory")) ?? below(paths.unified, mounts.unified);
}
