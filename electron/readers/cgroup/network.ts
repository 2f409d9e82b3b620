import { readdirSync, statSync } from "node:fs";
import type { CgroupPaths } from "../../../shared/model/instance.ts";
import type { NetworkReading } from "../../../shared/model/reading.ts";
import { cgroupsOf } from "../../machine/cgroup-paths.ts";
import { hold, lengthOf, letGo, readOnce, shared } from "../../machine/held-file.ts";
import type { Links } from "./links.ts";
import { parseNetDev } from "./parse.ts";
import type { Source } from "./source.ts";

/**
 * /proc/PID/net/dev is one file for each network namespace: its inode tells the namespaces apart, without the
 * permission that /proc/PID/ns needs (a user of the docker group may not look at root's processes).
 */
let own: number | null = null;
const ownInode = () => {
  try {
    own ??= statSync("/proc/self/net/dev").ino;
  } catch {
    // no /proc: nothing will be held either
  }
  return own;
};

/**
 * The network of the namespace in which `pid` lives. Null where that is the host's own (its traffic is not this
 * box's), where the pid is gone or another cgroup's by now, or nothing can be read.
 */
export function networkOf(pid: number, paths: CgroupPaths, links: Links): Source<NetworkReading> | null {
  const file = hold(`/proc/${pid}/net/dev`);
  // Opened first, asked second: should the pid have been given to another process, that one isn't in our cgroup.
  if (file === null || file.inode === ownInode() || !isInside(pid, paths)) {
    letGo(file);
    return null;
  }
  const passed = links.of(pid);
  let last: NetworkReading | null = null;
  return {
    // Nothing on the host's end of its cables: nothing at theirs. That end stands in one file for all.
    read(due) {
      if (passed && !passed() && !due && last) return last;
      const length = lengthOf(file);
      last = length < 0 ? null : parseNetDev(shared, length);
      return last;
    },
    close: () => letGo(file),
  };
}

const controllers = ["unified", "memory", "cpuacct", "pids"] as const;

function isInside(pid: number, paths: CgroupPaths): boolean {
  const found = cgroupsOf(pid);
  return controllers.some((controller) => {
    const ours = paths[controller];
    const its = found?.[controller] ?? null;
    return ours !== null && its !== null && (its === ours || its.startsWith(`${ours}/`));
  });
}

/** Folders below one that a box may make: systemd in it alone makes dozens. */
const mostFolders = 200;

/** Pids of a cgroup and of everything below it. */
export function pidsBelow(folder: string, most: number): readonly number[] {
  const pids = new Set<number>();
  const folders = [folder];
  for (let looked = 0; folders.length > 0 && looked < mostFolders && pids.size < most; looked++) {
    const here = folders.shift() ?? folder;
    const length = readOnce(`${here}/cgroup.procs`);
    if (length > 0)
      for (const line of shared.toString("latin1", 0, length).split("\n")) if (line) pids.add(Number(line));
    try {
      // Two links and one for each folder in it: nearly every box has none, and listing is dear.
      if (statSync(Buffer.from(here, "latin1")).nlink <= 2) continue;
      for (const entry of readdirSync(Buffer.from(here, "latin1"), {
        withFileTypes: true,
        encoding: "latin1",
      }))
        if (entry.isDirectory()) folders.push(`${here}/${entry.name}`);
    } catch {
      // went while we looked
    }
  }
  return [...pids];
}
