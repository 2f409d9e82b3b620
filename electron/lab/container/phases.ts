import { existsSync, readlinkSync } from "node:fs";
import { ownPaths } from "../../engines/docker-api/claim.ts";
import { cgroupMounts, cgroupsOf } from "../../machine/cgroup-paths.ts";
import { readOnce, shared } from "../../machine/held-file.ts";
import { textOf } from "../../machine/proc-files.ts";

/**
 * Where a daemon's containers appear among the cgroups. Its driver and parent decide it, and a daemon inside a container
 * has a prefix of its own: so the usual places come first, and each container that was started teaches the true one.
 */
export type CgroupPlaces = {
  /** Directories in which a container's processes may be listed. */
  of(id: string): readonly string[];
  /** Remembers where this one, whose first process is `pid`, really is. */
  learn(id: string, pid: number): void;
};

const usual = [
  (id: string) => `/docker/${id}`, // cgroupfs
  (id: string) => `/system.slice/docker-${id}.scope`, // systemd
  (id: string) => `/libpod_parent/libpod-${id}`, // Podman, cgroupfs
  (id: string) => `/machine.slice/libpod-${id}.scope`, // Podman, systemd
] as const;

export function cgroupPlaces(): CgroupPlaces {
  const mounts = cgroupMounts();
  // The controllers of v1 are joined one after the other, memory among the first; v2 has one hierarchy.
  const mount = mounts?.controllers.get("memory") ?? mounts?.unified ?? null;
  const learnt: ((id: string) => string)[] = [];
  return {
    of: (id) => (mount === null ? [] : [...learnt, ...usual].map((place) => mount + place(id))),
    learn(id, pid) {
      const paths = cgroupsOf(pid);
      const own = paths && ownPaths(paths, id);
      const folder = own?.memory ?? own?.unified ?? null;
      if (mount === null || folder === null || !folder.startsWith(mount)) return;
      const [before, after] = folder.slice(mount.length).split(id);
      const known = usual.some((place) => mount + place(id) === folder);
      if (before === undefined || after === undefined || known || learnt.length > 0) return;
      learnt.push((other) => before + other + after);
    },
  };
}

/** What of a start was seen so far, and through which process one looks inside. */
export type Phases = {
  /** Looks now. Costs some 10 us until its cgroup is there, 60 us until exec is seen, nothing after. */
  look(): void;
  /** A network namespace of its own is there. */
  readonly netns: boolean;
  /** Its first process is the workload, no longer the runtime. */
  readonly exec: boolean;
  /** A process inside; null: none was seen. */
  readonly pid: number | null;
  /** All processes inside. */
  pids(): readonly number[];
};

/**
 * Follows a container's start through /proc, from before `start` has returned. The cgroup's first processes are the
 * runtime's helpers, still in the host's network namespace: to look at their sockets would be to look at the host's. The
 * exec is seen by /proc/PID/exe: the start time in /proc/PID/stat is that of the runtime's fork, 100 ms before, and in
 * steps of 10 ms. `sharedNet`: it has no network namespace of its own, by which helpers could be told apart.
 */
export function watchPhases(id: string, places: CgroupPlaces, sharedNet: boolean): Phases {
  const host = linkOf("/proc/self/ns/net");
  const candidates = places.of(id);
  let folder: string | null = null;
  let netns = false;
  let exec = false;
  let inside: number | null = null;

  const pids = (): readonly number[] => {
    for (const place of folder === null ? candidates : [folder]) {
      // Asked first: the error of a failed open costs five times what the question does.
      if (folder === null && !existsSync(place)) continue;
      const length = readOnce(`${place}/cgroup.procs`);
      if (length < 0) continue;
      folder = place;
      return shared.toString("latin1", 0, length).split("\n").filter(Boolean).map(Number);
    }
    return [];
  };

  return {
    look() {
      if (exec) return;
      for (const pid of pids()) {
        const net = linkOf(`/proc/${pid}/ns/net`);
        if (net === null || (net === host && !sharedNet)) continue;
        if (net !== host) netns = true;
        const program = linkOf(`/proc/${pid}/exe`);
        if (program === null || isRuntime(program, textOf(`/proc/${pid}/comm`))) continue;
        exec = true;
        inside = pid;
        return;
      }
    },
    get netns() {
      return netns;
    },
    get exec() {
      return exec;
    },
    get pid() {
      return inside;
    },
    pids,
  };
}

/**
 * Whether a process is an OCI runtime that has not yet become the workload, by /proc/PID/exe and comm. runc runs from a
 * sealed copy of itself: "/memfd:runc_cloned:/proc/self/exe (deleted)", "/" (1.1 on: a mount without a path), "/runc" (1.2
 * on); crun and youki likewise. Its last name is "runc:[2:INIT]". A workload can't be "/", which is no file of an image.
 */
export function isRuntime(program: string, comm: string): boolean {
  const name = /(^|[/:])(runc|crun|youki)([_:]|$| \(deleted\))/;
  return program === "/" || program === "/ (deleted)" || name.test(program) || comm.startsWith("runc:[");
}

/** Null: the process has ended, or is not ours to see. */
function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
