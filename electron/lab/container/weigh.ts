import { totalmem } from "node:os";
import { slack } from "../../../shared/measure/plausible.ts";
import { split } from "../../../shared/measure/split.ts";
import type { TrialMemory } from "../../../shared/model/race.ts";
import { ownPaths } from "../../engines/docker-api/claim.ts";
import { cgroupsOf } from "../../machine/cgroup-paths.ts";
import { systemClock } from "../../machine/clock.ts";
import { readOnce, shared } from "../../machine/held-file.ts";
import { parsePrivate, parseStat, textOf } from "../../machine/proc-files.ts";
import { cgroupReaders } from "../../readers/cgroup/cgroup.ts";
import { parseServes } from "../../readers/helpers/parse.ts";
import type { Helper } from "../../readers/reader.ts";

/**
 * Weighs a container now, as Scale does: the same reader of cgroups, the same split, with the shim that exists for it. The
 * shim is the parent of its first process, so it need not be looked for among all. Null: not a process of this machine.
 */
export function weighContainer(id: string, pid: number): TrialMemory | null {
  const paths = cgroupsOf(pid);
  const own = paths && ownPaths(paths, id);
  if (own === null) return null;
  const open = cgroupReaders(systemClock, (container) => shimOf(container, pid));
  try {
    const reader = open({ via: "cgroup", paths: own, pid: null, container: id });
    try {
      const reading = reader.read();
      if (reading === null || reading === "gone" || reading.memory === null) return null;
      const parts = split(reading.memory, reading.helpers, totalmem() * slack);
      const { gross, net, cache, tare, other } = parts;
      return { gross, net, cache, tare, other, imageCopy: null, translated: null };
    } finally {
      reader.close();
    }
  } catch {
    return null; // it ended while it was weighed
  }
}

function shimOf(container: string, pid: number): readonly Helper[] {
  const length = readOnce(`/proc/${pid}/stat`);
  const parent = length < 0 ? undefined : parseStat(shared, length)?.parent;
  if (parent === undefined || parent <= 1) return [];
  const serves = parseServes(textOf(`/proc/${parent}/cmdline`).split("\0").slice(0, -1));
  if (serves?.by !== "id" || serves.id !== container) return [];
  const name = textOf(`/proc/${parent}/comm`).trim();
  return [{ pid: parent, name, private: parsePrivate(textOf(`/proc/${parent}/smaps_rollup`)) }];
}
