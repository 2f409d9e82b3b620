import { mostSharers, type Namespace } from "../../shared/model/detail.ts";
import type { Handle, Instance } from "../../shared/model/instance.ts";
import type { Nanos } from "../../shared/model/units.ts";
import type { Clock } from "../machine/clock.ts";
import { type Inodes, readNamespaces } from "../machine/namespaces.ts";
import { pidsBelow } from "../readers/cgroup/network.ts";

export type Neighbours = {
  /** The namespaces of an instance and who else lives in them; "denied"; null: it has no process here. */
  of(id: string): Promise<readonly Namespace[] | "denied" | null>;
};

/** Namespaces of one that runs hardly ever change: those of all are looked up once a minute at the most. */
const fresh: Nanos = 60e9;
const atOnce = 25;

type Known = { readonly pid: number; readonly at: Nanos; readonly inodes: Inodes | null };

/** Any process inside, the first where the engine told it; null: none. */
export function firstPid(handle: Handle | null): number | null {
  if (handle === null || handle.via === "api") return null;
  if (handle.via === "process") return handle.pid;
  const { memory, unified, pids, cpuacct } = handle.paths;
  const folder = memory ?? unified ?? pids ?? cpuacct;
  return handle.pid ?? (folder === null ? null : (pidsBelow(folder, 1)[0] ?? null));
}

/** Compares namespaces among the instances of this computer. `handleOf` gives where each can be found. */
export function neighbours(
  instances: ReadonlyMap<string, Instance>,
  handleOf: (id: string) => Handle | null,
  clock: Clock,
): Neighbours {
  const known = new Map<string, Known>();

  const inodesOf = (id: string): Inodes | null => {
    const before = known.get(id);
    const handle = handleOf(id);
    const now = clock.monotonic();
    const told = handle !== null && handle.via !== "api" ? handle.pid : null;
    if (before && now - before.at < fresh && (told === null || told === before.pid)) return before.inodes;
    const pid = firstPid(handle);
    const found = pid === null ? null : readNamespaces(pid);
    const inodes = found === "denied" ? null : found;
    if (pid === null) known.delete(id);
    else known.set(id, { pid, at: now, inodes });
    return inodes;
  };

  return {
    async of(id) {
      const pid = firstPid(handleOf(id));
      const own = pid === null ? null : readNamespaces(pid);
      if (own === null || own === "denied") return own;
      const first = readNamespaces(1);
      // The first process is root's; where it may not be looked at, what Tare lives in is the host.
      const host = first instanceof Map ? first : readNamespaces("self");
      const sharers = new Map<string, string[]>();
      let looked = 0;
      for (const other of [...instances.keys()]) {
        if (other === id) continue;
        const theirs = inodesOf(other);
        for (const [kind, inode] of theirs ?? [])
          if (own.get(kind) === inode) sharers.set(kind, [...(sharers.get(kind) ?? []), other]);
        if (++looked % atOnce === 0) await new Promise<void>((next) => setImmediate(next));
      }
      for (const other of known.keys()) if (!instances.has(other)) known.delete(other);
      return [...own].map(([kind, inode]): Namespace => {
        const isHosts = host instanceof Map && host.get(kind) === inode;
        const others = isHosts ? [] : (sharers.get(kind) ?? []);
        return {
          kind,
          inode,
          sharing: isHosts ? "host" : others.length > 0 ? "shared" : "own",
          sharers: others.slice(0, mostSharers),
          more: Math.max(0, others.length - mostSharers),
        };
      });
    },
  };
}
